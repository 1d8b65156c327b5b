"""The looking over of a file is broken off: by the person, by a kill, by a helper that dies or never comes back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import intake, scratch
from db.errors import DiskFailed, Untrusted
from db.progress import Cancelled
from tests.db.hostile import crafted_places, watch
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import good_casebook, set_up
from tests.makers import make_book

ROOT = Path(__file__).parents[3]
STAGES = ("_tables", "_chains", "_operations", "_blobs")

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return good_casebook(tmp_path)


@pytest.fixture
def helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Helper:
    return Helper(tmp_path / "python", monkeypatch)


class Helper:
    """Another helper in the place of ours: one that does something else first."""

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        self.path, self.patch = path, patch

    def does(self, code: str) -> None:
        """Start this from now on; `sieve` is there, and what it was called with in `sys.argv`."""
        code = f"import os, signal, sys, time; from db import sieve; {code}"
        script = f"#!/bin/sh\nshift 3\nexec {sys.executable} -c '{code}' \"$@\"\n"
        self.path.write_text(script)
        self.path.chmod(0o700)
        self.patch.setattr(intake, "_PYTHON", str(self.path))

    def waits_in(self, stage: str) -> None:
        """Be ours, but for never coming back from one of its steps."""
        self.does(f"sieve._Sieve.{stage} = lambda *_: time.sleep(10000); " + RUN)


RUN = "sieve.main(sys.argv[1:], sys.stdin, sys.stdout)"


class StopAt:
    """Progress that somebody cancels when it has come so far, and has said so a few times."""

    def __init__(self, percent: int, times: int = 1) -> None:
        self.percent, self.times = percent, times

    def step(self, done: int, total: int) -> None:
        self.times -= done * 100 >= self.percent * total
        if not self.times:
            raise Cancelled


def assert_nothing_is_left() -> None:
    assert not scratch.base().exists() or list(scratch.base().iterdir()) == []
    assert watch.helpers() == []


@pytest.mark.parametrize("percent", [0, 5, 15])
def test_cancelled_while_it_is_copied(file: Path, percent: int) -> None:
    with pytest.raises(Cancelled), intake.receive(file, progress=StopAt(percent)):
        pass
    assert_nothing_is_left()


@pytest.mark.parametrize("stage", STAGES)
def test_cancelled_while_it_is_read(file: Path, helper: Helper, stage: str) -> None:
    helper.waits_in(stage)
    with pytest.raises(Cancelled), intake.receive(file, progress=StopAt(20, 4)):
        pass
    assert_nothing_is_left()


def test_left_before_it_is_used(file: Path) -> None:
    with pytest.raises(FileNotFoundError), intake.receive(file) as incoming:
        (incoming.clean.parent / "nothing").read_bytes()
    assert_nothing_is_left()


def test_a_helper_that_never_comes_back(file: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_PATIENCE", 0.2)
    helper.waits_in("_blobs")
    with pytest.raises(Untrusted, match="time"), intake.receive(file):
        pass
    assert_nothing_is_left()


@pytest.mark.parametrize(
    "death",
    [
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os.abort()",
        "sys.exit(3)",
        "sys.stdout.write(chr(123) + chr(34)); sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)",
        "os.close(1); time.sleep(10000)",
        "os.close(0); os.close(1); time.sleep(10000)",
    ],
)
def test_a_helper_that_dies(file: Path, helper: Helper, death: str) -> None:
    helper.does(death)
    with pytest.raises(Untrusted, match="crash"), intake.receive(file):
        pass
    assert_nothing_is_left()


def test_a_helper_that_takes_too_much(file: Path, helper: Helper) -> None:
    """A file that would need more memory than there is to have: the helper says so, and ours is as it was."""
    with Forger(file) as forger:
        forger.op("note", parents=(), body='{"set":{"text":[' + "[]," * 2_500_000 + "[]]}}")
    helper.does("sieve._MEMORY = 200 << 20; " + RUN)
    with pytest.raises(Untrusted, match="memory"), intake.receive(file):
        pass
    assert_nothing_is_left()


def test_no_place_to_look_at_it(file: Path, home: Path) -> None:
    (home / "scratch").write_text("in the way")
    with pytest.raises(DiskFailed), intake.receive(file):
        pass
    assert (home / "scratch").read_text() == "in the way"


@contextlib.contextmanager
def another_program(code: str) -> Iterator[subprocess.Popen[str]]:
    """A program of its own on this computer, with the same home; it says when it has come so far."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream
            stream.close()


