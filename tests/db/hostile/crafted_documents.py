"""Documents and pictures that somebody made on purpose, or that were broken on their way."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PIL import Image

from db.reading.found import State
from tests import papers
from tests.makers import bomb, picture

R, CUT, NO, BROKEN, LARGE = State.READ, State.CUT, State.NO_TEXT, State.BROKEN, State.TOO_LARGE
LATE, LOCKED = State.TOOK_TOO_LONG, State.LOCKED
_CANARY = "http://canary.invalid/x"


@dataclass(frozen=True, slots=True)
class Paper:
    """One crafted input: what it must be told to be, and what reading it must come to (any of these)."""

    name: str
    made: Callable[[], bytes]
    media_type: str
    states: tuple[State, ...]
    holds: str = ""
    lacks: str = ""

    def make(self) -> bytes:
        """Its bytes; some take long to make, and are made once."""
        return _bytes_of(self.made)


@cache
def _bytes_of(made: Callable[[], bytes]) -> bytes:
    return made()


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def _wrapped(inside: bytes, times: int) -> bytes:
    head = b"From: a@b.org\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * times + inside


def _many_parts(count: int) -> bytes:
    head = b"From: a@b.org\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    part = b"--q\r\nContent-Type: application/x-part\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\nx\r\n"
    return head + part * count + b"--q--\r\n"


def _nested_multiparts(depth: int) -> bytes:
    out = [b"From: a@b.org\r\nDate: x\r\nMIME-Version: 1.0"]
    out += [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d" % (n, n) for n in range(depth)]
    return b"\r\n".join(out) + b"\r\nContent-Type: text/plain\r\n\r\ndeep words\r\n"


def _mail(*headers: str, body: bytes = b"some words") -> bytes:
    head = ["From: a@b.org", "Date: Mon, 1 Jan 2024 10:00:00 +0000", "Message-ID: <1@b.org>", *headers]
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def _zip_bomb(size: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("WhatsApp Chat.txt", "w", force_zip64=True) as f,
    ):
        piece = b"0" * (1 << 20)
        for _ in range(size >> 20):
            f.write(piece)
    return out.getvalue()


def _lying_zip() -> bytes:
    """An archive that says its chat is small."""
    data = bytearray(_zip_bomb(64 << 20))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def _docx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as f:
        for _ in range(1 << 10):
            f.write(b" " * (1 << 20))
    return out.getvalue()


def _overlapping_zip() -> bytes:
    """Two thousand names in the directory that all lead to the same bytes, as in better zip bombs."""
    one = papers.archive({"a.txt": b"0" * 100_000})
    at = one.find(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    directory = one[at:end] * 2000
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(directory), at, 0)
    return one[:at] + directory + tail


def _quine() -> bytes:
    """An archive with itself in it, as far as one can be made here: an archive in an archive, and so on."""
    data = b"end"
    for _ in range(40):
        data = papers.archive({"again.zip": data})
    return data


def _laughs() -> bytes:
    declared = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{declared}]><d><p><t>&l9;</t></p></d>'
    return papers.archive({"word/document.xml": xml.encode()})


def _outside() -> bytes:
    xml = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><p><t>&x;</t></p></d>'
    return papers.archive({"word/document.xml": xml.encode()})


def _pdf(*objects: str, catalog: str = "", trailer: str = "") -> bytes:
    """A PDF with these objects from number 3 on; 1 is its catalog, 2 its pages."""
    bodies = [f"<</Type/Catalog/Pages 2 0 R {catalog}>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", *objects]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(bodies) + 1}/Root 1 0 R {trailer}>>\n"
    return out + end.encode() + f"startxref\n{len(out)}\n%%EOF".encode()


def _sheet(content: str, box: str = "[0 0 300 300]", more: str = "") -> tuple[str, ...]:
    stream = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R/Resources{font} {more}>>", stream


_HELLO = "BT /F1 20 Tf 20 200 Td (Hello words) Tj ET"


def _swollen_pdf() -> bytes:
    """A page whose few bytes swell to a gigabyte of white space."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(b" " * (1 << 20)) for _ in range(1 << 10)) + packed.flush()
    stream = f"<</Length {len(body)}/Filter/FlateDecode>>\nstream\n{body.decode('latin-1')}\nendstream"
    return _pdf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>", stream)


def _slow_pdf() -> bytes:
    """Forms that draw forms that draw forms: ten to the power of nine words."""
    forms = []
    for n in range(9):
        content = f"/X{n} Do " * 10 if n < 8 else _HELLO
        inner = f"/XObject<</X{n} {n + 6} 0 R>>" if n < 8 else ""
        forms.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<<{inner}>>/Length {len(content)}>>"
            f"\nstream\n{content}\nendstream"
        )
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    return _pdf(page, "<</Length 6>>\nstream\n/X Do \nendstream", *forms)


