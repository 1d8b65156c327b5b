"""Search as one types: found places, in words, opened by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from db import actors
from db.kinds import Kind
from db.search import Hit
from db.vocabulary import Op
from desktop.pages.search import SearchPage, place_words
from tests import makers
from tests.desktop.desk import Desk, sit_down


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with sit_down(tmp_path) as desk:
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SearchPage:
    page = SearchPage(desk.context)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    return page


def found(page: SearchPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def test_before_anything_is_typed_it_says_what_can_be_found(page: SearchPage) -> None:
    assert page.nothing_typed.isVisible()
    page.search("   ")
    assert page.nothing_typed.isVisible()


def test_typing_finds_inside_words_and_says_where(desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
    page.search("لقا")
    qtbot.waitUntil(page.view.isVisible)
    assert len(found(page)) == 1
    assert makers.URDU in found(page)[0]
    assert "Claim: " in found(page)[0]
    assert page.count.text() == "1 place"


def test_nothing_found_says_so_with_the_words_that_were_typed(page: SearchPage, qtbot: QtBot) -> None:
    page.search('nowhere "*(')
    qtbot.waitUntil(page.nothing_found.isVisible)
    assert 'nowhere "*(' in page.nothing_found.accessibleName()


def test_enter_opens_what_was_typed_even_at_once(desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
    page.search("لقاح")
    with qtbot.waitSignal(page.opened) as opened:
        page.open_current()
    assert opened.args[:2] == [desk.case_id, Kind.CLAIM]


def test_arrow_keys_in_the_field_move_through_the_hits_and_escape_leaves(
    desk: Desk, page: SearchPage, qtbot: QtBot
) -> None:
    makers.make_case(desk.book, makers.URDU)
    field = QLineEdit(page)
    page.serve(field)
    field.show()
    page.search("لقاح")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.view.currentIndex().row() == 0
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert page.view.currentIndex().row() == 1
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert page.view.currentIndex().row() == 0
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_enter_in_the_list_and_a_double_click_open(desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
    page.search("لقاح")
    qtbot.waitUntil(page.view.isVisible)
    with qtbot.waitSignal(page.opened):
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    place = page.view.visualRect(page.model.index(0, 0)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.opened):
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_somebody_in_no_case_is_found_and_said_to_be_in_none(desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
    with desk.book.change(Op.ADD_ACTOR) as change:
        actor = actors.named(change, "Zalmay")
        actors.set_aliases(change, actor, ["زلمی خلیلزاد"])
    page.search("خليلزاد")
    with qtbot.waitSignal(page.opened) as opened:
        page.open_current()
    assert opened.args == ["", Kind.ACTOR, actor]
    assert found(page) == ["In no case. Actor · Alias: زلمی خلیلزاد"]


def test_a_save_is_found_while_the_page_is_open_and_the_marked_hit_stays(
    desk: Desk, page: SearchPage, qtbot: QtBot
) -> None:
    page.search("لقاح")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    makers.make_case(desk.book, makers.URDU)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    row = page.model.row(page.view.currentIndex())
    assert row is not None
    assert row.hit.case_id == desk.case_id
    page.hide()
    makers.make_case(desk.book, makers.URDU)
    page.show()
    assert page.model.rowCount() == 3


def test_a_field_named_as_its_kind_is_not_said_twice() -> None:
    def hit(kind: Kind, field: str) -> Hit:
        return Hit("c", "R", "t", kind, "x", field, "", "m", "")

    assert place_words(hit(Kind.CLAIM, "text")) == "Claim"
    assert place_words(hit(Kind.CITATION, "quotation")) == "Citation · Quotation"
    assert place_words(hit(Kind.CASE, "")) == "Case"


def test_the_match_stands_out_on_the_side_where_its_text_begins(desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
    """Right-to-left text stands at the right of the row, and the match has a ground of its own in it."""
    makers.make_case(desk.book, "The vaccine is safe")

    def ground(query: str, row: str) -> list[int]:
        page.search(query)
        qtbot.waitUntil(lambda: any(row in text for text in found(page)))
        page.view.setCurrentIndex(page.model.index(0, 0))
        image: QImage = page.view.viewport().grab().toImage()
        wanted = desk.context.theme.color("warning-soft").rgb()
        line = page.view.visualRect(page.model.index(0, 0))
        height = range(line.top(), line.bottom())
        return [x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in height)]

    left, right = ground("vaccine", "vaccine"), ground("لقاح", "لقاح")
    assert left
    assert right
    assert max(left) < 300 < 600 < min(right)
