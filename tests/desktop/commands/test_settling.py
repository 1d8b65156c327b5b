"""Conflicts in the terminal: every version with its id, and one command that settles it for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import cases, claims, conflicts
from db.casebook import Casebook
from db.kinds import Kind
from db.vocabulary import Op
from desktop.cli import main
from tests.db.union import unite
from tests.makers import RUSSIAN, URDU, Clock, edit_case, make_book, make_case

Run = Callable[..., int]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The casebook of a desk, with a title that another desk wrote as well."""
    clock = Clock()
    kabul = make_book(tmp_path, "kabul", clock=clock)
    herat = make_book(tmp_path, "herat", desk="Herat desk", code="HRT", analyst="Bek", clock=clock)
    with kabul, herat:
        case_id = make_case(kabul, "the claim")
        unite(herat, kabul.path)
        edit_case(kabul, case_id, URDU)
        edit_case(herat, case_id, f"{RUSSIAN}\n    forged line")
        unite(kabul, herat.path)
    return kabul.path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        return (code, *capsys.readouterr())

    return typed  # type: ignore[return-value]


def listed(run: Any, file: Path) -> list[dict[str, Any]]:
    _, out, _ = run("conflicts", file, "--json")
    return json.loads(out)


def title(file: Path) -> str:
    with Casebook.open(file, write=False) as book:
        return cases.find(book, "KBL-2026-0001").title


def test_without_a_conflict_there_is_nothing_to_tell(run: Any, tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    assert run("conflicts", book.path) == (0, "No conflict.\n", "")
    assert listed(run, book.path) == []


def test_each_version_is_printed_with_its_id_and_who_wrote_it_where_and_when(run: Any, file: Path) -> None:
    code, out, _ = run("conflicts", file)
    assert code == 1
    (told,) = listed(run, file)
    assert told["references"] == ["KBL-2026-0001"]
    assert f"{told['conflict']['id']}  KBL-2026-0001  Case, Title" in out
    for version, words in zip(told["conflict"]["versions"], (RUSSIAN, URDU), strict=True):
        assert f"{version['operation'][:10]}  {version['analyst']} ({version['desk']}), 1 Mar 2026, 10:00 UTC" in out
        assert words in out
    assert out.count("shown now") == 1
    assert "1 conflict." in out
    assert not any(line.startswith("    forged") for line in out.splitlines())
    _, out, _ = run("show", file, "KBL-2026-0001")
    assert "In conflict\n    " + told["conflict"]["id"] in out
    _, out, _ = run("list", file)
    assert "(1 in conflict)" in out


def test_taking_a_version_settles_it(run: Any, file: Path) -> None:
    (told,) = listed(run, file)
    other = told["conflict"]["versions"][1]["operation"]
    code, out, _ = run("resolve", file, told["conflict"]["id"], "--take", other[:8], "--analyst", "Gul")
    assert (code, out) == (0, f"Case, Title: {URDU}\n")
    assert title(file) == URDU
    assert run("conflicts", file)[0] == 0
    _, history, _ = run("history", file, "KBL-2026-0001")
    assert "Gul (Kabul desk)  Settled a conflict" in history
    assert f"| {URDU} → {URDU}" in history


def test_another_text_settles_it(run: Any, file: Path) -> None:
    (told,) = listed(run, file)
    code, out, _ = run("resolve", file, told["conflict"]["id"], "--text", "A third", "--json")
    assert code == 0
    assert json.loads(out)["value"] == "A third"
    assert title(file) == "A third"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ffffffffffff", "--text", "x"), 4),
        (("{id}", "--take", "zz"), 4),
        (("{id}", "--take", ""), 4),
        (("{id}",), 2),
        (("{id}", "--take", "a", "--text", "b"), 2),
        (("{id}", "--text", "half \udc80"), 2),
    ],
)
def test_what_cannot_be_settled_so_changes_nothing(run: Any, file: Path, words: tuple[str, ...], code: int) -> None:
    (told,) = listed(run, file)
    typed = [word.replace("{id}", told["conflict"]["id"]) for word in words]
    found, _, err = run("resolve", file, *typed)
    assert found == code
    assert err
    assert listed(run, file) == [told]


def test_a_settled_conflict_is_not_found_again(run: Any, file: Path) -> None:
    (told,) = listed(run, file)
    run("resolve", file, told["conflict"]["id"], "--text", "A third")
    code, _, err = run("resolve", file, told["conflict"]["id"], "--text", "A fourth")
    assert code == 4
    assert "settled" in err
    assert title(file) == "A third"


def test_a_deletion_is_kept_or_deleted(run: Any, file: Path, tmp_path: Path) -> None:
    with Casebook.open(file) as kabul, Casebook.open(tmp_path / "herat.casebook") as herat:
        case_id = cases.find(kabul, "KBL-2026-0001").id
        with kabul.change(Op.ADD_CLAIM) as change:
            part = claims.add(change, case_id, claims.ClaimDraft("a part"))
        unite(herat, kabul.path)
        with kabul.change(Op.DELETE_CLAIM) as change:
            change.delete(Kind.CLAIM, part, "said twice")
        with herat.change(Op.EDIT_CLAIM) as change:
            change.put(Kind.CLAIM, part, {"language": "ps"})
        unite(kabul, herat.path)
        (conflict,) = (c for c in conflicts.of_case(kabul, case_id) if c.kind is Kind.CLAIM)
    _, out, _ = run("conflicts", file)
    for words in ("Claim, Deletion", "of: a part", "keeps it", "Language: Pashto", "deletes it: said twice"):
        assert words in out
    code, _, err = run("resolve", file, conflict.id, "--text", "neither")
    assert code == 2
    assert "Take the version" in err
    assert (
        run("resolve", file, conflict.id, "--take", conflict.versions[1].operation)[1] == "Claim, Deletion: deleted\n"
    )
    assert len(listed(run, file)) == 1


def test_a_language_is_settled_by_its_name(run: Any, file: Path, tmp_path: Path) -> None:
    with Casebook.open(file) as kabul, Casebook.open(tmp_path / "herat.casebook") as herat:
        (claim,) = claims.of_case(kabul, cases.find(kabul, "KBL-2026-0001").id)
        for book, code in ((kabul, "ps"), (herat, "prs")):
            with book.change(Op.EDIT_CLAIM) as change:
                change.put(Kind.CLAIM, claim.id, {"language": code})
        unite(kabul, herat.path)
        (conflict,) = (c for c in conflicts.of_casebook(kabul) if c.field == "language")
    assert run("resolve", file, conflict.id, "--text", "Urdu")[1] == "Claim, Language: Urdu\n"
    with Casebook.open(file, write=False) as book:
        assert claims.of_case(book, claim.case_id)[0].language == "ur"