def _locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="other"), invariant=1)
    canvas.drawString(50, 500, "closed words")
    canvas.save()
    return out.getvalue()


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def _frames(count: int) -> bytes:
    first = Image.new("P", (2, 2), 0)
    frames = [Image.new("P", (2, 2), n % 256) for n in range(count)]
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=frames)
    return out.getvalue()


def _looped_tiff() -> bytes:
    """A TIFF whose directory is followed by itself."""
    entry = struct.pack("<HHII", 0x0100, 4, 1, 8)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _looped_exif() -> bytes:
    """A JPEG whose camera data lead to themselves."""
    tiff = (
        b"II*\0"
        + struct.pack("<I", 8)
        + struct.pack("<H", 1)
        + struct.pack("<HHII", 0x8769, 4, 1, 8)
        + struct.pack("<I", 8)
    )
    body = b"Exif\0\0" + tiff
    data = picture(40, 40, kind="JPEG")
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


_SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="http://canary.invalid/x"/></svg>'
_HTML, _TEXT, _MAIL, _MHTML = "text/html", "text/plain", "message/rfc822", "multipart/related"
_ZIP, _PDF = "application/zip", "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TELEGRAM = b'{"name": "x", "type": "public_channel", "messages": '

PAGES = (
    Paper("very many nested tags", lambda: _page("<div>" * 300_000 + "deep"), _HTML, (R,), "deep"),
    Paper("tags that never end", lambda: _page("kept <" + "a " * 2_000_000), _HTML, (R, LATE, NO, LARGE)),
    Paper("comments that never end", lambda: _page("<!--" * 200_000), _HTML, (R, NO, LATE, BROKEN)),
    Paper("an attribute of megabytes", lambda: _page(f'<p title="{"x" * 5_000_000}">kept'), _HTML, (R,), "kept"),
    Paper("a hundred thousand attributes", lambda: _page("<p " + "a=1 " * 100_000 + ">kept"), _HTML, (R,), "kept"),
    Paper("pictures from outside", lambda: _page(f'<img src="{_CANARY}" alt="a"><img src="file:///etc/passwd">'), _HTML,
          (R,), "[a]", "root:"),
    Paper("a page that sends on", lambda: _page(f'<meta http-equiv="refresh" content="0;url={_CANARY}">kept'), _HTML,
          (R,), "kept", "canary"),
    Paper("frames of local files", lambda: _page('<iframe src="file:///etc/passwd"></iframe><embed src=x>kept'), _HTML,
          (R,), "kept", "root:"),
    Paper("a script in all forms", lambda: _page("<script>alert(1)</script><svg onload=alert(2)></svg><p onclick=x>kept"),
          _HTML, (R,), "kept", "alert"),
    Paper("a base elsewhere", lambda: _page(f'<base href="{_CANARY}"><link rel=stylesheet href=a.css>kept'), _HTML, (R,),
          "kept", "canary"),
    Paper("marked sections", lambda: _page("<![endif]--><![CDATA[x]]><![if !IE]><!DOCTYPE [<![ kept"), _HTML, (R, NO)),
    Paper("references without end", lambda: _page("&#x41;" * 200_000 + "&#99999999999;&nosuch;&#xD800;"), _HTML, (R,), "AAA"),
    Paper("NUL in a page", lambda: b"<html><p>a\0b</html>", "application/octet-stream", (NO,)),
    Paper("a charset that is none", lambda: b'<html><meta charset="utf-7"><p>+ADw-script+AD4-</html>', _HTML, (R,),
          "+ADw-script", "<script"),
    Paper("a charset that decodes code", lambda: b'<html><meta charset="unicode_escape"><p>\\u003cx', _HTML, (R,), "\\u003cx"),
    Paper("ten megabytes on one line", lambda: b"words " * 1_700_000, _TEXT, (CUT,), "words words"),
    Paper("wrong UTF-8", lambda: b"<html><p>" + b"\xff\xfe\xc3\x28" * 1000, _HTML, (R,)),
    Paper("half of UTF-16", lambda: "<html><p>kept".encode("utf-16") + b"\xd8", _HTML, (R,), "kept"),
    Paper("overrides of direction", lambda: _page("<p>a\u202egpj.exe</p>"), _HTML, (R,), "a\u202egpj.exe"),
)  # fmt: skip

