"""The command line: each command does its work, says it in text and JSON, and exits with the code that was promised."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest

from db import actors, attributes, blobs, cases, events, sources
from db.actors import ActorDraft
from db.attributes import AttributeDraft
from db.casebook import Casebook
from db.events import EventDraft
from db.kinds import Kind
from db.vocabulary import Attribute, Op, Status
from desktop.cli import main
from desktop.commands import arguments
from tests.makers import picture

HOUSE = Path(__file__).parents[2]


class Desk:
    """A casebook in a folder, and the command that works on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file = folder / "desk.casebook"
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object) -> Any:
        assert self.run(*words, "--json") == 0, self.err
        return json.loads(self.out)

    def add_case(self, claim: str = "Vaccines carry chips", *options: str) -> str:
        assert self.run("case", "add", self.file, "--claim", claim, *options) == 0, self.err
        return self.out.strip()


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(tmp_path, capsys)
    assert made.run("new", made.file, "--desk", "Kabul desk", "--code", "KBL", "--analyst", "Amina") == 0
    return made


@pytest.fixture
def post(tmp_path: Path) -> Path:
    file = tmp_path / "post.png"
    file.write_bytes(picture(40, 30))
    return file


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as a person runs it."""
    command = [sys.executable, "-m", "desktop", *map(str, words)]
    return subprocess.run(
        command, check=False, cwd=HOUSE, env={**os.environ, **environment}, capture_output=True, timeout=100
    )


def test_new_makes_a_casebook_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    with Casebook.open(desk.file, write=False) as book:
        assert book.value("SELECT name || code || analyst FROM desk") == "Kabul deskKBLAmina"
    assert desk.run("new", desk.file, "--desk", "x", "--code", "X", "--analyst", "y") == 3
    assert "already" in desk.err
    assert desk.run("new", tmp_path / "other", "--desk", "x", "--code", "no good", "--analyst", "y") == 2
    assert not (tmp_path / "other").exists()


def test_case_add_prints_the_reference_and_keeps_all_it_was_told(desk: Desk) -> None:
    told = ("--title", "چپ", "--language", "ur", "--claimant", "زلمی", "--claimed-on", "2025-11")
    reference = desk.add_case("ویکسین میں چپ ہے 🟠", *told, "--tag", "health", "--tag", "چپ")
    assert reference.startswith("KBL-")
    assert reference.endswith("-0001")
    shown = desk.json("show", desk.file, reference.lower())
    claim = shown["claims"][0]
    assert (claim["text"], claim["language"], claim["claimant"]) == ("ویکسین میں چپ ہے 🟠", "ur", "زلمی")
    assert (shown["case"]["title"], claim["claimed_on"], shown["tags"]) == ("چپ", "2025-11", ["health", "چپ"])
    assert desk.json("case", "add", desk.file, "--claim", "b")["reference"].endswith("-0002")


def test_bad_values_are_usage_and_save_nothing(desk: Desk) -> None:
    assert desk.run("case", "add", desk.file, "--claim", "  ") == 2
    assert "empty" in desk.err
    assert desk.run("case", "add", desk.file, "--claim", "half \udc80") == 2
    assert desk.run("case", "add", desk.file) == 2
    assert desk.run("list") == 2
    assert desk.run("no-such-command") == 2
    assert "neither a command nor a file" in desk.err
    assert desk.json("list", desk.file) == []


def test_list_shows_every_case_by_reference(desk: Desk) -> None:
    first, second = desk.add_case("One"), desk.add_case("Two\nlines \x1b[31m")
    assert desk.run("list", desk.file) == 0
    lines = desk.out.splitlines()
    assert [line.split()[0] for line in lines] == [first, second]
    assert "No verdict" in lines[0]
    assert "Received" in lines[0]
    assert [card["reference"] for card in desk.json("list", desk.file)] == [first, second]


def test_source_add_cites_grades_and_attaches(desk: Desk, post: Path) -> None:
    reference = desk.add_case()
    grade = ("--stance", "refutes", "--reliability", "b", "--credibility", "2")
    work = ("--kind", "official-record", "--url", "https://record.example", "--author", "A", "--publisher", "P")
    passage = ("--published", "2025-03-05", "--quote", "Не так", "--locator", "p. 3")
    command = ("source", "add", desk.file, reference, "--title", "Record", *grade, *work, *passage, "--attach", post)
    assert desk.run(*command) == 0
    assert desk.out == "[1] Record\n"
    shown = desk.json("show", desk.file, reference)
    source, cited, attached = shown["sources"][0], shown["citations"][0], shown["attachments"][0]
    assert (source["kind"], source["author"], source["published_on"]) == ("official record", "A", "2025-03-05")
    assert (cited["stance"], cited["reliability"], cited["credibility"]) == ("refutes", "B", "2")
    assert (cited["quotation"], cited["locator"]) == ("Не так", "p. 3")
    assert (attached["source_id"], attached["media_type"]) == (source["id"], "image/png")
    with Casebook.open(desk.file, write=False) as book:
        assert blobs.read(book, attached["sha256"]) == post.read_bytes()
    assert desk.run("source", "add", desk.file, reference, "--title", "x", "--stance", "against") == 2
    assert "supports" in desk.err


def test_sources_derive_and_a_one_wants_a_second_origin(desk: Desk) -> None:
    reference = desk.add_case()
    add = ("source", "add", desk.file, reference, "--stance", "refutes", "--title")
    assert desk.run(*add, "Original") == 0
    assert desk.run(*add, "Copy", "--derived-from", "1", "--derivation", "wire-copy") == 0
    edit = ("source", "edit", desk.file, reference)
    assert desk.run(*edit, "2", "--credibility", "1", "--author", "A") == 2
    assert "1 and 2 are the same origin: 2 is a wire copy of 1." in desk.err
    assert desk.run(*add, "Alone", "--stance", "supports", "--credibility", "1") == 2
    assert "No other source here does." in desk.err
    assert desk.run("show", desk.file, reference) == 0
    assert "2 sources, 1 independent origin (against: 1 origin)" in desk.out
    assert "2 is a wire copy of 1" in desk.out
    assert desk.run(*edit, "1", "--derived-from", "2") == 2
    assert "“Copy” comes from this source itself" in desk.err
    assert desk.run(*edit, "2", "--derived-from", "0", "--title", "Its own", "--quote", "Так") == 0
    assert desk.out == "[2] Its own\n"
    assert desk.run(*edit, "2", "--credibility", "1", "--reliability", "b") == 0
    shown = desk.json("show", desk.file, reference)
    assert (shown["sources"][1]["title"], shown["sources"][1]["derived_from"]) == ("Its own", "")
    cited = shown["citations"][1]
    assert (cited["quotation"], cited["credibility"], cited["stance"]) == ("Так", "1", "refutes")
    assert desk.run(*edit, "2", "--derived-from", "1", "--derivation", "quotes") == 0
    assert desk.run("show", desk.file, reference) == 0
    assert "1 no longer holds" in desk.out
    assert desk.run(*edit, "3", "--title", "x") == 4
    assert desk.run("search", desk.file, "Original") == 0
    assert "(F6 Cannot be judged)" in desk.out


def test_actor_prints_what_is_known_under_any_name(desk: Desk) -> None:
    reference = desk.add_case("He was killed in Karachi.", "--claimant", "Hasan")
    assert desk.run("source", "add", desk.file, reference, "--title", "A post", "--published", "2025-10-05") == 0
    with Casebook.open(desk.file) as book:
        hasan = actors.find(book, "Hasan")
        assert hasan
        (source,) = sources.all_of_them(book)
        with book.change(Op.ADD_ATTRIBUTE) as change:
            actors.set_aliases(change, hasan.id, ["حسن"])
            other = actors.add(change, ActorDraft("Хасан"))
            case_id = cases.find(book, reference).id
            for value, said_by in (("Khyber Pakhtunkhwa", ""), ("Achin", source.id)):
                attributes.add(change, case_id, hasan.id, AttributeDraft(Attribute.ORIGIN, value, source_id=said_by))
    assert desk.run("actor", desk.file, "حسن") == 0
    assert desk.out.splitlines()[:2] == ["Hasan (Person)", "Arabic: حسن"]
    for words in (
        "Sources differ\n    Origin:\n      Khyber Pakhtunkhwa\n        No source given · KBL-",
        "A post · 5 Oct 2025 · F6 Cannot be judged · KBL-", "“He was killed in Karachi.”", "(No verdict)",
        "May be the same\n    Хасан: “Хасан” sounds like",
    ):  # fmt: skip
        assert words in desk.out.replace("        \n", "\n"), words
    known = desk.json("actor", desk.file, "hasan")
    assert known["portrait"]["contradictions"][0]["name"] == "origin"
    assert known["may_be"][0]["actor"]["id"] == other
    assert desk.run("actor", desk.file, "nobody") == 4
    assert "There is no actor “nobody”" in desk.err


def test_attach_takes_all_files_or_none(desk: Desk, post: Path, tmp_path: Path) -> None:
    reference = desk.add_case()
    gone = tmp_path / "gone.png"
    assert desk.run("attach", desk.file, reference, post, gone) == 3
    assert "gone.png" in desk.err
    with Casebook.open(desk.file, write=False) as book:
        assert book.value("SELECT count(*) FROM blob") == book.value("SELECT count(*) FROM attachment") == 0
    other = tmp_path / "نوٹ.txt"
    other.write_text("words", "utf-8")
    taken = desk.json("attach", desk.file, reference, post, other)
    assert [each["name"] for each in taken] == ["post.png", "نوٹ.txt"]
    assert len(desk.json("show", desk.file, reference)["attachments"]) == 2


def test_the_words_of_an_attached_document_are_found(desk: Desk, tmp_path: Path) -> None:
    reference = desk.add_case()
    mail = tmp_path / "letter.eml"
    mail.write_text("From: a@b.org\nDate: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nzebrafish\n", "utf-8")
    assert desk.run("attach", desk.file, reference, mail) == 0
    assert desk.run("search", desk.file, "zebrafish") == 0
    assert reference in desk.out


def test_verdict_is_recorded_and_an_unknown_rating_names_the_known(desk: Desk) -> None:
    reference = desk.add_case()
    give = ("verdict", desk.file, reference, "--rationale", "Nothing at hand.")
    assert desk.run(*give, "--rating", "Kind of") == 4
    assert "Unproven" in desk.err
    assert "Misleading context" in desk.err
    assert desk.run(*give, "--rating", "unproven", "--confidence", "low") == 0
    assert reference in desk.out
    assert "Unproven" in desk.out
    verdict = desk.json("show", desk.file, reference)["verdicts"][0]
    assert (verdict["rating"], verdict["confidence"], verdict["analyst"]) == ("Unproven", "low", "Amina")


def test_another_analyst_can_sign_without_taking_the_desk(desk: Desk) -> None:
    reference = desk.add_case()
    give = ("verdict", desk.file, reference, "--rating", "False", "--rationale", "So it is.")
    assert desk.run(*give, "--analyst", "Hugo") == 0
    desk.add_case("Later")
    assert desk.json("show", desk.file, reference)["verdicts"][0]["analyst"] == "Hugo"
    who = [entry["analyst"] for entry in desk.json("history", desk.file, reference)]
    assert who == ["Hugo", "Amina"]


def test_show_tells_what_happened_and_when(desk: Desk) -> None:
    reference = desk.add_case()
    with Casebook.open(desk.file) as book, book.change(Op.ADD_EVENT) as change:
        case_id = change.writer.value('SELECT id FROM "case"')
        events.add(change, case_id, EventDraft("A killing", "2025-03-05", "Kasur", "FIR"))
    assert desk.json("show", desk.file, reference)["events"][0]["happened_on"] == "2025-03-05"
    desk.run("show", desk.file, reference)
    assert "5 Mar 2025 · Kasur · A killing\n      FIR" in desk.out


def test_history_tells_who_what_when_old_and_new(desk: Desk) -> None:
    reference = desk.add_case("Text", "--title", "Old title")
    with Casebook.open(desk.file) as book, book.change(Op.EDIT_CASE) as change:
        found = cases.find(book, reference)
        cases.edit(change, found.id, cases.CaseDraft(title="New title", status=Status.IN_WORK))
    assert desk.run("history", desk.file, reference) == 0
    newest = desk.out.split("\n\n")[0]
    assert "Amina (Kabul desk)  Changed the case" in newest
    assert " UTC" in newest
    assert "Title: Old title → New title" in newest
    assert "Status: Received → In work" in newest
    assert "Opened the case" in desk.out


def test_search_shows_where_and_why(desk: Desk) -> None:
    reference = desk.add_case("اللقاح آمن")
    assert desk.run("search", desk.file, "لقاح") == 0
    assert reference in desk.out
    assert "ال[لقاح] آمن" in desk.out
    assert desk.json("search", desk.file, "لقاح")[0]["match"] == "لقاح"
    assert desk.run("search", desk.file, '" OR *') == 0
    assert desk.out == "Nothing found.\n"


def test_dossier_prints_cases_and_spares_the_casebook(desk: Desk, tmp_path: Path) -> None:
    first, second = desk.add_case("First claim"), desk.add_case("Second claim")
    out = tmp_path / "out.pdf"
    assert desk.run("dossier", desk.file, first, second, "-o", out) == 0, desk.err
    assert desk.out.strip() == str(out)
    with pypdfium2.PdfDocument(out) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert first in text
    assert second in text
    before = desk.file.read_bytes()
    assert desk.run("dossier", desk.file, first, "-o", desk.file) == 2
    assert desk.file.read_bytes() == before
    assert desk.run("dossier", desk.file, "KBL-1999-0001", "-o", tmp_path / "none.pdf") == 4
    assert not (tmp_path / "none.pdf").exists()


def test_check_prints_figures_and_finds_what_is_wrong(desk: Desk, post: Path) -> None:
    reference = desk.add_case()
    desk.run("attach", desk.file, reference, post)
    assert desk.run("check", desk.file) == 0
    assert "Operations: " in desk.out
    assert "1 chain, verified" in desk.out
    assert "rebuilt from the log, equal" in desk.out
    assert "Blobs: 1 " in desk.out
    figures = desk.json("check", desk.file)
    assert figures["problems"] == []
    assert figures["blobs"] == 1
    assert figures["chains"] == 1
    with sqlite3.connect(desk.file) as raw:
        raw.execute("UPDATE piece SET data = zeroblob(length(data))")
    raw.close()
    assert desk.run("check", desk.file) == 1
    assert "NOT as written" in desk.out
    assert "Stored bytes are not what their hash says" in desk.out


def test_check_finds_a_projection_that_was_changed_behind_the_log(desk: Desk) -> None:
    desk.add_case()
    with sqlite3.connect(desk.file) as raw:
        raw.execute("UPDATE claim SET text = 'other'")
    raw.close()
    assert desk.run("check", desk.file) == 1
    assert "NOT equal" in desk.out


def test_demo_makes_a_casebook_and_refuses_to_overwrite(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert desk.run("demo") == 0
    assert desk.out.strip() == "demonstration.casebook"
    before = Path("demonstration.casebook").read_bytes()
    assert desk.run("demo") == 3
    assert Path("demonstration.casebook").read_bytes() == before
    assert len(desk.json("list", "demonstration.casebook")) >= 6


@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["history"],
        ["attach", "x"],
        ["verdict", "--rating", "False", "--rationale", "x"],
        ["source", "add", "--title", "x"],
    ],
)
def test_an_unknown_reference_is_not_found(desk: Desk, command: list[str]) -> None:
    verb = 2 if command[0] == "source" else 1
    assert desk.run(*command[:verb], desk.file, "KBL-2001-0009", *command[verb:]) == 4
    assert "KBL-2001-0009" in desk.err
    assert desk.out == ""


def test_an_ambiguous_reference_names_the_choices(desk: Desk) -> None:
    reference = desk.add_case()
    with Casebook.open(desk.file) as book, book.change(Op.EDIT_CASE) as change:
        other = cases.add(change, cases.CaseDraft(), cases.ClaimDraft("Same"))
        change.put(Kind.CASE, other, {"reference": reference})
    assert desk.run("show", desk.file, reference) == 4
    choices = [word.strip(".,") for word in desk.err.split() if word.startswith(f"{reference}-")]
    assert len(choices) == 2
    assert desk.run("show", desk.file, choices[1]) == 0


def test_files_that_are_refused_say_why(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "notes.casebook"
    text.write_text("just words, and enough of them to be longer than a header of a hundred bytes" * 3)
    foreign = tmp_path / "foreign.casebook"
    sqlite3.connect(foreign).execute("CREATE TABLE t (x)").connection.close()
    for file, why in (
        (tmp_path / "missing.casebook", "There is no file"),
        (text, "is not a casebook"),
        (foreign, "another program"),
        (tmp_path, "is not a casebook"),
    ):
        assert desk.run("list", file) == 3
        assert why in desk.err
        assert str(file.name) in desk.err


def test_a_casebook_in_use_can_be_read_and_says_who_writes(desk: Desk, post: Path) -> None:
    reference = desk.add_case()
    with Casebook.open(desk.file) as book:
        assert desk.run("show", desk.file, reference) == 0
        assert desk.run("case", "add", desk.file, "--claim", "x") == 3
        assert f"process {os.getpid()}" in desk.err
        assert desk.run("attach", desk.file, reference, post) == 3
        assert book.value("SELECT count(*) FROM blob") == 0


def test_a_casebook_is_readable_after_a_crash_in_the_middle_of_a_save(desk: Desk) -> None:
    for number in range(30):
        desk.add_case(f"Claim {number} " + "word " * 200)
    code = f"""import os, pathlib
