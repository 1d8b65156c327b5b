"""An answer of the helper process as bytes: a mark, two lengths, words as JSON, and what is no words."""

from __future__ import annotations

import struct

MARK = b"claimdesk-read-1"
_LENGTHS = struct.Struct(">QQ")
MOST_HEAD, MOST_BODY = 48 << 20, 80 << 20
MOST = len(MARK) + _LENGTHS.size + MOST_HEAD + MOST_BODY


def pack(head: bytes, body: bytes) -> bytes:
    """An answer to be sent."""
    return MARK + _LENGTHS.pack(len(head), len(body)) + head + body


def unpack(data: bytes) -> tuple[bytes, bytes] | None:
    """Both halves of an answer; None for what is none, or not whole."""
    start = len(MARK) + _LENGTHS.size
    if len(data) < start or not data.startswith(MARK):
        return None
    head, body = _LENGTHS.unpack_from(data, len(MARK))
    if head > MOST_HEAD or body > MOST_BODY or len(data) != start + head + body:
        return None
    return data[start : start + head], data[start + head :]