MAILS = (
    Paper("ten thousand parts", lambda: _many_parts(10_000), _MAIL, (R, NO)),
    Paper("a thousand mails in mails", lambda: _wrapped(b"Subject: x\r\n\r\nend", 1000), _MAIL, (R, NO, BROKEN)),
    Paper("a thousand parts in parts", lambda: _nested_multiparts(1000), _MAIL, (R, NO, BROKEN)),
    Paper("a boundary that is not there", lambda: _mail("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=q"),
          _MAIL, (R, NO)),
    Paper("a boundary of nothing", lambda: _mail('Content-Type: multipart/mixed; boundary=""', body=b"--\r\n\r\nx\r\n----"),
          _MAIL, (R, NO)),
    Paper("base64 that is none", lambda: _mail("Content-Transfer-Encoding: base64", body=b"!!!" * 999), _MAIL, (R, NO)),
    Paper("a charset from nowhere", lambda: _mail("Content-Type: text/plain; charset=../../x"), _MAIL, (R,), "some words"),
    Paper("headers of megabytes", lambda: _mail("To: " + "a@b.org, " * 300_000), _MAIL, (R,), "some words"),
    Paper("a name that turns around", lambda: _mail("MIME-Version: 1.0", 'Content-Type: application/x; name="\u202egpj.exe"'),
          _MAIL, (NO,)),
    Paper("encoded words that are none", lambda: _mail("Subject: =?utf-8?B?!!!?= =?x?Q?=FF?= =?utf-8?q?ok?="), _MAIL, (R,)),
    Paper("a name that is a path", lambda: papers.mail("x", {"../../../etc/cron.d/x": b"y"}), _MAIL, (R,)),
    Paper("bytes in headers", lambda: _mail("Subject: \udcff\udcfe\udc81"), _MAIL, (R,), "some words"),
    Paper("a body from outside", lambda: _mail(f'Content-Type: message/external-body; access-type=URL; URL="{_CANARY}"'),
          _MAIL, (R, NO)),
    Paper("pictures that name each other", lambda: papers.mhtml("<html><img src='cid:a'><iframe src='cid:frame-1'></html>"),
          _MHTML, (R, NO)),
    Paper("a saved page without a page", lambda: papers.mhtml("").replace(b"text/html", b"text/css"), _MHTML, (BROKEN,)),
    Paper("a saved page of local files", lambda: papers.mhtml("<html><img src='file:///etc/passwd'>kept</html>"), _MHTML, (R,),
          "kept", "root:"),
    Paper("half of a saved page", lambda: papers.mhtml("<html>kept words</html>")[:560], _MHTML, (R, NO, BROKEN)),
)  # fmt: skip

ARCHIVES = (
    Paper("a chat of a gigabyte in an archive", lambda: _zip_bomb(1 << 30), _ZIP, (BROKEN, LARGE, NO)),
    Paper("an archive that lies about its sizes", _lying_zip, _ZIP, (BROKEN, LARGE, NO, R, CUT)),
    Paper("an archive in an archive in an archive", _quine, _ZIP, (NO,)),
    Paper("names that all lead to the same", _overlapping_zip, _ZIP, (NO, BROKEN)),
    Paper("names that are paths", lambda: papers.archive({"../../up.txt": b"x", "/etc/x": b"x", "C:\\x": b"y"}), _ZIP, (NO,)),
    Paper("half an archive", lambda: papers.archive({"a.txt": b"x" * 9999})[:80], _ZIP, (BROKEN,)),
    Paper("an archive of nothing", lambda: papers.archive({}), _ZIP, (NO,)),
    Paper("a letter that laughs", _laughs, _DOCX, (BROKEN,), "", "lol"),
    Paper("a letter that asks for files", _outside, _DOCX, (BROKEN,), "", "root:"),
    Paper("a letter of a gigabyte", _docx_bomb, _DOCX, (LARGE,)),
    Paper("a web archive of noise", lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\nx", "application/warc",
          (NO, BROKEN)),
    Paper("a web archive of a gigabyte", lambda: papers.warc(("https://a.org", b"<html>" + b" " * (200 << 20))),
          "application/warc", (NO, LARGE)),
    Paper("a web archive with pages of noise", lambda: papers.archive({"datapackage.json": b"[" * 100_000, "pages/pages.jsonl": b"{"}),
          "application/wacz", (NO,)),
)  # fmt: skip

CHATS = (
    Paper("a chat of brackets", lambda: _TELEGRAM + b"[" * 1_000_000, "application/x-telegram-chat+json", (BROKEN,)),
    Paper("a chat of everything else", lambda: _TELEGRAM + json.dumps([1, None, [], {"text": 5, "from": []}]).encode() + b"}",
          "application/x-telegram-chat+json", (R, NO)),
    Paper("half characters in a chat", lambda: _TELEGRAM + b'[{"text": "a\\ud800b", "date": "\\u0000"}]}',
          "application/x-telegram-chat+json", (R,), "ab"),
    Paper("a chat of one message of megabytes", lambda: b"31/12/2023, 22:15 - A: " + b"x" * 6_000_000, "text/x-whatsapp-chat", (CUT,)),
    Paper("a letter of open braces", lambda: b"{\\rtf1" + b"{" * 1_000_000 + b"kept", "application/rtf", (R, NO)),
)  # fmt: skip

