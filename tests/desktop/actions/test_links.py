"""Saying of two cases that their claim is the same: offered where it applies, done at once, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from db import cards, cases, links
from db.casebook import Casebook
from db.vocabulary import Relation
from desktop.actions.links import CaseChooser
from desktop.widgets.ask import Ask
from tests import makers
from tests.desk import Desk, plain

VERBS = ("Same claim", "Different claim", "Give the reason", "Take back", "Open the other case")


@pytest.fixture
def comparing(on_case: Desk) -> Desk:
    """The page of a case with another like it."""
    makers.make_case(book(on_case), f"{makers.RUSSIAN}!!", title="Again")
    on_case.turn_to("Same claim")
    on_case.rest()
    return on_case


def book(desk: Desk) -> Casebook:
    return desk.window.workspace.context.book


def enabled(desk: Desk) -> set[str]:
    return {name for name in VERBS if desk.verb(name).isEnabled()}


def found(desk: Desk) -> list[Relation | None]:
    return [each.relation for each in links.of_case(book(desk), cases.find(book(desk), desk.reference).id)]


def test_the_verbs_are_off_where_nothing_is_compared(on_case: Desk) -> None:
    assert enabled(on_case) == set()
    assert on_case.verb("Compare with another case").isEnabled()
    on_case.turn_to("Same claim")
    on_case.rest()
    assert enabled(on_case) == set(), "no other case is chosen"


def test_they_are_on_for_what_can_be_said_of_the_chosen_case(comparing: Desk) -> None:
    assert enabled(comparing) == {"Same claim", "Different claim", "Open the other case"}
    comparing.do("Same claim")
    comparing.rest()
    assert found(comparing) == [Relation.SAME]
    assert enabled(comparing) == {"Different claim", "Give the reason", "Take back", "Open the other case"}
    comparing.turn_to("Claim")
    assert enabled(comparing) == set(), "out of sight nothing is judged"


def test_they_stand_in_the_menu_of_the_list_and_on_buttons(comparing: Desk) -> None:
    panel = comparing.window.workspace.case.same_claim
    assert {plain(action) for action in panel.list._menu.actions()} == set(VERBS)  # type: ignore[union-attr]
    actions: list[QAction] = [
        button.defaultAction() for button in panel.findChildren(type(panel._head.itemAt(2).widget()))
    ]
    assert {plain(action) for action in actions if action} == {*VERBS, "Compare with another case"} - {
        "Give the reason"
    }


def test_it_is_taken_back_by_the_verb_and_by_undo(comparing: Desk) -> None:
    comparing.do("Different claim")
    comparing.do("Take back")
    assert found(comparing) == []
    comparing.undo()
    assert found(comparing) == [Relation.DIFFERENT]
    comparing.undo()
    comparing.rest()
    assert found(comparing) == []
    assert comparing.badges() == ["Maybe the same"]


def test_a_reason_is_kept_with_the_finding(comparing: Desk) -> None:
    comparing.do("Same claim")
    comparing.do("Give the reason")
    ask = comparing._dialog(Ask)
    comparing.fill("Reason", "Тот же пост", ask)
    comparing._push("Keep the reason", ask)
    comparing.rest()
    (link,) = links.of_case(book(comparing), cases.find(book(comparing), comparing.reference).id)
    assert [(each.relation, each.reason) for each in link.findings] == [(Relation.SAME, "Тот же пост")]


def test_the_other_case_is_opened(comparing: Desk) -> None:
    before = comparing.reference
    comparing.do("Open the other case")
    assert comparing.reference != before
    comparing.turn_to("Same claim")
    comparing.rest()
    assert before in comparing.entries()[0]


def test_any_case_can_be_chosen_to_compare_with(on_case: Desk) -> None:
    on_case.do("Compare with another case")
    chooser = on_case._dialog(CaseChooser)
    offered = [entry.title for entry in chooser.list.entries]
    assert not [title for title in offered if on_case.reference in title]
    on_case.fill("Any words of the other case, or its reference", "First", chooser)
    assert len(chooser.list.entries) == 1
    on_case.fill("Any words of the other case, or its reference", "no such words", chooser)
    assert not chooser.button.isEnabled()
    on_case.fill("Any words of the other case, or its reference", "First", chooser)
    on_case._push("Compare", chooser)
    on_case.rest()
    assert on_case.badges() == ["Chosen"]
    on_case.do("Same claim")
    on_case.rest()
    assert found(on_case) == [Relation.SAME]
    assert on_case.badges() == ["Same claim"]


def test_head_and_list_say_which_cases_have_the_same_claim(comparing: Desk) -> None:
    comparing.do("Same claim")
    (other,) = [card.reference for card in cards.page(book(comparing), cards.Sort.REFERENCE) if card.title == "Again"]
    assert f"Same claim as \u2066{other}\u2069" in comparing.words
    reference = comparing.reference
    comparing.do("All cases")
    model = comparing.window.workspace.cases.model
    signs = {
        model.index(row, 0).data().strip("\u2066\u2069")
        for row in range(model.rowCount())
        if model.index(row, 0).data(Qt.ItemDataRole.DecorationRole)
    }
    assert signs == {reference, other}


def test_a_casebook_to_be_read_only_shows_it(reading: Desk) -> None:
    reading.open_case(reading.listed[0])
    reading.do("Compare with another case")
    chooser = reading._dialog(CaseChooser)
    reading._push("Compare", chooser)
    reading.rest()
    assert reading.badges() == ["Chosen"]
    assert enabled(reading) == {"Open the other case"}
