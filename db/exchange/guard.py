"""A guard before texts that a spreadsheet program would take for a formula. It is taken off again when they are read.

After OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a line end may be run. So may one that hides
such a sign behind signs nobody sees, or writes it in its full-width form.
"""

from __future__ import annotations

import unicodedata

_GUARD = "'"
_BEGINS_A_CELL_ANEW = "\t\r\n"
_BEGINS_A_FORMULA = "=+-@\u2212"


def put_on(text: str) -> str:
    """The text as it may stand in a cell."""
    return _GUARD + text if _runs(text.lstrip(_GUARD)) else text


def take_off(cell: str) -> str:
    """The text that a cell stands for; what never was guarded comes back as it is."""
    return cell[1:] if cell.startswith(_GUARD) and _runs(cell.lstrip(_GUARD)) else cell


def _runs(text: str) -> bool:
    """Whether a program might take the text for a formula."""
    if text[:1] in tuple(_BEGINS_A_CELL_ANEW):
        return True
    seen = next((sign for sign in text if unicodedata.category(sign)[0] not in "CMZ"), "")
    return bool(seen) and unicodedata.normalize("NFKC", seen)[0] in _BEGINS_A_FORMULA
