"""The custody list: what bytes the case holds, how and when each came in, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from desktop import custody_words, wording
from desktop.dossier.blocks import Box, Row, Stack, Table
from desktop.dossier.brief import Brief
from desktop.dossier.content import Exhibit, Handling
from desktop.dossier.style import BODY, INK, LABEL, LINE, LINE_OF_FACTS, SMALL, STRONG, own

_ABSENT = "The bytes are not in this casebook."
_WIDTHS = (26, 0, 208)
_SMALLER = replace(SMALL, size=7.8)


def story(brief: Brief) -> Iterator[Flowable]:
    """Each attachment with its SHA-256 and what the log says of it."""
    setter = brief.setter
    if not brief.file.exhibits:
        return
    yield setter.heading("Custody", brief.place("custody"))
    words = "Read from the log of the casebook. The SHA-256 was taken when the bytes came in."
    yield setter.text(words, replace(LINE_OF_FACTS, keep_with_next=True, space_after=3))
    head = Row([setter.text(label, LABEL) for label in ("NO.", "FILE", "HANDLED")], _WIDTHS, gap=12)
    yield Table(head, (_exhibit(brief, exhibit) for exhibit in brief.file.exhibits), LINE)


def _exhibit(brief: Brief, exhibit: Exhibit) -> Row:
    setter, attachment = brief.setter, exhibit.attachment
    half = len(attachment.sha256) // 2
    blocks: list[Flowable] = [
        setter.text(attachment.name, replace(BODY, size=8.8, bold=True, align="left")),
        setter.facts(attachment.media_type, wording.size(attachment.size), style=_SMALLER),
        setter.text(f"SHA-256 {attachment.sha256[:half]}\n{attachment.sha256[half:]}", _SMALLER),
    ]
    if not exhibit.present:
        gone = custody_words.erased(attachment.erased, own) if attachment.erased else _ABSENT
        blocks.append(setter.text(gone, replace(_SMALLER, bold=True, color=INK)))
    number = setter.text(str(exhibit.number), replace(STRONG, size=8.8, direction="ltr"))
    handled = Stack([_handling(brief, exhibit, handling) for handling in exhibit.handlings])
    return Row([Box(cell, padding=(0, 5)) for cell in (number, Stack(blocks), handled)], _WIDTHS, gap=12)


def _handling(brief: Brief, exhibit: Exhibit, handling: Handling) -> Flowable:
    setter = brief.setter
    what = wording.verb(handling.verb)
    if handling is exhibit.handlings[0]:
        what = wording.word(exhibit.attachment.method)
    lines = f"{what}, {wording.when(handling.made_at)}\n{own(handling.analyst)}, {own(handling.desk)}"
    operation = setter.text(f"Operation {handling.operation[:24]}…", replace(_SMALLER, size=7))
    return Stack([setter.text(lines, _SMALLER), operation], space_after=4)
