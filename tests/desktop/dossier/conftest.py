from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.casebook import Casebook
from tests import makers

_STEERING = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path, clock=makers.Clock()) as made:
        yield made


def run(*command: str | Path) -> str:
    done = subprocess.run([str(each) for each in command], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def seen(text: str) -> str:
    """What a person sees of a text: no direction signs, no variants, no spaces."""
    return re.sub(r"\s+", "", _STEERING.sub("", unicodedata.normalize("NFKC", text)))


def pages(pdf: Path) -> list[str]:
    """The text of each page as poppler reads it."""
    return run("pdftotext", pdf, "-").split("\f")[:-1]


def objects(pdf: Path) -> str:
    """Everything in the file but compressed, for looking into."""
    return subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True
    ).stdout.decode("latin-1")