@pytest.mark.parametrize("stage", STAGES)
def test_killed_while_it_is_read(file: Path, helper: Helper, stage: str) -> None:
    """The helper ends by itself, and what was left is gone when anybody comes by next."""
    helper.waits_in(stage)
    code = f"""
from pathlib import Path
from db import intake
intake._PYTHON = {str(helper.path)!r}
class Tell:
    times = 4
    def step(self, done, total):
        self.times -= done >= 20
        if not self.times:
            print("reading", flush=True)
with intake.receive(Path({str(file)!r}), progress=Tell()):
    pass
"""
    with another_program(code) as program:
        assert program.stdout
        assert program.stdout.readline() == "reading\n"
        ours = [pid for pid in watch.processes("db import sieve") if watch.parent_of(pid) == program.pid]
        assert len(ours) == 1
        program.kill()
        program.wait()
        while watch.parent_of(ours[0]) is not None:  # pytest's own patience ends this
            time.sleep(0.02)
    (left,) = [entry for entry in scratch.base().iterdir() if entry.is_dir()]
    assert (left / "foreign").exists()
    scratch.sweep()
    assert_nothing_is_left()


def test_what_a_kill_left_is_gone_when_a_casebook_is_opened_or_a_file_comes(file: Path, tmp_path: Path) -> None:
    left = scratch.base() / "left"
    left.mkdir(parents=True)
    (left / "foreign").write_bytes(b"somebody's secrets")
    left.with_suffix(".lock").touch()
    with make_book(tmp_path, "mine") as mine:
        assert_nothing_is_left()
        left.mkdir()
        with intake.receive(file, mine):
            assert not left.exists()
    assert_nothing_is_left()


def test_what_another_program_is_looking_at_stays(tmp_path: Path) -> None:
    code = """
import sys
from db import scratch
with scratch.lent() as folder:
    (folder / "foreign").write_bytes(b"x")
    print(folder, flush=True)
    sys.stdin.read()
"""
    with another_program(code) as program:
        assert program.stdout
        held = Path(program.stdout.readline().strip())
        with scratch.lent() as mine:
            scratch.sweep()
            assert (held / "foreign").exists()
            assert mine.is_dir()
            assert mine.stat().st_mode & 0o077 == 0, "others may look"
        scratch.sweep()
        assert (held / "foreign").exists()
    scratch.sweep()
    assert_nothing_is_left()


def test_the_trap_beside_a_file_is_real_and_not_walked_into(file: Path, tmp_path: Path) -> None:
    """What opening the file where it lies would do, and what receiving it does not."""
    with make_book(tmp_path, "mine") as mine:
        scene = set_up(tmp_path / "elsewhere", file, mine, "", scratch.base())
        crafted_places.a_hot_journal_that_names_a_victim(scene)
        with watch.opened() as seen, pytest.raises(intake.Torn), intake.receive(scene.file, mine):
            pass
        assert scene.victim.exists()
        assert seen.by_sqlite == []
        with watch.opened() as seen, contextlib.suppress(sqlite3.Error):
            opened = sqlite3.connect(scene.file)
            opened.execute("SELECT count(*) FROM op")
        opened.close()
        assert seen.by_sqlite == [str(scene.file)], "the watch sees nothing"
        if sqlite3.sqlite_version_info < (3, 53):
            assert not scene.victim.exists(), "the trap is none, and the test above says nothing"


def test_sqlite_opens_nothing_but_what_the_helper_wrote(file: Path, tmp_path: Path) -> None:
    with make_book(tmp_path, "mine") as mine, watch.opened() as seen, intake.receive(file, mine) as incoming:
        store = incoming.reader()
        assert store.value("SELECT count(*) FROM op") == incoming.operations
        store.close()
        clean = str(incoming.clean)
    assert [name for name in seen.by_sqlite if ":memory:" not in name] == [f"file:{clean}?mode=ro&immutable=1"]
    written = {name for name in seen.for_writing if Path(name).is_absolute() and name != os.devnull}
    assert {Path(name).name for name in written} >= {"foreign"}
    assert [name for name in written if not name.startswith(str(scratch.base()))] == []
