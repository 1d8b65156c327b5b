"""The verbs of an actor, from every place where one is in sight."""

from __future__ import annotations

import pytest

from db import actors, attributes, cases, claims, timeline
from db.actors import ActorDraft
from db.claims import ClaimDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from desktop.forms.actor_chooser import ActorChooser, JoinChooser
from desktop.pages.actor import ActorPage
from tests.desk import Desk


@pytest.fixture
def peopled(on_case: Desk) -> Desk:
    """The page of a case that names two actors."""
    book = on_case.window.workspace.context.book
    case = cases.find(book, on_case.reference)
    with book.change(Op.EDIT_CLAIM) as change:
        zaid, burhan = actors.add(change, ActorDraft("Zaid")), actors.add(change, ActorDraft("Burhan"))
        actors.set_aliases(change, burhan, ["برہان"])
        actors.add(change, ActorDraft("Unnamed anywhere"))
        whole = claims.whole(book, case.id)
        claims.edit(change, whole.id, ClaimDraft(whole.text, claimant_id=zaid))
        timeline.add(change, case.id, AppearanceDraft(actor_id=burhan, channel="X"))
    return on_case


def page(desk: Desk) -> ActorPage:
    found = desk.window.workspace.stack.currentWidget()
    assert isinstance(found, ActorPage)
    return found


def test_the_page_is_reached_from_claim_timeline_and_actors(peopled: Desk) -> None:
    for tab, name in (("Claim", "Zaid"), ("Timeline", "Burhan"), ("Actors", "Burhan")):
        peopled.turn_to(tab)
        peopled.choose_entry(0)
        peopled.press("F5")
        assert page(peopled).name.text() == name
        peopled.open_case(peopled.listed[0])


def test_where_none_is_in_sight_one_is_chosen_by_any_name(peopled: Desk) -> None:
    peopled.do("All cases")
    peopled.do("Page of the actor")
    chooser = peopled._dialog(ActorChooser)
    peopled.put(chooser.line, "برھان")
    assert [entry.title for entry in chooser.list.entries] == ["Burhan"]
    peopled._push("Show", chooser)
    assert page(peopled).name.text() == "Burhan"


def test_a_hit_leads_to_the_page_and_one_in_no_case_has_no_other(peopled: Desk) -> None:
    assert peopled.search("unnamed")
    peopled.window.workspace.search.open_current()
    assert page(peopled).name.text() == "Unnamed anywhere"
    peopled.search("برہان")
    peopled.do("Page of the actor")
    assert page(peopled).name.text() == "Burhan"


@pytest.mark.parametrize(("name", "leads"), [("Zaid", "Zaid"), ("Burhan", "Burhan")])
def test_two_are_joined_under_either_name_and_parted_again(peopled: Desk, name: str, leads: str) -> None:
    book = peopled.window.workspace.context.book
    peopled.turn_to("Claim")
    peopled.choose_entry(0)
    peopled.do("Join with another actor")
    chooser = peopled._dialog(JoinChooser)
    assert [entry.title for entry in chooser.list.entries] == ["Burhan", "Unnamed anywhere"], "never with itself"
    peopled._pick(chooser.name, name)
    peopled._push("Join", chooser)
    peopled.turn_to("Actors")
    assert peopled.entries() == [leads]
    other = {"Zaid": "Burhan", "Burhan": "Zaid"}[leads]
    assert f"Joined with \u2066{other}" in peopled.words
    own = {"Zaid": "", "Burhan": "برہان"}
    assert peopled.field("Also known as").text() == own[leads], "what is typed here is its own"
    peopled.do("Part from the others")
    chooser = peopled._dialog(ActorChooser)
    assert [entry.title for entry in chooser.list.entries] == [other]
    peopled._push("Part", chooser)
    assert peopled.entries() == ["Burhan", "Zaid"]
    peopled.undo()
    assert peopled.entries() == [leads]
    peopled.undo()
    assert peopled.entries() == ["Burhan", "Zaid"]
    assert len(actors.everyone(book)) == 3


def test_what_a_source_says_is_begun_from_the_case_and_kept_there(peopled: Desk) -> None:
    book = peopled.window.workspace.context.book
    reference = peopled.reference
    peopled.turn_to("Actors")
    peopled.choose_entry(0)
    peopled.press("Ctrl+Shift+F5")
    assert page(peopled).name.text() == "Burhan"
    peopled.fill("What the source says", "Achin")
    peopled.do("All cases")
    (told,) = attributes.of_actor(book, actors.find(book, "Burhan").id)  # type: ignore[union-attr]
    assert (told.value, told.reference) == ("Achin", reference)


def test_a_casebook_to_be_read_shows_the_page_and_writes_nothing(reading: Desk) -> None:
    reading.open_case(reading.listed[0])
    assert reading.verb("Page of the actor").isEnabled()
    for name in ("Join with another actor", "Part from the others", "What a source says of it"):
        assert not reading.verb(name).isEnabled()
