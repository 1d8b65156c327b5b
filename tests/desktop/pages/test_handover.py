"""The page of what leaves: everything is listed, a tick decides, a broken rule stops it and can be mended there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db import actors, attachments, cases, notes, timeline
from db.actors import ActorDraft
from db.errors import Exists
from db.exchange import age, passphrase, peers
from db.exchange.handover import Closing
from db.exchange.keys import Card
from db.kinds import Kind
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Tlp
from desktop.forms.closing_form import Sealing
from desktop.jobs import Job
from desktop.pages.handover import HandoverPage
from desktop.rows import ROW
from desktop.widgets.handover_model import NOTE, Line
from desktop.widgets.texts import Label
from desktop.widgets.told import Told
from tests import makers
from tests.desktop.desk import Desk, wait_for


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The case with an actor, a source, two pictures, a note; its marking lets everybody see it."""
    with desk.book.change(Op.EDIT_CASE) as change:
        cases.edit(change, desk.case_id, cases.CaseDraft("Water", tlp=Tlp.CLEAR))
        actor = actors.add(change, ActorDraft("Gul Agha"))
        actors.set_aliases(change, actor, ["The Pen"])
        timeline.add(change, desk.case_id, AppearanceDraft(actor, quotation="The Pen was here"))
        notes.add_note(change, desk.case_id, "Ask S.")
    makers.make_source(desk.book, [desk.case_id], "Statement")
    makers.attach(desk.book, desk.case_id, makers.photo(author=""), "mill.jpg")
    makers.attach(desk.book, desk.case_id, makers.picture(), "plain.png")
    return desk


@pytest.fixture
def page(filled: Desk, qtbot: QtBot) -> Iterator[HandoverPage]:
    page = HandoverPage(filled.context)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
    page.resize(1300, 700)
    page.show()
    page.hand_over((filled.case_id,))
    wait_for(qtbot, lambda: page.contents is not None)
    yield page
    page.close()
    page.deleteLater()


def lines(page: HandoverPage) -> dict[tuple[str, str], Line]:
    """Every line of the tree by kind and title."""
    tops = [page.model.index(row, 0) for row in range(page.model.rowCount())]
    under = [page.model.index(row, 0, top) for top in tops for row in range(page.model.rowCount(top))]
    found = [index.data(ROW) for index in (*tops, *under)]
    return {(line.thing.kind, line.title): line for line in found if line}


def place(page: HandoverPage, kind: Kind, title: str) -> QModelIndex:
    return page.model.place(lines(page)[kind, title].id)


def tick(page: HandoverPage, kind: Kind, title: str) -> None:
    index = place(page, kind, title)
    now = index.data(Qt.ItemDataRole.CheckStateRole)
    wanted = Qt.CheckState.Unchecked if now is Qt.CheckState.Checked else Qt.CheckState.Checked
    page.model.setData(index, wanted.value, Qt.ItemDataRole.CheckStateRole)


def push(page: HandoverPage, text: str) -> None:
    buttons = [button for button in page.findChildren(QPushButton) if button.text() == text and button.isVisible()]
    assert len(buttons) == 1, text
    buttons[0].click()


