"""Export and import in the terminal: what leaves is named, what comes is told, and the exit code says how it went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db import claims, sources, verdicts
from db.casebook import Casebook
from db.exchange import exports
from db.kinds import Kind
from db.vocabulary import Op
from desktop.cli import main
from tests import makers
from tests.db.exchange.test_reviews import WHOLE
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU


class Terminal:
    """A casebook with two cases, the first marked TLP:CLEAR, and what commands say of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.out, self.err = folder, "", ""
        self._capsys = capsys
        with makers.make_book(folder) as book:
            self.file = book.path
            self.first = makers.make_case(book, f"={URDU}", tlp="CLEAR")
            self.second = makers.make_case(book, EMOJI, title=RUSSIAN)
            makers.make_source(book, [self.first], PASHTO)
            makers.give_verdict(book, self.first, "False")
            self.references = [each.reference for each in exports.leaving(book)]

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object) -> Any:
        self.run(*words, "--json")
        return json.loads(self.out)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_cases_leave_by_name(terminal: Terminal, out: Path) -> None:
    assert terminal.run("export", terminal.file, *terminal.references, "--as", "csv", "-o", out) == 0
    assert terminal.out == f"{out}\n"
    lines = out.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ['"Reference"', *(f'"{each}"' for each in terminal.references)]
    assert f'"\'={URDU}"' in lines[1]


def test_without_a_name_nothing_marked_above_clear_leaves(terminal: Terminal, out: Path) -> None:
    assert terminal.run("export", terminal.file, "--as", "json", "-o", out) == 1
    assert f"{terminal.references[1]} (TLP:AMBER)" in terminal.err
    assert terminal.references[0] not in terminal.err
    assert not out.exists()
    with Casebook.open(terminal.file) as book, book.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, terminal.second, {"tlp": "CLEAR"})
    assert terminal.run("export", terminal.file, "--as", "json", "-o", out) == 0
    assert len(json.loads(out.read_bytes())["cases"]) == 2


def test_a_review_is_published_with_an_address_and_else_a_draft_that_is_told(terminal: Terminal, out: Path) -> None:
    first, second = terminal.references
    export, into = ("export", terminal.file), ("--as", "claimreview", "-o", out)
    assert terminal.run(*export, first, *into, "--url", "https://desk.example/1") == 0
    assert terminal.err == ""
    assert json.loads(out.read_bytes())["url"] == "https://desk.example/1"
    assert terminal.run(*export, first, second, *into) == 0
    assert f"{first} is a draft: it lacks url.\n{second} is a draft: it lacks url and reviewRating.\n" == terminal.err
    assert terminal.json(*export, first, *into) == {"export": str(out), "cases": 1, "drafts": 1}


def test_the_table_of_sources_and_other_separators(terminal: Terminal, out: Path) -> None:
    command = ("export", terminal.file, terminal.references[0], "--as", "csv", "-o", out)
    assert terminal.run(*command, "--table", "sources", "--separator", "semicolon") == 0
    head, row = out.read_text("utf-8-sig").splitlines()
    assert head.startswith('"Case";"Source";')
    assert row.startswith(f'"{terminal.references[0]}";"{PASHTO}"')


@pytest.mark.parametrize(
    "more",
    [
        ("--as", "pdf"),
        (),
        ("--as", "csv", "--url", "https://x.example"),
        ("--as", "claimreview", "--url", "x.example"),
        ("--as", "csv", "--separator", "dot"),
        ("--as", "csv", "--table", "notes"),
    ],
)
def test_bad_usage_writes_nothing(terminal: Terminal, out: Path, more: tuple[str, ...]) -> None:
    assert terminal.run("export", terminal.file, terminal.references[0], "-o", out, *more) == 2
    assert not out.exists()


def test_what_is_not_there_is_not_found_and_the_casebook_is_spared(terminal: Terminal, out: Path) -> None:
    assert terminal.run("export", terminal.file, "KBL-1999-0001", "--as", "csv", "-o", out) == 4
    assert terminal.run("export", terminal.file, *terminal.references, "--as", "csv", "-o", terminal.file) == 3
    assert "already" in terminal.err
    with Casebook.open(terminal.file, write=False) as book:
        assert len(exports.leaving(book)) == 2


def test_tables_go_from_one_casebook_to_another(terminal: Terminal, tmp_path: Path) -> None:
    with makers.make_book(tmp_path, "other", code="HRT") as book:
        other = book.path
    for table in ("cases", "sources"):
        out = tmp_path / table
        command = ("export", terminal.file, *terminal.references, "--as", "csv", "--table", table)
        assert terminal.run(*command, "-o", out) == 0
        assert terminal.run("import", other, out) == 0, terminal.out
    with Casebook.open(other, write=False) as book:
        first, second = exports.leaving(book)
        assert [first.reference, second.reference] == terminal.references
        assert claims.whole(book, first.id).text == f"={URDU}"
        assert [source.title for source in sources.of_case(book, first.id)] == [PASHTO]
        assert verdicts.of_case(book, first.id) == ()
    assert terminal.run("import", other, tmp_path / "cases") == 0
    assert "0 new cases, 2 here already." in terminal.out
    assert f"Here already: It is {terminal.references[0]}" in terminal.out


