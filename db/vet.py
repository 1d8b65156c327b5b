"""What a file from elsewhere must be like, told from bytes and rows alone. Nothing in here opens anything."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from db import form, log, migrate
from db.errors import Invalid
from db.fields import WRITTEN_ONCE
from db.kinds import Json, Kind, canonical, check_text

HEADER = 100
_MAGIC = b"SQLite format 3\0"
_LARGEST = 1 << 52
_LONGEST_FACT, _MOST_FACTS = 10_000, 100


class Refused(Exception):
    """Why a file is not taken: `kind` is "foreign", "newer", "torn" or "untrusted", `detail` a code or a name."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


def header(head: bytes, size: int) -> None:
    """Look at the first 100 bytes of a file of `size` bytes (SQLite file format, section 1.3)."""
    if len(head) < HEADER or head[:16] != _MAGIC:
        raise Refused("foreign", "no database")
    page = struct.unpack(">H", head[16:18])[0]
    page = 65536 if page == 1 else page
    change, pages, encoding, schema = (struct.unpack(">I", head[at : at + 4])[0] for at in (24, 28, 56, 60))
    application, valid_for = (struct.unpack(">I", head[at : at + 4])[0] for at in (68, 92))
    if application != migrate.APPLICATION_ID:
        raise Refused("foreign", "another program")
    if head[18:20] != b"\1\1":
        raise Refused("untrusted", "-wal")
    if page < 512 or page & (page - 1) or head[20] or head[21:24] != b"\x40\x20\x20" or encoding != 1 or not schema:
        raise Refused("untrusted", "header")
    if size % page or (change == valid_for and pages * page != size):
        raise Refused("torn", "length")


def schema(rows: Iterable[Sequence[object]]) -> None:
    """Look at the rows (type, name, tbl_name, rootpage, sql) of a foreign schema.

    The exchange tables and their indexes must be ours to the letter, white space aside. Other tables are never read,
    but for those in which SQLite keeps figures for itself; they, a trigger or a view are never ours.
    """
    wanted = {name: _folded(sql) for name, sql in form.statements()}
    roots: set[object] = set()
    for kind, name, table, root, sql in rows:
        of_sqlite = kind == "table" and str(name).lower().startswith("sqlite_")
        if of_sqlite or kind not in ("table", "index"):
            raise Refused("untrusted", shown(f"{kind} {name}"))
        if str(table).lower() not in form.TABLES and str(name).lower() not in form.TABLES:
            continue
        automatic = kind == "index" and sql is None and str(name).startswith("sqlite_autoindex_")
        if root in roots or not (automatic or wanted.pop(str(name), None) == _folded(str(sql))):
            raise Refused("untrusted", shown(f"{kind} {name}"))
        roots.add(root)
    if wanted:
        raise Refused("untrusted", f"no {next(iter(wanted))}")


def _folded(sql: str) -> str:
    return " ".join(sql.split())


def shown(text: str) -> str:
    """The beginning of a text from elsewhere with nothing in it that steers a screen."""
    return "".join(c for c in text[:200] if c.isprintable())[:80]