PDFS = (
    Paper("a script that opens", lambda: _pdf(*_sheet(_HELLO), catalog="/OpenAction<</S/JavaScript/JS(app.launchURL)>>"),
          _PDF, (R,), "Hello words", "launchURL"),
    Paper("an action that fetches", lambda: _pdf(*_sheet(_HELLO), catalog=f"/OpenAction<</S/URI/URI({_CANARY})>>"), _PDF, (R,),
          "Hello words", "canary"),
    Paper("an action that runs a program", lambda: _pdf(*_sheet(_HELLO), catalog="/OpenAction<</S/Launch/F(/bin/sh)>>"),
          _PDF, (R,), "Hello words"),
    Paper("pages that lead in a circle", lambda: _pdf("<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>"), _PDF, (R, NO, BROKEN)),
    Paper("a page that is its own content", lambda: _pdf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R>>"), _PDF,
          (NO, BROKEN)),
    Paper("a page of a billion points", lambda: _pdf(*_sheet(_HELLO, "[0 0 1000000000 1000000000]")), _PDF, (R, NO)),
    Paper("a page of no size", lambda: _pdf(*_sheet(_HELLO, "[0 0 0 0]")), _PDF, (R, NO)),
    Paper("a page of a gigabyte", _swollen_pdf, _PDF, (NO, BROKEN, LARGE)),
    Paper("forms that draw forms", _slow_pdf, _PDF, (R, NO, LATE, BROKEN, LARGE, CUT)),
    Paper("a locked one", _locked_pdf, _PDF, (LOCKED,), "", "closed"),
    Paper("a table of places that is wrong", lambda: papers.pdf("Words").replace(b"0000000", b"9999999"), _PDF, (R, NO, BROKEN)),
    Paper("half of one", lambda: papers.pdf("Words" * 99)[:700], _PDF, (R, NO, BROKEN)),
    Paper("nothing but its head", lambda: b"%PDF-1.7\n", _PDF, (BROKEN,)),
    Paper("two billion pages", lambda: _pdf(*_sheet(_HELLO)).replace(b"/Count 1", b"/Count 2147483647"), _PDF, (R, NO, BROKEN, LATE, CUT)),
    Paper("dictionaries in dictionaries", lambda: _pdf("<</A" * 100_000, "x"), _PDF, (NO, BROKEN)),
)  # fmt: skip

MEDIA = (
    Paper("boxes within boxes", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + struct.pack(">I4s", 8, b"moov") * 99_999, "video/mp4", (NO,)),
    Paper("a box of all there is", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\x01moov" + b"\xff" * 8, "video/mp4", (NO,)),
    Paper("a video of noise", lambda: b"\x1a\x45\xdf\xa3" + b"\x18\x53\x80\x67\x01" * 5000, "video/webm", (NO,)),
    Paper("a sound of no speed", lambda: b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 24 + b"data\xff\xff\xff\xff", "audio/wav", (NO,)),
)  # fmt: skip

PICTURES = (
    Paper("a PNG bomb", bomb, "image/png", ()),
    Paper("a PNG of wide nothing", lambda: _png((b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 1, 8, 2, 0, 0, 0)), (b"IEND", b"")), "image/png", ()),
    Paper("a PNG with words that swell", lambda: _png(
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"zTXt", b"a\0\0" + zlib.compress(b"0" * (100 << 20))),
        (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")), "image/png", ()),
    Paper("half a JPEG", lambda: picture(900, 900, kind="JPEG")[:900], "image/jpeg", ()),
    Paper("a JPEG whose data lead to themselves", _looped_exif, "image/jpeg", ()),
    Paper("a GIF of ten thousand frames", lambda: _frames(10_000), "image/gif", ()),
    Paper("a GIF of nothing", lambda: b"GIF89a" + b"\xff" * 30, "image/gif", ()),
    Paper("a TIFF that leads to itself", _looped_tiff, "image/tiff", ()),
    Paper("an SVG that fetches", lambda: _SVG, "image/svg+xml", ()),
    Paper("a WebP of lies", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 40, "image/webp", ()),
    Paper("a BMP of lies", lambda: picture(kind="BMP")[:18] + b"\xff\xff\xff\x7f" * 2 + picture(kind="BMP")[26:], "image/bmp", ()),
    Paper("an AVIF of noise", lambda: b"\0\0\0\x1cftypavif" + b"\xff" * 90, "image/avif", ()),
)  # fmt: skip

PAPERS = (*PAGES, *MAILS, *ARCHIVES, *CHATS, *PDFS, *MEDIA)
