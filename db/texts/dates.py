"""Dates in running text, in the words of the languages that desks work in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from db.texts.folding import fold

_GREGORIAN = """
    January Jan yanvar январь января янв январ جنوری جنوري جنورۍ ژانویه يناير كانون_الثاني जनवरी
    February Feb fevral февраль февраля фев феврал فروری فبروري فروري فوریه فبراير شباط फरवरी फ़रवरी
    March Mar mart марта март مارچ مارس آذار मार्च
    April Apr aprel апрель апреля апр апрел اپریل اپرېل آوریل أبريل ابریل نيسان अप्रैल
    May mai мая май مئی مې مه می مايو مئي أيار मई
    June Jun iyun июнь июня июн جون ژوئن يونيو يونيه حزيران जून
    July Jul iyul июль июля июл جولائی جولای ژوئیه يوليو يوليه تموز जुलाई
    August Aug avgust август августа авг اگست اوت أغسطس آب अगस्त
    September Sep Sept sentabr sentyabr сентябрь сентября сент сентябр ستمبر سپتمبر سپتامبر سبتمبر أيلول सितंबर सितम्बर
    October Oct oktabr oktyabr октябрь октября окт октябр اکتوبر اکتبر أكتوبر تشرين_الأول अक्टूबर अक्तूबर
    November Nov noyabr ноябрь ноября ноя нояб ноябр نومبر نوامبر نوفمبر تشرين_الثاني नवंबर नवम्बर
    December Dec dekabr декабрь декабря дек декабр دسمبر دسامبر ديسمبر ډسمبر كانون_الأول दिसंबर दिसम्बर
"""
_OTHER_CALENDARS = """
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
    حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
    وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب
    محرم صفر ربیع_الاول ربیع_الثانی ربيع_الآخر جمادی_الاول جمادی_الاولی جمادی_الثانی جمادى_الآخرة رجب شعبان رمضان شوال
    ذوالقعدہ ذی_القعدہ ذو_القعدة ذوالحجہ ذی_الحجہ ذو_الحجة
    Muharram Safar Rajab Shaban Ramadan Ramazan Shawwal Hamal Sawr Jawza Saratan Asad Sunbula Mizan Aqrab Qaws Jadi Dalw
    Мухаррам Рамадан Рамазон
"""
_LETTER, _MARK = r"[^\W\d_]", "\u0900-\u0963\u064b-\u0670"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_MARK}])*")
_GAP = r"[^\S\n]{1,2}"
_TH = r"(?:st|nd|rd|th|-?го|-?е|مه)?"
_TO = rf"(?:[^\S\n]?[-–—][^\S\n]?(?P<to>\d{{1,2}}){_TH})?"
_BEFORE = re.compile(rf"(?<![\d.,:/])(?P<day>\d{{1,2}}){_TH}{_TO}(?:-|,?{_GAP}(?:(?:of|د){_GAP})?)$")
_OF_YEAR = r"(?:-yil\w{0,4}|-?йил\w{0,4}|[^\S\n]?(?:г\.|год[ау]?\b|ء|هـ|[عم](?!\w)))?"
_YEAR = rf"(?P<year>\d{{4}})(?!\d|[.,]\d){_OF_YEAR}"
_AFTER_DAY = re.compile(rf"[.,،]?{_GAP}(?:of{_GAP})?{_YEAR}")
_AFTER = re.compile(
    rf"[.,،]?{_GAP}(?:په{_GAP})?(?P<day>\d{{1,2}}){_TH}{_TO}(?![\d:%٪]|[.,]\d)(?:[,،]?{_GAP}(?P<of>\d{{4}})(?!\d|[.,]\d))?"
    rf"|[.,،]?{_GAP}(?:of{_GAP})?{_YEAR}"
)
_YEAR_FIRST = re.compile(rf"(?<![\d.,])(?P<year>\d{{4}})(?:-yil\w{{0,4}}|-?йил\w{{0,4}}|{_GAP}کال){_GAP}(?:د{_GAP})?$")
_NUMERIC = re.compile(
    r"(?<![\w.,:/-])(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<c>\d{4}))(?![\w-]|[.,/:]\d)"
)
_BARE_YEAR = re.compile(
    rf"(?<![\w.,:/+-])(?<![.,:]\d)(?P<year>\d{{4}})(?:[–—/-]\d{{2,4}})?(?:s\b|{_OF_YEAR})(?![\w%٪]|[.,:]\d|-\d)"
)
_LEAD = re.compile(
    rf"(?<!\w)(?:(?:by|since|until|till|before|after|around|about|circa){_GAP})?(?:(?:the{_GAP})?"
    rf"(?:early|late|mid|middle of|end of|beginning of|start of|spring|summer|autumn|fall|winter)(?:{_GAP}|-)"
    rf"(?:of{_GAP})?)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:in|since|until|before|after|during|by|last|next|early|late|mid)[^\S\n]$|mid-$", re.IGNORECASE
)
_LOOK_BACK = 32
_DAYS = range(1, 32)
_VERBS = ("may", "march", "mar")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it stands in a text, from `start` to `stop`; `iso` where it names Gregorian days."""

    start: int
    stop: int
    iso: str = ""


