"""The words of exchange with other programs. None of them is stored."""

from __future__ import annotations

from enum import StrEnum


class Medium(StrEnum):
    """As what cases leave and come in; JSON is the whole of a case, and leaves alone. RIS and CSL hold sources."""

    CLAIMREVIEW = "claimreview"
    CSV = "csv"
    JSON = "json"
    RIS = "ris"
    CSL = "csl"


class Table(StrEnum):
    """Which table of a casebook: its cases, or the sources that they cite, a row for each citation."""

    CASES = "cases"
    SOURCES = "sources"


class Separator(StrEnum):
    """What stands between two cells. Excel wants a semicolon where numbers are written with a comma."""

    COMMA = ","
    SEMICOLON = ";"
    TAB = "\t"


class Encoding(StrEnum):
    """How letters stand in a file. Unicode is told from its bytes; an older encoding must be named by somebody."""

    UNICODE = "unicode"
    WINDOWS_1251 = "windows-1251"
    WINDOWS_1256 = "windows-1256"


class Fate(StrEnum):
    """What would become of a thing from elsewhere: it is new, it is here already, or it cannot be taken."""

    NEW = "new"
    HERE = "here already"
    REFUSED = "refused"
