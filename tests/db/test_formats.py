"""What bytes are is told by the bytes."""

from __future__ import annotations

import gzip

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


ZIP = b"PK\x03\x04\x14\0\0\0\0\0" + b"\0" * 16
MAIL = b"Return-Path: <a@b.org>\r\nReceived: from x by y\r\nFrom: A <a@b.org>\r\nSubject: Hi\r\n\r\nText"
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.org/\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n"
)
TELEGRAM = b'{\n "name": "Kabul",\n "type": "private_supergroup",\n "id": 1,\n "messages": [\n  {'


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        ("<html><p>Ж".encode("utf-16"), "text/html"),
        ("<!DOCTYPE html><meta charset=windows-1256><p>وزیر".encode("cp1256", "replace"), "text/html"),
        ("Вакцина ещё не одобрена никем".encode("cp1251"), "text/plain"),
        ("Вакцина ещё не одобрена".encode("utf-16"), "text/plain"),
        (MAIL, formats.MAIL),
        (b"From: me\nTo: you\n\na note", "text/plain"),
        (MHTML, formats.MHTML),
        (TELEGRAM, formats.TELEGRAM),
        (b'{"messages": [], "type": "mine"}', "text/plain"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", formats.WARC),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"), formats.WARC),
        (gzip.compress(b"something else"), "application/gzip"),
        (ZIP + b"\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.text", formats.ODT),
        (ZIP + b"\x11\0\0\0word/document.xml", formats.DOCX),
        (ZIP + b"\x10\0\0\0datapackage.json", formats.WACZ),
        (ZIP + b"\x08\0\0\0notes.md", "application/zip"),
        (b"{\\rtf1\\ansi", formats.RTF),
    ],
)
def test_documents_are_told_by_what_is_in_them(head: bytes, media_type: str) -> None:
    assert formats.sniff(head[: formats.HEAD]) == media_type


@pytest.mark.parametrize(
    "line",
    [
        "[31/12/2023, 22:15:32] Gul: hello",
        "\u200e[12/31/23, 10:15:32\u202fPM] Gul: \u200eimage omitted",
        "12/31/23, 10:15 PM - Gul: hello",
        "31.12.23, 22:15 - Гуль: привет",
        "[31.12.23, 22:15:32] Гуль: привет",
        "\u200f٣١\u200f/١٢\u200f/٢٠٢٣، ١٠:١٥ م - أحمد: مرحبا",
        "۲۰۲۳/۱۲/۳۱, ۲۲:۱۵ - احمد: سلام",
        "[۳۱/۱۲/۲۰۲۳،\u200f ۱۰:۱۵:۳۲ ب.ظ] احمد: سلام",
        "2023-12-31, 10:15 p. m. - Gul: hola",
        "12/31/23, 10:15 - Messages are end-to-end encrypted.",
    ],
)
def test_a_chat_is_told_by_the_stamps_of_its_messages(line: str) -> None:
    assert formats.chat_stamp(line)
    assert formats.sniff(f"{line}\n{line}\n".encode()) == formats.WHATSAPP


@pytest.mark.parametrize(
    "line", ["1.2.3 is a version", "31/12/2023 22:15", "- 10:15 - a note", "2023-12-31 10:15:00 INFO x"]
)
def test_other_lines_with_dates_are_no_chat(line: str) -> None:
    assert formats.sniff(line.encode()) == "text/plain"
