"""The custody of an attachment is one chain: how it came in, who verified, sent and received it, in proven order."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import attachments, cards, check, custody, history, log, news, verdicts, verifying
from db.casebook import Casebook
from db.custody import Details, Event
from db.errors import NotFound
from db.fields import FIELDS
from db.kinds import Kind
from db.vocabulary import Custody, Method, Op, Outcome
from tests.db.union import unite
from tests.makers import Clock, attach, edit_case, give_verdict, make_book, make_case


def told(events: tuple[Event, ...]) -> list[Custody | None]:
    return [event.what for event in events]


def write_down(book: Casebook, attachment_id: str, event: Custody, details: Details | None = None) -> str:
    with book.change(Op.VERIFY_ATTACHMENTS) as change:
        return custody.record(change, attachment_id, event, details or Details())


@pytest.mark.parametrize(
    ("method", "what"),
    [
        (Method.PASTED, Custody.CAPTURED),
        (Method.SCREEN, Custody.CAPTURED),
        (Method.FILE, Custody.IMPORTED),
        (Method.FOLDER, Custody.IMPORTED),
        (Method.UNPACKED, Custody.IMPORTED),
    ],
)
def test_the_chain_begins_with_how_the_file_came_in(book: Casebook, method: Method, what: Custody) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"one")
    with book.change(Op.ADD_ATTACHMENT) as change:
        fields = {"case_id": case_id, "sha256": "0" * 64, "media_type": "image/png", "name": "x", "method": method}
        made = change.create(
            Kind.ATTACHMENT, {**fields, "derived_from": picture if method is Method.UNPACKED else None}
        )
    (event,) = custody.of_attachment(book, made)
    assert (event.what, event.method, event.name) == (what, method, "x")
    assert (event.analyst, event.desk) == ("Amina", "Kabul desk")
    op = log.of_thing(book, made)[0]
    assert (event.operation, event.chain, event.number) == (op.id.hex(), op.chain, op.number)


def test_what_was_made_from_it_stands_in_both_chains(book: Casebook) -> None:
    case_id = make_case(book)
    origin = attach(book, case_id, b"the whole picture", "whole.png")
    with book.change(Op.RETOUCH_ATTACHMENT) as change:
        made = change.create(
            Kind.ATTACHMENT,
            {"case_id": case_id, "sha256": "0" * 64, "media_type": "image/png", "name": "black.png",
             "method": Method.DERIVED, "derived_from": origin},
        )  # fmt: skip
    came, black = custody.of_attachment(book, origin)
    assert (came.what, black.what, black.name, black.method) == (Custody.CAPTURED, Custody.REDACTED, "black.png", None)
    (derived,) = custody.of_attachment(book, made)
    assert (derived.what, derived.method, derived.name) == (Custody.REDACTED, Method.DERIVED, "whole.png")


def test_events_of_one_chain_stand_in_their_proven_order_whatever_the_clock_says(tmp_path: Path) -> None:
    clock = Clock()
    with make_book(tmp_path, clock=clock) as book:
        picture = attach(book, make_case(book), b"one")
        write_down(book, picture, Custody.VERIFIED, Details(outcome=Outcome.INTACT))
        clock.turn("2020-01-01T00:00:00")
        write_down(book, picture, Custody.EXPORTED, Details(file="copy.png"))
        events = custody.of_attachment(book, picture)
    assert told(events) == [Custody.CAPTURED, Custody.VERIFIED, Custody.EXPORTED]
    assert events[2].made_at < events[0].made_at
    assert [event.number for event in events] == sorted(event.number for event in events)
    assert all(event.proven for event in events)
    assert events[2].details.file == "copy.png"
    assert events[1].details.outcome is Outcome.INTACT


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=12))
def test_no_clock_moves_an_event_before_one_that_its_chain_proves_to_be_earlier(written: list[tuple[str, int]]) -> None:
    numbers: Counter[str] = Counter()
    events = []
    for chain, minute in written:
        numbers[chain] += 1
        proof = str(len(events)), chain, numbers[chain], ""
        events.append(Event(str(len(events)), None, f"{minute}", "", "", "", None, Details(), *proof))
    told = list(custody._in_order(events))
    assert Counter(event.id for event in told) == Counter(event.id for event in events)
    for chain in "abc":
        assert [event.number for event in told if event.chain == chain] == list(range(1, numbers[chain] + 1))
    if len(numbers) == len(events):  # each alone on its chain: then the clocks decide
        assert [event.made_at for event in told] == sorted(event.made_at for event in events)


def test_two_desks_stand_side_by_side_and_only_clocks_order_them(tmp_path: Path) -> None:
    with make_book(tmp_path, "kabul", clock=Clock()) as kabul:
        picture = attach(kabul, make_case(kabul), b"one")
        later = Clock("2026-05-01T00:00:00")
        with make_book(tmp_path, "herat", desk="Herat desk", code="HRT", analyst="Bilal", clock=later) as herat:
            unite(herat, kabul.path)
            write_down(herat, picture, Custody.RECEIVED, Details(party="Kabul desk"))
            write_down(kabul, picture, Custody.VERIFIED, Details(outcome=Outcome.INTACT))
            unite(kabul, herat.path)
        events = custody.of_attachment(kabul, picture)
    assert [(event.what, event.desk, event.proven) for event in events] == [
        (Custody.CAPTURED, "Kabul desk", True),
        (Custody.VERIFIED, "Kabul desk", True),
        (Custody.RECEIVED, "Herat desk", False),
    ]
    assert events[2].details.party == "Kabul desk"


def test_a_removed_attachment_keeps_its_custody(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"one", "گواہ.png")
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, picture, "not of this case")
    item = custody.item(book, picture)
    assert (item.name, item.present, told(item.events)) == ("گواہ.png", True, [Custody.CAPTURED])
    assert custody.of_case(book, case_id) == ()
    with pytest.raises(NotFound):
        custody.item(book, "nothing")


def test_custody_makes_no_verdict_stale_and_is_no_change_of_the_case(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"one")
    give_verdict(book, case_id)
    (before,) = cards.page(book, cards.Sort.CHANGED)
    write_down(book, picture, Custody.VERIFIED, Details(outcome=Outcome.INTACT))
    (after,) = cards.page(book, cards.Sort.CHANGED)
    assert before == after
    assert not verdicts.of_case(book, case_id)[0].stale
    entry = history.of_case(book, case_id)[0]
    assert entry.verb == Op.VERIFY_ATTACHMENTS
    assert entry.edits[0].new == "screen.png"
    assert check.check(book).problems == ()


def test_undo_takes_back_what_was_done_before_and_leaves_custody_alone(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"one")
    edit_case(book, case_id, "A title")
    write_down(book, picture, Custody.EXPORTED, Details(file="copy.png"))
    assert book.undo()
    assert book.value('SELECT title FROM "case"') == ""
    assert told(custody.of_attachment(book, picture)) == [Custody.CAPTURED, Custody.EXPORTED]


def test_news_of_custody_alone_leaves_the_case_as_it_was(tmp_path: Path) -> None:
    with make_book(tmp_path, "kabul") as kabul, make_book(tmp_path, "herat", desk="Herat", code="HRT") as herat:
        picture = attach(kabul, make_case(kabul), b"one")
        unite(herat, kabul.path)
        write_down(kabul, picture, Custody.HANDED_OVER, Details(party="Herat"))
        first, last = herat.value("SELECT max(n) + 1 FROM op"), 1 << 40
        unite(herat, kabul.path)
        found = news.of(herat, first, last)
        assert [(case.is_unchanged, case.custody, case.conflicts) for case in found.cases] == [(True, 1, 0)]
        edit_case(kabul, found.cases[0].case_id, "New title")
        unite(herat, kabul.path)
        assert not news.of(herat, first, last).cases[0].is_unchanged


def test_a_word_of_a_newer_claimdesk_is_not_told_as_one_we_know(book: Casebook) -> None:
    picture = attach(book, make_case(book), b"one")
    thing = write_down(book, picture, Custody.VERIFIED)
    op = log.of_thing(book, thing)[0]
    body = log.body_of({**op.fields, "event": "teleported", "outcome": "shiny"})
    with book.repair() as writer:
        writer.execute("UPDATE op SET body = :body WHERE thing = :thing", body=body, thing=thing)
    event = custody.of_attachment(book, picture)[1]
    assert (event.what, event.details.outcome) == (None, None)


def test_verifying_tells_intact_altered_and_missing_apart(book: Casebook) -> None:
    case_id = make_case(book)
    good, bad, gone = (attach(book, case_id, data * 9, f"{data}.png") for data in (b"good", b"bad", b"gone"))
    twice = attach(book, case_id, b"good" * 9, "again.png")
    digests = {a.id: a.sha256 for a in attachments.of_case(book, case_id)}
    with book.repair() as writer:
        writer.execute(
            "UPDATE piece SET data = x'00' WHERE blob = (SELECT id FROM blob WHERE sha256 = :d)", d=digests[bad]
        )
        writer.execute("DELETE FROM piece WHERE blob = (SELECT id FROM blob WHERE sha256 = :d)", d=digests[gone])
    report = verifying.verify(book)
    assert {each.attachment_id: each.outcome for each in report.findings} == {
        good: Outcome.INTACT, twice: Outcome.INTACT, bad: Outcome.ALTERED, gone: Outcome.MISSING
    }  # fmt: skip
    assert (report.bytes, report.stopped, len(report.problems)) == (37, False, 2)
    with book.change(Op.VERIFY_ATTACHMENTS) as change:
        verifying.record(change, report)
    altered = custody.of_attachment(book, bad)[-1].details
    assert altered.outcome is Outcome.ALTERED
    assert altered.sha256 == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert custody.of_attachment(book, gone)[-1].details.sha256 == digests[gone]
    assert len(verifying.verify(book, [good]).findings) == 1


def test_bytes_that_another_desk_kept_are_not_missing(tmp_path: Path) -> None:
    with make_book(tmp_path, "kabul") as kabul, make_book(tmp_path, "herat", desk="Herat", code="HRT") as herat:
        picture = attach(kabul, make_case(kabul), b"one")
        with kabul.repair() as writer:
            writer.execute("DELETE FROM piece")
            writer.execute("DELETE FROM blob")
        unite(herat, kabul.path)
        report = verifying.verify(herat)
        assert (report.findings, report.elsewhere) == ((), 1)
        assert verifying.verify(kabul).problems[0].outcome is Outcome.MISSING
        write_down(herat, picture, Custody.RECEIVED)
        assert verifying.verify(herat).problems[0].outcome is Outcome.MISSING


def test_a_verification_that_is_stopped_tells_what_it_found_until_then(book: Casebook) -> None:
    case_id = make_case(book)
    for number in range(4):
        attach(book, case_id, b"bytes %d" % number)

    class Stop:
        asked = 0

        def step(self, done: int, total: int) -> None:
            from db.progress import Cancelled

            self.asked += 1
            if self.asked == 5:
                raise Cancelled

    report = verifying.verify(book, progress=Stop())
    assert report.stopped
    assert 0 < len(report.findings) < 4


def test_every_field_of_the_record_is_one_that_the_kind_has(book: Casebook) -> None:
    thing = write_down(book, attach(book, make_case(book), b"one"), Custody.HANDED_OVER, Details("p", "f", "s", "r"))
    body = json.loads(log.of_thing(book, thing)[0].body or "")["set"]
    assert body.keys() <= {field.name for field in FIELDS[Kind.CUSTODY]}
    assert (body["party"], body["file"], body["file_sha256"], body["reason"]) == ("p", "f", "s", "r")
