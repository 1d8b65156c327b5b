"""Where something came from is noted as text where it is told, and nothing is taken for an address that is none."""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import origins
from db.origins import Origin

PAGE, IMAGE = "https://x.com/ariana/status/1234", "https://pbs.twimg.com/media/Ga1.jpg?format=jpg&name=large"
CHROME = b'<meta http-equiv="content-type" content="text/html; charset=utf-8"><img src="%s" alt="post"/>'
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tolonews.com/a?b=1\r\n"
    b"Subject: =?utf-8?B?2q/Ysdin2LHYtA==?=\r\nDate: Mon, 2 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x"\r\n\r\n------x\r\n'
)
ZONE = b"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://x.com/a\r\nHostUrl=https://pbs.twimg.com/a.jpg\r\n"


@pytest.mark.parametrize(
    ("offered", "found"),
    [
        pytest.param(
            {"chromium/x-source-url": PAGE.encode(), "text/html": CHROME % IMAGE.replace("&", "&amp;").encode()},
            Origin(PAGE, IMAGE),
            id="Chrome on Linux, copied",
        ),
        pytest.param(
            {
                "text/x-moz-url-priv": PAGE.encode("utf-16-le"),
                "text/html": (CHROME % b"/a.png").decode().encode("utf-16"),
            },
            Origin(PAGE, "https://x.com/a.png"),
            id="Firefox, copied, with an address of its own page",
        ),
        pytest.param(
            {
                'application/x-qt-windows-mime;value="HTML Format"': b"Version:0.9\r\nStartHTML:0000000105\r\nSourceURL:"
                + PAGE.encode()
                + b"\r\n<html><body><!--StartFragment-->",
                "text/html": CHROME % b"https://a.example/b.png",
            },
            Origin(PAGE, "https://a.example/b.png"),
            id="Windows, the header of the fragment",
        ),
        pytest.param(
            {"text/x-moz-url": f"{IMAGE}\nA post".encode("utf-16-le"), "text/uri-list": f"{IMAGE}\r\n".encode()},
            Origin("", IMAGE, "A post"),
            id="Firefox, dragged",
        ),
        pytest.param({"text/uri-list": f"# of the page\r\n{IMAGE}\r\n".encode()}, Origin("", IMAGE), id="a list"),
        pytest.param(
            {"text/html": b'<base href="https://a.example/b/"><IMG alt=x src=c.png>'},
            Origin("", "https://a.example/b/c.png"),
            id="with a base",
        ),
        pytest.param({"text/html": b'<img src="data:image/png;base64,AAAA">'}, Origin(), id="the bytes themselves"),
        pytest.param({"text/uri-list": b"file:///etc/passwd\r\n"}, Origin(), id="a file"),
        pytest.param({"text/html": b'<img src="javascript:alert(1)">'}, Origin(), id="a script"),
        pytest.param({"text/plain": PAGE.encode()}, Origin(), id="words"),
        pytest.param({}, Origin(), id="nothing"),
    ],
)
def test_what_a_browser_offers_beside_a_picture(offered: dict[str, bytes], found: Origin) -> None:
    assert origins.of_offer(offered) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://tolonews.com/a?b=1 -->\n",
            ("https://tolonews.com/a?b=1", ""),
        ),
        (
            b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://tolonews.com/a \n--><title>A &amp; b</title>",
            ("https://tolonews.com/a", "A & b"),
        ),
        (MHTML, ("https://tolonews.com/a?b=1", "گرارش")),
        (MHTML.replace(b"https:", b"file:"), ("", "گرارش")),
        (b"<!-- saved from url=(0014)about:internet -->", ("", "")),
        (b"%PDF-1.7 <!-- saved from url=(0026)https://tolonews.com/a -->", ("", "")),
        (b"", ("", "")),
    ],
)
def test_what_a_saved_page_says_in_its_beginning(tmp_path: Path, data: bytes, found: tuple[str, str]) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(data)
    os.utime(file, (1772359200, 1772359200))
    told = origins.of_file(file, data)
    assert (told.page, told.title) == found
    assert told.changed_at == "2026-03-01T10:00:00Z"


