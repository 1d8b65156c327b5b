"""Documents are read for what is in them: words in order, what they claim, and the files within."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from db import formats, reader
from db.progress import Cancelled
from db.reading.found import About, Read, State
from tests import papers
from tests.makers import RUSSIAN, URDU, picture


def read(data: bytes) -> Read:
    return reader.read(io.BytesIO(data))


def told(found: Read, about: About) -> list[str]:
    return [fact.value for fact in found.facts if fact.about is about]


# Pages


def test_a_page_is_its_words_in_reading_order() -> None:
    page = """<!DOCTYPE html><html><head><title>Kabul &amp; Herat</title><style>p{color:red}</style></head><body>
    <h1>Two   cities</h1><script>document.write("no")</script><!-- hidden words -->
    <p>First <b>bold</b>
    words</p><p>Second<br>line</p><ul><li>one<li>two</ul>
    <table><tr><th>Day<th>Dead</tr><tr><td>Monday</td><td>3</td></tr></table>
    <pre>a  b\n  c</pre><div style="display: none">not <div>seen</div></div><p hidden>seen</p>
    <img src="http://example.org/a.png" alt="A map"><noscript>enable</noscript></body></html>"""
    found = read(page.encode())
    assert found.title == "Kabul & Herat"
    assert found.text.split("\n\n") == [
        "Two cities", "First bold words", "Second\nline", "• one\n• two", "Day\tDead\nMonday\t3", "a  b\n  c",
        "seen", "[A map]",
    ]  # fmt: skip
    assert told(found, About.HIDDEN) == ["1"]


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ('<a href="https://a.org/x">the report</a>', "the report <https://a.org/x>"),
        ('<a href="https://a.org/x">https://a.org/x</a>', "https://a.org/x"),
        ('<a href="mailto:a@b.org">a@b.org</a>', "a@b.org"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<a href="#part">part</a>', "part"),
        ('<a href="https://a.org/"><img></a>', ""),
    ],
)
def test_a_link_says_where_it_leads_and_is_no_more_than_text(link: str, text: str) -> None:
    assert read(f"<html>{link}</html>".encode()).text == text


def test_a_page_tells_where_it_is_from() -> None:
    page = """<html lang="ps"><!-- saved from url=(0030)https://mirror.example.net/a -->
    <link rel="canonical" href="https://example.org/a"><meta property="og:url" content="https://example.org/b">
    <meta property="article:published_time" content="2024-01-01"><meta name="author" content="Gul">
    <meta property="og:title" content="From og"><meta property="og:site_name" content="The Paper"><p>x</html>"""
    found = read(page.encode())
    assert found.title == "From og"
    for about, value in (
        (About.SAVED_FROM, "https://mirror.example.net/a"),
        (About.CANONICAL, "https://example.org/a"),
        (About.OG_URL, "https://example.org/b"),
        (About.PUBLISHED, "2024-01-01"),
        (About.AUTHOR, "Gul"),
        (About.SITE, "The Paper"),
        (About.LANGUAGE, "ps"),
    ):
        assert told(found, about) == [value]


def test_the_day_of_publication_is_found_in_the_data_for_machines() -> None:
    data = '<html><script type="application/ld+json">{"datePublished": "2024-02-03T10:00:00Z"}</script><p>x</html>'
    assert told(read(data.encode()), About.PUBLISHED) == ["2024-02-03T10:00:00Z"]


@pytest.mark.parametrize(
    ("words", "encoding", "declared", "guessed"),
    [
        (URDU, "utf-8", "", False),
        (URDU, "utf-16", "", False),
        ("وزير الخارجية قال إن اللقاح آمن", "cp1256", "windows-1256", False),
        ("وزير الخارجية قال إن اللقاح آمن", "cp1256", "", True),
        (RUSSIAN, "cp1251", "windows-1251", False),
        (RUSSIAN, "cp1251", "", True),
        (RUSSIAN, "koi8-r", "", True),
        ("Schon über Köln", "cp1252", "iso-8859-1", False),
    ],
)
def test_letters_come_out_right(words: str, encoding: str, declared: str, guessed: bool) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    found = read(f"<html>{meta}<p>{words}</p></html>".encode(encoding))
    assert found.text == words
    assert bool(told(found, About.ENCODING_GUESSED)) is guessed
    assert read(f"{words}\n{words}".encode(encoding)).text == f"{words}\n{words}"


# Mails


def test_a_mail_is_its_words_its_claims_and_its_files() -> None:
    letter = papers.pdf("The bridge")
    found = read(papers.mail(f"Salam\n{URDU}", {"letter.pdf": letter, "../../up.txt": b"x"}))
    assert (found.state, found.title, found.media_type) == (State.READ, "Letter of the ministry", formats.MAIL)
    assert found.text.strip() == f"Salam\n{URDU}"
    for about, value in (
        (About.FROM, "Гуль Ага <gul@example.org>"),
        (About.TO, "desk@example.net"),
        (About.DATE, "Mon, 01 Jan 2024 09:59:00 +0000"),
        (About.MESSAGE_ID, "<1@example.org>"),
        (About.RECEIVED, "2"),
        (About.SPF, "pass (example.net: domain of gul@example.org)"),
        (About.AUTHENTICATION, "mail.example.net; dkim=pass header.d=example.org"),
        (About.DKIM, "a=rsa-sha256; d=example.org; s=mail"),
    ):
        assert told(found, about) == [value]
    assert [(part.name, part.size) for part in found.parts] == [("letter.pdf", len(letter)), ("../../up.txt", 1)]
    assert reader.unpack(io.BytesIO(papers.mail("x", {"a.pdf": letter})), 0) == (State.READ, letter)


def test_of_two_forms_of_a_mail_the_plain_one_is_read() -> None:
    found = read(papers.mail("Plain words", page="<p>Page words</p>"))
    assert found.text.strip() == "Plain words"
    assert (
        read(papers.mail("", page="<p>Page <a href='https://a.org'>words</a></p>")).text == "Page words <https://a.org>"
    )


def test_a_mail_within_a_mail_is_a_file_that_can_be_read() -> None:
    inner = papers.mail("Inner words", subject="Inner")
    outer = (
        b"From: a@b.org\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
        b"--q\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--q--\r\n"
    )
    (part,) = read(outer).parts
    assert part.name == "Inner.eml"
    state, data = reader.unpack(io.BytesIO(outer), 0)
    assert state is State.READ
    assert read(data).text.strip() == "Inner words"


def test_a_saved_page_with_its_pictures() -> None:
    found = read(papers.mhtml(f"<html><title>News</title><p>{URDU}</p><img src='cid:a'></html>"))
    assert (found.text, found.title, found.media_type) == (URDU, "News", formats.MHTML)
    assert told(found, About.SAVED_FROM) == ["https://www.example.org/news/1"]
    assert told(found, About.SOFTWARE) == ["Saved by Blink"]
    assert [(part.name, part.media_type) for part in found.parts] == [("pixel.gif", "image/gif")]
    state, data = reader.unpack(io.BytesIO(papers.mhtml("<html>x")), 0)
    assert (state, data[:6]) == (State.READ, b"GIF89a")


# Chats


def test_a_chat_of_whatsapp_stays_as_it_stands() -> None:
    found = read(papers.CHAT.encode())
    assert (found.text, found.media_type) == (papers.CHAT, formats.WHATSAPP)
    assert told(found, About.PARTICIPANT) == ["Kabul news", "Gul Agha", "احمد"]
    assert told(found, About.MESSAGES) == ["3"]
    assert told(found, About.FIRST) == ["31/12/2023 22:15:32"]
    assert told(found, About.LAST) == ["01/01/2024 08:00:01"]


def test_a_chat_in_an_archive_is_read() -> None:
    found = read(papers.archive({"_chat.txt": papers.CHAT.encode(), "00000001-PHOTO.jpg": picture(kind="JPEG")}))
    assert found.text == papers.CHAT
    assert [part.name for part in found.parts] == ["_chat.txt", "00000001-PHOTO.jpg"]


def test_a_channel_of_telegram() -> None:
    found = read(papers.telegram())
    assert (found.title, found.media_type) == ("Zurmat today", formats.TELEGRAM)
    assert found.text.split("\n\n") == [
        "2024-01-01T08:00:00 Zurmat today: [create_channel]",
        "2024-01-02T09:30:00 Zurmat today: Two shops burned, see here <https://t.me/x/1> [photos/1.jpg]",
    ]
    assert told(found, About.FIRST) == ["2024-01-01T08:00:00"]
    assert told(found, About.MESSAGES) == ["2"]


def test_a_page_of_telegram() -> None:
    page = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap">
    <div class="message default clearfix"><div class="pull_right date details" title="01.01.2024 08:00:00 UTC+04:30">
    08:00</div><div class="from_name">\nGul </div><div class="text">\nThe road is closed</div></div></div></body></html>"""
    found = read(page.encode())
    assert found.media_type == formats.TELEGRAM_PAGE
    assert "The road is closed" in found.text
    assert told(found, About.PARTICIPANT) == ["Gul"]
    assert told(found, About.FIRST) == ["01.01.2024 08:00:00 UTC+04:30"]


