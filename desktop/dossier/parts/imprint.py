"""The imprint: whose dossier this is, what state of the casebook it shows, and by what that can be proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from desktop import wording
from desktop.dossier.blocks import Row, Stack
from desktop.dossier.content import Dossier
from desktop.dossier.style import BODY, LINE_OF_FACTS, SMALL, Setter, own

_SOMEBODYS = (
    "A verdict in this dossier is the verdict of the person named with it, on the day and from the evidence named "
    "with it. What is quoted stands as it was said by whoever is named; to quote is not to agree."
)
_FONTS = (
    "Set in Noto Sans, Noto Sans Devanagari, Noto Sans Symbols, Noto Sans Math and Noto Emoji (Google, SIL Open Font "
    "License 1.1) and Vazirmatn (Saber Rastikerdar, SIL Open Font License 1.1). Emoji artwork: Twemoji, copyright "
    "Twitter, Inc. and other contributors, CC-BY 4.0, https://creativecommons.org/licenses/by/4.0/."
)
_HASHES = replace(SMALL, size=7.2)


def story(dossier: Dossier, setter: Setter) -> Flowable:
    """The last part of a dossier, on one page where it fits."""
    block = Stack(_blocks(dossier, setter), space_before=30)
    block.whole = block.wrap(setter.page.measure, setter.page.room)[1] <= setter.page.room
    return block


def _blocks(dossier: Dossier, setter: Setter) -> Iterator[Flowable]:
    yield setter.heading("Imprint", "imprint", 0)
    desk = dossier.desk
    yield _fact(setter, "Desk", Stack([setter.text(desk.name, replace(BODY, bold=True)), *_imprint(dossier, setter)]))
    if desk.analyst:
        yield _fact(setter, "Made by", setter.text(desk.analyst))
    state = f"{wording.when(dossier.state)}, the time of the last operation in it"
    yield _fact(setter, "State of the casebook", setter.text(state, replace(BODY, direction="ltr")))
    seals = [_hash(setter, file.case.reference, file.evidence_hash) for file in dossier.cases]
    yield _fact(setter, "Seal of the evidence", Stack(seals))
    ends = [_hash(setter, f"{own(head.desk)}, operation {head.number}", head.operation) for head in dossier.heads]
    yield _fact(setter, "Ends of the log", Stack(ends))
    yield setter.text(_SOMEBODYS, replace(BODY, direction="ltr", space_before=12))
    yield setter.text(_FONTS, replace(SMALL, space_before=8))


def _imprint(dossier: Dossier, setter: Setter) -> Iterator[Flowable]:
    if dossier.desk.imprint:
        yield setter.text(dossier.desk.imprint)


def _hash(setter: Setter, words: str, digest: str) -> Flowable:
    return Stack([setter.text(words, LINE_OF_FACTS), setter.text(digest, _HASHES)], space_after=3)


def _fact(setter: Setter, label: str, block: Flowable) -> Row:
    return Row([setter.text(label, LINE_OF_FACTS), block], (110, 0), gap=12, space_before=5)
