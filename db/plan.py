"""What a merge would bring, looked at before anything is written."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from db import custody, merge, news
from db.exchange import peers
from db.exchange.peers import Sight
from db.intake import Incoming
from db.merge import Preview
from db.news import Brought, News
from db.progress import SILENT, Progress, Share


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come of a merge. It may be made in one thread and read in another. Close it.

    `desk` names the desk whose file it is, `files` counts the attached files whose bytes would come, `conflicts` the
    fields that would stand in conflict, those of old included. `sight` tells how the keys of a signature look beside
    those that their desk is known by.
    """

    incoming: Incoming
    desk: str
    news: News
    files: int
    conflicts: int
    sight: Sight | None
    _preview: Preview = field(repr=False)
    _end: ExitStack = field(repr=False)

    @property
    def brings_nothing(self) -> bool:
        """Whether all of it is here already."""
        return not (self.news.operations or self.files)

    def brought(self, case_id: str) -> Brought:
        """What would come for a case; with an empty id, what would come for things that stand in none."""
        return news.brought(self._preview, self.news, case_id, self._preview.first, self._preview.last)

    def close(self) -> None:
        """Let go of the casebook; a second time does nothing."""
        self._end.close()


def of(casebook: Path, incoming: Incoming, progress: Progress = SILENT) -> Plan:
    """Work out what a merge would bring; nothing is written to the casebook."""
    with ExitStack() as stack:
        preview = stack.enter_context(merge.preview(casebook, incoming, Share(progress, 0, 80)))
        found = news.of(preview, preview.first, preview.last)
        desk = preview.value("SELECT name FROM desk WHERE id = :desk", desk=incoming.desk) or incoming.desk
        files = preview.value(
            f"""SELECT count(*) FROM incoming.blob WHERE sha256 IN (SELECT sha256 FROM attachment)
            AND sha256 NOT IN ({custody.ERASED})"""
        )
        conflicts = news.standing_conflicts(preview)
        sight = peers.sight(preview, incoming.signature.card) if incoming.signature else None
        preview.hand_on()
        progress.step(1, 1)
        return Plan(incoming, desk, found, files, conflicts, sight, preview, stack.pop_all())