# PDF, letters, archives, media


def test_a_pdf_is_words_and_pages() -> None:
    data = papers.pdf("First page", "Second page of Zurmat", title="Report")
    found = read(data)
    assert (found.text, found.title, found.pages) == ("First page\n\nSecond page of Zurmat", "Report", 2)
    assert told(found, About.PAGES) == ["2"]
    assert told(found, About.CREATED) == ["2000-01-01 00:00 +0000"]
    drawn = reader.page(io.BytesIO(data), 1, 600)
    assert (drawn.state, drawn.width, len(drawn.rgb)) == (State.READ, 600, 600 * drawn.height * 3)
    assert set(drawn.rgb) >= {0, 255}
    assert drawn.rgb != reader.page(io.BytesIO(data), 0, 600).rgb
    assert reader.page(io.BytesIO(data), 2, 600).state is State.BROKEN


def test_letters_of_offices() -> None:
    found = read(papers.docx("Salam", URDU))
    assert (found.text, found.title, told(found, About.AUTHOR)) == (f"Salam\n\n{URDU}", "A letter", ["Gul"])
    assert read(papers.odt("Salam", RUSSIAN)).text == f"Salam\n\n{RUSSIAN}"
    rtf = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0 Salam \b bold\b0\par \'cf\'f0\u1080?{\*\x hidden}}"
    assert read(rtf).text == "Salam bold\nПри"


