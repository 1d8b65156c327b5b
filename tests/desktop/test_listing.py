"""The words for what leaves and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import attachments, collecting
from db.casebook import Casebook
from db.collecting import RecordDraft
from db.errors import NameStands
from db.exchange import contents, survey
from db.exchange.contents import Held, Order, Why
from db.exchange.survey import File, Survey
from db.kinds import Kind
from db.traces import Traces
from db.vocabulary import Op, Tlp
from desktop import listing
from desktop.listing import Names
from tests.makers import attach, make_book, make_case, make_source


@pytest.fixture
def read(tmp_path: Path) -> Survey:
    with make_book(tmp_path) as book:
        case = make_case(book, "The water is poisoned", title="Water")
        make_source(book, [case], "Statement\nof the ministry")
        add(book, Kind.APPEARANCE, case_id=case, actor_id=add(book, Kind.ACTOR, name="Gul Agha"), role="origin")
        return survey.read(book, [case])


def add(book: Casebook, kind: Kind, /, **fields: str) -> str:
    with book.change(Op.EDIT_CASE) as change:
        return change.create(kind, {"kind": "person", **fields} if kind is Kind.ACTOR else fields)


def test_what_says_little_itself_is_called_after_what_it_points_at(read: Survey) -> None:
    names = Names.of(read)
    called = {thing.kind: names.title(thing) for thing in read.things}
    assert called[Kind.CASE] == "KBL-2026-0001 Water"
    assert called[Kind.CITATION] == called[Kind.SOURCE] == "Statement of the ministry"
    assert called[Kind.APPEARANCE] == "Gul Agha"


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_words(read: Survey, why: Why) -> None:
    source = next(thing for thing in read.things if thing.kind is Kind.SOURCE)
    said = Names.of(read).why(Held(read.things[0], why, source.id))
    assert said[0].isupper()
    assert (why is Why.NEEDS) == ("Statement of the ministry" in said)


def test_many_places_are_counted_and_not_all_named(read: Survey) -> None:
    claim = next(thing for thing in read.things if thing.kind is Kind.CLAIM)
    places = ((Kind.CLAIM, claim.id, "text"), (Kind.ATTACHMENT, "gone", ""), *[(Kind.CLAIM, claim.id, "text")] * 5)
    lines = Names.of(read).places(NameStands("id", "x", places)).split("\n")
    assert lines[0] == "Claim: The water is poisoned"
    assert lines[1] == "Attachment, in its file: "
    assert lines[-1] == "… and 2 more"


def test_what_cannot_be_looked_into_is_never_called_clean() -> None:
    def said(media_type: str, traces: Traces, *, here: bool = True) -> str:
        return listing.in_file(File("a" * 64, 1, media_type, here, traces))

    assert said("image/png", Traces(looked=True)) == ""
    assert said("text/html", Traces()) == ""  # its words are searched for names
    assert "Cannot be looked into" in said("video/mp4", Traces())
    assert said("image/jpeg", Traces(True, "1, 2", camera="X", words=("a", "b"))) == (
        "Taken at 1, 2 with X. Written in it: a; b"
    )
    assert "not in this casebook" in said("image/png", Traces(), here=False)


def test_names_that_leave_are_those_of_actors_and_analysts(read: Survey) -> None:
    assert listing.people(contents.decide(read, Order(Tlp.RED))) == ("Gul Agha", "Amina")


def test_a_record_is_called_after_its_file_and_says_that_it_tells_of_whoever_went_there(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        case = make_case(book)
        file = attachments.one(book, attach(book, case, b"words", "seen.txt"))
        with book.change(Op.RECORD_COLLECTION) as change:
            record = collecting.put(change, file, RecordDraft(tool="Firefox 148"))
        found = survey.read(book, [case])
        (quiet,) = [thing for thing in found.things if thing.id == record]
        assert Names.of(found).title(quiet) == "seen.txt"
        assert listing.betrays(quiet) == ""
        with book.change(Op.RECORD_COLLECTION) as change:
            collecting.put(change, file, RecordDraft(identity="@reader77", network="hotel"))
        (telling,) = [thing for thing in survey.read(book, [case]).things if thing.id == record]
        assert listing.betrays(telling) == "Tells: Identity used, Network used"
