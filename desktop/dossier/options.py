"""What can be chosen for a dossier, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.errors import CasebookError


class Paper(StrEnum):
    """The size of the pages."""

    A4 = "A4"
    LETTER = "Letter"


class Missing(StrEnum):
    """What happens to a character that no bundled font has."""

    REFUSE = "refuse"
    CODE_POINT = "code point"


@dataclass(frozen=True, slots=True)
class Options:
    """How a dossier is made."""

    paper: Paper = Paper.A4
    missing: Missing = Missing.REFUSE


DEFAULT = Options()


class Unprintable(CasebookError):
    """No bundled font has these characters; each is named like `U+1F9FF NAZAR AMULET`."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(", ".join(characters))
        self.characters = characters
