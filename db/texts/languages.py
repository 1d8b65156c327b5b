"""Which language and script a text is in: by letters that only one language has, and by its smallest words.

Rather no answer than a wrong one: other languages that are written alike stand among the words too, and win then.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db.texts.small_words import BY_SCRIPT, DARI, IRANIAN, OTHER

_MOST = 6_000  # characters that are looked at
_LEAST, _LEAD = 1.4, 1.6  # points that the best needs, and how many times those of the next
_THIN = 0.12  # of the words at least speak for it
_NOT_LATIN = 0.3  # of the letters: English names and hashtags stand among any language
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#][\w\u200c]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[\w'’‘ʻʼ`´]|[\u0300-\u036f\u0900-\u097f\u0a00-\u0a7f\u064b-\u0652\u0670])*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))
_SHAPES = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ة": "ه"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (BCP 47) and a script (ISO 15924); no code where it is not `sure`.

    `maybe` are the codes between which the text does not decide, such as Persian and Dari.
    """

    code: str
    script: str
    sure: bool
    maybe: tuple[str, ...] = ()


_SCRIPTS: Mapping[str, str] = MappingProxyType(
    {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "LATIN": "Latn", "DEVANAGARI": "Deva", "GURMUKHI": "Guru"}
)

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("ټډړږښڼځڅېۍ", "ps"),
        **dict.fromkeys("ٹڈڑںے", "ur"),
        **dict.fromkeys("ةإ", "ar"),
        **dict.fromkeys("ٻڀڄڃڏڌڍڳڱڻ۾۽ۇۆۈەڭێڵڕ", OTHER),  # Sindhi, Uyghur, Kurdish
        **dict.fromkeys("ыщэ", "ru"),
        **dict.fromkeys("ў", "uz"),
        **dict.fromkeys("ӣӯҷ", "tg"),
        **dict.fromkeys("іїєґәөүұңћђјљњ", OTHER),  # Ukrainian, Kazakh, Kyrgyz, Serbian
        **dict.fromkeys("ığ", "tr"),
        **dict.fromkeys("əßñãõąęłżśćčřžůőűåøæ", OTHER),
    }
)


def _sayings() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each script, the languages that each of the small words is at home in."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for script, languages in BY_SCRIPT.items():
        homes = found.setdefault(script, {})
        for code, words in languages.items():
            for word in dict.fromkeys(w.translate(_SHAPES) for w in words.split()):
                homes[word] = (*homes.get(word, ()), code)
    return found


_HOMES = _sayings()


def recognize(text: str) -> Language:
    """The language and the script of a text. Addresses, names with @ and hashtags say nothing of it."""
    plain = _NOISE.sub(" ", unicodedata.normalize("NFC", text[:_MOST])).translate(_APOSTROPHES)
    script = _script(plain)
    if script not in _HOMES:
        return Language("", script, sure=False)
    words = [word for word in _WORD.findall(plain.lower()) if _script(word) == script]
    points = _points(words, _HOMES[script])
    (most, best), (next_, _) = sorted([(0.0, OTHER), (0.0, OTHER), *((n, code) for code, n in points.items())])[:-3:-1]
    if best == OTHER or most < _LEAST or most < next_ * _LEAD or most < len(words) * _THIN:
        return Language("", script, sure=False)
    return _persian(words) if best == "fa" else Language(best, script, sure=True)


def _script(text: str) -> str:
    """The script that a text is in. Latin letters count only where there is hardly anything else."""
    counted = Counter(map(_script_of, filter(str.isalpha, text)))
    if not counted:
        return ""
    letters = counted.total()
    latin = counted.pop("Latn", 0)
    if counted:
        script, many = counted.most_common(1)[0]
        if many >= letters * _NOT_LATIN:
            return script
    return "Latn" if latin > letters / 2 else ""


def _script_of(letter: str) -> str:
    if letter.isascii():
        return "Latn"
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "Zyyy")


def _points(words: Iterable[str], homes: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """A point for each small word, shared by the languages that have it, and for each word with a telling letter.

    A letter that none of ours has tells more.
    """
    points: defaultdict[str, float] = defaultdict(float)
    for word in words:
        at_home = homes.get(word.translate(_SHAPES), ())
        for code in at_home:
            points[code] += 1 / len(at_home)
        for code in {_LETTERS[letter] for letter in word if letter in _LETTERS}:
            points[code] += 2 if code == OTHER else 1
        if word.startswith("ال") and len(word) > 4:
            points["ar"] += 0.4
    return points


def _persian(words: Iterable[str]) -> Language:
    """Persian of Iran or Dari: they are written alike, and only some words tell."""
    parts = {part for word in words for part in (word.translate(_SHAPES), word.partition("\u200c")[0])}
    dari, iranian = (len(set(known.translate(_SHAPES).split()) & parts) for known in (DARI, IRANIAN))
    if dari == iranian:
        return Language("", "Arab", sure=False, maybe=("fa", "prs"))
    return Language("prs" if dari > iranian else "fa", "Arab", sure=True)
