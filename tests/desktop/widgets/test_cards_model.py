"""The model of the list of cases: fetched by pages, and moved by a save no more than need be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from db import cards, cases
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.vocabulary import Op, Status
from desktop.widgets.cards_model import CHANGED, COLUMNS, DIFFER, RATING, STALE, TITLE, CardsModel, rating_words
from desktop.widgets.cards_view import fitted, rating_marks
from desktop.widgets.chip import GAP
from tests import makers
from tests.db.union import unite
from tests.desktop.desk import Desk, sit_down

REFERENCE = 0


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with sit_down(tmp_path) as desk:
        yield desk


@pytest.fixture
def model(desk: Desk) -> Iterator[CardsModel]:
    """A model that hears of saves."""
    model = CardsModel(desk.book, desk.context.theme)
    leave = desk.book.subscribe(model.hear)
    yield model
    leave()


@pytest.fixture
def watched(model: CardsModel) -> CardsModel:
    """Qt's own tester looks at every step; it warns, and a warning fails the test. It fetches all there is."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def add_many(desk: Desk, number: int) -> list[str]:
    with desk.book.change(Op.ADD_CASE) as change:
        return [cases.add(change, CaseDraft(title=f"Case {n:04d}"), ClaimDraft("border")) for n in range(number)]


def titles(model: CardsModel) -> list[str]:
    return [model.index(row, TITLE).data() for row in range(model.rowCount())]


def test_pages_are_fetched_as_one_scrolls_until_every_case_is_there(desk: Desk, model: CardsModel) -> None:
    add_many(desk, 2 * cards.PAGE)
    model.sort(REFERENCE)
    assert model.rowCount() == cards.PAGE
    while model.canFetchMore():
        model.fetchMore()
    assert titles(model) == [makers.URDU, *(f"Case {n:04d}" for n in range(2 * cards.PAGE))]
    assert model.complete


def test_every_column_that_can_be_sorted_by_sorts_both_ways(desk: Desk, watched: CardsModel) -> None:
    add_many(desk, 5)
    for column, heading in enumerate(COLUMNS):
        watched.sort(column, Qt.SortOrder.AscendingOrder)
        ascending = titles(watched)
        watched.sort(column, Qt.SortOrder.DescendingOrder)
        if heading.sort:
            assert titles(watched) == ascending[::-1]


def test_a_rename_redraws_one_row_and_moves_nothing(desk: Desk, watched: CardsModel) -> None:
    add_many(desk, 3)
    watched.sort(REFERENCE)
    signals = (watched.rowsInserted, watched.rowsRemoved, watched.layoutChanged, watched.modelReset)
    spies, changed = [QSignalSpy(signal) for signal in signals], QSignalSpy(watched.dataChanged)
    makers.edit_case(desk.book, desk.case_id, "Renamed")
    assert titles(watched)[0] == "Renamed"
    assert changed.count() == 1
    assert changed.at(0)[0].row() == changed.at(0)[1].row() == 0
    assert not any(spy.count() for spy in spies)


def test_a_save_that_changes_the_order_moves_the_row_and_what_points_at_it(desk: Desk, watched: CardsModel) -> None:
    add_many(desk, 3)
    watched.sort(TITLE)
    place = watched.places([desk.case_id])[0]
    kept = watched.index(place.row(), TITLE)
    persistent = QPersistentModelIndex(kept)
    makers.edit_case(desk.book, desk.case_id, "Aardvark")
    assert titles(watched) == ["Aardvark", "Case 0000", "Case 0001", "Case 0002"]
    assert persistent.row() == 0


def test_cases_come_and_go_where_they_belong(desk: Desk, watched: CardsModel) -> None:
    watched.sort(TITLE)
    makers.make_case(desk.book, title="A first one")
    assert titles(watched) == ["A first one", makers.URDU]
    with desk.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, desk.case_id)
    assert titles(watched) == ["A first one"]
    desk.book.undo()
    assert titles(watched) == ["A first one", makers.URDU]


def test_a_save_takes_a_case_out_of_a_filter_that_it_does_not_match_any_more(desk: Desk, watched: CardsModel) -> None:
    watched.sort(REFERENCE)
    watched.narrow(cards.Filter(status="received"))
    assert watched.rowCount() == 1
    with desk.book.change(Op.EDIT_CASE) as change:
        cases.edit(change, desk.case_id, CaseDraft(status=Status.CLOSED))
    assert watched.rowCount() == 0
    desk.book.undo()
    assert watched.rowCount() == 1


