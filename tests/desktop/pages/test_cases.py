"""The list of cases: narrowed as one types, sorted, chosen from and opened by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from db import cases, notes, scales
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.vocabulary import Op
from desktop.pages.cases import CasesPage
from desktop.widgets.cards_model import COLUMNS, TITLE, CardsModel
from tests import makers
from tests.desktop.desk import Desk, sit_down

REFERENCE = 0


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with sit_down(tmp_path) as desk:
        yield desk


def open_page(desk: Desk, qtbot: QtBot) -> CasesPage:
    page = CasesPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1300, 600)
    page.show()
    return page


def add_many(desk: Desk, number: int) -> list[str]:
    with desk.book.change(Op.ADD_CASE) as change:
        return [cases.add(change, CaseDraft(title=f"Case {n:04d}"), ClaimDraft("border")) for n in range(number)]


def titles(model: CardsModel) -> list[str]:
    return [model.index(row, TITLE).data() for row in range(model.rowCount())]


def test_typing_narrows_the_list_and_counts(desk: Desk, qtbot: QtBot) -> None:
    add_many(desk, 4)
    page = open_page(desk, qtbot)
    qtbot.waitUntil(lambda: page.bar.count.text() == "5 cases")
    page.bar.text.insert("لقاح")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    qtbot.waitUntil(lambda: page.bar.count.text() == "1 of 5 cases")
    assert page.bar.clear_button.isVisible()
    qtbot.mouseClick(page.bar.clear_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 5
    assert not page.bar.clear_button.isVisible()


def test_filters_offer_what_the_cases_have_and_narrow_by_it(desk: Desk, qtbot: QtBot) -> None:
    first, second, *_ = add_many(desk, 3)
    page = open_page(desk, qtbot)
    makers.give_verdict(desk.book, first, "Satire")
    with desk.book.change(Op.TAG_CASE) as change:
        notes.tag(change, second, "flood")
    with desk.book.change(Op.EDIT_CASE) as change:
        cases.edit(change, second, CaseDraft(title="Theirs", assignee="Bilal"))
    for picker, value, left in (
        (page.bar.rating, "Satire", 1), (page.bar.rating, "-", 3), (page.bar.tag, "flood", 1),
        (page.bar.assignee, "Bilal", 1), (page.bar.status, "received", 4), (page.bar.status, "closed", 0),
        (page.bar.unsettled, "CONFLICTS", 0), (page.bar.unsettled, "VERDICTS", 0), (page.bar.unsettled, "STALE", 0),
    ):  # fmt: skip
        picker.setCurrentIndex(picker.findData(value))
        assert page.model.rowCount() == left, value
        page.clear_filter()
    assert page.model.rowCount() == 4


def test_a_chosen_filter_stays_when_nothing_has_it_any_more(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    with desk.book.change(Op.TAG_CASE) as change:
        notes.tag(change, desk.case_id, "flood")
    page.bar.tag.setCurrentIndex(page.bar.tag.findData("flood"))
    with desk.book.change(Op.UNTAG_CASE) as change:
        notes.untag(change, desk.case_id, "flood")
    assert page.bar.filter.tag == "flood"
    assert page.unmatched.isVisible()


def test_an_empty_casebook_and_an_empty_answer_say_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    page.bar.text.setText("zzzz")
    qtbot.waitUntil(page.unmatched.isVisible)
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert page.view.isVisible()
    with desk.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, desk.case_id)
    assert page.nothing.isVisible()
    with qtbot.waitSignal(page.wanted_new):
        qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)


def test_keys_alone_find_choose_and_open_a_case(desk: Desk, qtbot: QtBot) -> None:
    ids = add_many(desk, 3)
    page = open_page(desk, qtbot)
    page.focus_filter()
    qtbot.keyClicks(page.bar.text, "Case 0001")
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return)
    assert page.selected == (ids[1],)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [ids[1]]
    page.focus_filter()
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 4


def test_several_cases_can_be_chosen_and_stay_chosen_when_sorted_anew(desk: Desk, qtbot: QtBot) -> None:
    ids = add_many(desk, 3)
    page = open_page(desk, qtbot)
    page.view.sortByColumn(REFERENCE, Qt.SortOrder.AscendingOrder)
    header = page.view.horizontalHeader()
    header.setSortIndicator(REFERENCE, Qt.SortOrder.AscendingOrder)
    page.focus_list()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.selected_changed):
        qtbot.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected == (ids[0], ids[1])
    header.setSortIndicator(REFERENCE, Qt.SortOrder.DescendingOrder)
    assert page.selected == (ids[1], ids[0])
    makers.edit_case(desk.book, ids[0], "Renamed")
    assert page.selected == (ids[1], ids[0])


def test_tags_have_no_order_and_a_click_on_them_keeps_the_one_there_is(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    header = page.view.horizontalHeader()
    header.setSortIndicator(TITLE, Qt.SortOrder.AscendingOrder)
    tags = next(place for place, column in enumerate(COLUMNS) if column.sort is None)
    header.setSortIndicator(tags, Qt.SortOrder.AscendingOrder)
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (TITLE, Qt.SortOrder.AscendingOrder)


def test_what_was_saved_while_the_list_was_hidden_is_there_when_it_is_shown(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    page.hide()
    makers.edit_case(desk.book, desk.case_id, "Saved elsewhere")
    makers.make_case(desk.book, title="Another")
    page.show()
    assert set(titles(page.model)) == {"Saved elsewhere", "Another"}


def test_the_order_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    page.view.horizontalHeader().setSortIndicator(TITLE, Qt.SortOrder.AscendingOrder)
    page.hide()
    again = open_page(desk, qtbot)
    assert again.view.horizontalHeader().sortIndicatorSection() == TITLE
    assert again.view.isColumnHidden(TITLE) is False


def test_in_a_narrow_window_the_title_keeps_its_room(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    page.resize(900, 500)
    view = page.view
    assert view.columnWidth(TITLE) >= COLUMNS[TITLE].width
    assert view.horizontalHeader().length() <= view.viewport().width()
    page.resize(1400, 500)
    assert not any(view.isColumnHidden(column) for column in range(len(COLUMNS)))


def test_the_menu_is_offered_at_the_chosen_row_by_the_menu_key(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(desk, qtbot)
    menu = QMenu(page)
    menu.addAction("Open")
    page.set_menu(menu)
    page.focus_list()

    page.view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert menu.isVisible()
    row = page.view.visualRect(page.view.currentIndex().siblingAtColumn(TITLE))
    assert page.view.viewport().mapFromGlobal(menu.pos()).y() >= row.top()
    menu.close()


def test_a_removed_rating_keeps_its_color_on_the_verdicts_that_have_it(desk: Desk, qtbot: QtBot) -> None:
    makers.give_verdict(desk.book, desk.case_id, "Satire")
    page = open_page(desk, qtbot)
    kept = [r for r in scales.ratings(desk.book) if r.label != "Satire"]
    with desk.book.change(Op.EDIT_SCALE) as change:
        scales.edit(change, [scales.RatingDraft(r.id, r.label, r.value, r.definition, r.color) for r in kept])
    assert page.view.delegate.colors["Satire"] == "blue"


def test_a_read_only_casebook_can_be_looked_through_but_not_added_to(tmp_path: Path, qtbot: QtBot) -> None:
    with sit_down(tmp_path, write=False) as desk:
        page = open_page(desk, qtbot)
        assert page.model.rowCount() == 1
        assert not page.new.isEnabled()
        page.close()
