"""References: one a case, never given twice, never taken for another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import cards, cases, check, desks
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.errors import Ambiguous, Invalid, NotFound
from db.kinds import Kind
from db.vocabulary import Op
from tests.makers import Clock, make_book, make_case


def reference(book, case_id):
    return cases.one(book, case_id).reference


def test_references_count_up_by_year_and_code(tmp_path: Path) -> None:
    clock = Clock("2025-12-31T23:00:00")
    with make_book(tmp_path, clock=clock) as book:
        assert [reference(book, make_case(book)) for _ in range(2)] == ["KBL-2025-0001", "KBL-2025-0002"]
        clock.turn("2026-01-01T00:00:00")
        assert reference(book, make_case(book)) == "KBL-2026-0001"
        with book.change(Op.EDIT_DESK) as change:
            desks.edit(change, name="Desk", code="her", analyst="B", imprint="")
        assert reference(book, make_case(book)) == "HER-2026-0001"


def test_a_reference_is_never_given_again(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        first = make_case(book)
        book.undo()
        assert reference(book, make_case(book)) == "KBL-2026-0002"
        second = cases.find(book, "KBL-2026-0002").id
        with book.change(Op.DELETE_CASE) as change:
            cases.delete(change, second, "a duplicate")
        assert reference(book, make_case(book)) == "KBL-2026-0003"
        for gone in ("KBL-2026-0001", "KBL-2026-0002"):
            with pytest.raises(NotFound):
                cases.find(book, gone)
        assert book.undo()
        assert book.undo()
        assert cases.find(book, "KBL-2026-0002").id == second
        assert first != second


def with_reference(book, given: str) -> str:
    """A case that came with a reference of its own, as in a merge."""
    with book.change(Op.ADD_CASE) as change:
        case_id = change.add(Kind.CASE, CaseDraft(), reference=given)
        change.add(Kind.CLAIM, ClaimDraft("said"), case_id=case_id)
    return case_id


def test_after_9999_comes_10000(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        with_reference(book, "KBL-2026-9999")
        assert [reference(book, make_case(book)) for _ in range(2)] == ["KBL-2026-10000", "KBL-2026-10001"]
        by_reference = [card.reference for card in cards.page(book, cards.Sort.REFERENCE)]
        assert by_reference == ["KBL-2026-9999", "KBL-2026-10000", "KBL-2026-10001"]


@pytest.mark.parametrize(
    "strange", ["X", "KBL-2026-00A0", "KBL-2026-٠٠٠٩", "KBL-2026-9999999999999", "--", "KBL-2026-"]
)
def test_a_strange_reference_from_elsewhere_stops_nothing(tmp_path: Path, strange: str) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        case_id = with_reference(book, strange)
        assert cases.find(book, strange).id == case_id
        assert reference(book, make_case(book)) == "KBL-2026-0001"
        assert len(cards.page(book, cards.Sort.REFERENCE)) == 2


def test_two_cases_with_one_reference_are_told_apart(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        mine = make_case(book)
        theirs = with_reference(book, "KBL-2026-0001")
        told = {reference(book, mine), reference(book, theirs)}
        assert told == {f"KBL-2026-0001-{mine[-4:].upper()}", f"KBL-2026-0001-{theirs[-4:].upper()}"}
        with pytest.raises(Ambiguous) as refused:
            cases.find(book, "kbl-2026-0001")
        assert set(refused.value.choices) == told
        for case_id in (mine, theirs):
            assert cases.find(book, reference(book, case_id).lower()).id == case_id
        assert {card.reference for card in cards.page(book, cards.Sort.REFERENCE)} == told
        assert check.check(book).problems == ()


@pytest.mark.parametrize(
    "unknown", ["KBL-2026-0009", "", "x", "KBL-2026-0001-ZZZZ", "\udcff", "\0", "%", "KBL-2026-000"]
)
def test_an_unknown_reference_is_not_found(tmp_path: Path, unknown: str) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        make_case(book)
        with pytest.raises((NotFound, Invalid)):
            cases.find(book, unknown)


def test_a_reference_is_found_in_whatever_case_it_is_typed(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        case_id = make_case(book)
        assert cases.find(book, " kbl-2026-0001 ").id == case_id
