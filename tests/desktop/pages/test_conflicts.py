"""Conflicts in the window: marked where they stand, read side by side, settled by key or button, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from db import cases, claims, conflicts, notes
from db.casebook import Casebook
from db.kinds import Kind
from db.vocabulary import Op, Status
from desktop.forms.dossier_form import DossierForm
from desktop.pages.case import CasePage
from desktop.pages.conflicts import ConflictsPage
from desktop.widgets.chip import Chip
from desktop.widgets.contrasted import Contrasted
from desktop.widgets.mark import Mark
from desktop.widgets.texts import Label
from tests import makers
from tests.desk import Desk, plain
from tests.desktop import disputes

REFERENCE = "KBL-{}-0001"


@pytest.fixture
def disputed(welcome: Desk, tmp_path: Path) -> Desk:
    """A window on a casebook with disputes."""
    welcome.window.open_path(disputes.make(tmp_path))
    return welcome


@pytest.fixture
def page(disputed: Desk) -> ConflictsPage:
    """The page of conflicts."""
    disputed.window.workspace.complete()
    disputed.do("Conflicts")
    return page_of(disputed)


def page_of(desk: Desk) -> ConflictsPage:
    return desk.window.workspace.work.conflicts


def case_page(desk: Desk) -> CasePage:
    return desk.window.workspace.case


def book(desk: Desk) -> Casebook:
    return desk.window.workspace.context.book


def case_id(desk: Desk) -> str:
    return book(desk).value('SELECT min(id) FROM "case"')


def choose(page: ConflictsPage, kind: Kind, field: str) -> None:
    found = next(c for c in conflicts.of_casebook(page._context.book) if (c.kind, c.field) == (kind, field))
    page.list.choose(found.id)


def listed(page: ConflictsPage) -> list[str]:
    return [entry.title for entry in page.list.entries]


def versions(page: ConflictsPage) -> list[str]:
    return [text.text() for card in page.settling.cards for text in card.findChildren(Contrasted)]


def marked(page: ConflictsPage) -> list[list[str]]:
    """What is underlined in each version."""
    found = []
    for card in page.settling.cards:
        (text,) = card.findChildren(Contrasted)
        parts, block = [], text.document().begin()
        while block.isValid():
            it = block.begin()
            while not it.atEnd():
                fragment = it.fragment()
                if fragment.charFormat().fontUnderline():
                    assert fragment.charFormat().background().style() is not Qt.BrushStyle.NoBrush
                    parts.append(fragment.text())
                it += 1
            block = block.next()
        found.append(parts)
    return found


def marks(page: CasePage) -> list[str]:
    """The marks in sight, as they are read out."""
    QApplication.processEvents()
    return [mark.accessibleName().splitlines()[0] for mark in page.findChildren(Mark) if mark.isVisible()]


def chips(page: CasePage) -> list[str]:
    QApplication.processEvents()
    return [chip.accessibleName() for chip in page.findChildren(Chip) if chip.isVisible()]


def buttons(page: ConflictsPage, text: str) -> list[QToolButton]:
    QApplication.processEvents()
    return [b for b in page.settling.findChildren(QToolButton) if b.text() == text and b.isVisible()]


def test_every_conflict_of_the_casebook_is_listed(page: ConflictsPage) -> None:
    assert sorted(listed(page)) == ["Case, Status", "Case, Title", "Claim, Translation", "Note, Deletion"]
    assert page.count.text() == "4 conflicts"


def test_versions_stand_side_by_side_with_who_wrote_them_and_what_differs(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CLAIM, "translation")
    assert versions(page) == ["The vaccine is safe tomorrow", "The vaccine is safe today"]
    assert marked(page) == [["tomorrow"], ["today"]]
    words = disputed.words
    for part in ("Bek, Herat desk", "1 Jan 2030", "Amina, Kabul desk", "Claim, Translation", disputes.CLAIM):
        assert part in words
    shown = [[chip.accessibleName() for chip in card.findChildren(Chip)] for card in page.settling.cards]
    assert shown == [["Shown now"], []]
    assert page.settling.cards[0].y() == page.settling.cards[1].y()


def test_a_vocabulary_is_told_in_words(page: ConflictsPage) -> None:
    choose(page, Kind.CASE, "status")
    assert versions(page) == ["Closed", "In work"]


def test_a_key_takes_a_version_and_goes_on_to_the_next(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CASE, "title")
    disputed.press("Alt+2")
    assert cases.one(book(disputed), case_id(disputed)).title == "Of Kabul"
    assert "Case, Title" not in listed(page)
    assert page.conflict is not None
    disputed.press("Alt+1")
    disputed.press("Alt+1")
    disputed.press("Alt+1")
    assert listed(page) == []
    assert page.nothing.isVisible()
    assert list(conflicts.of_casebook(book(disputed))) == []
    assert disputed.told == []


def test_a_button_takes_a_version_and_leaves_the_keys_in_the_list(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CASE, "title")
    button = buttons(page, "Take it")[1]
    button.setFocus()
    disputed.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert cases.one(book(disputed), case_id(disputed)).title == "Of Kabul"
    assert page.list.hasFocus()


def test_undo_puts_back_what_was_shown(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CASE, "title")
    disputed.do("Take version 2")
    assert plain(disputed.window.workspace.edit.undo) == "Undo settling a conflict"
    disputed.undo()
    assert cases.one(book(disputed), case_id(disputed)).title == "Of Herat"


def test_another_version_is_written_from_one_of_them(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CLAIM, "translation")
    assert not disputed.verb("Settle with what is written").isEnabled()
    disputed.qtbot.mouseClick(buttons(page, "Write another")[1], Qt.MouseButton.LeftButton)
    assert disputed.field("Another version").text() == "The vaccine is safe today"
    disputed.fill("Another version", "Nobody knows whether it is safe")
    disputed.press("Alt+Return")
    (claim,) = claims.of_case(book(disputed), case_id(disputed))
    assert claim.translation == "Nobody knows whether it is safe"
    assert "Claim, Translation" not in listed(page)


def test_a_word_of_a_vocabulary_is_chosen_from_all_of_them(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CASE, "status")
    disputed.do("Write another, from version 1")
    assert disputed.field("Another version").currentText() == "Closed"
    disputed.fill("Another version", "Published")
    disputed.do("Settle with what is written")
    assert cases.one(book(disputed), case_id(disputed)).status is Status.PUBLISHED


def test_what_is_being_written_is_there_again_and_never_overwritten(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.CLAIM, "translation")
    disputed.do("Write another, from version 1")
    disputed.fill("Another version", "half a sent")
    choose(page, Kind.CASE, "title")
    disputed.do("All cases")
    disputed.do("Conflicts")
    choose(page, Kind.CLAIM, "translation")
    assert disputed.field("Another version").text() == "half a sent"
    disputed.do("Write another, from version 2")
    assert disputed.field("Another version").text() == "The vaccine is safe today"
    disputed.press("Ctrl+Z")
    assert disputed.field("Another version").text() == "half a sent"
    assert len(listed(page)) == 4


def test_what_the_field_cannot_hold_is_said_and_stays(disputed: Desk, page: ConflictsPage) -> None:
    (claim,) = claims.of_case(book(disputed), case_id(disputed))
    with disputes.herat(book(disputed)) as other:
        disputes.put(book(disputed), Kind.CLAIM, claim.id, text="one")
        disputes.put(other, Kind.CLAIM, claim.id, text="two")
    choose(page, Kind.CLAIM, "text")
    disputed.do("Write another, from version 1")
    disputed.fill("Another version", "")
    disputed.do("Settle with what is written")
    assert "empty" in disputed.words
    assert "Claim" in listed(page)


@pytest.mark.parametrize(("name", "left"), [("Keep it", ["Call them twice"]), ("Delete it", [])])
def test_a_deletion_beside_an_edit_is_kept_or_deleted(
    disputed: Desk, page: ConflictsPage, name: str, left: list[str]
) -> None:
    choose(page, Kind.NOTE, "deleted")
    for words in ("Deletes this note.", "Reason: Done", "Keeps this note.", "Call them twice"):
        assert words in disputed.words
    assert not disputed.verb("Write another, from version 1").isEnabled()
    disputed.do(name)
    assert [note.text for note in notes.of_case(book(disputed), case_id(disputed))] == left
    assert "Note, Deletion" not in listed(page)


def test_the_verbs_are_off_elsewhere_and_in_a_casebook_to_be_read(disputed: Desk, page: ConflictsPage) -> None:
    of_conflicts = ("Take version 1", "Take version 2", "Show where it stands", "Write another, from version 1")
    choose(page, Kind.CASE, "title")
    assert all(disputed.verb(name).isEnabled() for name in of_conflicts)
    disputed.do("All cases")
    assert not any(disputed.verb(name).isEnabled() for name in of_conflicts)
    disputed.leave_casebook()
    path = Path(str(disputed.window.settings.recent[0]))
    with Casebook.open(path):
        disputed.window.open_path(path)
        disputed.window.workspace.complete()
        disputed.do("Conflicts")
        reading = page_of(disputed)
        choose(reading, Kind.CASE, "title")
        assert versions(reading) == ["Of Herat", "Of Kabul"]
        assert [name for name in of_conflicts if disputed.verb(name).isEnabled()] == ["Show where it stands"]
        disputed.window.close_casebook()


def test_it_leads_to_where_the_conflict_stands(disputed: Desk, page: ConflictsPage) -> None:
    choose(page, Kind.NOTE, "deleted")
    disputed.do("Show where it stands")
    assert disputed.on_case
    assert case_page(disputed).panel is case_page(disputed).notes


# Marks on the page of the case


def open_disputed(desk: Desk) -> CasePage:
    desk.window.workspace.show_case(case_id(desk))
    return case_page(desk)


def test_the_case_is_marked_in_its_head_and_at_its_fields(disputed: Desk) -> None:
    page = open_disputed(disputed)
    found = marks(page)
    assert found[0].startswith("4 conflicts in this case") or any(m.startswith("4 conflicts") for m in found)
    assert {"Case, Title is in conflict.", "Case, Status is in conflict.", "Claim, Translation is in conflict."} <= set(
        found
    )
    assert len(found) == 4
    disputed.turn_to("Notes")
    assert "Note, Deletion is in conflict." in marks(page)
    assert "Deleted by Amina, Kabul desk" in disputed.words


def test_a_mark_leads_to_its_conflict(disputed: Desk) -> None:
    page = open_disputed(disputed)
    (mark,) = [m for m in page.findChildren(Mark) if m.accessibleName().startswith("Claim, Translation")]
    mark.setFocus()
    disputed.qtbot.keyClick(mark, Qt.Key.Key_Space)
    found = page_of(disputed)
    assert found.isVisible()
    assert (found.conflict.kind, found.conflict.field) == (Kind.CLAIM, "translation")
    assert found.cases.currentText() == disputed.window.workspace.case.reference.text()


def test_the_mark_of_the_case_leads_to_all_its_conflicts_and_no_others(disputed: Desk) -> None:
    second = book(disputed).value('SELECT max(id) FROM "case"')
    with disputes.herat(book(disputed)) as other:
        disputes.put(book(disputed), Kind.CASE, second, title="One")
        disputes.put(other, Kind.CASE, second, title="Two")
    page = open_disputed(disputed)
    disputed.qtbot.mouseClick(page.disputes, Qt.MouseButton.LeftButton)
    found = page_of(disputed)
    assert len(listed(found)) == 4
    found.cases.setCurrentIndex(0)
    assert len(listed(found)) == 5


def test_marks_go_with_the_notice_of_a_save_and_come_with_it(disputed: Desk) -> None:
    page = open_disputed(disputed)
    disputed.fill("Title", "Settled by typing")
    disputed.leave()
    assert "Case, Title is in conflict." not in marks(page)
    assert any(mark.startswith("3 conflicts") for mark in marks(page))
    for conflict in conflicts.of_case(book(disputed), case_id(disputed)):
        with book(disputed).change(Op.RESOLVE_CONFLICT) as change:
            conflicts.settle(change, conflict, conflict.versions[0].operation)
    assert marks(page) == []
    with disputes.herat(book(disputed)) as other:
        disputes.put(book(disputed), Kind.CASE, case_id(disputed), assignee="Amina")
        disputes.put(other, Kind.CASE, case_id(disputed), assignee="Bek")
    assert "Case, Assignee is in conflict." in marks(page)


def test_what_is_typed_in_a_marked_field_stays_while_marks_come(disputed: Desk) -> None:
    page = open_disputed(disputed)
    disputed.put(disputed.field("Translation"), "typed and not saved")  # type: ignore[arg-type]
    makers.make_source(book(disputed), [case_id(disputed)])
    assert disputed.field("Translation").text() == "typed and not saved"
    assert page.claim.form.dirty


def test_both_verdicts_stand_in_the_head_until_one_supersedes_them(disputed: Desk) -> None:
    page = open_disputed(disputed)
    assert chips(page)[0] == "Verdicts differ"
    assert {chip.split(" –")[0] for chip in chips(page)[1:]} == {"False", "Half true"}
    tips = "\n".join(chip.toolTip() for chip in page.findChildren(Chip))
    assert "Bek, Herat desk" in tips
    disputed.turn_to("Verdict")
    assert "2 verdicts stand and differ." in disputed.words
    assert "It supersedes 2 verdicts that stand" in disputed.words
    disputed.give_verdict("Mostly true", "Both looked at.")
    assert "Verdicts differ" not in chips(page)
    assert "2 verdicts stand" not in disputed.words
    assert "It supersedes the verdict that stands: “Mostly true” (Amina, Kabul desk)." in disputed.words


def test_of_two_verdicts_a_desk_withdraws_its_own(disputed: Desk) -> None:
    page = open_disputed(disputed)
    disputed.withdraw_verdict("The recording was found.")
    assert [verdict.rating for verdict in page.verdict.standing] == ["Half true"]
    assert "Verdicts differ" not in chips(page)


def test_whoever_exports_is_told_what_is_in_conflict(disputed: Desk) -> None:
    open_disputed(disputed)
    disputed.do("Export dossier")
    form = disputed._dialog(DossierForm)
    words = "\n".join(label.text() for label in form.findChildren(Label))
    form.reject()
    assert "4 fields stand in conflict" in words
