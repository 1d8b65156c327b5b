"""The timeline: appearances and events in one list, each with its own form."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from db import events, timeline
from db.events import EventDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from desktop.panels.timeline import TimelinePanel
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> TimelinePanel:
    with desk.book.change(Op.ADD_EVENT) as change:
        events.add(change, desk.case_id, EventDraft("The killing", "2025-03-05", "Kasur"))
        timeline.add(change, desk.case_id, AppearanceDraft(channel="Al-Mirsad", seen_on="2025-11-16"))
        timeline.add(change, desk.case_id, AppearanceDraft(channel="An old post", seen_on="2024"))
        events.add(change, desk.case_id, EventDraft("Nobody knows when"))
    panel = TimelinePanel(desk.context)
    show(panel, desk, qtbot)
    return panel


def test_both_stand_in_the_order_of_time_and_say_what_they_are(panel: TimelinePanel) -> None:
    told = [(entry.title, entry.badge) for entry in panel.list.entries]
    assert told == [
        ("An old post", "Origin"),
        ("The killing", "Event"),
        ("Al-Mirsad", "Origin"),
        ("Nobody knows when", "Event"),
    ]
    assert panel.list.entries[1].subtitle.endswith("· Kasur")


def test_the_form_is_that_of_what_is_chosen(panel: TimelinePanel) -> None:
    seen = []
    for entry in panel.list.entries:
        panel.choose(entry.id)
        event = panel.of_event.isVisible()
        assert event is not panel.of_appearance.isVisible()
        seen.append(panel.of_event.text.text() if event else panel.of_appearance.channel.text())
        assert (panel.can_delete, panel.can_delete_event) == (not event, event)
    assert seen == [entry.title for entry in panel.list.entries]


def test_words_half_typed_in_one_form_are_saved_before_the_other_comes(panel: TimelinePanel, desk: Desk) -> None:
    panel.choose(panel.list.entries[1].id)
    panel.of_event.place.setText("Habibabad")
    panel.choose(panel.list.entries[2].id)
    assert events.of_case(desk.book, desk.case_id)[0].place == "Habibabad"
    panel.of_appearance.channel.setText("Al-Marsad")
    panel.start_new_event()
    assert timeline.of_case(desk.book, desk.case_id)[1].channel == "Al-Marsad"
    assert panel.of_event.isVisible()
    assert panel.of_event.text.text() == ""


def test_a_new_event_takes_its_place_in_time_and_undo_takes_it_away(
    panel: TimelinePanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.start_new_event()
    panel.of_event.happened_on.setText("2025-03-06")
    panel.of_event.text.setText("An FIR is filed")
    panel.settle()
    assert [entry.title for entry in panel.list.entries].index("An FIR is filed") == 2
    assert panel.list.current == panel.list.entries[2].id
    panel.of_event.place.setText("Kasur")
    panel.settle()
    assert events.of_case(desk.book, desk.case_id)[1].place == "Kasur"
    desk.book.undo()
    desk.book.undo()
    assert len(panel.list.entries) == 4


def test_an_event_is_deleted_as_an_event(panel: TimelinePanel, desk: Desk) -> None:
    panel.choose(panel.list.entries[1].id)
    panel.delete_current()
    assert [each.text for each in events.of_case(desk.book, desk.case_id)] == ["Nobody knows when"]
    step = desk.book.steps().undo
    assert step is not None
    assert step.verb is Op.DELETE_EVENT
