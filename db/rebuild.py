"""The projection thrown away and made again from the log."""

from __future__ import annotations

from db import derived
from db.casebook import Casebook
from db.kinds import Kind
from db.progress import SILENT, Progress, Share
from db.projection import reproject


def rebuild(book: Casebook, progress: Progress = SILENT) -> int:
    """Make every table but log and blobs anew from the log, in one transaction; returns how many things there are."""
    with book.repair() as writer:
        for kind in Kind:
            writer.execute(f'DELETE FROM "{kind}"')
        writer.execute("DELETE FROM head")
        writer.execute("DELETE FROM conflict")
        things = [thing for (thing,) in writer.select("SELECT DISTINCT thing FROM op")]
        reproject(writer, things, Share(progress, 0, 50))
        derived.rebuild(writer, Share(progress, 50, 100))
    return len(things)