_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")
_WORD = re.compile(r"[a-z][a-z _-]{0,59}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)

OP_COLUMNS = """id, number, previous, made_at, analyst, verb, save, undoes, kind, thing, generation, parents,
    body_hash, body"""


def operation(chain: str, desk: str, row: Sequence[object]) -> None:
    """Look at one row of operations (`OP_COLUMNS`) of a chain: each value what it must be, and the hash true."""
    found, number, previous, made_at, analyst, verb, save, undoes, kind, thing, generation, parents, digest, body = row
    if not (_digest(found) and _digest(previous) and _digest(digest)):
        raise Refused("untrusted", "operation")
    if not (_count(number) and _count(generation) and _moment(made_at) and _name(analyst)):
        raise Refused("untrusted", "operation")
    if not (_matches(_WORD, verb) and _matches(_WORD, kind) and all(_matches(_ID, x) for x in (save, thing))):
        raise Refused("untrusted", "operation")
    if undoes != "" and not _matches(_ID, undoes):
        raise Refused("untrusted", "operation")
    seen, (content, said) = _parents(parents), _body(body)
    assert isinstance(previous, bytes)
    assert isinstance(digest, bytes)
    if sha256(content).digest() != digest:
        raise Refused("untrusted", "operation")
    head = (chain, desk, number, made_at, analyst, verb, save, undoes, kind, thing, generation)
    if log.operation_id(head, previous, seen, digest) != found:  # type: ignore[arg-type]
        raise Refused("untrusted", "operation")
    if (kind == Kind.DESK and thing != desk) or (kind == Kind.SCALE and said.get("desk_id", desk) != desk):
        raise Refused("untrusted", "desk")  # what a desk says of itself, and its scale, nobody else writes
    if kind in WRITTEN_ONCE and seen and said:
        raise Refused("untrusted", "verdict")


def chain(name: object, desk: object, number: object, top: object, forked: object) -> None:
    """Look at one row of chains."""
    good = _matches(re.compile(r"[0-9a-f]{32}"), name) and _matches(_ID, desk) and _digest(top)
    if not (good and forked in (0, 1) and (number == 0 or _count(number))):
        raise Refused("untrusted", "chain")


def digest(name: object) -> str:
    """Look at the name of a blob: nothing else than a SHA-256 is ever asked for by name."""
    if not (isinstance(name, str) and _SHA256.fullmatch(name)):
        raise Refused("untrusted", "blob")
    return name


def meta(rows: Iterable[Sequence[object]]) -> Mapping[str, str]:
    """Look at the rows of meta; returns them by name. Raises `Refused` as newer when the form is not ours."""
    found: dict[str, str] = {}
    for name, value in rows:
        if not (_name(name) and isinstance(value, str) and len(value) <= _LONGEST_FACT and len(found) < _MOST_FACTS):
            raise Refused("untrusted", "meta")
        found[str(name)] = value
    if not _matches(_ID, found.get("desk")) or not _matches(_ID, found.get("casebook")):
        raise Refused("untrusted", "meta")
    if found.get("format") != str(log.FORMAT):
        raise Refused("newer", found.get("format", "")[:20])
    return found


def _digest(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == log.HASH


def _count(value: object) -> bool:
    return type(value) is int and 1 <= value <= _LARGEST


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _moment(value: object) -> bool:
    """Whether it is a time as ours are written, that a calendar has."""
    try:
        return _matches(_TIME, value) and bool(datetime.fromisoformat(str(value)[:-1]))
    except ValueError:
        return False


def _name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= log.LONGEST_NAME and "\0" not in value


def _parents(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, bytes) or len(value) % log.HASH or len(value) > log.MOST_PARENTS * log.HASH:
        raise Refused("untrusted", "operation")
    seen = tuple(value[at : at + log.HASH] for at in range(0, len(value), log.HASH))
    if list(seen) != sorted(set(seen)):
        raise Refused("untrusted", "operation")
    return seen


def _no_number(_: str) -> None:
    raise ValueError("no number of JSON")


def _body(body: object) -> tuple[bytes, Mapping[str, Json]]:
    """The bytes of a body and what it sets; it must say one thing only: canonical JSON, as Claimdesk writes it."""
    if not isinstance(body, str) or len(body) > log.LONGEST_BODY:
        raise Refused("untrusted", "operation")
    try:
        value = json.loads(body, parse_constant=_no_number)
        if canonical(value) != body or not isinstance(value.get("set"), dict):
            raise Refused("untrusted", "operation")
        if "\\u0000" in body:  # rare, and mostly somebody who writes about it
            check_text("body", value)
        return body.encode(), value["set"]
    except (ValueError, AttributeError, RecursionError, Invalid) as error:
        raise Refused("untrusted", "operation") from error
