"""Dossier text in pages per second, against stock reportlab paragraphs of the same text.

Stock paragraphs print Urdu letters unjoined and in reversed order: the comparison is with the work
of breaking and showing lines alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from time import perf_counter

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from desktop.assets import fonts_folder
from desktop.dossier.text.compose import Style
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.paragraph import Text

PARAGRAPHS = 160
ROUNDS = 5
LATIN = (
    "The recording that was shared on the twelfth of March does not show what its caption says: the "
    "street, the signs and the uniforms belong to another town and another year, and the first known "
    "upload (2019) already names both. Two witnesses whom the desk reached by telephone describe the "
    "same scene; a third, who asked not to be named, recalls it differently, and nobody could give us "
    "the original file. "
)
URDU = (
    "یہ دعویٰ کہ ویڈیو 2023 میں بنائی گئی تھی جھوٹا ہے کیونکہ تحقیق سے معلوم ہوا کہ یہ 2019 کی پرانی ویڈیو ہے جسے "
    "دوبارہ گردش میں لایا گیا ہے اور اس کا موجودہ واقعے سے کوئی تعلق نہیں ہے۔ دو گواہوں نے، جن سے ہم نے فون پر بات "
    "کی، یہی منظر بیان کیا؛ تیسرے نے نام ظاہر نہ کرنے کی شرط پر اسے مختلف انداز میں یاد کیا۔ "
)


def main() -> None:
    """Print pages per second for both engines and their ratio."""
    pdfmetrics.registerFont(TTFont("bench-latin", str(fonts_folder() / "NotoSans_400Regular.ttf")))
    pdfmetrics.registerFont(TTFont("bench-urdu", str(fonts_folder() / "Vazirmatn_400Regular.ttf")))
    for name, text, font in (("Latin", LATIN, "bench-latin"), ("Urdu", URDU, "bench-urdu")):
        texts = [f"{number} {text * 3}" for number in range(PARAGRAPHS)]
        ours = stock = 0.0
        for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
            ours = max(ours, pages_per_second(lambda t=texts: _ours(t)))
            stock = max(stock, pages_per_second(lambda t=texts, f=font: _stock(t, f)))
        print(f"dense {name}: ours {ours:.0f}, stock {stock:.0f} pages/s, ratio {ours / stock:.2f}")


def pages_per_second(story: Callable[[], list[Flowable]]) -> float:
    """How fast a story becomes a PDF, its making included."""
    start = perf_counter()
    document = SimpleDocTemplate(io.BytesIO(), invariant=1)
    document.build(story())
    return document.page / (perf_counter() - start)


def _ours(texts: list[str]) -> list[Flowable]:
    fonts = FontSet()
    return [Text(text, fonts, Style(size=10, leading=1.4)) for text in texts]


def _stock(texts: list[str], font: str) -> list[Flowable]:
    style = ParagraphStyle("bench", fontName=font, fontSize=10, leading=14)
    return [Paragraph(text, style) for text in texts]


if __name__ == "__main__":
    main()