def words(page: HandoverPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_everything_is_listed_under_its_case(page: HandoverPage) -> None:
    found = lines(page)
    assert page.contents is not None
    listed = {line.id for line in found.values()}
    assert listed == {t.id for t in page.contents.leaving} | {h.thing.id for h in page.contents.held}
    assert found[Kind.CASE, "KBL-2026-0001 Water"].note == "TLP:CLEAR"
    assert found[Kind.NOTE, "Ask S."].note == "Notes and tasks stay at the desk"
    assert not found[Kind.NOTE, "Ask S."].leaves
    assert "Taken at 34.52500, 69.17000" in found[Kind.ATTACHMENT, "mill.jpg"].note
    assert "Gul Agha" in page.side.names.text()
    assert "Amina" in page.side.names.text()
    assert page.side.write.isEnabled()
    assert page.total.text().startswith("1 case · ")


def test_a_tick_holds_back_and_lets_leave(page: HandoverPage) -> None:
    tick(page, Kind.SOURCE, "Statement")
    found = lines(page)
    assert not found[Kind.SOURCE, "Statement"].leaves
    citation = found[Kind.CITATION, "Statement"]
    assert (citation.leaves, citation.free) == (False, False)
    assert citation.note == "Stays with the source “Statement”"
    tick(page, Kind.SOURCE, "Statement")
    assert lines(page)[Kind.CITATION, "Statement"].leaves
    tick(page, Kind.NOTE, "Ask S.")
    assert lines(page)[Kind.NOTE, "Ask S."].leaves


def test_what_has_no_choice_takes_no_tick(page: HandoverPage) -> None:
    index = place(page, Kind.DESK, "Kabul desk")
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert not page.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert lines(page)[Kind.DESK, "Kabul desk"].leaves


def test_space_ticks_all_that_is_chosen(page: HandoverPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    page.view.setCurrentIndex(place(page, Kind.ATTACHMENT, "mill.jpg"))
    page.view.selectionModel().select(
        place(page, Kind.SOURCE, "Statement"),
        page.view.selectionModel().SelectionFlag.Select | page.view.selectionModel().SelectionFlag.Rows,
    )
    for left in (False, True):
        qtbot.keyClick(page.view, Qt.Key.Key_Space)
        found = lines(page)
        assert found[Kind.ATTACHMENT, "mill.jpg"].leaves is left
        assert found[Kind.SOURCE, "Statement"].leaves is left


def test_the_list_can_be_narrowed_to_what_stays_or_leaves(page: HandoverPage) -> None:
    tick(page, Kind.SOURCE, "Statement")
    page.shown.setCurrentText("What stays")
    assert {title for _, title in lines(page)} == {"KBL-2026-0001 Water", "Ask S.", "Statement"}
    page.shown.setCurrentText("What leaves")
    assert not any(title in ("Ask S.", "Statement") for _, title in lines(page))


def test_a_broken_rule_stops_it_by_name_and_is_mended_there(page: HandoverPage) -> None:
    tick(page, Kind.ACTOR, "Gul Agha")
    assert "What is held back still stands in what would leave, in one place: “The Pen”." in words(page)
    assert "Appearance, Quotation" in words(page)
    assert not page.side.write.isEnabled()
    push(page, "Leave them anyway")
    assert page.side.write.isEnabled()
    assert "The Pen" not in words(page)


def test_a_name_can_be_held_back_where_it_stands(page: HandoverPage) -> None:
    tick(page, Kind.ACTOR, "Gul Agha")
    push(page, "Hold these back too")
    assert page.side.write.isEnabled()
    assert not any(line.leaves for (kind, _), line in lines(page).items() if kind is Kind.APPEARANCE)


def test_a_case_above_the_level_is_held_back_or_the_level_raised(
    filled: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    secret = makers.make_case(filled.book, "Secret", tlp=Tlp.RED)
    page.hand_over((filled.case_id, secret))
    wait_for(qtbot, lambda: page.contents is not None)
    assert "KBL-2026-0002 is marked TLP:RED; the receiver may see TLP:GREEN at most." in words(page)
    push(page, "They may see TLP:RED")
    assert page.side.write.isEnabled()
    page.side.level.setCurrentText("TLP:AMBER")
    page.side.level.activated.emit(page.side.level.currentIndex())
    assert not page.side.write.isEnabled()
    push(page, "Hold back")
    assert page.side.write.isEnabled()
    assert lines(page)[Kind.CASE, "KBL-2026-0002"].note == "Marked above what the receiver may see"


def test_nothing_left_cannot_be_written(page: HandoverPage) -> None:
    tick(page, Kind.CASE, "KBL-2026-0001 Water")
    assert "All that was chosen is held back." in words(page)
    assert not page.side.write.isEnabled()


def test_a_line_is_shown_in_full_with_what_it_said_before(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    with filled.book.change(Op.EDIT_CASE) as change:
        cases.edit(change, filled.case_id, cases.CaseDraft("Another title", tlp=Tlp.CLEAR))
    wait_for(qtbot, lambda: (Kind.CASE, "KBL-2026-0001 Another title") in lines(page))
    page.view.setCurrentIndex(place(page, Kind.CASE, "KBL-2026-0001 Another title"))
    assert page.detail.title.text() == "KBL-2026-0001 Another title"
    assert "Title: Water" in page.detail.earlier.text()
    page.view.setCurrentIndex(place(page, Kind.ATTACHMENT, "mill.jpg"))
    assert "FairPhone" in page.detail.data.text()
    assert not page.detail.earlier.isVisible()


def test_the_bytes_of_a_file_can_stay_alone(page: HandoverPage) -> None:
    page.view.setCurrentIndex(place(page, Kind.ATTACHMENT, "mill.jpg"))
    page.detail.bare.click()
    index = place(page, Kind.ATTACHMENT, "mill.jpg").siblingAtColumn(NOTE)
    assert index.data().startswith("Without its file")
    assert lines(page)[Kind.ATTACHMENT, "mill.jpg"].leaves
    assert not page.side._data_card.isVisible()
    assert page.detail.bare.isChecked()
    page.detail.bare.click()
    assert "Taken at" in place(page, Kind.ATTACHMENT, "mill.jpg").siblingAtColumn(NOTE).data()


def test_what_is_saved_meanwhile_is_listed_and_decisions_stay(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    tick(page, Kind.ATTACHMENT, "mill.jpg")
    makers.make_source(filled.book, [filled.case_id], "Found just now")
    assert not page.side.write.isEnabled()  # until it is listed
    wait_for(qtbot, lambda: (Kind.SOURCE, "Found just now") in lines(page))
    assert page.side.write.isEnabled()
    assert not lines(page)[Kind.ATTACHMENT, "mill.jpg"].leaves


def test_what_is_saved_while_the_page_is_hidden_is_listed_when_it_is_back(
    filled: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.hide()
    makers.make_source(filled.book, [filled.case_id], "Found just now")
    page.show()
    wait_for(qtbot, lambda: (Kind.SOURCE, "Found just now") in lines(page))


def test_a_case_that_is_deleted_meanwhile_closes_the_page(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.left), filled.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, filled.case_id)
    filled.settle(qtbot)
    assert len(filled.reported) == 1


def test_deletions_that_another_desk_should_hear_of_are_offered(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    from tests.db.union import unite

    with makers.make_book(filled.book.path.parent, "other", desk="Herat", code="HRT") as other:
        unite(other, filled.book.path)
        makers.make_source(other, [filled.case_id], "From Herat")
        unite(filled.book, other.path)
    with filled.book.change(Op.DELETE_SOURCE) as change:
        change.delete(Kind.SOURCE, filled.book.value("SELECT id FROM source WHERE title = 'From Herat'"), "wrong")
    wait_for(qtbot, lambda: "One thing that another desk gave was deleted here." in words(page))
    assert page.side.write.isEnabled()
    push(page, "Let it leave")
    assert lines(page)[Kind.SOURCE, "From Herat"].leaves


def test_decisions_stay_while_one_looks_elsewhere(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    tick(page, Kind.SOURCE, "Statement")
    page.hide()
    page.hand_over((filled.case_id,))
    page.show()
    filled.settle(qtbot)
    assert not lines(page)[Kind.SOURCE, "Statement"].leaves
    page.hand_over((makers.make_case(filled.book, "Another", tlp=Tlp.CLEAR), filled.case_id))
    wait_for(qtbot, lambda: page.contents is not None)
    assert lines(page)[Kind.SOURCE, "Statement"].leaves


# Writing


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    return tmp_path / "out.handover.casebook.age"


def told() -> list[Told]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Told) and widget.isVisible()]


def test_it_is_written_sealed_and_signed_and_said_so(page: HandoverPage, target: Path, qtbot: QtBot) -> None:
    assert page.contents is not None
    closing = page.side.closing.closing
    assert closing.sign
    assert len(closing.passphrase) == 24
    page.write(page.contents, target, closing)
    wait_for(qtbot, lambda: bool(told()))
    said = "\n".join(label.text() for label in told()[0].findChildren(Label))
    told()[0].close()
    assert str(target) in said
    assert "Fingerprint of this desk, to be read aloud" in said
    assert age.lock_of(target) is age.Lock.WORDS


def test_the_name_offered_says_what_it_is(page: HandoverPage, qtbot: QtBot) -> None:
    names = []
    for sealing, ending in ((Sealing.WORDS, ".handover.casebook.age"), (Sealing.NOBODY, ".handover.casebook")):
        page.side.closing.sealing.choose(sealing)
        page.side.write.click()
        dialog = page.findChild(QFileDialog)
        assert dialog is not None
        names.append(Path(dialog.selectedFiles()[0]).name)
        assert names[-1] == f"KBL-2026-0001{ending}"
        dialog.close()
        qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)


def test_a_file_in_the_way_is_told_and_stays(page: HandoverPage, filled: Desk, target: Path, qtbot: QtBot) -> None:
    assert page.contents is not None
    target.write_text("mine")
    page.write(page.contents, target, Closing())
    filled.settle(qtbot)
    assert isinstance(filled.reported[-1], Exists)
    assert target.read_text() == "mine"
    assert not told()


def test_writing_can_be_cancelled(page: HandoverPage, filled: Desk, target: Path, qtbot: QtBot) -> None:
    assert page.contents is not None
    jobs: list[Job[object]] = []
    filled.context.jobs.started.connect(lambda job: (jobs.append(job), job.cancel()))
    page.write(page.contents, target, Closing())
    filled.settle(qtbot)
    assert len(jobs) == 1
    assert not target.exists()
    assert not told()


def test_it_is_sealed_for_a_known_desk(page: HandoverPage, filled: Desk, target: Path, qtbot: QtBot) -> None:
    closing = page.side.closing
    closing.sealing.choose(Sealing.DESK)
    assert not page.side.write.isEnabled()
    assert "No other desk is known yet" in words(page)
    key = age.new_witness()
    with filled.book.repair() as writer:
        peers.meet_card(writer, Card("herat", "Herat desk", "a" * 64, key.recipient))
    page.refresh()
    filled.settle(qtbot)
    assert page.side.write.isEnabled()
    assert closing.closing.recipients == (key.recipient,)
    page.write(page.contents, target, closing.closing)  # type: ignore[arg-type]
    wait_for(qtbot, lambda: bool(told()))
    told()[0].close()
    assert age.opened(target, age.Secret(identity=key.identity), target.parent).read_bytes().startswith(b"SQLite")


def test_what_is_graphic_is_blurred_beside_the_list_too(filled: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    made = Image.new("RGB", (200, 120), "#ff0000")
    for x in range(0, 200, 8):
        made.paste((0, 0, 255), (x, 0, x + 4, 120))
    makers.attach(filled.book, filled.case_id, makers.encoded(made, "PNG"), "stripes.png")
    attachments.draw_small(filled.book.path, filled.attachments())
    (digest,) = [each.sha256 for each in filled.attachments() if each.name == "stripes.png"]
    shown = []
    for graphic in (False, True):
        with filled.book.change(Op.EDIT_ATTACHMENT) as change:
            attachments.mark_graphic(change, [digest], graphic=graphic)
        page.hand_over((filled.case_id,))
        wait_for(qtbot, lambda: (Kind.ATTACHMENT, "stripes.png") in lines(page))
        filled.settle(qtbot)
        page.view.setCurrentIndex(place(page, Kind.ATTACHMENT, "stripes.png"))
        image = page.detail.picture.pixmap().toImage()
        colors = [image.pixelColor(x, image.height() // 2) for x in range(image.width())]
        shown.append(any(color.red() > 200 and color.blue() < 60 for color in colors))
    assert shown == [True, False], "red stripes, and then nothing but purple"
