"""Casebooks in which two desks wrote without seeing each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import claims, notes
from db.casebook import Casebook
from db.kinds import Json, Kind
from db.vocabulary import Op
from tests import makers
from tests.db.union import unite

CLAIM, TRANSLATION = "ویکسین محفوظ ہے", "The vaccine is safe"


def put(book: Casebook, kind: Kind, thing: str, **fields: Json) -> None:
    """One save of some fields."""
    with book.change(Op.EDIT_CASE) as change:
        change.put(kind, thing, fields)


@contextmanager
def herat(book: Casebook) -> Iterator[Casebook]:
    """Another desk that knows what this one knows; what it saves meanwhile comes over in the end."""
    folder, clock = book.path.parent, makers.Clock("2030-01-01T00:00:00")  # it is shown first
    name = f"herat {len(tuple(folder.glob('herat*.casebook')))}"
    made = makers.make_book(folder, name, desk="Herat desk", code="HRT", analyst="Bek", clock=clock)
    with made as other:
        unite(other, book.path)
        yield other
        unite(book, other.path)


def make(folder: Path) -> Path:
    """A case with disputes over title, status, claimant, translation and a note, with two verdicts; and one without."""
    with makers.make_book(folder, "kabul") as book:
        case_id = makers.make_case(book, CLAIM, title="First")
        makers.make_case(book, "No dispute", title="Second")
        (claim,) = claims.of_case(book, case_id)
        with book.change(Op.ADD_NOTE) as change:
            note = notes.add_note(change, case_id, "Call them")
        with herat(book) as other:
            put(book, Kind.CASE, case_id, title="Of Kabul", status="in work")
            put(other, Kind.CASE, case_id, title="Of Herat", status="closed")
            put(book, Kind.CLAIM, claim.id, translation=f"{TRANSLATION} today")
            put(other, Kind.CLAIM, claim.id, translation=f"{TRANSLATION} tomorrow")
            with book.change(Op.DELETE_NOTE) as change:
                change.delete(Kind.NOTE, note, "Done")
            put(other, Kind.NOTE, note, text="Call them twice")
            makers.give_verdict(book, case_id, "False", "Of Kabul.")
            makers.give_verdict(other, case_id, "Half true", "Of Herat.")
    return book.path
