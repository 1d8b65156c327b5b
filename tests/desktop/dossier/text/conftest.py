from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate

from desktop.dossier.text.fonts import FontSet

_STEERING = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]")


@pytest.fixture
def fonts() -> FontSet:
    return FontSet()


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """A PDF of a story; with `pages` each flowable stands on a page of its own."""

    def make(story: Sequence[Flowable], *, pages: bool = False) -> Path:
        flowables = [f for flowable in story for f in ((flowable, PageBreak()) if pages else (flowable,))]
        content = io.BytesIO()
        SimpleDocTemplate(content, invariant=1).build(flowables)
        path = tmp_path / "text.pdf"
        path.write_bytes(content.getvalue())
        return path

    return make


def plain(text: str) -> str:
    """What a person sees of a text: no direction signs, no variants, one space for many."""
    return re.sub(r"\s+", " ", _STEERING.sub("", unicodedata.normalize("NFKC", text))).strip()


@pytest.fixture
def poppler() -> Callable[[Path], list[str]]:
    """The text of each page as poppler reads it."""

    def read(path: Path) -> list[str]:
        run = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        return [plain(page) for page in run.stdout.decode().split("\f")][:-1]

    return read


@pytest.fixture
def pdfium() -> Callable[[Path], list[str]]:
    """The text of each page as pdfium (Chrome, Edge, QtPdf) reads it."""

    def read(path: Path) -> list[str]:
        document = pypdfium2.PdfDocument(path)
        try:
            return [plain(page.get_textpage().get_text_range()) for page in document]
        finally:
            document.close()

    return read
