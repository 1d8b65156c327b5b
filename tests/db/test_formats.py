"""What bytes are is told by the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import formats


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x20ftypheic", "image/heic"),
        (b"%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"MZ\x90", "application/vnd.microsoft.portable-executable"),
        (b"SQLite format 3\0", "application/vnd.sqlite3"),
        (b" <!DOCTYPE html><html>", "text/html"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg>', "image/svg+xml"),
        ("Вакцина".encode(), "text/plain"),
        ("Вакцина ".encode() * 600, "text/plain"),
        (b"BMW is no picture", "text/plain"),
        (b"\0\1\2", formats.UNKNOWN),
        (b"\xff\xfe\0", formats.UNKNOWN),
        (b"", formats.UNKNOWN),
    ],
)
def test_known_beginnings(head: bytes, media_type: str) -> None:
    assert formats.sniff(head[: formats.HEAD]) == media_type


@given(st.binary(max_size=64))
def test_any_bytes_are_told_something(head: bytes) -> None:
    assert "/" in formats.sniff(head)
