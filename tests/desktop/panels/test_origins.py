"""The window of independent origins: what stands together, why, and what a person says of what is alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from db import citations, sources
from db.citations import CitationDraft
from db.vocabulary import Derivation, Op, Stance
from desktop.panels.origins import OriginsWindow
from tests import makers
from tests.desktop.desk import Desk

SAID = "Hasan was never affiliated with any terrorist organization."


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[OriginsWindow]:
    """Three sources: a copy of the first, and one that only says the same."""
    first = makers.make_source(desk.book, [desk.case_id], makers.URDU, Stance.SUPPORTS)
    makers.make_source(desk.book, [desk.case_id], "Copy", derived_from=first, derivation=Derivation.REPOST)
    makers.make_source(desk.book, [desk.case_id], "Alike")
    with desk.book.change(Op.EDIT_CITATION) as change:
        for cited in citations.of_case(desk.book, desk.case_id)[::2]:
            citations.edit(change, cited.id, CitationDraft(cited.stance, quotation=SAID))
    made = OriginsWindow(desk.context, desk.case_id, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    desk.settle(qtbot)
    yield made
    made.close()
    desk.settle(qtbot)


def lines(window: OriginsWindow) -> list[tuple[str, str]]:
    model = window.model
    found = []
    for row in range(model.rowCount()):
        top = model.index(row, 0)
        for parent, count in ((QModelIndex(), 1), (top, model.rowCount(top))):
            for each in range(count):
                at = row if parent is not top else each
                found.append((model.index(at, 0, parent).data(), model.index(at, 1, parent).data()))
    return found


def test_sources_stand_under_their_origins_with_the_reason(window: OriginsWindow) -> None:
    assert window.counts.text() == "3 sources, 2 independent origins"
    assert window.stances.text() == "for: 1 origin, against: 2 origins"
    assert lines(window) == [
        ("Origin 1: 2 sources", ""),
        (f"\u20661.\u2069 {makers.URDU}", ""),
        ("2. Copy", "2 is a repost of 1."),
        ("Origin 2: 1 source", ""),
        ("3. Alike", ""),
    ]
    (entry,) = window.suspicions.entries
    assert entry.title == f"3. Alike – 1. {makers.URDU}"
    assert SAID in entry.subtitle


def test_saying_so_makes_it_one_origin_and_undo_takes_that_back(
    window: OriginsWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.how.choose(Derivation.QUOTES)
    window.same.click()
    desk.settle(qtbot)
    assert window.counts.text() == "3 sources, 1 independent origin"
    assert ("3. Alike", "3 quotes 1.") in lines(window)
    assert window.suspicions.entries == ()
    assert window.nothing.isVisible()
    desk.book.undo()
    desk.settle(qtbot)
    assert len(window.suspicions.entries) == 1


def test_saying_no_is_remembered(window: OriginsWindow, desk: Desk, qtbot: QtBot) -> None:
    window.apart.click()
    desk.settle(qtbot)
    assert window.suspicions.entries == ()
    assert window.counts.text() == "3 sources, 2 independent origins"
    first, _, third = sources.of_case(desk.book, desk.case_id)
    assert third.independent_of == (first.id,)


def test_a_source_in_it_leads_to_its_entry(window: OriginsWindow, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.chosen) as went:
        window.tree.activated.emit(window.model.index(1, 0, window.model.index(0, 0)))
    assert went.args == [sources.of_case(desk.book, desk.case_id)[1].id]


def test_closing_it_while_it_looks_is_no_harm(window: OriginsWindow, desk: Desk, qtbot: QtBot) -> None:
    makers.make_source(desk.book, [desk.case_id], "Another")
    window.close()
    desk.settle(qtbot)
