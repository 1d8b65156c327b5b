"""Events, and the line of time that they share with appearances."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import conflicts, events, history, search, timeline
from db.casebook import Casebook
from db.change import Change
from db.errors import Invalid, NotFound
from db.events import EventDraft
from db.kinds import Kind
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests import makers


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path) as book:
        yield book


def add(book: Casebook, case_id: str, text: str, when: str = "", **more: str) -> str:
    with book.change(Op.ADD_EVENT) as change:
        return events.add(change, case_id, EventDraft(text, when, **more))


def test_an_event_says_what_happened_when_and_where(book: Casebook) -> None:
    case_id = makers.make_case(book)
    event_id = add(book, case_id, makers.URDU, "2025-03", place="قصور", note="FIR")
    (event,) = events.of_case(book, case_id)
    assert (event.id, event.text, event.place, event.note) == (event_id, makers.URDU, "قصور", "FIR")
    assert (event.earliest, event.latest) == ("2025-03-01T00:00:00Z", "2025-03-31T23:59:59Z")


def test_an_event_can_be_changed_and_taken_out_and_both_undone(book: Casebook) -> None:
    case_id = makers.make_case(book)
    event_id = add(book, case_id, "A killing")
    with book.change(Op.EDIT_EVENT) as change:
        assert events.edit(change, event_id, EventDraft("A killing", "2025-03-05"))
        assert not events.edit(change, event_id, EventDraft("A killing", "2025-03-05"))
    with book.change(Op.DELETE_EVENT) as change:
        events.delete(change, event_id)
    assert events.of_case(book, case_id) == ()
    book.undo()
    book.undo()
    assert [event.happened_on for event in events.of_case(book, case_id)] == [""]


def test_an_event_without_words_is_refused(book: Casebook) -> None:
    case_id = makers.make_case(book)
    with pytest.raises(Invalid, match="empty"):
        add(book, case_id, "  ")
    with pytest.raises(NotFound):
        add(book, "no case", "A killing")


def test_appearances_and_events_stand_in_one_order_of_time_and_the_unknown_last(book: Casebook) -> None:
    case_id = makers.make_case(book)

    def appears(change: Change, channel: str, when: str) -> None:
        timeline.add(change, case_id, AppearanceDraft(channel=channel, seen_on=when))

    add(book, case_id, "no date", "some day")
    add(book, case_id, "spring", "2025-03")
    with book.change(Op.ADD_APPEARANCE) as change:
        appears(change, "radio", "2025-03-01")
        appears(change, "nobody knows", "")
        appears(change, "paper", "2025-02-28..2025-03-02")
    add(book, case_id, "the day itself", "2025-03-01")
    told = [getattr(each, "text", "") or getattr(each, "channel", "") for each in timeline.moments(book, case_id)]
    assert told == ["paper", "radio", "the day itself", "spring", "no date", "nobody knows"]


def test_an_event_is_found_by_its_words_and_told_in_the_history(book: Casebook) -> None:
    case_id = makers.make_case(book)
    event_id = add(book, case_id, "A killing in Habibabad", "2025-03-05", place="Kasur")
    (hit,) = search.search(book, "kasur")
    assert (hit.kind, hit.thing, hit.field, hit.case_id) == (Kind.EVENT, event_id, "place", case_id)
    newest = history.of_case(book, case_id)[0]
    assert (newest.verb, newest.edits[0].new) == (Op.ADD_EVENT, "A killing in Habibabad")
    assert conflicts.of_case(book, case_id) == ()