from db.casebook import Casebook
from db.events import EventDraft
c = Casebook.open(pathlib.Path({str(desk.file)!r}))._connection
c.execute("PRAGMA cache_size=2"); c.execute("BEGIN IMMEDIATE"); c.execute("UPDATE op SET body = body || ' '")
os._exit(9)"""
    subprocess.run([sys.executable, "-c", code], check=False, cwd=HOUSE)
    assert Path(f"{desk.file}-journal").stat().st_size
    assert len(desk.json("list", desk.file)) == 30
    assert desk.run("check", desk.file) == 0


def test_what_a_case_says_cannot_steer_the_terminal(desk: Desk) -> None:
    evil = "a\x1b[2Jb\x07\x9b31m\x7f\u202eright\u2066\nKBL-2020-0001  fake line"
    reference = desk.add_case(evil, "--title", evil)
    for command in (("show", desk.file, reference), ("history", desk.file, reference), ("list", desk.file)):
        assert desk.run(*command) == 0
        for character in "\x1b\x07\x9b\x7f\u202e\u2066":
            assert character not in desk.out
        assert not any(line.startswith("KBL-2020") for line in desk.out.splitlines())
    assert desk.run("show", desk.file, "\x1b[2J") == 4
    assert "\x1b" not in desk.err
    assert desk.json("show", desk.file, reference)["claims"][0]["text"] == evil
    assert "\x9b" not in desk.out


def test_output_is_utf8_whatever_the_locale(desk: Desk) -> None:
    reference = desk.add_case("ویکسین 🟠 ё")
    done = run("show", desk.file, reference, LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "ویکسین 🟠 ё" in done.stdout.decode("utf-8")


def test_a_reader_that_stops_early_is_no_error(desk: Desk) -> None:
    desk.add_case()
    command = [sys.executable, "-m", "desktop", "show", str(desk.file), "KBL-1"]
    command[-1] = desk.json("list", desk.file)[0]["reference"]
    process = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


def test_a_process_gives_the_exit_code_to_its_caller(desk: Desk, tmp_path: Path) -> None:
    assert run("list", tmp_path / "missing.casebook").returncode == 3
    refused = run("show", desk.file, "KBL-2001-0001")
    assert (refused.returncode, refused.stdout) == (4, b"")
    assert run("--version").stdout.startswith(b"claimdesk ")


def test_no_command_loads_qt(desk: Desk) -> None:
    reference = desk.add_case()
    code = f"""import sys
