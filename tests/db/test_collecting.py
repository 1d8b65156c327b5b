"""A collection record says what is known, explains what is not, and hides no gap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db import attachments, collecting, history, search
from db.attachments import Attachment
from db.casebook import Casebook
from db.collecting import ASKED, Record, RecordDraft, Tool
from db.exchange import contents, survey
from db.exchange.contents import Order, Why
from db.kinds import Kind
from db.origins import Origin
from db.vocabulary import Method, Op, Tlp
from tests import makers

BY = Tool("Claimdesk 0.1.0", "this computer, UTC+05:00, not checked against another clock")
PAGE = "https://x.com/a/status/1"
WHOLE = RecordDraft(
    PAGE, PAGE, "A post", "2026-03-01T10:00:00Z", "ntp", "Amina", "Firefox 148", "@reader77", "hotel", "the claim"
)


def take_in(book: Casebook, case_id: str, method: Method, origin: Origin) -> Record:
    with attachments.Depot(book.path) as depot:
        ready = depot.picture(makers.picture(), "screen.png", method=method, origin=origin)
    with book.change(Op.ADD_ATTACHMENT) as change:
        attachment_id = collecting.take_in(change, case_id, ready, BY)
    found = collecting.of_attachment(book, attachment_id)
    assert found
    return found


def one(book: Casebook, found: Record) -> Attachment:
    return attachments.one(book, found.attachment_id)


def test_of_a_pasted_picture_the_time_the_clock_and_the_hand_are_known(book: Casebook) -> None:
    found = take_in(book, makers.make_case(book), Method.PASTED, Origin(PAGE, "https://x.com/a.jpg", "A post"))
    (attachment,) = attachments.of_case(book, found.case_id)
    assert found.captured_on == f"{attachment.captured_at[:19]}Z"
    assert (found.clock, found.captured_by, found.tool) == (BY.clock, "Amina", "")
    assert (found.reached_url, found.file_url, found.page_title) == (PAGE, "https://x.com/a.jpg", "A post")
    assert collecting.gaps(found) == ("requested_url", "tool", "identity", "network", "purpose")


def test_of_what_was_captured_from_the_screen_the_tool_is_known_too(book: Casebook) -> None:
    found = take_in(book, makers.make_case(book), Method.SCREEN, Origin())
    assert found.tool == "Claimdesk 0.1.0"
    assert found.said == 4


@pytest.mark.parametrize("method", [Method.FILE, Method.FOLDER])
def test_of_a_file_no_time_and_no_hand_is_claimed(book: Casebook, method: Method) -> None:
    found = take_in(book, makers.make_case(book), method, Origin(changed_at="2026-03-01T10:00:00Z"))
    assert (found.captured_on, found.clock, found.captured_by, found.tool) == ("", "", "", "")
    assert found.file_time == "2026-03-01T10:00:00Z"
    assert collecting.gaps(found) == ASKED


def test_a_reason_closes_a_gap_and_a_value_makes_the_reason_go(book: Casebook) -> None:
    found = take_in(book, makers.make_case(book), Method.PASTED, Origin())
    explained = replace(collecting.drafted(found), missing=(("identity", "unsafe"), ("network", " "), ("clock", "why")))
    with book.change(Op.RECORD_COLLECTION) as change:
        assert collecting.put(change, one(book, found), explained) == found.id
    found = collecting.of_case(book, found.case_id)[found.attachment_id]
    assert found.missing == (("identity", "unsafe"),)
    assert "identity" not in collecting.gaps(found)
    assert "network" in collecting.gaps(found)
    with book.change(Op.RECORD_COLLECTION) as change:
        collecting.put(change, one(book, found), replace(collecting.drafted(found), identity="@reader77"))
    found = collecting.of_case(book, found.case_id)[found.attachment_id]
    assert (found.missing, found.identity) == ((), "@reader77")


def test_what_is_the_same_of_all_is_said_in_one_save_and_the_rest_stays(book: Casebook) -> None:
    case_id = makers.make_case(book)
    first = take_in(book, case_id, Method.PASTED, Origin(PAGE))
    makers.attach(book, case_id, b"text", "bare.txt")
    said = RecordDraft(tool="Firefox 148", purpose="the claim", missing=(("identity", "unsafe"), ("clock", "no")))
    with book.change(Op.RECORD_COLLECTION) as change:
        collecting.spread(change, attachments.of_case(book, case_id), said)
    for found in collecting.of_case(book, case_id).values():
        assert (found.tool, found.purpose, found.network) == ("Firefox 148", "the claim", "")
        assert found.explained == {"identity": "unsafe"}
    assert collecting.of_case(book, case_id)[first.attachment_id].reached_url == PAGE
    book.undo()
    assert set(collecting.of_case(book, case_id)) == {first.attachment_id}


def test_a_record_is_history_of_its_case_and_is_found(book: Casebook) -> None:
    case_id = makers.make_case(book)
    attachment_id = makers.attach(book, case_id, b"text", "bare.txt")
    with book.change(Op.RECORD_COLLECTION) as change:
        collecting.put(change, attachments.one(book, attachment_id), WHOLE)
    newest = history.of_case(book, case_id)[0]
    assert newest.edits[0].new == "bare.txt"
    (hit,) = search.search(book, "status/1")
    assert hit.kind is Kind.COLLECTION
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, attachment_id)
    assert search.search(book, "status/1") == ()
    book.undo()
    assert search.search(book, "status/1") == (hit,)


def leaving(book: Casebook, case_id: str, *held: str) -> contents.Contents:
    return contents.decide(survey.read(book, [case_id]), Order(Tlp.RED).hold(held))


def test_a_record_can_be_held_back_by_itself_and_the_file_still_leaves(book: Casebook) -> None:
    case_id = makers.make_case(book)
    attachment_id = makers.attach(book, case_id, b"text", "bare.txt")
    with book.change(Op.RECORD_COLLECTION) as change:
        record_id = collecting.put(change, attachments.one(book, attachment_id), WHOLE)
    found = leaving(book, case_id, record_id)
    assert [each.thing.id for each in found.held if each.why is Why.BY_HAND] == [record_id]
    assert attachment_id in {thing.id for thing in found.leaving}
    assert found.broken == ()


def test_the_identity_of_a_record_that_stays_is_looked_for_in_all_that_leaves(book: Casebook) -> None:
    case_id = makers.make_case(book)
    attachment_id = makers.attach(book, case_id, b"seen as @reader77 that day", "bare.txt")
    with book.change(Op.RECORD_COLLECTION) as change:
        record_id = collecting.put(change, attachments.one(book, attachment_id), WHOLE)
    (broken,) = leaving(book, case_id, record_id).broken
    assert broken.name == "@reader77"  # type: ignore[attr-defined]


def test_the_words_of_a_reason_leave_as_words(book: Casebook) -> None:
    case_id = makers.make_case(book)
    attachment_id = makers.attach(book, case_id, b"text", "bare.txt")
    reason = "Farid must not be named"
    with book.change(Op.RECORD_COLLECTION) as change:
        collecting.put(change, attachments.one(book, attachment_id), RecordDraft(missing=(("identity", reason),)))
    (thing,) = [each for each in survey.read(book, [case_id]).things if each.kind is Kind.COLLECTION]
    assert reason in {wording.text for wording in thing.wordings}


def test_a_file_from_the_disk_brings_what_it_tells(book: Casebook, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<html><!-- saved from url=(0024)https://x.com/a/status/1 --><title>A post</title>")
    with attachments.Depot(book.path) as depot:
        ready = depot.file(page, method=Method.FOLDER)
    assert (ready.method, ready.origin.page, ready.origin.title) == (Method.FOLDER, PAGE, "A post")
    assert ready.origin.changed_at
