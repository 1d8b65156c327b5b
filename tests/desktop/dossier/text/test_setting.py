"""How texts are set: lines, pages, ellipsis, fonts, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from desktop.dossier.text.compose import Span, Style
from desktop.dossier.text.draw import draw_line, width
from desktop.dossier.text.embed import EmbeddedFont
from desktop.dossier.text.fonts import FontSet, MissingCharacters
from desktop.dossier.text.paragraph import Text

SHOW = "Claim / دعویٰ 2023 (BBC) 🟠 👨‍👩‍👧‍👦 यह दावा Бу даъво → ≤ ⟨x⟩"
LETTERS = (
    "abzÉñ ўқғҳЁя یہدعویٰجھوٹاپښټډګ‌هيةأًُّ؟،۔« »۱۲٣ यहक्षिर्त्रंँ ()[]{}<>-–—/?&=.,:;%+#*'\"…•→≤✓★☎❤⚠ "
    "🟠👍🏽👨‍👩‍👧🇦🇫🇵🇰1️⃣️︎\u200d\u200e\u200f\u202e\u2066\u2067\u2069\u200b\u00ad\u00a0\t\n\x07"
)
UNKNOWN = "\u4e2d\U0001faff\ue000"


def build(*contents: str) -> bytes:
    fonts = FontSet(print_codes=True)
    content = io.BytesIO()
    SimpleDocTemplate(content, invariant=1).build([Text(text, fonts) for text in contents])
    return content.getvalue()


def lines_of(text: Text, room: float) -> list[str]:
    text.wrap(room, 10_000)
    return ["".join(cell.piece.text for cell in line.cells) for line in text._lines]


@given(st.text(st.sampled_from(LETTERS) | st.sampled_from(UNKNOWN), max_size=60), st.floats(1, 300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_is_printed_without_an_empty_box(text, room, bold):
    fonts = FontSet(print_codes=True)
    flowable = Text([Span(text, bold=bold)], fonts)
    flowable.wrap(room, 10_000)
    canvas = Canvas(io.BytesIO(), invariant=1)
    flowable.drawOn(canvas, 0, 0)
    for font in fonts.embedding(canvas)._fonts.values():
        assert all(glyph for glyph, _ in font._codes)
    assert all(glyph for line in flowable._lines for cell in line.cells for glyph in cell.piece.glyphs)
    canvas.save()


def test_missing_characters_are_named_and_stop_the_text(fonts):
    assert fonts.missing(SHOW) == ()
    assert fonts.missing("a\u4e2d\ue000b\u4e2d\u202e") == ("U+4E2D CJK UNIFIED IDEOGRAPH-4E2D", "U+E000")
    with pytest.raises(MissingCharacters, match=r"U\+4E2D"):
        Text("a\u4e2d", fonts)


def test_missing_characters_are_printed_as_numbers_by_choice(make_pdf, poppler):
    text = Text("a\u4e2db", FontSet(print_codes=True))
    assert poppler(make_pdf([text])) == ["a⟨U+4E2D⟩b"]


def test_a_long_address_is_broken_at_sensible_places(fonts):
    url = "https://example.org/very/long/path/article-name.html?utm_source=whatsapp_forwarded_many_times&id=123456789"
    lines = lines_of(Text(url, fonts), 150)
    assert "".join(lines) == url
    assert len(lines) > 3
    assert all(line[-1] in "/-?&=_." for line in lines[:-1])


@pytest.mark.parametrize("letters", ["abcdefghij", "ابپتٹجچحخدڈرزسشصطعفقکگلمنہی", "कखगघिीक्ष"])
def test_a_word_of_a_megabyte_is_laid_out_whole(fonts, letters):
    dice = random.Random(1)
    count = 1_000_000 // len(letters[0].encode())
    word = "".join(dice.choices(letters, k=count))
    text = Text(word, fonts)
    assert "".join(lines_of(text, 450)) == word
    assert all(line.cells[-1].width <= 450 for line in text._lines)


def test_a_text_over_pages_loses_no_word(fonts, make_pdf, poppler):
    words = [f"w{number}" for number in range(3000)]
    urdu = [f"لفظ{number}" for number in range(800)]
    pages = poppler(make_pdf([Text("قبل\n" + " ".join(words), fonts), Text(" ".join(urdu), fonts)]))
    assert len(pages) > 2
    read = " ".join(pages).split()
    assert [word for word in read if word.startswith("w")] == words
    assert sum(word.startswith("لفظ") for word in read) == len(urdu)


def test_the_rest_of_a_text_is_broken_anew_for_another_width(fonts):
    text = Text("one two three four five six seven eight nine ten\nend", fonts)
    height = text.wrap(60, 1000)[1] / len(text._lines)
    first, rest = text.split(60, height * 3)
    assert isinstance(first, Text)
    assert isinstance(rest, Text)
    assert "".join(lines_of(first, 60) + lines_of(rest, 500)) == "one two three four five six seven eight nine tenend"
    assert lines_of(rest, 500)[-1] == "end"
    assert len(lines_of(rest, 500)) == 2


@pytest.mark.parametrize("text", ["many words " * 20, "بہت سے الفاظ " * 20, "x" * 500, "🟠" * 80])
def test_a_text_that_is_too_long_ends_in_an_ellipsis(fonts, text):
    flowable = Text(text, fonts, Style(max_lines=2))
    lines = lines_of(flowable, 150)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(sum(cell.width for cell in line.visible()) <= 150.01 for line in flowable._lines)


def test_a_line_is_drawn_within_its_width(make_pdf, poppler, fonts, tmp_path):
    canvas = Canvas(str(tmp_path / "text.pdf"), invariant=1)
    draw_line(canvas, fonts, 72, 800, "first\nsecond", width=200)
    draw_line(canvas, fonts, 72, 700, "long words " * 30, Style(align="center"), width=100)
    canvas.save()
    read = poppler(tmp_path / "text.pdf")[0]
    assert read.startswith("first second")
    assert read.endswith("...")  # the sign … after NFKC
    assert width("aa", fonts) == pytest.approx(2 * width("a", fonts))


def test_right_to_left_lines_start_at_the_right(fonts, make_pdf):
    path = make_pdf([Text("یہ دعویٰ\n2023\nlatin", fonts)])
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode()
    rights = [float(part.split('"')[0]) for part in boxes.split('xMax="')[1:]]
    assert max(rights) == pytest.approx(595.28 - 72 - 6, abs=1)
    assert rights[-2] == pytest.approx(max(rights), abs=1)  # digits alone follow the text
    assert rights[-1] < 150


def test_a_text_stands_in_a_table(fonts, make_pdf, poppler):
    table = Table([[Text("Claim", fonts), Text("یہ دعویٰ", fonts)]], colWidths=[100, 200])
    assert {"Claim", "یہ", "دعویٰ"} <= set(poppler(make_pdf([table]))[0].split())


def test_the_same_text_gives_the_same_bytes():
    alone = build(SHOW)
    build("something else before", "बाद")
    assert build(SHOW) == alone
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(build, [SHOW] * 4)) == {alone}


def test_another_process_gives_the_same_bytes(tmp_path):
    script = tmp_path / "again.py"
    script.write_text(
        "import hashlib, sys\n"
        f"sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}\n"
        "from test_setting import SHOW, build\n"
        "print(hashlib.sha256(build(SHOW)).hexdigest())\n"
    )
    again = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, text=True)
    assert again.stdout.strip() == hashlib.sha256(build(SHOW)).hexdigest()


def test_more_texts_than_codes_do_not_overflow_a_font(fonts):
    font = EmbeddedFont(fonts.base, "F1")
    codes = {font.code(5, str(number)) for number in range(70_000)}
    assert len(codes) < 65_536
    assert all(len(code) == 4 for code in codes)
