"""The projection thrown away and made again from the log."""

from __future__ import annotations

from db import derived, log, project
from db.casebook import Casebook
from db.change import write_state
from db.kinds import Kind


def rebuild(book: Casebook) -> int:
    """Make every table but log and blobs anew from the log, in one transaction; returns how many things there are."""
    with book.repair() as writer:
        for kind in Kind:
            writer.execute(f'DELETE FROM "{kind}"')
        writer.execute("DELETE FROM head")
        writer.execute("DELETE FROM conflict")
        things = writer.select("SELECT DISTINCT thing, kind FROM op")
        for thing, kind in things:
            if kind in set(Kind):
                write_state(writer, Kind(kind), thing, project.project(log.of_thing(writer, thing)))
        derived.rebuild(writer)
    return len(things)