@pytest.mark.parametrize(("letter", "said"), [
    (rb"{\rtf1\ansi \uc0\u8220 45 dead\u8221 , he said}", "“45 dead”, he said"),
    (rb"{\rtf1\ansi 1939\endash 1945, don\rquote t\~go}", "1939–1945, don’t\u00a0go"),
    (rb"{\rtf1\ansi \u-10179?\u-8704? {\uc2\u1587??x}\u1587?y}", "😀 سxسy"),
])  # fmt: skip
def test_a_letter_is_read_to_the_letter(letter: bytes, said: str) -> None:
    assert read(letter).text == said


def test_what_was_struck_out_of_a_letter_is_not_read() -> None:
    data = zipped(
        ("word/document.xml", b"""<w:document xmlns:w="w"><w:p><w:r><w:t xml:space="preserve">He is </w:t></w:r>
            <w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:r><w:t>guilty</w:t></w:r></w:p></w:document>"""),
        ("[Content_Types].xml", b"<Types/>"),
    )  # fmt: skip
    assert read(data).text == "He is guilty"


def test_of_two_files_with_one_name_each_is_taken_out() -> None:
    data = zipped(("a.txt", b"first"), ("a.txt", b"the second"))
    assert [part.size for part in read(data).parts] == [5, 10]
    assert [reader.unpack(io.BytesIO(data), place)[1] for place in (0, 1)] == [b"first", b"the second"]


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two with one name
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_archives_of_the_web() -> None:
    found = read(
        papers.warc(("https://a.org/1", f"<html><title>T</title><p>{URDU}".encode()), ("https://a.org/2", b"x"))
    )
    assert (found.text, found.title) == (URDU, "T")
    assert [part.name for part in found.parts] == ["https://a.org/1", "https://a.org/2"]
    assert told(found, About.SOFTWARE) == ["crawler 1"]
    pages = b'{"format": "json-pages-1.0"}\n{"url": "https://a.org/1", "title": "T", "text": "Words of Zurmat"}\n'
    package = b'{"title": "Crawl", "mainPageUrl": "https://a.org/1", "software": "ArchiveWeb.page"}'
    found = read(papers.archive({"datapackage.json": package, "pages/pages.jsonl": pages, "archive/a.warc.gz": b"x"}))
    assert (found.title, found.media_type) == ("Crawl", formats.WACZ)
    assert "Words of Zurmat" in found.text
    assert told(found, About.SAVED_FROM) == ["https://a.org/1"]


