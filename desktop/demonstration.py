"""The demonstration casebook, built from `resources/demo` through the functions that the program itself uses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db import (
    actors,
    attachments,
    attributes,
    cases,
    citations,
    claims,
    desks,
    events,
    notes,
    sources,
    timeline,
    verdicts,
)
from db.attachments import Ready
from db.casebook import Casebook
from db.change import Change
from db.errors import DiskFailed
from db.incarnation import home
from db.lock import WriterLock
from db.progress import SILENT, Progress
from db.vocabulary import Op
from desktop import assets, postcard

_Table = Mapping[str, Any]


def make(path: Path, progress: Progress = SILENT) -> None:
    """Make the demonstration casebook; raises `Exists` where a file is in the way, and leaves no part of one."""
    shared = _read("shared.toml")
    desk = shared["desk"]
    book = Casebook.create(path, desk["name"], desk["code"], desk["analyst"])
    try:
        with book:
            _Builder(book, shared).build(progress)
            everything = book.select('SELECT id FROM "case"')
            shown = [each for (case_id,) in everything for each in attachments.of_case(book, case_id)]
            attachments.draw_small(book.path, shown)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def fresh(progress: Progress = SILENT) -> Path:
    """Make it in this person's folder, in place of the last one unless that is open; returns where it is."""
    folder = home() / "demonstration"
    numbered = (folder / f"demonstration{f'-{number}' if number > 1 else ''}.casebook" for number in count(1))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = next(path for path in numbered if _cleared(path))
    except OSError as error:
        raise DiskFailed(folder, error.strerror or "") from error
    make(path, progress)
    return path


def _cleared(path: Path) -> bool:
    """Take an old demonstration away, unless somebody is working in it."""
    lock = WriterLock(path)
    try:
        if not lock.take():
            return False
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        return True
    finally:
        lock.release()


def print_dossier(casebook: Path, progress: Progress = SILENT) -> Path:
    """Write the dossier of every case of a casebook beside it; returns where it is."""
    from desktop.dossier import build  # noqa: PLC0415 (slow to import, and making a casebook does not need it)

    target = casebook.with_suffix(".pdf")
    with Casebook.open(casebook, write=False) as book:
        ids = [row[0] for row in book.select('SELECT id FROM "case" WHERE deleted = 0 ORDER BY reference')]
        build.write(book, ids, target, progress=progress)
    return target


class _Builder:
    """Writes the casebook save by save, each signed by the analyst that the files name."""

    def __init__(self, book: Casebook, shared: _Table) -> None:
        self._book = book
        self._shared = shared
        self._by: str = shared["desk"]["analyst"]
        self._actors: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def build(self, progress: Progress) -> None:
        desk = self._shared["desk"]
        with self._save(Op.EDIT_DESK) as change:
            desks.edit(change, name=desk["name"], code=desk["code"], analyst=desk["analyst"], imprint=desk["imprint"])
        for key, table in self._shared["actor"].items():
            with self._save(Op.ADD_ACTOR) as change:
                self._actors[key] = actors.add(change, actors.ActorDraft(**_without(table, "aliases")))
                actors.set_aliases(change, self._actors[key], table.get("aliases", ()))
        files = sorted(assets.resource("demo", "cases").glob("*.toml"), key=lambda file: file.name)
        for done, file in enumerate(files, 1):
            self._case(_read("cases", file.name))
            progress.step(done, len(files))

    @contextmanager
    def _save(self, verb: Op) -> Iterator[Change]:
        with self._book.change(verb) as change:
            change.pen.analyst = self._by
            yield change

    def _case(self, table: _Table) -> None:
        self._by = table["round"][0]["by"]
        names = ("title", "status", "priority", "tlp", "assignee", "due")
        draft = cases.CaseDraft(**{name: table[name] for name in names if name in table})
        with self._save(Op.ADD_CASE) as change:
            case_id = cases.add(change, draft, self._claim(table["claim"]))
            whole = claims.of_case(change.writer, case_id)[0].id
            for part in table.get("part", ()):
                claims.add(change, case_id, self._claim({**part, "parent_id": whole}))
            for tag in table["tags"]:
                notes.tag(change, case_id, tag)
            notes.add_note(change, case_id, self._shared["desk"]["note"])
        for each in table["round"]:
            self._by = each["by"]
            self._round(case_id, each)
        self._remarks(case_id, table)

    def _round(self, case_id: str, table: _Table) -> None:
        """What an analyst found, and the verdict that was given on it."""
        for each in table.get("appearance", ()):
            with self._save(Op.ADD_APPEARANCE) as change:
                named = {**_without(each, "actor"), "actor_id": self._actors[each["actor"]]}
                timeline.add(change, case_id, timeline.AppearanceDraft(**named))
        for each in table.get("citation", ()):
            with self._save(Op.ADD_SOURCE) as change:
                draft = citations.CitationDraft(**_without(each, "source"))
                citations.cite(change, case_id, self._source(change, each["source"]), draft)
        for each in table.get("event", ()):
            with self._save(Op.ADD_EVENT) as change:
                events.add(change, case_id, events.EventDraft(**each))
        for each in table.get("attribute", ()):
            with self._save(Op.ADD_ATTRIBUTE) as change:
                said = {**_without(each, "source", "actor"), "source_id": self._source(change, each["source"])}
                attributes.add(change, case_id, self._actors[each["actor"]], attributes.AttributeDraft(**said))
        for each in table.get("exhibit", ()):
            ready = self._drawn(each["picture"])
            with self._save(Op.ADD_ATTACHMENT) as change:
                shown = self._source(change, each["source"])
                attachments.attach(change, case_id, ready, source_id=shown, caption=each["caption"])
        if "verdict" in table:
            with self._save(Op.GIVE_VERDICT) as change:
                verdicts.give(change, case_id, verdicts.VerdictDraft(**table["verdict"]))

    def _claim(self, table: _Table) -> claims.ClaimDraft:
        claimant = self._actors[table["claimant"]] if "claimant" in table else ""
        return claims.ClaimDraft(**_without(table, "claimant"), claimant_id=claimant)

    def _source(self, change: Change, key: str) -> str:
        """The source of that name, added with those it repeats where no case has cited it yet."""
        if key not in self._sources:
            table = self._shared["source"][key]
            origin = self._source(change, table["derived_from"]) if "derived_from" in table else ""
            self._sources[key] = sources.add(change, sources.SourceDraft(**{**table, "derived_from": origin}))
        return self._sources[key]

    def _drawn(self, picture: str) -> Ready:
        table = self._shared["picture"][picture]
        post = postcard.Post(table["account"], table["handle"], table["date"], tuple(table["lines"]))
        with TemporaryDirectory(prefix="claimdesk-") as folder:
            file = Path(folder, table["name"])
            file.write_bytes(postcard.draw(post))
            with attachments.Depot(self._book.path) as depot:
                return depot.file(file)

    def _remarks(self, case_id: str, table: _Table) -> None:
        for each in table.get("note", ()):
            self._by = each["by"]
            with self._save(Op.ADD_NOTE) as change:
                notes.add_note(change, case_id, each["text"])
        for each in table.get("task", ()):
            with self._save(Op.ADD_TASK) as change:
                notes.add_task(change, case_id, notes.TaskDraft(**each))


def _without(table: _Table, *names: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in names}


def _read(*parts: str) -> dict[str, Any]:
    return tomllib.loads(assets.resource("demo", *parts).read_text("utf-8"))
