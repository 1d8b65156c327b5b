"""A copy can be written anywhere, whatever its attachment is called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.names import safe_name

HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("..\\..\\Windows\\win.ini", "win.ini"),
    ("/etc/shadow", "shadow"),
    ("C:\\autoexec.bat", "autoexec.bat"),
    ("..", "attachment"),
    (".", "attachment"),
    ("", "attachment"),
    ("   ", "attachment"),
    ("...hidden", "hidden"),
    (".bashrc", "bashrc"),
    ("-rf", "rf"),
    ("~root", "root"),
    ("CON", "_CON"),
    ("nul.txt", "_nul.txt"),
    ("com1.png", "_com1.png"),
    ("LPT9 .pdf", "_LPT9.pdf"),
    ("COM¹.txt", "_COM¹.txt"),
    ("CONIN$", "_CONIN$"),
    ("console.txt", "console.txt"),
    ("name. . .", "name"),
    ("evil\u202egnp.exe", "evilgnp.exe"),
    ("a\u2066b\u2069c\u200e.png", "abc.png"),
    ("line\nbreak\r\ttab.png", "linebreaktab.png"),
    ("nul\0byte.png", "nulbyte.png"),
    ("file.txt:stream", "file.txt_stream"),
    ('a<b>c"d|e?f*g.png', "a_b_c_d_e_f_g.png"),
    ("half\ud800.png", "half.png"),
    ("folder/", "folder"),
    ("می‌خواهم.png", "می‌خواهم.png"),
    ("👩‍⚕️ post.png", "👩‍⚕️ post.png"),
]


@pytest.mark.parametrize(("name", "safe"), HOSTILE)
def test_hostile_names_become_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending_and_whole_characters() -> None:
    safe = safe_name("عکس" * 200 + ".png")
    assert safe.startswith("عکسعکس")
    assert safe.endswith(".png")
    assert len(safe.encode()) <= 180
    safe.encode().decode("utf-8")


@given(st.text(max_size=300))
def test_any_name_is_one_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert safe not in ("", ".", "..")
    assert safe[-1] not in " ."
    assert len(safe.encode()) <= 190
    assert not set('<>:"/\\|?*') & set(safe)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in BIDI for c in safe)
    assert safe_name(safe) == safe
    os.fsencode(safe)


BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
