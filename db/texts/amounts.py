"""Amounts in running text: numbers that say how much or how many of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_LETTER = r"[^\W\d_]"
_MARKS = "\u0900-\u0963\u064b-\u065f\u0670"
_NUMBER = re.compile(
    r"(?<![\w.,:/@#])(?<![.,:/]-)(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,٫٬'’]\d+)*)"
    r"(?:[ ]?[–—-][ ]?\d+(?:[.,٫٬]\d+)*)?(?![\d/:]|[.,]\d)"
)
_CURRENCY = "US[$]|[$€£₹₽؋₨]|USD|EUR|GBP|PKR|INR|AFN|RUB|UZS|AED|SAR|IRR|CNY|Rs\\.?"
_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:around|about|approximately|approx\.|roughly|nearly|almost|some|over|under|at least|at most|up to"
    rf"|more than|less than|fewer than|an estimated|تقریباً|تقریبا|حدود|حوالي|نحو|около|более|менее|लगभग)[ \u00a0])?"
    rf"(?P<money>(?<![^\W\d_])(?:{_CURRENCY})[ \u00a0]?)?$",
    re.IGNORECASE,
)
_SCALE = (
    "thousand|million|billion|trillion|lakhs?|crores?|mln|bn|mlrd|milliard|ming|минг|тысяч[аи]?|тыс\\.?|миллион(?:а|ов)?"
    "|млн\\.?|миллиард(?:а|ов)?|млрд\\.?|ہزار|هزار|لاکھ|کروڑ|ارب|ملین|میلیون|میلیارد|مليون|مليار|ملايين|ألف|آلاف|الف|زره|لکه"
    "|हज़ार|हजार|लाख|करोड़|अरब|मिलियन"
)
_UNIT = (
    "%|٪|per[ ]?cent|percentage points?|فیصد|فی صد|درصد|سلنه|في المائة|بالمئة|بالمائة|процент\\w{0,3}|foiz\\w{0,4}|фоиз"
    "|प्रतिशत|फीसदी|फ़ीसदी|years?|months?|weeks?|days?|hours?|minutes?"
    "|(?:sq(?:uare)?\\.?[ ])?(?:km|m|mi|miles?|kilomet(?:re|er)s?|met(?:re|er)s?)[²³]?|cm|mm|kg|tons?|tonnes?"
    "|hectares?|ha|acres?|feet|ft|lit(?:re|er)s?|MW|kW|GW|°C|км[²]?|кг|метр\\w{0,3}|километр\\w{0,3}|тонн\\w{0,2}"
    "|کلومیٹر|کیلومتر|كيلومتر|کیلو ?متره?|متر|ٹن|تن|किलोमीटर|किमी|मीटर|टन"
    f"|{_CURRENCY}|dollars?|rupees?|afghanis?|euros?|pounds?|rubles?|roubles?|soums?|so[ʻ‘’']m|dollar|сум"
    "|ڈالر|روپے|روپیہ|دلار|افغانی|ډالر|دولار|روبل|доллар\\w{0,3}|рубл\\w{0,3}|руб\\.?|रुपये|रुपए|डॉलर"
)
_AFTER = re.compile(
    rf"(?P<scale>[ \u00a0-]?(?:{_SCALE})(?![\w{_MARKS}]))?"
    rf"(?P<unit>[ \u00a0-]?(?:{_UNIT})(?![\w{_MARKS}]))?",
    re.IGNORECASE,
)
_NOT_COUNTED = """
    a an and are as at but by did does for from had has have he her his if in into is it its not of on or
    our she than that the their them they this those to was we were when which while who will with you
    says pass goes means shows states am pm AM PM va da yil yilda yilgi uchun bilan dan ga kuni میں کے کی
    کا کو سے پر نے اور تک ہے ہیں تھا تھے در از به و تا را با که است بود شد په د له ته او کې من في على إلى
    أن عن مع в на из и по с к для до от года году год лет г о об при или что как में के की का को से पर ने
    और तक है हैं था थे
"""
_WORD = r"[A-Za-z][\w’'-]*"
_COUNTED = re.compile(rf"[ \u00a0](?P<first>{_WORD})(?:[ \u00a0](?P<second>{_WORD})(?:[ \u00a0](?P<third>{_WORD}))?)?")
_MANY = re.compile(
    r"[a-z][\w-]{2,}[^s\W]s|people|men|women|children|troops|police|nafar|kishi\w{0,3}|jangari\w{0,6}|askar\w{0,4}|ta"
)
_OTHER_NOUN = re.compile(rf"[ \u00a0\u200c]?(?:ویں |واں |تن |نفر )?(?P<noun>(?:{_LETTER}|[{_MARKS}\u200c])+)")
_LOOK_BACK = 32


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts stand in a text, in order: numbers with a unit, a currency, a scale, or with what they count."""
    for number in _NUMBER.finditer(text):
        before = _before(text, number.start())
        after = _AFTER.match(text, number.end())
        stop = after.end() if after else number.end()
        measured = (after and after["unit"]) or (before and before["money"])
        stop = stop if measured else _counted(text, stop)
        if stop > number.end() or measured:
            yield number.start() - (len(before[0]) if before else 0), stop


def _before(text: str, place: int) -> re.Match[str] | None:
    near = text[max(0, place - 2) : place].rstrip()[-1:]
    if not near or near.isdecimal() or near in "-–—,;:!?)":
        return None
    return _BEFORE.search(text[max(0, place - _LOOK_BACK) : place])


def _counted(text: str, start: int) -> int:
    """Where the noun ends that a number before `start` counts; `start` where there is none."""
    english = _COUNTED.match(text, start)
    for name in ("first", "second", "third") if english else ():
        assert english is not None
        word = english[name]
        if word is None or word in _not_counted():
            return start
        if _MANY.fullmatch(word):
            return english.end(name)
    other = None if english else _OTHER_NOUN.match(text, start)
    if other and other["noun"] not in _not_counted() and not other["noun"].isascii():
        return other.end()
    return start


@cache
def _not_counted() -> frozenset[str]:
    return frozenset(_NOT_COUNTED.split())