def test_rows_that_cannot_be_taken_are_named_by_line_and_the_others_are_kept(terminal: Terminal, out: Path) -> None:
    out.write_text("Claim,Status,Views\nGood \x1b[31m,,7\n,published,8\nBad,unheard of,9\n", "utf-8")
    assert terminal.run("import", terminal.file, out) == 1
    assert "     3  Refused: “Claim” is empty." in terminal.out
    assert "     4  Refused: “unheard of” is not one of the words for “Status”." in terminal.out
    assert "1 new case, 2 refused." in terminal.out
    assert "Columns that are not taken in: Views." in terminal.out
    assert "\x1b" not in terminal.out
    with Casebook.open(terminal.file, write=False) as book:
        assert len(exports.leaving(book)) == 3


def test_a_dry_run_tells_the_same_and_writes_nothing(terminal: Terminal, out: Path) -> None:
    out.write_text(json.dumps(WHOLE), "utf-8")
    before = terminal.file.read_bytes()
    found = terminal.json("import", terminal.file, out, "--dry-run")
    assert terminal.file.read_bytes() == before
    assert found["cases"] == []
    assert found["offers"] == [
        {"line": 1, "name": "https://checks.example/1", "text": URDU, "fate": "new", "why": ""}
    ]  # fmt: skip
    assert terminal.run("import", terminal.file, out, "--dry-run") == 0
    assert "Nothing was written." in terminal.out


def test_a_review_is_signed_and_the_same_again_says_so(terminal: Terminal, out: Path) -> None:
    out.write_text(json.dumps(WHOLE), "utf-8")
    found = terminal.json("import", terminal.file, out, "--analyst", "Hugo")
    (reference,) = found["cases"]
    assert terminal.json("history", terminal.file, reference)[0]["analyst"] == "Hugo"
    again = terminal.json("import", terminal.file, out)
    assert again["cases"] == []
    assert again["offers"][0]["why"] == f"It is {reference} in this casebook."


def test_a_file_that_holds_nothing_is_refused(terminal: Terminal, out: Path, tmp_path: Path) -> None:
    out.write_bytes("Claim\nПривет\n".encode("windows-1251"))
    assert terminal.run("import", terminal.file, out) == 3
    assert "not in Unicode" in terminal.err
    assert terminal.run("import", terminal.file, out, "--encoding", "windows-1251") == 0
    assert terminal.run("import", terminal.file, out, "--as", "claimreview") == 3
    assert terminal.run("import", terminal.file, tmp_path / "none") == 3
    assert terminal.run("import", terminal.file, terminal.file) == 3
    assert terminal.run("import", terminal.file, out, "--as", "json") == 2


@pytest.mark.parametrize("medium", ["ris", "csl"])
def test_sources_go_from_one_casebook_to_another_and_are_cited_there(
    terminal: Terminal, tmp_path: Path, out: Path, medium: str
) -> None:
    assert terminal.run("export", terminal.file, terminal.references[0], "--as", medium, "-o", out) == 0
    (tmp_path / "b").mkdir()
    with makers.make_book(tmp_path / "b") as book:
        makers.make_case(book)
        (reference,) = (each.reference for each in exports.leaving(book))
    told = terminal.json("import", book.path, out, "--dry-run")
    assert [each["fate"] for each in told["offers"]] == ["new"]
    assert terminal.run("import", book.path, out, "--as", medium, "--cite-in", reference) == 0
    assert terminal.out == f"1 new source.\nTaken in: {reference}\n"
    assert terminal.run("import", book.path, out) == 0
    assert terminal.out.splitlines()[-1] == "0 new sources, 1 here already."
    with Casebook.open(book.path, write=False) as book:
        (source,) = sources.all_of_them(book)
        assert source.title == PASHTO


def test_only_sources_are_cited_and_only_in_a_case_that_is_there(terminal: Terminal, out: Path) -> None:
    assert terminal.run("export", terminal.file, terminal.references[0], "--as", "ris", "-o", out) == 0
    out.write_text(out.read_text("utf-8").replace(PASHTO, "Another title"), "utf-8")
    assert terminal.run("import", terminal.file, out, "--cite-in", "KBL-2026-9999") == 4
    table = out.with_name("table.csv")
    table.write_text("Claim\nx\n", "utf-8")
    assert terminal.run("import", terminal.file, table, "--cite-in", terminal.references[0]) == 2
    assert "--cite-in" in terminal.err
    with Casebook.open(terminal.file, write=False) as book:
        assert len(sources.all_of_them(book)) == 1
        assert len(exports.leaving(book)) == 2
