"""A program that stands in for Tesseract: a real process that is asked and answers as Tesseract does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from db.pictures import ocr

_PROGRAM = """#!{python} -S
import os, sys, time
words, mode = sys.argv[1:], os.environ.get("STAND_IN", "")
if "--version" in words:
    print("tesseract 5.9.1\\n stand-in-1.0")
elif "--list-langs" in words:
    print('List of available languages in "/nowhere/" (4):\\n' + "\\n".join({languages!r}))
elif mode == "slow":
    open("begun", "w").close()
    time.sleep(60)
elif mode == "flood":
    while True:
        sys.stdout.write("word " * 100000)
elif mode == "broken":
    sys.exit(1)
elif mode == "wordless":
    print("  ")
else:
    head = open(words[0], "rb").read(24)
    assert head.startswith(b"\\x89PNG") and words[1] == "stdout", words
    wide = int.from_bytes(head[16:20], "big")
    said = {{"urd": "سرحد بند نہیں ہے", "rus": "граница не закрыта"}}
    print(f"A picture {{wide}} pixels wide", *(said.get(each, "") for each in words[words.index("-l") + 1].split("+")))
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, *languages: str) -> None:
    """Put the program where programs are looked for; no other Tesseract is found then."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    program.write_text(_PROGRAM.format(python=sys.executable, languages=languages), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)


def remove(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any Tesseract."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(ocr, "_PROGRAMS", ("tesseract",))
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