def test_what_a_browser_leaves_beside_a_download(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"\xff\xd8\xff")
    try:
        os.setxattr(file, "user.xdg.origin.url", IMAGE.encode())
        os.setxattr(file, "user.xdg.referrer.url", PAGE.encode())
    except (OSError, AttributeError) as error:
        pytest.skip(f"this file system keeps no attributes: {error}")
    found = origins.of_file(file, b"\xff\xd8\xff")
    assert (found.page, found.file) == (PAGE, IMAGE)


def test_the_zone_of_a_download_on_windows_is_read() -> None:
    assert dict(origins._ZONE.findall(ZONE.decode())) == {
        "HostUrl": "https://pbs.twimg.com/a.jpg",
        "ReferrerUrl": "https://x.com/a",
    }


@pytest.mark.parametrize(
    "text",
    [
        "", "x.com", "//x.com/a", "ftp://x.com/a", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,a",
        "https://", "https:///a", "https://x.com/a b", "https://x.com/\n", "https://x.com/\u202egpj.a", "https://[::1",
        "https://amina:secret@x.com/a", "https://x.com/<b>", "https://x.com/" + "a" * 2000, "https://x.com/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_address_is_not_noted(text: str) -> None:
    assert origins.address(text if text != "https://x.com/\n" else "https://x.com/\nb") == ""


@pytest.mark.parametrize("text", [PAGE, IMAGE, "HTTP://X.com", "https://اردو.example/خبر", "http://[2001:db8::1]:80/a"])
def test_what_is_an_address_is_noted_as_it_is(text: str) -> None:
    assert origins.address(f" {text}\r\n") == text


@pytest.mark.parametrize(
    ("offered", "text", "found"),
    [
        ({}, PAGE, Origin(PAGE)),
        ({"text/x-moz-url": f"{PAGE}\nA post".encode("utf-16-le")}, PAGE, Origin(PAGE, "", "A post")),
        ({"text/uri-list": PAGE.encode(), "text/html": b'<img src="https://a.example/b.png">'}, "", Origin(PAGE)),
        ({}, f"He said so: {PAGE}", Origin()),
        ({"text/uri-list": PAGE.encode()}, "He said so", Origin()),
        ({}, "", Origin()),
    ],
)
def test_an_address_alone_is_a_link_and_words_with_one_are_words(
    offered: dict[str, bytes], text: str, found: Origin
) -> None:
    assert origins.link(offered, text) == found


_PARTS = st.sampled_from(
    [
        b"<img src=",
        b'"',
        b"https://a.example/b?c",
        b">",
        b"<base href=",
        b"SourceURL:",
        b"\r\n",
        b"\0",
        b"\xff\xfe",
        b"&amp;",
    ]
)
_JUNK = st.lists(st.one_of(st.binary(max_size=40), _PARTS), max_size=12).map(b"".join)


def _is_fit(told: Origin) -> bool:
    for each in filter(None, (told.page, told.file)):
        assert each.lower().startswith(("http://", "https://"))
        assert each.isprintable()
        assert len(each) <= origins.LONGEST
    return all(c.isprintable() or c in "\u200c\u200d" for c in told.title)


@given(st.dictionaries(st.sampled_from(origins.OFFERED), _JUNK, max_size=4), st.text(max_size=60))
def test_nothing_that_is_offered_breaks_it(offered: dict[str, bytes], text: str) -> None:
    assert _is_fit(origins.of_offer(offered))
    assert _is_fit(origins.link(offered, text))


@given(st.sampled_from([b"", MHTML, b"<html>", b"<!-- saved from url=(0001)"]), _JUNK, st.integers(0, 300))
def test_no_beginning_of_a_file_breaks_it(start: bytes, junk: bytes, at: int) -> None:
    assert _is_fit(origins.of_file(Path("nowhere"), start[:at] + junk + start[at:]))


@given(st.text(string.printable + "\u202e\u200d\ud800پ", max_size=60))
def test_an_address_comes_out_as_it_is_or_not_at_all(text: str) -> None:
    assert origins.address(f"https://a.example/{text}") in (
        "",
        f"https://a.example/{text.strip()}",
        "https://a.example/" + text.rstrip(),
    )
