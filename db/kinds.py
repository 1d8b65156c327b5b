"""The kinds of thing, and what a field of one is: how its value is checked, and how it is stored."""

from __future__ import annotations

import builtins
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from types import MappingProxyType

from db import times
from db.errors import Invalid

_Scalar = str | int | float | bool | None
Json = _Scalar | Sequence["Json"] | Mapping[str, "Json"]
Column = str | int | float | None


class Kind(StrEnum):
    """What a thing is; also the name of its table."""

    DESK = "desk"
    CASE = "case"
    CLAIM = "claim"
    APPEARANCE = "appearance"
    ACTOR = "actor"
    ALIAS = "alias"
    SOURCE = "source"
    CITATION = "citation"
    ATTACHMENT = "attachment"
    VERDICT = "verdict"
    WITHDRAWAL = "withdrawal"
    SCALE = "scale"
    RATING = "rating"
    TAG = "tag"
    NOTE = "note"
    TASK = "task"
    LINK = "link"
    EVENT = "event"
    PASSAGE = "passage"
    ATTRIBUTE = "attribute"
    COLLECTION = "collection"
    CUSTODY = "custody"


class FieldType(StrEnum):
    """How the value of a field is checked, and which columns it makes."""

    TEXT = auto()
    INTEGER = auto()
    REAL = auto()
    FLAG = auto()
    WHEN = auto()
    JSON = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind; `words` is its vocabulary, `refers` the kind whose id it holds, `shape` tests its JSON.

    `otherwise` is what is shown of a value that this version cannot know. `since` is the schema that brought the field;
    one that is not `sealed` says nothing of the evidence, so that a verdict does not rest on it.
    """

    name: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    words: builtins.type[StrEnum] | None = None
    refers: Kind | None = None
    searched: bool = False
    shape: Callable[[Json], bool] | None = None
    otherwise: str = ""
    since: int = 1
    sealed: bool = True

    @property
    def default(self) -> Json:
        """The value of a field that nobody has set."""
        if self.type in (FieldType.INTEGER, FieldType.REAL) or (self.refers and not self.required):
            return None
        if self.type is FieldType.FLAG:
            return False
        return [] if self.type is FieldType.JSON else ""

    @property
    def blank(self) -> Json:
        """What the projection shows where no value is known."""
        return self.otherwise or self.default

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the projection that this field fills."""
        if self.type is FieldType.WHEN:
            return self.name, f"{self.name}_earliest", f"{self.name}_latest"
        return (self.name,)

    def store(self, value: Json) -> tuple[Column, ...]:
        """The value as it stands in `columns`."""
        if self.type is FieldType.WHEN:
            when = times.parse(str(value or ""))
            return when.words, when.earliest, when.latest
        if self.type is FieldType.FLAG:
            return (int(bool(value)),)
        if self.type is FieldType.JSON:
            return (canonical(value),)
        assert value is None or isinstance(value, str | int | float)
        return (value,)

    def check(self, value: Json) -> None:
        """Raise `Invalid` when the value cannot be kept in this field."""
        check_text(self.name, value)
        if self.required and (not isinstance(value, str) or not value.strip()):
            raise Invalid(self.name, "empty")
        if value == self.default and not self.required:
            return
        if not isinstance(value, _PYTHON[self.type]):
            raise Invalid(self.name, "type", repr(value))
        if self.words and value not in _members(self.words):
            raise Invalid(self.name, "vocabulary", str(value))
        if not self.admits(value):
            raise Invalid(self.name, "shape", str(value)[:80])

    def admits(self, value: Json) -> bool:
        """Whether this version can show the value: one of a newer version, or a forged one, may be anything."""
        if value is None or isinstance(value, str):
            free = not self.words or (value == self.default and not self.required)
            plain = value is None or free or value in _members(self.words)
            return plain and (value == self.default or isinstance(value, _PYTHON[self.type]))
        if not isinstance(value, _PYTHON[self.type]) or isinstance(value, bool) is not (self.type is FieldType.FLAG):
            return False
        if isinstance(value, int | float):
            return abs(value) <= _LARGEST and math.isfinite(value)
        return self.shape is None or self.shape(value)


_LARGEST = 2**53  # what every reader of JSON takes without loss (RFC 8259)


@cache
def _members(words: builtins.type[StrEnum]) -> frozenset[str]:
    return frozenset(words)


_PYTHON: Mapping[FieldType, tuple[type, ...]] = MappingProxyType(
    {
        FieldType.TEXT: (str,),
        FieldType.WHEN: (str,),
        FieldType.INTEGER: (int,),
        FieldType.REAL: (int, float),
        FieldType.FLAG: (bool,),
        FieldType.JSON: (list, dict, tuple),
    }
)


def canonical(value: Json) -> str:
    """JSON with sorted keys and no spaces: one text for one value (RFC 8785 in spirit)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def check_text(name: str, value: Json) -> None:
    """Raise `Invalid` when any text in the value cannot come back as it went in: with a NUL or a lone surrogate."""
    if isinstance(value, str):
        if "\0" in value:
            raise Invalid(name, "nul")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Invalid(name, "surrogate") from error
    elif isinstance(value, Mapping):
        for inner in (*value.keys(), *value.values()):
            check_text(name, inner)
    elif isinstance(value, Sequence):
        for inner in value:
            check_text(name, inner)
