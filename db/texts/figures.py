"""Figures in a text: one writing for each number, so that 15,000, 15 000, ۱۵٬۰۰۰ and "15 thousand" are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from db.texts.folding import fold

_TIMES = {
    1_000: "thousand k тысяча тысячи тысяч тыс ہزار زره ألف آلاف الف ming минг हजार हज़ार",
    100_000: "lakh lakhs لاکھ लाख",
    1_000_000: "million millions mln m миллион миллиона миллионов млн ملین میلیون مليون миллион मिलियन",
    10_000_000: "crore crores کروڑ करोड़",
    1_000_000_000: "billion billions bn mlrd миллиард миллиарда миллиардов млрд ارب میلیارد مليار milliard अरब",
}
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,٬ ]\d{3})+(?![\d])")
_SCALED = re.compile(r"(\d+)(?:[.,](\d{1,2}))? ?([^\W\d_][\w\u0900-\u0963]*)")
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2100)
_LONGEST = 15  # a longer one is the number of a post or an account


def plain(folded: str) -> str:
    """A folded text with each of its whole numbers as digits alone, words such as "thousand" worked in."""
    if not _DIGIT.search(folded):
        return folded
    whole = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), folded)
    return _SCALED.sub(_scaled, whole)


def telling(words: Iterable[str]) -> frozenset[str]:
    """The numbers among words that say something when another text has them too: no single digits, no years."""
    return frozenset(word for word in words if word.isdecimal() and _tells(word.lstrip("0")))


def _tells(number: str) -> bool:
    return 1 < len(number) <= _LONGEST and int(number) not in _YEARS


def _scaled(found: re.Match[str]) -> str:
    times = _words().get(found[3])
    if times is None:
        return found[0]
    part = found[2] or ""
    return str(int(found[1]) * times + (int(part) * times // 10 ** len(part) if part else 0))


@cache
def _words() -> Mapping[str, int]:
    return {fold(word): times for times, words in _TIMES.items() for word in words.split()}
