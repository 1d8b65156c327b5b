"""The only dice and the only clock."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from datetime import UTC, datetime


class _Ticker:
    """Hands out 60-bit ticks (48 bit milliseconds, 12 bit counter) that never repeat or go back."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, (time.time_ns() // 1_000_000) << 12)
            return self._last


_ticker = _Ticker()


def new_id() -> str:
    """A new UUIDv7 (RFC 9562), ordered by time within this process."""
    tick = _ticker.next()
    high = (tick >> 12) << 16 | 0x7000 | (tick & 0xFFF)
    low = 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=high << 64 | low))


def new_chain() -> str:
    """A name for a new chain: 32 random hex digits."""
    return secrets.token_hex(16)


_READ_ALOUD = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is taken for another sign


def new_passphrase() -> str:
    """A new passphrase of 99 bits that can be read aloud, such as "k3fd-9xwp-…"."""
    return "-".join("".join(secrets.choice(_READ_ALOUD) for _ in range(4)) for _ in range(5))


def new_secret(size: int) -> bytes:
    """Random bytes that nobody can guess."""
    return secrets.token_bytes(size)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """A moment as it is stored: UTC, ISO 8601, milliseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
