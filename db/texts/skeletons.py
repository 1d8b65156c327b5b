"""Skeletons: the consonants of a name in any script, as they are heard, so that spellings in two scripts meet.

Rough on purpose: letters that one script keeps apart and another does not are one here (kh and h, q and k, v and f).
What comes of it is a suspicion, never a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from db.texts.folding import fold


def _table(lines: str) -> dict[str, str]:
    """What each group of letters sounds like: “sound: letters”, one sound a line."""
    pairs = (line.split(":") for line in lines.split("\n") if ":" in line)
    return {unicodedata.normalize("NFC", each): sound.strip() for sound, letters in pairs for each in letters.split()}


# S is sh, C is ch, J is j and zh; letters with a nukta sound otherwise than without.
_SOUNDS: Mapping[str, str] = MappingProxyType(
    _table("""
            b: b bh б ب ब भ
            C: ch tch ч چ च छ
            d: d dh д د ډ ڈ द ध ड ढ
            f: f ph v в ф ف फ फ़ व
            g: g gh г ғ غ گ ګ ग घ ग़
            h: h kh x х ҳ кх ح ه ہ خ ख ख़ ह
            J: j zh dj dzh ж дж ҷ ج ژ ږ ज झ
            k: k c ck q к қ ق ک ك क क़
            l: l л ل ल
            m: m м م म
            n: n н ن ں ڼ ण न ङ ञ ं
            p: p п پ प
            r: r р ر ڑ ړ र ड़ ढ़
            s: s ts ц с ث س ص څ स
            S: sh ш щ ش ښ श ष
            t: t th т ت ط ټ ٹ ट ठ त थ
            z: z з ذ ز ض ظ ځ ज़
    """)
)
_PARTS = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)))
_WORDS = re.compile(r"[\w\u0900-\u0963]+")
_SEMIVOWELS = str.maketrans({"w": "v", "و": "ف"})  # consonants where a word begins with them, vowels elsewhere
_VOWELS = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei", "i"), ("e", "i"), ("o", "u"), ("y", "i"), ("w", "v"))


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> tuple[str, ...]:
    """The consonants of each word of a name; words without any are left out."""
    found = (_of_word(word) for word in _WORDS.findall(_plain(name)))
    return tuple(bones for bones in found if bones)


@lru_cache(maxsize=1 << 16)
def spelling(name: str) -> str:
    """A name with the vowels of Latin letters made alike, to be compared with one in the same script."""
    text = fold(name)
    for written, alike in _VOWELS:
        text = text.replace(written, alike)
    return re.sub(r"(.)\1+", r"\1", text)


def script(name: str) -> str:
    """The script of the first letter of a name: LATIN, ARABIC, CYRILLIC, DEVANAGARI or another; empty for none."""
    letter = next((c for c in name if c.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def _plain(name: str) -> str:
    """Small letters without the marks above and below them; the dot of Devanagari stays with its letter."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(c for c in text if unicodedata.category(c) != "Mn" or "\u0900" <= c <= "\u097f")
    return unicodedata.normalize("NFC", kept).replace("й", "")


def _of_word(word: str) -> str:
    whole = word[:1].translate(_SEMIVOWELS) + word[1:]
    bones = "".join(_SOUNDS[part] for part in _PARTS.findall(whole))
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return bones[:-1] if len(bones) > 1 and bones.endswith("h") else bones
