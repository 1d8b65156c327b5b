"""What came, case by case: narrowed by words and by what is said of it, each save read when its case is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from db.history import Edit, Entry
from db.kinds import Kind
from db.news import Brought, CaseNews, News
from desktop.merge_words import Trait
from desktop.widgets.news_list import LOOSE
from desktop.widgets.news_view import NewsView
from tests import makers
from tests.desktop.desk import Desk

AT = "2026-03-01T10:00:00.000Z"


def case(number: int, title: str, *, new: bool = False, conflicts: int = 0, differ: bool = False) -> CaseNews:
    reference = f"PSH-2026-{number:04}"
    return CaseNews(
        f"case {number}", reference, title, new, False, 1, conflicts, differ, ("Bilal",), ("Peshawar desk",), AT
    )


CASES = (
    case(1, "A dam", new=True),
    case(2, makers.URDU, conflicts=2),
    case(3, makers.RUSSIAN, differ=True),
    case(4, "Another dam"),
)
NEWS = News(CASES, 4, 5, ("an actor",), 0, 0, 0, 0, ())


class Reader:
    """Reads one save for each case, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, case_id: str) -> Brought:
        self.asked.append(case_id)
        edit = Edit(Kind.CASE, case_id, "title", "before it", f"of {case_id or 'none'}")
        entry = Entry(f"save {case_id}", AT, "Bilal", "Peshawar desk", "edit case", "", (edit,))
        return Brought((entry,), ())


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, reader: Reader) -> NewsView:
    view = NewsView(desk.context.theme)
    QAbstractItemModelTester(view.list.rows, QAbstractItemModelTester.FailureReportingMode.Warning, view)
    qtbot.addWidget(view)
    view.resize(1100, 500)
    view.show()
    view.show_news(NEWS, reader)
    return view


def shown(view: NewsView) -> list[str]:
    return [row.id for row in view.list.rows.rows]


def test_all_cases_and_at_the_end_what_stands_in_none(view: NewsView, reader: Reader) -> None:
    assert shown(view) == ["case 1", "case 2", "case 3", "case 4", LOOSE]
    assert reader.asked == ["case 1"], "only the chosen one is read"
    view.list.setCurrentIndex(view.list.rows.index(4, 0))
    assert reader.asked == ["case 1", ""]
    assert view.saves.table.model().index(0, 4).data() == "Title"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("dam", ["case 1", "case 4"]),
        ("another DAM", ["case 4"]),
        ("لقاح", ["case 2"]),
        ("вакцина еще", ["case 3"]),
        ("psh-2026-0003", ["case 3"]),
        ("bilal 0004", ["case 4"]),
        ("nothing of it", []),
    ],
)
def test_words_narrow_it_as_one_types_in_any_script(view: NewsView, typed: str, left: list[str]) -> None:
    view.text.setText(typed)
    assert shown(view) == left
    assert view.unmatched.isVisible() == (not left)
    view.text.clear()
    assert len(shown(view)) == 5


def test_chips_narrow_it_and_say_how_many_there_are(view: NewsView) -> None:
    assert view.chips[None].text() == "All 5"
    assert view.chips[Trait.NEW].text() == "New 1"
    assert view.chips[Trait.CHANGED].text() == "Changed 3"
    assert not view.chips[Trait.DELETED].isVisible(), "there is none"
    for trait, left in ((Trait.CONFLICT, ["case 2"]), (Trait.VERDICTS, ["case 3"]), (Trait.NEW, ["case 1"])):
        view.chips[trait].click()
        assert shown(view) == left
    view.text.setText("another")
    assert shown(view) == []
    view.chips[None].click()
    assert shown(view) == ["case 4"]


def test_the_chosen_case_stays_chosen_while_it_is_narrowed(view: NewsView, reader: Reader) -> None:
    view.list.setCurrentIndex(view.list.rows.index(3, 0))
    view.text.setText("dam")
    assert view.list.current == "case 4"
    view.text.setText("dam n")
    assert view.list.current == "case 4"
    view.text.setText("zzz")
    assert view.list.current == ""
    assert view.saves.table.model().rowCount() == 0
    view.text.clear()
    assert view.list.current == "case 1"


def test_news_shown_anew_are_read_anew_at_the_same_case(view: NewsView, reader: Reader) -> None:
    view.list.setCurrentIndex(view.list.rows.index(1, 0))
    reader.asked.clear()
    view.show_news(News(CASES[1:], 3, 3, (), 0, 0, 0, 0, ()), reader)
    assert (view.list.current, reader.asked) == ("case 2", ["case 2"])
    assert shown(view) == ["case 2", "case 3", "case 4"]


def test_a_chip_that_has_no_case_left_is_let_go(view: NewsView, reader: Reader) -> None:
    view.chips[Trait.NEW].click()
    view.show_news(News(CASES[1:], 3, 3, (), 0, 0, 0, 0, ()), reader)
    assert view.chips[None].isChecked()
    assert len(shown(view)) == 3


def test_enter_opens_a_case_and_nothing_where_there_is_none(view: NewsView, qtbot: QtBot) -> None:
    opened: list[str] = []
    view.opened.connect(opened.append)
    for row in (2, 4):
        view.list.setCurrentIndex(view.list.rows.index(row, 0))
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert opened == ["case 3"]


def test_keys_go_from_the_words_into_the_list_and_escape_takes_the_words_away(view: NewsView, qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.text.setFocus()
    qtbot.keyClicks(view.text, "dam")
    qtbot.keyClick(view.text, Qt.Key.Key_Escape)
    assert view.text.text() == ""
    qtbot.keyClick(view.text, Qt.Key.Key_Down)
    assert view.list.hasFocus()


def test_what_is_forgotten_is_read_no_more(view: NewsView, reader: Reader) -> None:
    view.chips[Trait.NEW].click()
    view.text.setText("dam")
    view.forget()
    reader.asked.clear()
    assert shown(view) == []
    assert (view.text.text(), view.chips[None].isChecked()) == ("", True)
    assert reader.asked == []
