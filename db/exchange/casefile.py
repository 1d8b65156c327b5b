"""The whole of a case as JSON, for other programs. It leaves and does not come back: casebooks are merged instead.

    {"format": 1, "casebook": …, "desk": {…}, "cases": [{
        "case": {…}, "tags": […], "claims": […], "appearances": […], "events": […], "actors": […],
        "sources": […], "citations": […], "attachments": […], "passages": […], "verdicts": […],
        "notes": […], "tasks": […], "history": […]}]}

Things point at each other by `id`; a claim with a `parent_id` is a part of another. Times are UTC; an event has the
words it was given in. An attachment is told by its SHA-256, size and type: its bytes stay in the casebook. A verdict
has its `standing`: stands, superseded or withdrawn. History is newest first, each save with what it changed.
`format` grows when a name goes or changes its meaning; new names may come without that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from db import (
    actors,
    attachments,
    cases,
    citations,
    claims,
    desks,
    events,
    history,
    notes,
    passages,
    sources,
    timeline,
    verdicts,
)
from db.exchange.jsontext import written
from db.kinds import Json
from db.progress import SILENT, Progress
from db.store import Store

FORMAT = 1
_OF_THE_SCREEN = ("color", "drawable", "width", "height", "own")


def write(store: Store, case_ids: Sequence[str], progress: Progress = SILENT) -> Iterator[str]:
    """All that is known of these cases as one JSON text, piece by piece."""
    name = store.value("SELECT value FROM meta WHERE name = 'casebook'")
    desk = written(_plain(desks.home(store)))
    yield f'{{\n"format": {FORMAT},\n"casebook": {written(name)},\n"desk": {desk},\n"cases": ['
    for place, case_id in enumerate(case_ids):
        progress.step(place, len(case_ids))
        with store.snapshot():
            whole = _whole(store, case_id)
        yield f"{',' if place else ''}\n{written(whole)}"
    yield "\n]\n}\n"


def _whole(store: Store, case_id: str) -> Json:
    return {
        "case": _plain(cases.one(store, case_id)),
        "tags": _plain(notes.tags_of_case(store, case_id)),
        "claims": _plain(claims.of_case(store, case_id)),
        "appearances": _plain(timeline.of_case(store, case_id)),
        "events": _plain(events.of_case(store, case_id)),
        "actors": _plain(actors.of_case(store, case_id)),
        "sources": _plain(sources.of_case(store, case_id)),
        "citations": _plain(citations.of_case(store, case_id)),
        "attachments": _plain(attachments.of_case(store, case_id)),
        "passages": _plain(passages.of_case(store, case_id)),
        "verdicts": _plain(verdicts.of_case(store, case_id)),
        "notes": _plain(notes.of_case(store, case_id)),
        "tasks": _plain(notes.tasks_of_case(store, case_id)),
        "history": _plain(history.of_case(store, case_id)),
    }


def _plain(value: object) -> Json:
    """A record, or anything made of records, as JSON has it: its id first, and without what only a screen needs."""
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name not in _OF_THE_SCREEN]
        names.sort(key=lambda name: name != "id")
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
