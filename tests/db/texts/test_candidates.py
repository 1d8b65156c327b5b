"""What a text offers: numbers, dates, quotations and reported speech, each where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts import candidates
from db.texts.candidates import CandidateKind

_ARTICLE = (
    "Since June 2025, approximately 172 TTP formations, totaling around 4,000 fighters, infiltrated Khyber Pakhtunkhwa, "
    "marking 36% and 48% increases, while 83 formations, about 1,200 militants, crossed the 2,640 km border. "
    "The chief reportedly resides in Kabul on a stipend of USD 43,000. Following strikes on 7 May, he issued voice notes.\n"
    "Deputy Minister Najib admitted that the talks collapsed, proposing instead to “relocate” them as “good people.” "
    "Analysts note that U.S. officials hedge. In 2024, Pakistan arrested 48 ISKP operatives."
)


def _found(text: str, kind: CandidateKind) -> list[str]:
    return [text[each.start : each.stop] for each in candidates.find(text) if each.kind is kind]


def test_the_numbers_of_an_article_with_what_they_count() -> None:
    assert _found(_ARTICLE, CandidateKind.NUMBER) == [
        "approximately 172 TTP formations", "around 4,000 fighters", "36%", "48%", "83 formations", "about 1,200 militants",
        "2,640 km", "USD 43,000", "48 ISKP operatives",
    ]  # fmt: skip


def test_the_dates_of_an_article() -> None:
    assert _found(_ARTICLE, CandidateKind.DATE) == ["Since June 2025", "7 May", "2024"]


def test_quotations_are_the_words_between_the_marks() -> None:
    assert _found(_ARTICLE, CandidateKind.QUOTATION) == ["relocate", "good people."]
    text = '«یک نقل»، „zwei“ and ‘don’t stop’, a "straight" one, “with ‘another’ in it”; o‘zbek so‘zi, the Taliban’s 5" gun'
    assert _found(text, CandidateKind.QUOTATION) == [
        "یک نقل", "zwei", "don’t stop", "straight", "with ‘another’ in it",
    ]  # fmt: skip


def test_speech_is_the_sentence_that_tells_of_it() -> None:
    first, second = _found(_ARTICLE, CandidateKind.SPEECH)
    assert first.startswith("Deputy Minister Najib admitted")
    assert first.endswith("“good people.”")
    assert second == "Analysts note that U.S. officials hedge."


@pytest.mark.parametrize(
    "said",
    [
        "وزیر نے کہا کہ یہ جھوٹ ہے۔", "او گفت که دروغ است.", "هغه وویل چې دا دروغ دي.", "وقال المتحدث إن الخبر كاذب.",
        "صرّح الوزير بأن الخبر كاذب.", "Он заявил, что это ложь.", "Vazir buni yolg‘on dedi.", "Вазир таъкидлади.",
        "मंत्री ने कहा कि यह झूठ है।", "ترجمان نے الزام عائد کیا کہ یہ جھوٹ ہے۔",
    ],
)  # fmt: skip
def test_speech_in_other_languages(said: str) -> None:
    assert _found(f"1. {said} .\nX", CandidateKind.SPEECH) == [said]


@pytest.mark.parametrize(
    "number",
    [
        "تقریباً ۴٬۰۰۰ جنگجو", "15 ہزار روپے", "۴۸٪", "36 فیصد", "3 لاکھ", "2 کروڑ", "१२ हजार सैनिक", "48 प्रतिशत",
        "15 тысяч боевиков", "43 000 долларов", "5,5 млн", "4000 jangari", "48 foiz", "٢٬٦٤٠ كيلومتر", "$43,000", "2 crore",
        "12 per cent", "Rs. 500", "58–60 camps",
    ],
)  # fmt: skip
def test_numbers_in_other_scripts(number: str) -> None:
    assert _found(f"({number})", CandidateKind.NUMBER) == [number]


@pytest.mark.parametrize(
    "text", ["Article 5 says", "section 3 of the act", "8:15 PM", "chapter 12.", "TTP-172 x", "5 March units"]
)
def test_what_is_no_amount(text: str) -> None:
    assert _found(text, CandidateKind.NUMBER) == []


_PIECES = (
    st.text()
    | st.sampled_from(["5 ", "March", " 2025", "“", "”", "‘", "’", "«", "»", '"', ". ", "\n", " said ", "%", " km", "USD ", "۱۷", " هزار", "ـ"])
)  # fmt: skip


@given(st.lists(_PIECES).map("".join))
def test_any_text_has_its_candidates_within_it_and_in_order(text: str) -> None:
    found = candidates.find(text)
    assert list(found) == sorted(found, key=lambda each: (each.start, each.stop))
    for kind in CandidateKind:
        stop = 0
        for each in (each for each in found if each.kind is kind):
            assert stop <= each.start < each.stop <= len(text)
            assert text[each.start : each.stop].strip()
            stop = each.stop


@pytest.mark.parametrize(
    "piece", [_ARTICLE, "1 234 ", "“", "‘a’", "\n", ".", " ", "5 May ", "said ", "1.2", "2025-", "5-", "»“", "...) "]
)
def test_a_long_text_of_any_sort_does_not_hang(piece: str) -> None:
    text = (piece * (200_000 // len(piece) + 1))[:200_000]
    assert all(each.stop <= len(text) for each in candidates.find(text))
