"""The whole of a case as JSON: everything is in it, in an order that stays, under a format with a number."""

from __future__ import annotations

import json
from typing import Any

from db import actors, cases, claims, events, notes, passages, timeline, verdicts
from db.actors import ActorDraft
from db.casebook import Casebook
from db.claims import ClaimDraft
from db.events import EventDraft
from db.exchange import casefile
from db.kinds import Kind
from db.notes import TaskDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests import makers
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU

# What other programs rely on in format 1: adding a name is fine, taking one away or changing it wants format 2.
KEYS: dict[str, list[str]] = {
    "case": [
        "id", "title", "status", "priority", "tlp", "assignee", "due", "reference", "created_at", "created_by",
        "changed_at", "conflicts",
    ],
    "claims": [
        "id", "text", "language", "translation", "claimant_id", "claimed_on", "parent_id", "case_id", "claimant",
        "conflicts",
    ],
    "appearances": [
        "id", "actor_id", "role", "channel", "url", "seen_on", "quotation", "note", "case_id", "actor", "earliest",
        "latest", "conflicts",
    ],
    "events": ["id", "text", "happened_on", "place", "note", "case_id", "earliest", "latest", "conflicts"],
    "actors": ["id", "name", "kind", "note", "aliases", "joined"],
    "sources": [
        "id", "title", "kind", "url", "archived_url", "author", "publisher", "published_on", "accessed_on", "language",
        "derived_from", "note", "derivation", "independent_of", "conflicts",
    ],
    "citations": [
        "id", "stance", "reliability", "credibility", "locator", "quotation", "translation", "note", "claim_id",
        "case_id", "source_id", "conflicts",
    ],
    "attachments": [
        "id", "case_id", "source_id", "sha256", "size", "media_type", "name", "caption", "method", "captured_at",
        "created_at", "created_by", "derived_from", "graphic", "erased",
    ],
    "passages": ["id", "case_id", "attachment_id", "anchor", "target", "name", "stance"],
    "verdicts": [
        "id", "case_id", "rating", "value", "best", "worst", "rationale", "confidence", "decided_on", "analyst",
        "desk", "created_at", "evidence_hash", "standing", "stale", "withdrawn_by", "withdrawn_at", "reason",
    ],
    "notes": ["id", "text", "created_at", "created_by"],
    "tasks": ["id", "text", "done", "assignee", "due"],
    "history": ["save", "made_at", "analyst", "desk", "verb", "reason", "edits"],
}  # fmt: skip


def make_whole(book: Casebook) -> str:
    """A case with one of everything."""
    case_id = makers.make_case(book, URDU, title=EMOJI)
    makers.make_source(book, [case_id], RUSSIAN)
    file = makers.attach(book, case_id, makers.picture())
    with book.change(Op.EDIT_CASE) as change:
        who = actors.add(change, ActorDraft(PASHTO))
        actors.set_aliases(change, who, ["Alias"])
        whole = claims.whole(change.writer, case_id)
        claims.add(change, case_id, ClaimDraft("A part", parent_id=whole.id))
        timeline.add(change, case_id, AppearanceDraft(who, url="https://x.example", seen_on="2025"))
        event = events.add(change, case_id, EventDraft("It happened", "2025"))
        anchor = passages.anchor("It happened", passages.Span(3, 11))
        passages.mark(change, case_id, file, anchor, passages.Target(Kind.EVENT, event))
        notes.add_note(change, case_id, "A note <b>")
        notes.add_task(change, case_id, TaskDraft("A task"))
        notes.tag(change, case_id, "tag")
    first = makers.give_verdict(book, case_id, "False")
    makers.withdraw_verdict(book, first)
    makers.give_verdict(book, case_id, "True")
    return case_id


def read(book: Casebook, *case_ids: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(casefile.write(book, case_ids)))
    return found


def test_everything_of_a_case_is_in_it(book: Casebook) -> None:
    case_id = make_whole(book)
    found = read(book, case_id)
    assert (found["format"], found["desk"]["name"]) == (1, "Kabul desk")
    (case,) = found["cases"]
    assert case["case"]["reference"] == cases.one(book, case_id).reference
    assert [claim["text"] for claim in case["claims"]] == [URDU, "A part"]
    assert case["claims"][1]["parent_id"] == case["claims"][0]["id"]
    assert [(actor["name"], actor["aliases"]) for actor in case["actors"]] == [(PASHTO, ["Alias"])]
    assert case["passages"][0]["target"] == {"id": case["events"][0]["id"], "kind": "event"}
    assert case["passages"][0]["anchor"]["exact"] == "happened"
    assert case["citations"][0]["source_id"] == case["sources"][0]["id"]
    assert [(v["rating"], v["standing"]) for v in case["verdicts"]] == [("True", "stands"), ("False", "withdrawn")]
    assert (case["tags"], case["notes"][0]["text"], case["tasks"][0]["done"]) == (["tag"], "A note <b>", False)
    assert [entry["verb"] for entry in case["history"]][-1] == "add case"
    assert {edit["new"] for entry in case["history"] for edit in entry["edits"]} >= {URDU, EMOJI, "True"}


def test_an_attachment_is_told_by_its_hash_and_its_bytes_stay(book: Casebook) -> None:
    data = makers.picture()
    found = "".join(casefile.write(book, [make_whole(book)]))
    (attachment,) = json.loads(found)["cases"][0]["attachments"]
    assert (attachment["size"], attachment["media_type"]) == (len(data), "image/png")
    assert len(attachment["sha256"]) == 64
    assert len(found) < 40_000


def test_the_names_and_their_order_stay(book: Casebook) -> None:
    found = read(book, make_whole(book))
    assert list(found) == ["format", "casebook", "desk", "cases"]
    case = found["cases"][0]
    assert list(case) == ["case", "tags", *list(KEYS)[1:]]
    for name, keys in KEYS.items():
        record = case[name] if name == "case" else case[name][0]
        assert list(record) == keys, name
    assert list(case["history"][0]["edits"][0]) == ["kind", "thing", "field", "old", "new", "beside"]


def test_the_same_casebook_gives_the_same_text(book: Casebook) -> None:
    case_id = make_whole(book)
    assert "".join(casefile.write(book, [case_id])) == "".join(casefile.write(book, [case_id]))


def test_several_cases_stand_in_the_order_asked_for_and_none_is_a_file_too(book: Casebook) -> None:
    ids = [makers.make_case(book, f"Claim {n}") for n in range(3)]
    found = read(book, ids[2], ids[0])
    assert [case["claims"][0]["text"] for case in found["cases"]] == ["Claim 2", "Claim 0"]
    assert read(book)["cases"] == []


def test_verdicts_that_differ_are_all_in_it(book: Casebook) -> None:
    case_id = make_whole(book)
    assert len(read(book, case_id)["cases"][0]["verdicts"]) == len(verdicts.of_case(book, case_id)) == 2