from desktop.cli import main
file, ref = {str(desk.file)!r}, {reference!r}
for words in (["list", file], ["show", file, ref], ["history", file, ref], ["search", file, "x"], ["check", file],
              ["case", "add", file, "--claim", "x"], ["source", "add", file, ref, "--title", "t"],
              ["verdict", file, ref, "--rating", "False", "--rationale", "r"],
              ["dossier", file, ref, "-o", file + ".pdf"], ["demo", file + ".demo"],
              ["backup", file], ["restore", file, "--from", "1", "--plan"], ["restore", file, "--from", "1"], ["--help"], ["--version"]):
    assert main(words) == 0, words
assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken"))]"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=HOUSE, capture_output=True, timeout=100)
    assert done.returncode == 0, done.stderr.decode()


def every_command() -> list[list[str]]:
    return [["case", "add"], ["source", "add"], *([name] for name in arguments.NAMES if name not in ("case", "source"))]


def test_every_command_has_help_and_stands_in_the_readme(desk: Desk) -> None:
    readme = (HOUSE / "README.md").read_text("utf-8")
    for command in every_command():
        assert desk.run(*command, "--help") == 0
        assert f"usage: claimdesk {' '.join(command)} " in desk.out
        assert "--json" in desk.out
        assert "exit codes" in desk.out
        assert f"claimdesk {' '.join(command)}" in readme, command
    assert desk.run("--help") == 0
    assert all(name in desk.out for name in arguments.NAMES)


