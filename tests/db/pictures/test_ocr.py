"""The words in pictures are read by a program of this computer, kept, and found; whatever that program does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db import attachments, extracts, search
from db.casebook import Casebook
from db.pictures import ocr
from db.progress import Cancelled
from db.reading.found import State
from tests import drawings, tesseract
from tests.makers import attach, encoded, make_case, picture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line for POSIX")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ocr.Engine:
    tesseract.install(tmp_path / "bin", monkeypatch, "eng", "urd", "rus", "osd")
    found = ocr.find()
    assert found
    return found


def test_the_engine_and_its_languages_are_found(engine: ocr.Engine) -> None:
    assert engine.version == "5.9.1"
    assert engine.languages == ("eng", "urd", "rus"), "what only tells scripts apart is no language"
    assert ocr.suggest(engine, ["ur", "ps", "ur"]) == ("urd", "eng"), "there is no data of Pashto here"
    assert ocr.suggest(engine, []) == ("eng",)


def test_a_folder_that_was_chosen_is_handed_on(engine: ocr.Engine, tmp_path: Path) -> None:
    found = ocr.find(tmp_path)
    assert found
    assert found.data == tmp_path


def test_without_an_engine_none_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract.remove(tmp_path / "empty", monkeypatch)
    assert ocr.find() is None


def test_what_was_read_is_kept_and_found(engine: ocr.Engine, book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, encoded(drawings.post(1)), "screen.jpg")
    attach(book, case_id, b"GIF89a torn", "torn.gif")
    found = attachments.of_case(book, case_id)
    assert ocr.read_out(book.path, engine, found, ("urd", "eng")) == 1
    kept, torn = (extracts.of(book, each.sha256) for each in found)
    assert kept
    assert torn
    assert (kept.state, kept.tool, kept.language) == (State.READ, "tesseract 5.9.1 urd+eng", "ur")
    assert kept.text == "A picture 1440 pixels wide سرحد بند نہیں ہے", "small pictures are read twice as large"
    assert torn.state is State.BROKEN
    assert [hit.case_id for hit in search.search(book, "سرحد بند")] == [case_id]


@pytest.mark.parametrize(
    ("mode", "state"), [("flood", State.TOO_LARGE), ("broken", State.BROKEN), ("wordless", State.NO_TEXT)]
)
def test_whatever_the_engine_does_is_told(
    engine: ocr.Engine, monkeypatch: pytest.MonkeyPatch, mode: str, state: State
) -> None:
    monkeypatch.setenv("STAND_IN", mode)
    assert ocr.read(engine, picture(), ("eng",)).state is state


def test_one_that_takes_too_long_is_stopped(engine: ocr.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN", "slow")
    monkeypatch.setattr(ocr, "PATIENCE", 0.2)
    assert ocr.read(engine, picture(), ("eng",)).state is State.TOOK_TOO_LONG


def test_reading_can_be_stopped(engine: ocr.Engine, monkeypatch: pytest.MonkeyPatch, book: Casebook) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    monkeypatch.setenv("STAND_IN", "slow")
    case_id = make_case(book)
    attach(book, case_id, picture())
    found = attachments.of_case(book, case_id)
    with pytest.raises(Cancelled):
        ocr.read_out(book.path, engine, found, ("eng",), Stop())
    assert extracts.of(book, found[0].sha256) is None


def test_the_real_engine_reads_a_screen(book: Casebook) -> None:
    found = ocr.find()
    if found is None or "eng" not in found.languages:
        pytest.skip("Tesseract with its data of English is not installed here")
    read = ocr.read(found, encoded(drawings.post(1), "PNG"), ("eng",))
    assert "hospital families officials" in read.text


def test_the_helper_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-P", "-c", "import db.pictures.ocr_helper, db; print(db.__file__)"]
    done = subprocess.run(command, env=ocr._environment(), capture_output=True, check=True, cwd=tmp_path)
    assert Path(done.stdout.decode().strip()).parents[1] == Path(ocr.__file__).parents[2]
    assert Path(ocr._environment()["PYTHONPATH"]) == Path(ocr.__file__).parents[2]
