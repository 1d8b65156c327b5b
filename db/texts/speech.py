"""Speech in running text: passages in quotation marks, and sentences that tell what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from db.texts import sentences

_MARK = re.compile('[“”„«»‘’"]|\n[^\\S\n]*\n')
_CLOSES: Mapping[str, str] = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'}
_LONGEST, _LONGEST_SINGLE = 3_000, 400

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u064b-\u0670]|[’ʼʻ‘'](?=[^\W\d_]))*")

_TOLD = """
    said says told tells claimed described admitted asserted accused denied denies declared stated
    announced insisted insists warned argued tweeted wrote testified acknowledged dismissed rejected
    emphasized emphasised stressed clarified confirmed characterized characterised blamed condemned کہا
    کہنا کہتے بتایا کہہ فرمایا دعویٰ_کیا دعوی_کیا الزام_لگایا الزام_عائد اعتراف_کیا تردید_کی تسلیم_کیا
    اعلان_کیا گفت گفته گفتند می‌گوید افزود ادعا_کرد اعلام_کرد تأکید_کرد تاکید_کرد متهم_کرد خبر_داد رد_کرد
    اظهار_داشت وویل ویلي وايي ویلی وویلي ادعا_کړې ادعا_وکړه تور_پورې ومنله اعلان_وکړ قال قالت قالوا يقول
    وقال وقالت فقال صرح صرّح صرحت وصرح أعلن أعلنت وأعلن أكد أكّد أكدت وأكد زعم زعمت وزعم ادعى اتهم اتهمت
    أضاف وأضاف نفى نفت ذكر ذكرت اعترف وصف أوضح сказал сказала сказали заявил заявила заявили заявило
    сообщил сообщила сообщили сообщило утверждает утверждал утверждают подчеркнул подчеркнула отметил
    отметила обвинил обвинила обвинили признал признала опроверг опровергла говорит добавил добавила
    написал написала dedi deydi aytdi aytgan ta’kidladi bildirdi ma’lum_qildi e’lon_qildi rad_etdi
    aybladi tan_oldi деди дейди айтди таъкидлади билдирди маълум_қилди эълон_қилди айблади कहा कहना बताया
    बोले दावा_किया आरोप_लगाया स्वीकार_किया खंडन_किया ऐलान_किया घोषणा_की
"""
_THAT = """
    alleged allege alleges reported reports report reporting revealed reveals noted note notes noting
    added adds adding claim claims claiming asserting maintains maintained suggested suggests implied
    implying highlights highlighted highlight warn warns warning explained show states argue argues
    asserts assert concluded underlined pointed
"""


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where the words in quotation marks stand, without the marks; of nested ones the outermost."""
    opened, start = "", 0
    for mark in _MARK.finditer(text):
        sign, place = mark[0], mark.start()
        if sign[0] == "\n" or (opened and place - start > (_LONGEST_SINGLE if opened == "‘" else _LONGEST)):
            opened = ""
        if opened and sign in _CLOSES[opened] and _may_close(text, place, sign):
            if text[start:place].strip():
                yield start, place
            opened = ""
        elif sign in _CLOSES and (not opened or sign == opened or opened in '‘"') and _may_open(text, place, sign):
            opened, start = sign, place + 1


def _may_open(text: str, place: int, sign: str) -> bool:
    if sign in "“„«":
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isalnum() and bool(after) and not after.isspace()


def _may_close(text: str, place: int, sign: str) -> bool:
    if sign == "’":  # an apostrophe stands between letters
        return not text[place + 1 : place + 2].isalnum()
    return sign != '"' or not text[place - 1 : place].isspace()


def reported(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that tell what somebody said, claimed or denied."""
    told = _places(text)
    place = next(told, None)
    for sentence in sentences.each(text):
        while place is not None and place < sentence.start:
            place = next(told, None)
        if place is None:
            return
        if place < sentence.stop:
            yield sentence.start, sentence.stop


def _places(text: str) -> Iterator[int]:
    """Where the words stand that tell of speech."""
    told, that = _told(), frozenset(_THAT.split())
    for word in _WORD.finditer(text):
        plain = word[0].casefold().replace("'", "’").replace("ʼ", "’")
        if plain in that:
            if text.startswith((" that ", ", that "), word.end()):
                yield word.start()
        elif plain in told and text[word.start() - 1 : word.start()] != "-":
            rests = told[plain]
            if "" in rests or text.startswith(rests, word.end()):
                yield word.start()


@cache
def _told() -> Mapping[str, tuple[str, ...]]:
    """For each first word what may follow it; an empty text where the word tells enough."""
    found: dict[str, list[str]] = {}
    for phrase in _TOLD.split():
        first, _, rest = phrase.partition("_")
        found.setdefault(first, []).append(f" {rest}" if rest else "")
    return {first: tuple(rests) for first, rests in found.items()}