def find(text: str) -> tuple[Dated, ...]:
    """The dates in a text in order: days, months and years, of the Gregorian, Solar Hijri and Islamic calendars."""
    found = [*_named(text), *_numeric(text), *_years(text)]
    kept: list[Dated] = []
    for each in sorted(found, key=lambda dated: (dated.start, -dated.stop)):
        if not kept or each.start >= kept[-1].stop:
            kept.append(each)
    return tuple(kept)


def read(text: str) -> str:
    """The day that a text names, as ISO 8601; empty where it names none, several, or one that can be read two ways."""
    days = {dated.iso for dated in find(text)}
    return days.pop() if len(days) == 1 else ""


def _named(text: str) -> Iterator[Dated]:
    words = list(_WORD.finditer(text))
    for place in range(len(words)):
        month = _month(words, place)
        dated = month and _around(text, *month)
        if dated:
            yield dated


def _around(text: str, start: int, stop: int, month: int) -> Dated | None:
    """The date that stands around the name of a month; a month alone is one only after a word such as "since"."""
    back, word = text[max(0, start - _LOOK_BACK) : start], text[start:stop]
    before = _BEFORE.search(back)
    after = (_AFTER_DAY if before or word in _VERBS else _AFTER).match(text, stop)
    parts = (after.groupdict() if after else {}) | (before.groupdict() if before else {})
    stop, start = after.end() if after else stop, start - len(before[0] if before else "")
    day, year = parts.get("day") or "", parts.get("year") or parts.get("of") or ""
    ahead = None if year else _YEAR_FIRST.search(text[max(0, start - _LOOK_BACK) : start])
    if ahead:
        year, start = ahead["year"], start - len(ahead[0])
    if not (day or year or (word[0].isupper() and _ALONE.search(back))) or int(day or 1) not in _DAYS:
        return None
    return Dated(_led(text, start), stop, _span(year, month, day, parts.get("to") or ""))


def _span(year: str, month: int, day: str, to: str) -> str:
    first, last = _iso(year, month, day), _iso(year, month, to)
    return f"{first}/{last}" if first and last else first


def _month(words: Sequence[re.Match[str]], place: int) -> tuple[int, int, int] | None:
    """Where the name of a month that begins with this word stands, and its number; zero in another calendar."""
    names, word = _months(), words[place]
    following = words[place + 1] if place + 1 < len(words) else None
    first = _folded(word[0])
    if following and following.start() - word.end() == 1:
        month = names.get(f"{first} {_folded(following[0])}")
        if month is not None:
            return word.start(), following.end(), month
    month = names.get(first)
    if month is None:
        return None
    slash = word.string[word.end() : word.end() + 2].lstrip().startswith("/")
    twin = _month(words, place + 1) if slash and following else None
    return word.start(), twin[1] if twin and twin[2] == month else word.end(), month


def _numeric(text: str) -> Iterator[Dated]:
    for found in _NUMERIC.finditer(text):
        if found["y"]:
            iso = _iso(found["y"], int(found["m"]), found["d"])
        else:
            iso = _day_first(found["c"], int(found["a"]), int(found["b"]), sure=found["t"] == ".")
        if iso or found["a"]:
            yield Dated(found.start(), found.end(), iso)


def _day_first(year: str, first: int, second: int, *, sure: bool) -> str:
    """A date of numbers: which of them is the day is known by the dots, or because it cannot be a month."""
    if sure or first > 12 or first == second:
        return _iso(year, second, str(first))
    return _iso(year, first, str(second)) if second > 12 else ""


def _years(text: str) -> Iterator[Dated]:
    for found in _BARE_YEAR.finditer(text):
        if 1900 <= int(found["year"]) < 2100:
            yield Dated(_led(text, found.start()), found.end())


def _led(text: str, start: int) -> int:
    """Where the words begin that a date cannot do without: "By early 2025"."""
    if not text[max(0, start - 2) : start].rstrip()[-1:].isalpha() and text[start - 1 : start] != "-":
        return start
    lead = _LEAD.search(text[max(0, start - _LOOK_BACK) : start])
    return start - len(lead[0]) if lead else start


def _iso(year: str, month: int, day: str) -> str:
    if not (year and month and day):
        return ""
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


@cache
def _months() -> Mapping[str, int]:
    """The folded name of each month: its number, or zero in a calendar that is not converted."""
    other = {_key(name): 0 for name in _OTHER_CALENDARS.split()}
    lines = enumerate(_GREGORIAN.strip().splitlines(), 1)
    return other | {_key(name): number for number, line in lines for name in line.split()}


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    return fold(word)


def _key(name: str) -> str:
    return fold(name.replace("_", " "))
