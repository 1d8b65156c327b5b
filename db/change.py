"""One save while it is being made: every write of a thing goes through here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from db import kinds, log
from db.errors import Invalid, NotFound
from db.fields import FIELDS, field_of
from db.identity import new_id
from db.kinds import Field, FieldType, Json, Kind, canonical
from db.projection import cells, write_row
from db.store import Store, Writer


@dataclass(frozen=True, slots=True)
class Notice:
    """What a save touched: for each kind the ids of its things."""

    verb: str
    touched: Mapping[Kind, frozenset[str]]

    def of(self, *wanted: Kind) -> frozenset[str]:
        """The ids touched of these kinds."""
        return frozenset().union(*(self.touched.get(kind, frozenset()) for kind in wanted))


@dataclass(slots=True)
class Change:
    """The running save, handed to the functions that write."""

    writer: Writer
    pen: log.Pen
    touched: dict[Kind, set[str]] = field(default_factory=dict)

    @property
    def moment(self) -> str:
        """The time of this save as it is stored."""
        return self.pen.made_at

    @property
    def analyst(self) -> str:
        """Who is saving."""
        return self.pen.analyst

    def create(self, kind: Kind, fields: Mapping[str, Json], thing: str = "") -> str:
        """Add a thing; returns its id, a new one unless given. Raises `Invalid` when a field cannot be kept."""
        for each in FIELDS[kind]:
            each.check(fields.get(each.name, each.default))
        self._check_references(kind, fields)
        thing = thing or new_id()
        kept = {name: value for name, value in fields.items() if value != field_of(kind, name).default}
        self._append(kind, thing, kept)
        return thing

    def add(self, kind: Kind, draft: object, **more: Json) -> str:
        """Add a thing with the fields of a draft that its kind has, and some more; returns its id."""
        return self.create(kind, {**_fields_of(kind, draft), **more})

    def edit(self, kind: Kind, thing: str, draft: object) -> bool:
        """Make a thing what the draft says; returns whether anything was written."""
        return self.put(kind, thing, _fields_of(kind, draft))

    def put(self, kind: Kind, thing: str, fields: Mapping[str, Json]) -> bool:
        """Set fields of a thing; those that already say so are left alone. Returns whether anything was written."""
        now = present(self.writer, kind, thing)
        for name, value in fields.items():
            field_of(kind, name).check(value)
        new = {name: value for name, value in fields.items() if canonical(value) != canonical(now[name])}
        if new:
            self._check_references(kind, new)
            self._append(kind, thing, new)
        return bool(new)

    def settle(self, kind: Kind, thing: str, fields: Mapping[str, Json]) -> None:
        """Set fields of a thing even where they say so already: the log tells that this was chosen, from all it saw."""
        present(self.writer, kind, thing)
        for name, value in fields.items():
            field_of(kind, name).check(value)
        self._append(kind, thing, fields)

    def delete(self, kind: Kind, thing: str, reason: str = "") -> None:
        """Take a thing out of sight; its history stays."""
        present(self.writer, kind, thing)
        kinds.check_text("reason", reason)
        self._append(kind, thing, {}, reason)

    def restore(self, kind: Kind, thing: str, fields: Mapping[str, Json]) -> None:
        """Let a thing say what it said before, and bring it back where it was deleted.

        What stood there once may stand there again, even what another desk wrote and we would not take.
        """
        self._append(kind, thing, fields)

    def leave(self, kind: Kind, thing: str) -> None:
        """Write an operation that changes nothing, so that the log tells that this save looked at the thing."""
        gone = self.writer.one(f'SELECT 1 FROM "{kind}" WHERE id = :thing AND deleted = 1', thing=thing)
        self._append(kind, thing, {}, "" if gone else None)

    def _append(self, kind: Kind, thing: str, fields: Mapping[str, Json], deleted: str | None = None) -> None:
        heads = self.writer.select(
            "SELECT o.id, o.generation FROM head h JOIN op o ON o.n = h.op WHERE h.thing = :thing ORDER BY o.id",
            thing=thing,
        )
        generation = 1 + max((row[1] for row in heads), default=0)
        body = log.body_of(fields, deleted)
        if len(body) > log.LONGEST_BODY:  # no other desk would take it
            raise Invalid(max(fields, key=lambda name: len(canonical(fields[name])), default="reason"), "long")
        if len(self.pen.analyst) > log.LONGEST_NAME:
            raise Invalid("analyst", "long")
        n, _ = self.pen.append(self.writer, kind, thing, tuple(row[0] for row in heads), generation, body)
        self.writer.execute("DELETE FROM head WHERE thing = :thing", thing=thing)
        self.writer.execute("INSERT INTO head VALUES (:thing, :n)", thing=thing, n=n)
        if heads:
            self._patch(kind, thing, fields, deleted is not None)
        else:
            write_row(self.writer, kind, thing, fields, self.pen.made_at, self.pen.analyst)
        self.touched.setdefault(kind, set()).add(thing)

    def _check_references(self, kind: Kind, fields: Mapping[str, Json]) -> None:
        for name, value in fields.items():
            refers = field_of(kind, name).refers
            if refers and value and not self.writer.one(f'SELECT 1 FROM "{refers}" WHERE id = :id', id=value):
                raise NotFound(refers, str(value))

    def _patch(self, kind: Kind, thing: str, fields: Mapping[str, Json], deleted: bool) -> None:
        """This operation saw every other, so the row takes its fields and their conflicts end."""
        ended = [*fields, "deleted"]
        self.writer.execute(
            "DELETE FROM conflict WHERE thing = :thing AND field IN (SELECT value FROM json_each(:ended))",
            thing=thing,
            ended=json.dumps(ended),
        )
        pairs = [pair for name, value in fields.items() for pair in cells(field_of(kind, name), value)]
        sets = "".join(f", {column} = ?" for column, _ in pairs)
        self.writer.execute_row(
            f"""UPDATE "{kind}" SET deleted = ?, changed_at = max(changed_at, ?), conflicts =
                (SELECT count(DISTINCT field) FROM conflict WHERE thing = ?){sets} WHERE id = ?""",
            (int(deleted), self.pen.made_at, thing, *(value for _, value in pairs), thing),
        )


def _fields_of(kind: Kind, draft: object) -> dict[str, Json]:
    """The fields of a kind that the draft has; an empty id says that nothing is meant."""
    found = {each: getattr(draft, each.name) for each in FIELDS[kind] if hasattr(draft, each.name)}
    return {each.name: (value or None) if each.refers else value for each, value in found.items()}


def present(store: Store, kind: Kind, thing: str, *, deleted: bool = False) -> dict[str, Json]:
    """The fields of a thing as the projection has them; raises `NotFound` when there is none or it is deleted.

    With `deleted`, a deleted thing is told of as it was last.
    """
    names = ", ".join(each.name for each in FIELDS[kind])
    row = store.one(
        f'SELECT {names} FROM "{kind}" WHERE id = :thing AND deleted <= :most', thing=thing, most=int(deleted)
    )
    if row is None:
        raise NotFound(kind, thing)
    return {each.name: _read(each, cell) for each, cell in zip(FIELDS[kind], row, strict=True)}


def _read(each: Field, cell: Json) -> Json:
    if each.type is FieldType.JSON:
        value: Json = json.loads(str(cell))
        return value
    return bool(cell) if each.type is FieldType.FLAG else cell
