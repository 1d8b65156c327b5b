"""Whole dossiers in pages per second, against stock reportlab paragraphs that hold the same text.

The stock side has no case page, tables, links, outline or page numbers, and its Urdu stands unjoined and in the
wrong order: the comparison is with the least that reportlab can do for the same words.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from db import cases, citations, claims, sources, verdicts
from db.casebook import Casebook
from db.vocabulary import Op, Stance
from desktop.assets import fonts_folder
from desktop.dossier.build import write
from desktop.dossier.content import gather, strings
from tests.benchmarks.pdf_text import LATIN, URDU

CITATIONS = 150
ROUNDS = 3


def main() -> None:
    """Print pages per second for a plain English case and for an Urdu one."""
    faces = {"English": ("NotoSans", LATIN), "Urdu": ("Vazirmatn", URDU)}
    for language, (face, text) in faces.items():
        pdfmetrics.registerFont(TTFont(f"stock-{face}", str(fonts_folder() / f"{face}_400Regular.ttf")))
        with TemporaryDirectory(prefix="claimdesk-bench-") as name:
            _measure(Path(name), language, f"stock-{face}", text)


def _measure(folder: Path, language: str, font: str, text: str) -> None:
    with Casebook.create(folder / "bench.casebook", "Desk", "DSK", "Analyst") as book:
        case_id = _case(book, text)
        runs = [(_ours(book, case_id, folder / "dossier.pdf"), _stock(book, case_id, font)) for _ in range(ROUNDS)]
    ours, stock = (min(run, key=lambda each: each.seconds) for run in zip(*runs, strict=True))
    print(f"dossier, {language}: ours {ours}, stock paragraphs {stock}, ratio {ours.speed / stock.speed:.2f}")


@dataclass(frozen=True, slots=True)
class _Run:
    pages: int
    seconds: float

    @property
    def speed(self) -> float:
        return self.pages / self.seconds

    def __str__(self) -> str:
        return f"{self.speed:.0f} pages/s ({self.pages} in {self.seconds:.2f} s)"


def _case(book: Casebook, text: str) -> str:
    with book.change(Op.ADD_CASE) as change:
        case_id = cases.add(change, cases.CaseDraft("A case"), claims.ClaimDraft(text[:300]))
        for number in range(CITATIONS):
            source_id = sources.add(change, sources.SourceDraft(f"{number} {text[:60]}", author=text[:20]))
            draft = citations.CitationDraft(list(Stance)[number % 4], quotation=text * 2, note=text[:200])
            citations.cite(change, case_id, source_id, draft)
    with book.change(Op.GIVE_VERDICT) as change:
        verdicts.give(change, case_id, verdicts.VerdictDraft("Unproven", text))
    return case_id


def _ours(book: Casebook, case_id: str, out: Path) -> _Run:
    begin = perf_counter()
    write(book, [case_id], out)
    taken = perf_counter() - begin
    return _Run(len(re.findall(rb"/Type /Page\b", out.read_bytes())), taken)


def _stock(book: Casebook, case_id: str, font: str) -> _Run:
    style = ParagraphStyle("stock", fontName=font, fontSize=9.6, leading=14.4)
    words = [text for text in strings(gather(book, [case_id])) if " " in text]
    begin = perf_counter()
    document = SimpleDocTemplate(io.BytesIO(), pagesize=A4, invariant=1)
    document.build([Paragraph(text, style) for text in words])
    return _Run(document.page, perf_counter() - begin)


if __name__ == "__main__":
    main()
