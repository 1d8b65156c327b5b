"""The desk that a casebook belongs to, and who sits at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.change import Change
from db.errors import Invalid
from db.kinds import Kind
from db.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk: its name, the code in its case references, its analyst now, the imprint it prints."""

    id: str
    name: str
    code: str
    analyst: str
    imprint: str


def found(change: Change, name: str, code: str, analyst: str) -> None:
    """Write down the desk of a new casebook."""
    change.pen.analyst = analyst
    change.create(Kind.DESK, {"name": name, "code": _plain(code), "analyst": analyst}, _home(change.writer))


def home(store: Store) -> Desk:
    """The desk this casebook belongs to."""
    row = store.one("SELECT id, name, code, analyst, imprint FROM desk WHERE id = :id", id=_home(store))
    assert row
    return Desk(*row)


def names(store: Store) -> Mapping[str, str]:
    """What every desk that is known here calls itself, by its id."""
    return dict(store.select("SELECT id, name FROM desk"))


def edit(change: Change, *, name: str, code: str, analyst: str, imprint: str) -> None:
    """Change what the desk says of itself; later saves are the new analyst's."""
    fields = {"name": name, "code": _plain(code), "analyst": analyst, "imprint": imprint}
    change.put(Kind.DESK, _home(change.writer), fields)


def _plain(code: str) -> str:
    """The code as references carry it: letters and digits alone, or they could not be taken apart."""
    if not (code.isascii() and code.isalnum()):
        raise Invalid("code", "code", code)
    return code.upper()


def _home(store: Store) -> str:
    return str(store.value("SELECT value FROM meta WHERE name = 'desk'"))
