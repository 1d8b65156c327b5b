"""What a file would bring is told row by row; nothing is kept unless somebody says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.exchange.imports import Plan
from db.exchange.offer import Offer
from db.exchange.rows import CaseRow, Refusal
from db.exchange.vocabulary import Encoding, Fate, Medium
from db.sources import SourceDraft
from desktop.forms.offers_form import OffersForm
from desktop.settings import Look
from desktop.theme import Theme
from tests.makers import RUSSIAN, URDU

NEW = Offer(2, "", "<b>bold</b>", Fate.NEW, CaseRow(claim="<b>bold</b>"))
HERE = Offer(3, "KBL-2026-0001", URDU, Fate.HERE, here="KBL-2026-0001")
REFUSED = Offer(4, "12", RUSSIAN, Fate.REFUSED, refused=Refusal("reference", "reference", "12"))
PLAN = Plan(Medium.CSV, (NEW, HERE, REFUSED), ignored=("Views", "Verdict"))


def open_form(qtbot: QtBot, found: Plan = PLAN) -> OffersForm:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    form = OffersForm(Theme(app, Look.LIGHT), "from <b>elsewhere</b>.csv", found)
    qtbot.addWidget(form)
    form.open()
    return form


def rows(form: OffersForm) -> list[list[str]]:
    shown = range(form.model.columnCount())
    return [
        [form.model.index(row, column).data().strip("\u2066\u2069") for column in shown]
        for row in range(form.model.rowCount())
    ]


def test_every_row_is_told_with_its_line_and_reason_and_what_needs_a_look_comes_first(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    assert rows(form) == [
        ["4", "Refused", "12", RUSSIAN, "“12” is no reference such as KBL-2026-0007."],
        ["3", "Here already", "KBL-2026-0001", URDU, "It is KBL-2026-0001 in this casebook."],
        ["2", "New", "", "<b>bold</b>", ""],
    ]
    assert form.summary.text() == "1 new case, 1 here already, 1 refused."
    assert "Views, Verdict" in form.ignored.text()
    assert form.button.text() == "Keep 1"


def test_texts_from_elsewhere_are_never_markup(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    tip = form.model.index(2, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip.replace(">", "&gt;")


def test_keeping_is_asked_for_and_discarding_asks_nothing(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    kept, finished = QSignalSpy(form.kept), QSignalSpy(form.finished)
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert (kept.count(), finished.count()) == (1, 0)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert (kept.count(), finished.count()) == (1, 1)


def test_where_nothing_is_new_there_is_nothing_to_keep(qtbot: QtBot) -> None:
    for found in (Plan(Medium.CSV, (HERE,)), Plan(Medium.CSV, ())):
        form = open_form(qtbot, found)
        assert not form.button.isEnabled()
    assert form.summary.text() == "There is nothing in it."


def test_while_work_is_under_way_the_window_stays_and_can_stop_it(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    stopped = QSignalSpy(form.stopped)
    form.be_busy(True)
    form.step(3, 10)
    assert form.bar.isVisible()
    assert (form.bar.value(), form.bar.maximum()) == (3, 10)
    assert not form.button.isEnabled()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert stopped.count() == 1
    assert form.isVisible()
    form.be_busy(False)
    assert form.button.isEnabled()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_a_table_may_be_read_in_an_older_encoding_and_a_review_may_not(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    with qtbot.waitSignal(form.reread) as reread:
        form.letters.choose(Encoding.WINDOWS_1251)
        form.letters.activated.emit(form.letters.currentIndex())
    assert reread.args == [Encoding.WINDOWS_1251]
    form = open_form(qtbot, Plan(Medium.CLAIMREVIEW, (NEW,)))
    assert not form.letters.isVisible()
    assert form.summary.text() == "1 new fact check."


def test_sources_may_be_cited_in_the_case_at_hand(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    work = Plan(Medium.RIS, (Offer(1, "Adams, Sarah", URDU, Fate.NEW, SourceDraft(URDU)),), ignored=("KW",))
    for found, case, offered in ((work, "KBL-2026-0001", True), (work, "", False), (PLAN, "KBL-2026-0001", False)):
        form = OffersForm(Theme(app, Look.LIGHT), "library.ris", found, case=case)
        qtbot.addWidget(form)
        form.open()
        assert form.cite_in.isVisible() is offered
    assert "Columns" in form.ignored.text()
    form = open_form(qtbot, work)
    assert form.ignored.text() == "Fields that are not taken in: KW."
    assert form.summary.text() == "1 new source."