def test_what_is_loaded_beyond_the_first_page_stays_loaded(desk: Desk, model: CardsModel) -> None:
    ids = add_many(desk, 3 * cards.PAGE)
    model.sort(REFERENCE)
    model.fetchMore()
    with desk.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, ids[0])
    assert model.rowCount() == 2 * cards.PAGE
    assert titles(model)[:3] == [makers.URDU, "Case 0001", "Case 0002"]
    while model.canFetchMore():
        model.fetchMore()
    assert model.rowCount() == 3 * cards.PAGE


def test_right_to_left_titles_stand_on_the_right_and_others_on_the_left(desk: Desk, model: CardsModel) -> None:
    makers.make_case(desk.book, "An English claim")
    model.sort(REFERENCE)
    sides = [model.index(row, TITLE).data(Qt.ItemDataRole.TextAlignmentRole) for row in (0, 1)]
    assert sides[0] & Qt.AlignmentFlag.AlignRight
    assert sides[1] & Qt.AlignmentFlag.AlignLeft
    assert all(side & Qt.AlignmentFlag.AlignAbsolute for side in sides)


def test_the_claim_is_the_tool_tip_of_a_title_and_never_markup(desk: Desk, model: CardsModel) -> None:
    makers.make_case(desk.book, "<b>5 < 6</b>", title="Numbers")
    model.sort(CHANGED, Qt.SortOrder.DescendingOrder)
    assert "&lt;b>5 &lt; 6&lt;/b>" in model.index(0, TITLE).data(Qt.ItemDataRole.ToolTipRole)


def test_a_stale_verdict_says_so_in_words(desk: Desk, model: CardsModel) -> None:
    makers.give_verdict(desk.book, desk.case_id, "False")
    makers.make_source(desk.book, [desk.case_id])
    model.sort(REFERENCE)
    words = model.index(0, RATING).data()
    assert words.startswith("False")
    assert STALE in words


def card(rating: str, verdicts: int = 1, *, stale: bool = False, conflicts: int = 0) -> cards.Card:
    return cards.Card("i", "R", "t", "c", Status.RECEIVED, cases.Priority.LOW, cases.Tlp.RED, "", "", rating, 1.0,
                      verdicts, stale, "", 0, conflicts, "")  # fmt: skip


COLORS = {"False": "red", "True": "green", "N / A": "gray"}


def test_two_differing_verdicts_are_two_chips_in_their_colors() -> None:
    marks = rating_marks(card("False\nN / A", 2), COLORS)
    assert [(mark.text, mark.color) for mark in marks] == [("False", "red"), ("N / A", "gray")]
    assert rating_words(card("False\nTrue", 2)) == f"False / True\n{DIFFER}."
    assert rating_words(card("False", 2)) == "False\n2 verdicts."


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (400, ["False", "True", "≠ Differ", "! Stale"]), (160, ["False", "True", "!"]), (130, ["False", "True", "!"]),
        (60, ["2 differ", "!"]),
    ],
)  # fmt: skip
def test_no_verdict_and_no_warning_is_left_out_where_room_is_short(room: int, told: list[str]) -> None:
    found = fitted(card("False\nTrue", 2, stale=True), COLORS, lambda mark: 10 * len(mark.text) + 20, room)
    assert [mark.text for mark, _ in found] == told
    assert sum(width for _, width in found) <= room + GAP


def disputed(desk: Desk, tmp_path: Path) -> None:
    """What comes from another desk disputes the title of the case."""
    with makers.make_book(tmp_path, "herat", desk="Herat desk", code="HRT", analyst="Bek") as herat:
        unite(herat, desk.book.path)
        makers.edit_case(desk.book, desk.case_id, "One")
        makers.edit_case(herat, desk.case_id, "Two")
        unite(desk.book, herat.path)


def test_a_conflict_is_told_at_the_title_until_it_is_settled(desk: Desk, watched: CardsModel, tmp_path: Path) -> None:
    watched.sort(REFERENCE)
    index = watched.index(0, TITLE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) is None
    disputed(desk, tmp_path)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", 1 conflict")
    assert "1 conflict: written by desks" in index.data(Qt.ItemDataRole.ToolTipRole)
    makers.edit_case(desk.book, desk.case_id, "Settled")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) is None


def test_a_list_of_what_is_unsettled_loses_what_is_settled(desk: Desk, watched: CardsModel, tmp_path: Path) -> None:
    makers.make_case(desk.book, "not in dispute")
    watched.narrow(cards.Filter(unsettled=cards.Unsettled.CONFLICTS))
    assert watched.rowCount() == 0
    disputed(desk, tmp_path)
    assert len(titles(watched)) == 1
    makers.edit_case(desk.book, desk.case_id, "Settled")
    assert watched.rowCount() == 0