def test_without_the_library_a_web_archive_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "warcio.py").write_text("raise ImportError")
    from db.reading import warc
    from db.reading.found import LIMITS

    monkeypatch.setitem(sys.modules, "warcio", None)
    file = tmp_path / "a.warc"
    file.write_bytes(papers.warc())
    assert warc.read(file, LIMITS).state is State.NEEDS_EXTRA


@pytest.mark.parametrize(
    ("data", "length", "pixels", "codec"),
    [
        (papers.mp4(), "0:01:15.0", "1280 × 720", "avc1"),
        (papers.webm(), "0:00:12.5", "640 × 480", "V_VP9"),
        (
            b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 2, 8000, 32000, 4, 16) + b"data" + struct.pack("<I", 64000),
            "0:00:02.0", "", "PCM, 2 × 8000 Hz",
        ),
    ],
)  # fmt: skip
def test_a_video_says_how_long_it_is(data: bytes, length: str, pixels: str, codec: str) -> None:
    found = read(data)
    assert found.state is State.NO_TEXT
    assert told(found, About.DURATION) == [length]
    assert told(found, About.PIXELS) == [pixels] * bool(pixels)
    assert told(found, About.CODEC) == [codec]


def test_a_part_of_an_archive_is_taken_out_by_its_place() -> None:
    data = papers.archive({"a/": b"", "a/b.txt": b"first", "c.txt": b"second"})
    assert reader.unpack(io.BytesIO(data), 1) == (State.READ, b"second")
    assert reader.unpack(io.BytesIO(data), 2) == (State.BROKEN, b"")


# The helper


def test_reading_stops_at_once_when_it_is_told_to() -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        reader.read(io.BytesIO(b"text"), Stop())


CONFINED = "import sys, os; from pathlib import Path; from db.reading.confine import confine; confine(); "


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('/etc/passwd')",
        "open('made', 'w')",
        "os.mkdir('made')",
        "os.remove('/tmp/nothing')",
        "bytearray(700 << 20)",
    ],
)
def test_the_helper_can_do_nothing_but_read(attempt: str, tmp_path: Path) -> None:
    code = f"{CONFINED}\ntry:\n    {attempt}\nexcept (PermissionError, MemoryError):\n    print('refused')"
    root = str(Path(reader.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("refused", "")
    assert list(tmp_path.iterdir()) == []
