"""Documents as people are sent them: pages, mails, chats, PDFs, archives."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

from reportlab.pdfgen.canvas import Canvas

CHAT = """[31/12/2023, 22:15:32] Kabul news: \u200eMessages and calls are end-to-end encrypted.
[31/12/2023, 22:16:00] Gul Agha: The bridge at Torkham is closed
since the morning
[01/01/2024, 08:00:01] احمد: پل بسته است
"""
TELEGRAM = {
    "name": "Zurmat today",
    "type": "public_channel",
    "id": 7,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2024-01-01T08:00:00",
            "actor": "Zurmat today",
            "action": "create_channel",
        },
        {
            "id": 2,
            "type": "message",
            "date": "2024-01-02T09:30:00",
            "from": "Zurmat today",
            "text": ["Two shops burned, see ", {"type": "text_link", "text": "here", "href": "https://t.me/x/1"}],
            "photo": "photos/1.jpg",
        },
    ],
}


def pdf(*pages: str, title: str = "", size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with a line on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.setTitle(title)
    for words in pages:
        canvas.setFont("Helvetica", 24)
        canvas.drawString(60, size[1] - 100, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def mail(
    body: str = "Salam, see the letter.",
    files: Mapping[str, bytes] | None = None,
    *,
    page: str = "",
    subject: str = "Letter of the ministry",
) -> bytes:
    """A mail with files, as a program that reads mail keeps it."""
    made = EmailMessage()
    made["Received"] = "from mx.example.org by mail.example.net; Mon, 1 Jan 2024 10:00:01 +0000"
    made["Received"] = "from laptop by mx.example.org; Mon, 1 Jan 2024 10:00:00 +0000"
    made["DKIM-Signature"] = "v=1; a=rsa-sha256; d=example.org; s=mail; b=AAAA"
    made["Received-SPF"] = "pass (example.net: domain of gul@example.org)"
    made["Authentication-Results"] = "mail.example.net; dkim=pass header.d=example.org"
    made["From"], made["To"] = "Гуль Ага <gul@example.org>", "desk@example.net"
    made["Subject"], made["Date"] = subject, "Mon, 1 Jan 2024 09:59:00 +0000"
    made["Message-ID"] = "<1@example.org>"
    made.set_content(body)
    if page:
        made.add_alternative(page, subtype="html")
    for name, data in (files or {}).items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def mhtml(page: str, *, encoding: str = "utf-8") -> bytes:
    """A page as Chrome saves it."""
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://www.example.org/news/1",
        "Subject: =?utf-8?Q?News?=",
        "Date: Mon, 1 Jan 2024 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----x"',
        "",
        "------x",
        f"Content-Type: text/html; charset={encoding}",
        "Content-ID: <frame-1@mhtml.blink>",
        "Content-Transfer-Encoding: 8bit",
        "Content-Location: https://www.example.org/news/1",
        "",
    ]
    picture = [
        "",
        "------x",
        "Content-Type: image/gif",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://www.example.org/i/pixel.gif?x=1",
        "",
        "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
        "------x--",
        "",
    ]
    return "\r\n".join(lines).encode() + b"\r\n" + page.encode(encoding) + "\r\n".join(picture).encode()


def telegram() -> bytes:
    """A channel as Telegram exports it."""
    return json.dumps(TELEGRAM, indent=1, ensure_ascii=False).encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(*paragraphs: str, title: str = "A letter") -> bytes:
    """A letter as Word writes it."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    core = (
        f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Gul</dc:creator></c>'
    )
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>".encode(),
            "docProps/core.xml": core.encode(),
        }
    )


def odt(*paragraphs: str) -> bytes:
    """A letter as LibreOffice writes it."""
    body = "".join(f'<t:p xmlns:t="urn:text">{words}</t:p>' for words in paragraphs)
    kind = b"application/vnd.oasis.opendocument.text"
    made = archive({"content.xml": f"<o>{body}</o>".encode()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new, zipfile.ZipFile(io.BytesIO(made)) as old:
        new.writestr("mimetype", kind)
        new.writestr("content.xml", old.read("content.xml"))
    return out.getvalue()


def warc(*pages: tuple[str, bytes]) -> bytes:
    """A web archive of pages by their addresses."""

    def record(kind: str, address: str, body: bytes) -> bytes:
        head = [
            "WARC/1.1",
            f"WARC-Type: {kind}",
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
            "WARC-Date: 2024-01-01T10:00:00Z",
            f"WARC-Target-URI: {address}",
            f"Content-Type: application/{'http; msgtype=response' if address else 'warc-fields'}",
            f"Content-Length: {len(body)}",
        ]
        return gzip.compress("\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n")

    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return record("warcinfo", "", b"software: crawler 1\r\n") + b"".join(
        record("response", address, http + data) for address, data in pages
    )


def mp4(seconds: int = 75, wide: int = 1280, high: int = 720) -> bytes:
    """The head of a video, and nothing to be seen."""

    def box(kind: bytes, *bodies: bytes) -> bytes:
        body = b"".join(bodies)
        return struct.pack(">I", len(body) + 8) + kind + body

    movie = box(b"mvhd", struct.pack(">IIIII", 0, 3_600_000_000, 0, 1000, seconds * 1000) + b"\0" * 80)
    track = box(b"tkhd", b"\0" * 76 + struct.pack(">II", wide << 16, high << 16))
    form = box(b"stsd", b"\0" * 8 + struct.pack(">I4s", 16, b"avc1") + b"\0" * 8)
    media = box(b"mdia", box(b"minf", box(b"stbl", form)))
    return (
        box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", b"\0" * 999) + box(b"moov", movie, box(b"trak", track, media))
    )


def webm(seconds: float = 12.5) -> bytes:
    """The head of a video as browsers record it."""

    def element(kind: int, body: bytes) -> bytes:
        name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
        return name + struct.pack(">Q", len(body) | 1 << 56) + body

    info = (
        element(0x2AD7B1, b"\x0f\x42\x40")
        + element(0x4489, struct.pack(">d", seconds * 1000))
        + element(0x4D80, b"Lavf")
    )
    video = element(0xE0, element(0xB0, b"\x02\x80") + element(0xBA, b"\x01\xe0"))
    track = element(0x1654AE6B, element(0xAE, element(0x86, b"V_VP9") + video))
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, element(0x1549A966, info) + track)