def test_without_a_command_the_window_opens(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path | None] = []
    window = ModuleType("desktop.app")
    window.run = lambda file: opened.append(file) or 7
    monkeypatch.setitem(sys.modules, "desktop.app", window)
    assert desk.run() == 7
    assert desk.run(desk.file) == 7
    assert opened == [None, desk.file]
    assert desk.run(tmp_path / "missing.casebook") == 3
    assert len(opened) == 2


def test_the_demonstration_without_a_display_ends_well(home: Path) -> None:
    done = run("--demonstration", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 0, done.stderr.decode()
    told = done.stdout.decode()
    casebook, dossier = (home / "demonstration" / f"demonstration.{end}" for end in ("casebook", "pdf"))
    assert str(casebook) in told
    assert str(dossier) in told
    assert "no display" in told
    assert casebook.exists()
    assert dossier.read_bytes().startswith(b"%PDF-")


class Terminal(io.StringIO):
    """A stream that a person watches."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_for_a_person_and_nothing_for_a_program(
    desk: Desk, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.add_case()
    watched = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", watched)
        assert desk.run("attach", desk.file, reference, post) == 0
    assert "100%" in watched.getvalue()
    assert watched.getvalue().endswith("\n")
    assert desk.run("attach", desk.file, reference, post) == 0
    assert desk.err == ""


def test_a_file_from_elsewhere_is_read_from_a_private_copy_and_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    reference = desk.add_case("As it is")
    copy = Path(shutil.copy(desk.file, tmp_path / "copy.casebook"))
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE claim SET text = 'forged'")
    raw.close()
    before = copy.read_bytes()
    assert desk.json("show", copy, reference)["claims"][0]["text"] == "As it is"
    assert copy.read_bytes() == before
    assert desk.run("check", copy) == 1, "the file itself is checked"
    assert desk.run("case", "add", copy, "--claim", "One more") == 0
    assert desk.json("show", copy, reference)["claims"][0]["text"] == "As it is"
    assert desk.run("check", copy) == 0, "it is this computer's own now"
    with sqlite3.connect(copy) as raw:
        raw.execute("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END")
    raw.close()
    assert desk.run("list", copy) == 3
    assert desk.run("case", "add", copy, "--claim", "x") == 3


def test_in_a_shared_place_a_casebook_is_read_and_not_written(desk: Desk, tmp_path: Path, post: Path) -> None:
    reference = desk.add_case()
    (tmp_path / ".stfolder").mkdir()
    before = desk.file.read_bytes()
    assert len(desk.json("list", desk.file)) == 1
    for command in (("case", "add", desk.file, "--claim", "x"), ("attach", desk.file, reference, post)):
        assert desk.run(*command) == 3
        assert "Syncthing" in desk.err
        assert "Work on a copy here" in desk.err
    assert desk.run("new", tmp_path / "x.casebook", "--desk", "D", "--code", "D", "--analyst", "A") == 3
    assert desk.file.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".stfolder", "desk.casebook", "post.png"]
