"""JSON from elsewhere, and JSON that may stand in a web page."""

from __future__ import annotations

import json
from pathlib import Path

from db.errors import Unreadable
from db.exchange.elsewhere import letters, refuse_a_swarm
from db.kinds import Json

# Inside a page, "<" could end the script that holds the JSON; two line ends of Unicode end a line of a script.
_IN_A_PAGE = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def written(value: Json) -> str:
    """A value as JSON to be read by people and programs, with its names in the order they have."""
    return json.dumps(value, ensure_ascii=False, indent=2).translate(_IN_A_PAGE)


def parse(data: bytes, origin: Path) -> Json:
    """The value that these bytes say, with each number as the text it was written in; raises `Unreadable`."""
    text = letters(data, origin)
    refuse_a_swarm(text, "[{,", origin)
    try:
        value: Json = json.loads(
            text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_once
        )
    except RecursionError as error:
        raise Unreadable(origin, "nested") from error
    except _TwiceError as error:
        raise Unreadable(origin, "the same name twice") from error
    except ValueError as error:
        raise Unreadable(origin, "no JSON") from error
    return value


class _TwiceError(Exception):
    """An object says two things under one name, and programs differ in which of them they believe."""


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def _no_number(name: str) -> Json:
    raise ValueError(name)
