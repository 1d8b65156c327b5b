"""A large casebook for measuring, made through the public functions: the same cases for the same number."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from db import actors, cases, citations, notes, sources, timeline, verdicts
from db.actors import ActorDraft
from db.casebook import Casebook
from db.cases import CaseDraft
from db.change import Change
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.verdicts import VerdictDraft
from db.vocabulary import Op, Priority, Role, SourceKind, Stance, Status

TOGETHER = 1000  # cases in one save
_POOL = 500  # sources and actors that cases share
_ANALYSTS = ("Amina", "Bilal", "Чарос", "زرغونه", "Dilshod", "")
_TAGS = ("health", "border", "election", "flood", "video", "old picture", "نقل قول", "вакцина")
_RATINGS = ("False", "Mostly false", "Half true", "True", "Unproven", "Misleading context", "Satire")
_WORDS = (
    (
        "minister ambassador border crossing hospital vaccine flood school market bridge video picture soldiers "
        "refugees election ballot letter statement rumor arrested resigned killed closed opened denied confirmed "
        "yesterday morning province district capital official spokesman report footage old new false claim shows "
        "thousands dozens hundreds water power bread price fuel road airport train"
    ),
    (
        "وزیر سرحد ہسپتال ویکسین سیلاب اسکول بازار پل ویڈیو تصویر فوجی مہاجر انتخاب خط بیان افواہ گرفتار استعفیٰ "
        "ہلاک بند کھلا تردید تصدیق صوبہ ضلع دارالحکومت ترجمان رپورٹ پرانی نئی جھوٹا دعویٰ ہزاروں درجنوں پانی بجلی روٹی قیمت"
    ),
    (
        "министр граница больница вакцина наводнение школа рынок мост видео снимок солдаты беженцы выборы письмо "
        "заявление слух арестован отставка убит закрыт открыт опроверг подтвердил вчера утром область район столица"
    ),
    (
        "وزیر پوله روغتون واکسین سېلاب ښوونځی بازار پل ویډیو انځور سرتېري کډوال ټاکنې لیک اوازه ونیول شو استعفا "
        "ووژل شو بند پرانیستل رد تایید ولایت ولسوالۍ پلازمېنه ویاند راپور زوړ نوی دروغ ادعا اوبه برېښنا ډوډۍ بیه"
    ),
)
_VOCABULARY = 4000


def _vocabulary(words: str) -> tuple[str, ...]:
    """The known words, and then as many made of halves of them as a language in use has."""
    dice, known = Random(0), words.split()
    halves = [half for word in known for half in (word[: len(word) // 2 + 1], word[len(word) // 2 :])]
    made = dict.fromkeys(known)
    while len(made) < _VOCABULARY:
        made["".join(dice.choices(halves, k=dice.choice((2, 2, 3))))] = None
    return tuple(made)


_VOCABULARIES = tuple(map(_vocabulary, _WORDS))
_OFTEN = tuple(accumulate(1 / (rank + 3) for rank in range(_VOCABULARY)))  # Zipf's law, as in any language
_LANGUAGES = ("en", "ur", "ru", "ps")
_SHARES = (55, 20, 15, 10)


def build(path: Path, number: int) -> None:
    """Make a casebook of that many cases."""
    dice = Random(number)
    with Casebook.create(path, "Bench desk", "BEN", "Amina") as book:
        with book.change(Op.ADD_SOURCE) as change:
            works = [sources.add(change, _source(dice)) for _ in range(_POOL)]
            people = [actors.add(change, ActorDraft(sentence(dice, 2).title())) for _ in range(_POOL)]
        for start in range(0, number, TOGETHER):
            with book.change(Op.ADD_CASE) as change:
                for _ in range(start, min(start + TOGETHER, number)):
                    _case(change, dice, works, people)


def _case(change: Change, dice: Random, works: Sequence[str], people: Sequence[str]) -> None:
    """One case: a claim with its claimant, and as often as desks have them tags, sources, an appearance, a verdict."""
    language = dice.choices(range(len(_WORDS)), _SHARES)[0]
    claim = ClaimDraft(
        sentence(dice, dice.randint(12, 30), language),
        language=_LANGUAGES[language],
        translation=sentence(dice, 14) if language else "",
        claimant_id=dice.choice(people),
    )
    draft = CaseDraft(
        title=sentence(dice, dice.randint(4, 9), language) if dice.random() < 0.7 else "",
        status=dice.choice(tuple(Status)),
        priority=dice.choice(tuple(Priority)),
        assignee=dice.choice(_ANALYSTS),
        due=f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}" if dice.random() < 0.3 else "",
    )
    case_id = cases.add(change, draft, claim)
    if dice.random() < 0.4:
        notes.tag(change, case_id, dice.choice(_TAGS))
    if dice.random() < 0.5:
        quotation = CitationDraft(dice.choice(tuple(Stance)), quotation=sentence(dice, 20, language))
        citations.cite(change, case_id, dice.choice(works), quotation)
    if dice.random() < 0.3:
        timeline.add(change, case_id, AppearanceDraft(dice.choice(people), Role.ORIGIN, seen_on="2026-05-04"))
    if dice.random() < 0.6:
        verdicts.give(change, case_id, VerdictDraft(dice.choice(_RATINGS), sentence(dice, 15)))


def _source(dice: Random) -> SourceDraft:
    return SourceDraft(
        sentence(dice, 6).capitalize(), dice.choice(tuple(SourceKind)), "https://example.org/" + sentence(dice, 1)
    )


def sentence(dice: Random, words: int, language: int = 0) -> str:
    """Words as often as a language in use has them."""
    return " ".join(dice.choices(_VOCABULARIES[language], cum_weights=_OFTEN, k=words))


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
