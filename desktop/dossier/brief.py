"""One case with what its parts are set with, and how they point at each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.actors import Actor
from db.times import parse
from db.verdicts import Standing
from desktop import wording
from desktop.dossier.content import CaseFile, Dossier, Exhibit, Given
from desktop.dossier.gallery import Gallery
from desktop.dossier.style import ACCENT, Setter, own
from desktop.dossier.text.compose import Span


@dataclass(frozen=True, slots=True)
class Brief:
    """One case of a dossier on its way to paper; `key` begins the names of its places."""

    dossier: Dossier
    file: CaseFile
    setter: Setter
    gallery: Gallery
    key: str

    def place(self, name: str) -> str:
        """The name of a place in this case that links can lead to."""
        return f"{self.key}-{name}"

    def standing(self) -> tuple[Given, ...]:
        """The verdicts that stand."""
        return tuple(given for given in self.file.verdicts if given.verdict.standing is Standing.STANDS)

    def verdicts_differ(self) -> bool:
        """Whether those that stand rate the claim differently."""
        return len({given.verdict.rating for given in self.standing()}) > 1

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id, or with which that one is joined, where the case names one."""
        return next((actor for actor in self.file.actors if actor_id in (actor.id, *actor.joined)), None)

    def names(self, actor_id: str) -> str:
        """The name of an actor with its aliases."""
        actor = self.actor(actor_id)
        if actor is None:
            return ""
        also = ", ".join(own(alias) for alias in actor.aliases)
        return own(actor.name) + (f" (also {also})" if also else "")

    def number(self, source_id: str) -> int:
        """The number of a source in the list of sources; 0 where it is not in it."""
        ids = [source.id for source in self.file.sources]
        return ids.index(source_id) + 1 if source_id in ids else 0

    def source_link(self, source_id: str) -> Span:
        """The number of a source, leading to the list of sources."""
        number = self.number(source_id)
        return Span(f"[{number}]", bold=True, color=ACCENT, goto=self.place(f"source-{number}"))

    def exhibit_links(self, exhibits: Sequence[Exhibit]) -> list[Span]:
        """The numbers of some exhibits, leading to them."""
        spans: list[Span] = []
        for exhibit in exhibits:
            spans.append(Span(", " if spans else "Exhibit " if len(exhibits) == 1 else "Exhibits "))
            spans.append(Span(str(exhibit.number), color=ACCENT, goto=self.place(f"exhibit-{exhibit.number}")))
        return spans

    def exhibits_of(self, source_id: str) -> tuple[Exhibit, ...]:
        """The attachments that show a source."""
        return tuple(exhibit for exhibit in self.file.exhibits if exhibit.attachment.source_id == source_id)

    def title(self) -> str:
        """What the case is called."""
        return title_of(self.file)

    def letter_of(self, claim_id: str) -> str:
        """The letter of a part of the claim; empty for the claim as a whole."""
        ids = [claim.id for claim in self.file.claims[1:]]
        return letter(ids.index(claim_id)) if claim_id in ids else ""


def letter(place: int) -> str:
    """The letter of a part of the claim: a, b and so on to z, then aa, ab and so on."""
    word = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        word = chr(ord("a") + rest) + word
    return word


def title_of(file: CaseFile) -> str:
    """What a case is called: its title, or else the beginning of its claim."""
    return first_line(file.case.title or next((claim.text for claim in file.claims), ""))


def first_line(text: str, longest: int = 110) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def count(number: int, one: str, several: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def interval(words: str) -> str:
    """What days a time proves, where the words for it name no single day and no range."""
    when = parse(words)
    if not when.known or when.earliest[:10] == when.latest[:10] or ".." in words or "/" in words:
        return ""
    return f"{wording.when(when.earliest[:10])} – {wording.when(when.latest[:10])}"
