"""What stands in the PDF is what was typed, for those who read, search and copy it."""

from __future__ import annotations

import re
import unicodedata

import pytest

from desktop.dossier.text.compose import Span, Style
from desktop.dossier.text.controls import isolate
from desktop.dossier.text.paragraph import Text

ONE_DIRECTION = [
    "English: The claim is false.",
    "یہ دعویٰ جھوٹا ہے",
    "دا ادعا ناسمه ده",
    "این ادعا نادرست است",
    "هذا الادعاء كاذب تماماً لا إلى",
    "Это утверждение ложно.",
    "Бу даъво ёлғон. / Bu daʼvo yolgʻon. Ўзбекистон Қ Ғ Ҳ",
    "यह दावा झूठा है, क्षत्रिय प्रक्रिया",
    "विश्वविद्यालय के प्रधानमंत्री ने कहा कि",
    "د پښتو ژبې ځانګړي توري ټ ډ ړ ږ ښ ګ ڼ ې ۍ ئ ځ څ",
    "می‌گوید که پول پرداخت شد",
    "یہ دعویٰ کہ ویڈیو جھوٹا ہے کیونکہ تحقیق سے معلوم ہوا کہ پرانی ویڈیو ہے جسے دوبارہ گردش میں لایا گیا ہے اور اس کا موجودہ واقعے سے کوئی تعلق نہیں ہے۔",
    "🔎 Fact Check 🟠 Claim: ✅ Reality: ▪ item",
    "ZWJ 👨‍👩‍👧‍👦 flags 🇦🇫🇵🇰🇺🇿 skin 👍🏽 arrows → ⇒ ☑ ✗ ■ ● math ≤ ≠ ①",
    '<b>x</b> & <img src="/etc/passwd"> &amp; <para>',
    "combining: e\u0301 и\u0306 a\u0308\u0323 fi ffi",
]
# poppler reads these whole; pdfium mirrors brackets once more and turns Latin phrases round.
MIXED = [
    "یہ ویڈیو 2023 کی ہے، (بی بی سی) نے 15 مئی کو شائع کی۔",
    "یہ ویڈیو کی ہے، (BBC News) نے مئی کو شائع کی اور پھر ہٹا دی گئی۔",
    "می‌گوید که «پول ۱٬۲۳۴ دالر» در ۱۴۰۲/۰۲/۱۵ پرداخت شد.",
    f"السعر 12.50 دولار (+15%) في {isolate('2024-05-15')}؛ هاتف: \u200e+93 70 123 4567.",
    "🔎 دعویٰ: 🟠 ویڈیو جعلی ہے ✅ حقیقت: ❌ نہیں ⚠️ 🇦🇫🇵🇰",
    'قال "نعم" [1] و{ب} في ذلك اليوم',
    "Claim / دعویٰ",
]


def plain(text: str) -> str:
    text = re.sub("[\u200e\u200f\u2066-\u2069\ufe0f]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", text).strip()


def test_every_language_is_read_in_its_logical_order(fonts, make_pdf, poppler, pdfium):
    path = make_pdf([Text(line, fonts, Style(size=9)) for line in ONE_DIRECTION], pages=True)
    expected = [plain(line) for line in ONE_DIRECTION]
    assert poppler(path) == expected
    assert pdfium(path) == expected


def test_mixed_directions_digits_and_brackets_are_read_in_logical_order(fonts, make_pdf, poppler, pdfium):
    path = make_pdf([Text(line, fonts, Style(size=9)) for line in MIXED], pages=True)
    assert poppler(path) == [plain(line) for line in MIXED]
    for line, read in zip(MIXED, pdfium(path), strict=True):
        words = re.findall(r"[^\W\d_]{2,}", plain(line))
        assert [word for word in words if word not in read] == []


def test_markup_and_paths_in_a_text_are_only_text(fonts, make_pdf):
    text = '<a href="https://evil.example">x</a><img src="/etc/passwd"/> https://plain.example javascript:alert(1)'
    links = [Span("a", link="javascript:alert(1)"), Span("b", link="file:///etc/passwd"), Span("c", link="/x")]
    content = make_pdf([Text(text, fonts), Text(links, fonts)]).read_bytes()
    assert b"/URI" not in content
    assert b"/Subtype /Image" not in content
    assert b"/Launch" not in content


def test_a_link_leads_to_its_web_address(fonts, make_pdf):
    link = "https://example.org/کراچی?a=b c"
    content = make_pdf([Text([Span("see "), Span("here", link=link), Span(".")], fonts)]).read_bytes()
    assert b"/URI (https://example.org/%DA%A9%D8%B1%D8%A7%DA%86%DB%8C?a=b%20c)" in content
    assert content.count(b"/Subtype /Link") == 1


def test_an_override_does_not_leak_into_the_next_span_or_line(fonts, make_pdf, poppler):
    spans = [Span("\u202eab"), Span(" next\u2069\u202c\u2067"), Span(" span\nline")]
    assert poppler(make_pdf([Text(spans, fonts)])) == ["ba next span line"]


@pytest.mark.parametrize(("typed", "printed"), [("a\x07b\x1b\x0b", "a⟨U+0007⟩b⟨U+001B⟩⟨U+000B⟩"), ("a\tb", "a b")])
def test_control_characters_are_printed_as_their_number(fonts, make_pdf, poppler, typed, printed):
    assert poppler(make_pdf([Text(typed, fonts)])) == [printed]


def test_line_ends_of_every_system_begin_a_line(fonts):
    text = Text("a\nb\r\nc\rd\u2028e\u2029f\x85g", fonts)
    one = Text("a", fonts).wrap(400, 700)[1]
    assert text.wrap(400, 700)[1] == pytest.approx(7 * one)
