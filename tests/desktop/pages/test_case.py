"""The page of one case: its head, its tags, its parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from db import attachments, cases, collecting, notes
from db.collecting import RecordDraft
from db.kinds import Kind
from db.vocabulary import Op, Priority, Status, Tlp
from desktop.widgets.chip import Chip
from tests import makers
from tests.desk import Desk


def case_of(desk: Desk) -> cases.Case:
    return cases.find(desk.window.workspace.context.book, desk.reference)


def tags(desk: Desk) -> tuple[str, ...]:
    return notes.tags_of_case(desk.window.workspace.context.book, case_of(desk).id)


def tabs(desk: Desk) -> list[str]:
    bar = desk.window.workspace.case.tabs
    return [bar.tabText(place) for place in range(bar.count())]


def chips(desk: Desk) -> list[str]:
    page = desk.window.workspace.case
    return [page.chips.itemAt(n).widget().accessibleName() for n in range(page.chips.count())]


def test_the_head_saves_each_field(on_case: Desk) -> None:
    on_case.fill("Title", makers.URDU)
    on_case.fill("Status", "In review")
    on_case.fill("Priority", "Urgent")
    on_case.fill("Marking", "TLP:RED")
    on_case.fill("Assignee", "زرمینہ")
    on_case.fill("Due", "2026-12-31")
    on_case.leave()
    case = case_of(on_case)
    assert (case.title, case.status, case.priority) == (makers.URDU, Status.IN_REVIEW, Priority.URGENT)
    assert (case.tlp, case.assignee, case.due) == (Tlp.RED, "زرمینہ", "2026-12-31")


def test_a_tag_is_put_on_by_enter_and_taken_off_by_its_button(on_case: Desk) -> None:
    on_case.fill("Add a tag", "مرز")
    on_case.qtbot.keyClick(on_case.field("Add a tag"), Qt.Key.Key_Return)
    on_case.fill("Add a tag", "vaccine")
    on_case.leave()
    assert tags(on_case) == ("مرز", "vaccine")
    assert on_case.field("Add a tag").text() == ""
    page = on_case.window.workspace.case
    QApplication.processEvents()  # buttons that were laid out show themselves then
    (button,) = [b for b in page.tags.findChildren(QToolButton) if b.property("name") == "مرز" and not b.isHidden()]
    on_case.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tags(on_case) == ("vaccine",)
    on_case.undo()
    assert set(tags(on_case)) == {"مرز", "vaccine"}


def test_the_same_tag_twice_is_one(on_case: Desk) -> None:
    for words in ("Vaccine", "vaccine", "VACCINE "):
        on_case.fill("Add a tag", words)
        on_case.qtbot.keyClick(on_case.field("Add a tag"), Qt.Key.Key_Return)
    assert tags(on_case) == ("Vaccine",)
    assert on_case.told == []


def test_the_tabs_count_what_they_hold(on_case: Desk) -> None:
    assert tabs(on_case)[0] == "Claim  1"
    assert tabs(on_case)[5] == "Notes"
    on_case.add("note", {"Note": "words"})
    assert tabs(on_case)[5] == "Notes  1"
    on_case.undo()
    assert tabs(on_case)[5] == "Notes"


def test_the_head_shows_the_verdict_and_when_it_is_stale(on_case: Desk) -> None:
    page = on_case.window.workspace.case
    assert page.chips.itemAt(0).widget().text() == "No verdict"
    on_case.give_verdict("False", "The register says otherwise.")
    assert chips(on_case) == ["False"]
    on_case.turn_to("Claim")
    on_case.fill("Claim, word for word", "other words")
    on_case.leave()
    assert isinstance(page.chips.itemAt(0).widget(), Chip)
    assert chips(on_case) == ["False – stale"]


def test_a_place_that_was_found_is_turned_to(on_case: Desk) -> None:
    on_case.add("note", {"Note": "first"})
    on_case.add("note", {"Note": "second"})
    page = on_case.window.workspace.case
    first = notes.of_case(on_case.window.workspace.context.book, case_of(on_case).id)[-1]
    on_case.turn_to("Claim")
    page.show_thing(Kind.NOTE, first.id)
    assert page.panel is page.notes
    assert on_case.field("Note").text() == "first"
    page.show_thing(Kind.VERDICT, "whatever")
    assert page.panel is page.verdict


def test_a_record_that_was_found_leads_to_its_file(on_case: Desk) -> None:
    book, case = on_case.window.workspace.context.book, case_of(on_case).id
    for name in ("one.txt", "two.txt"):
        makers.attach(book, case, name.encode(), name)
    two = attachments.of_case(book, case)[1]
    with book.change(Op.RECORD_COLLECTION) as change:
        record = collecting.put(change, two, RecordDraft(page_title="A post"))
    page = on_case.window.workspace.case
    page.show_thing(Kind.COLLECTION, record)
    assert page.panel is page.evidence
    assert [each.name for each in page.evidence.of_case.selected] == ["two.txt"]
    on_case.rest()


def test_going_to_another_case_saves_what_is_typed_and_shows_the_other(on_case: Desk) -> None:
    first = case_of(on_case)
    on_case.fill("Translation", "typed in passing")
    on_case.do("All cases")
    other = next(reference for reference in on_case.listed if reference != first.reference)
    on_case.open_case(other)
    assert on_case.reference == other
    assert on_case.field("Translation").text() == ""
    on_case.do("All cases")
    on_case.open_case(first.reference)
    assert on_case.field("Translation").text() == "typed in passing"


def test_what_cannot_be_saved_keeps_the_page(on_case: Desk) -> None:
    on_case.fill("Claim, word for word", "")
    on_case.do("All cases")
    assert on_case.on_case
    assert "empty" in on_case.words
    on_case.press("Ctrl+F")
    on_case.put(on_case.window.workspace.query, "anything")
    assert on_case.on_case
    assert on_case.field("Claim, word for word").text() == ""


def test_undo_of_the_case_itself_leads_back_to_the_list(at_list: Desk) -> None:
    at_list.new_case("A claim", title="Third")
    at_list.undo()
    at_list.wait(lambda: not at_list.on_case)
    assert at_list.window.workspace.cases.isVisible()
    assert "KBL" not in at_list.title


def test_a_casebook_to_be_read_shows_the_whole_page(reading: Desk) -> None:
    reading.open_case(reading.listed[0])
    for name in ("Title", "Assignee", "Due"):
        assert reading.field(name).isReadOnly()
    for name in ("Status", "Priority", "Marking"):
        field = reading.field(name)
        assert isinstance(field, QComboBox)
        assert not field.isEnabled()
    assert not reading.window.workspace.case.tags.line.isVisible()


def test_the_keys_walk_through_the_head_in_reading_order(on_case: Desk) -> None:
    on_case.field("Title").setFocus()
    seen = []
    for _ in range(6):
        focus = on_case.window.focusWidget()
        seen.append(focus.accessibleName())
        on_case.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == ["Title", "Status", "Priority", "Marking", "Assignee", "Due"]
