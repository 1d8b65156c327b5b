"""A web archive (WARC): which addresses were kept and when, and the words of the first page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.reading import html
from db.reading.found import About, Fact, Limits, Part, Read, State, facts, line

TOOL = "warcio"
_KEPT = ("response", "resource", "conversion")
_MOST_RECORDS = 200_000
_LARGEST_PAGE = 16 << 20


def read(file: Path, limits: Limits) -> Read:
    """List the records of an archive; without the library that reads it, say so."""
    try:
        import warcio  # noqa: PLC0415 (only some desks install it)
    except ImportError:
        return Read(State.NEEDS_EXTRA, TOOL)
    records = _Records(limits)
    with file.open("rb") as stream:
        try:
            for record in warcio.ArchiveIterator(stream):
                if not records.take(record):
                    break
        except Exception:  # noqa: BLE001 (warcio raises anything at all for crafted bytes)
            records.broken = True
    return records.told()


class _Records:
    """What was seen of an archive so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[Part] = []
        self._count = 0
        self._times = ["", ""]
        self._software = ""
        self._page = Read(State.NO_TEXT)
        self._address = ""
        self.broken = False

    def take(self, record: Any) -> bool:  # noqa: ANN401 (warcio has no types)
        """Note a record; returns whether another is wanted."""
        self._count += 1
        when = _header(record, "WARC-Date")
        self._times = [self._times[0] or when, when or self._times[1]]
        if record.rec_type == "warcinfo":
            self._software = self._software or _software(record.content_stream().read(10_000))
        elif record.rec_type in _KEPT and len(self._parts) < self._limits.parts:
            address, kind = _header(record, "WARC-Target-URI"), _kind(record)
            self._parts.append(Part(address, kind, int(_header(record, "Content-Length") or 0)))
            if kind == "text/html" and not self._page.text:
                self._page = html.read(record.content_stream().read(_LARGEST_PAGE), self._limits)
                self._address = address
        return self._count < _MOST_RECORDS

    def told(self) -> Read:
        """The archive as it was read."""
        own = facts(
            (About.RECORDS, str(self._count)),
            (About.SAVED_FROM, self._address),
            (About.FIRST, self._times[0]),
            (About.LAST, self._times[1]),
            (About.SOFTWARE, self._software),
        )
        seen = {fact.about for fact in own}
        more: tuple[Fact, ...] = tuple(fact for fact in self._page.facts if fact.about not in seen)
        state = State.BROKEN if self.broken and not self._parts else self._page.state
        return Read(state, TOOL, self._page.text, self._page.title, own + more, tuple(self._parts))


def _header(record: Any, name: str) -> str:  # noqa: ANN401
    return line(str(record.rec_headers.get_header(name) or ""))


def _kind(record: Any) -> str:  # noqa: ANN401
    headers = record.http_headers or record.rec_headers
    return line(str(headers.get_header("Content-Type") or "")).partition(";")[0].strip().lower()


def _software(info: bytes) -> str:
    lines = info.decode("utf-8", "replace").splitlines()
    return next((each.partition(":")[2].strip() for each in lines if each.lower().startswith("software:")), "")
