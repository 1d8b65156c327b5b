"""What sources say of an actor stands side by side where it cannot all be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import actors, attributes, citations, joints, search
from db.actors import ActorDraft
from db.attributes import AttributeDraft
from db.casebook import Casebook
from db.citations import CitationDraft
from db.errors import Invalid
from db.kinds import Kind
from db.vocabulary import Attribute, Credibility, Op, Reliability
from tests.db.union import unite
from tests.makers import make_book, make_case, make_source

# From the article: the two stories of the same man.
GDI = {
    Attribute.ORIGIN: "Khyber Pakhtunkhwa in Pakistan",
    Attribute.ROLE: "senior ISKP commander",
    Attribute.PLACE_OF_DEATH: "Karachi",
}
ADAMS = {
    Attribute.ORIGIN: "Achin district in Nangarhar",
    Attribute.ROLE: "never affiliated with any terrorist organization",
}


def say(book: Casebook, case: str, actor: str, name: Attribute, value: str, source: str = "", dated: str = "") -> str:
    with book.change(Op.ADD_ATTRIBUTE) as change:
        return attributes.add(change, case, actor, AttributeDraft(name, value, dated, source))


def add(book: Casebook, name: str) -> str:
    with book.change(Op.ADD_ACTOR) as change:
        return actors.add(change, ActorDraft(name))


def told(book: Casebook, actor: str) -> dict[Attribute, list[str]]:
    return {each.name: [version.value for version in each.versions] for each in attributes.contradictions(book, actor)}


def test_hasan_comes_from_two_places_and_was_two_things(book: Casebook) -> None:
    case = make_case(book, "Hasan was killed in Karachi.")
    hasan = add(book, "Hasan")
    directorate = make_source(book, [case], "Al-Mirsad on Hasan", published_on="2025-10-04")
    adams = make_source(book, [case], "Post by Sarah Adams", published_on="2025-10-05")
    with book.change(Op.EDIT_CITATION) as change:
        first = citations.of_case(book, case)[0]
        citations.edit(change, first.id, CitationDraft(first.stance, Reliability.D, Credibility.DOUBTFUL))
    for source, said in ((directorate, GDI), (adams, ADAMS)):
        for name, value in said.items():
            say(book, case, hasan, name, value, source)
    found = attributes.contradictions(book, hasan)
    assert [each.name for each in found] == [Attribute.ORIGIN, Attribute.ROLE]
    for each in found:
        assert [version.value for version in each.versions] == [GDI[each.name], ADAMS[each.name]]
        first, second = (version.told[0] for version in each.versions)
        assert (first.source, first.published_on, first.reliability + first.credibility) == (
            "Al-Mirsad on Hasan",
            "2025-10-04",
            "D4",
        )
        assert (second.source, second.reliability + second.credibility) == ("Post by Sarah Adams", "F6")
        assert first.reference.startswith("KBL-")
    assert [each.name for each in attributes.of_actor(book, hasan)][-1] is Attribute.PLACE_OF_DEATH
    assert [hit.kind for hit in search.search(book, "Achin")] == [Kind.ATTRIBUTE]
    assert [actor.id for actor in actors.of_case(book, case)] == [hasan]


@pytest.mark.parametrize(
    ("name", "one", "other", "apart"),
    [
        (Attribute.DIED, "2025-03-05", "2025-03", False),
        (Attribute.DIED, "2025-03-05", "2025-04", True),
        (Attribute.DIED, "2025-03-01..2025-03-10", "2025-03-10", False),
        (Attribute.BORN, "1980", "1981", True),
        (Attribute.BORN, "1980", "about 1980", True),
        (Attribute.ORIGIN, "Achin", "ACHIN ", False),
        (Attribute.ORIGIN, "کابل", "كابل", False),
        (Attribute.ORIGIN, "Achin", "Kunar", True),
        (Attribute.OTHER, "tall", "short", False),
    ],
)
def test_which_things_contradict(book: Casebook, name: Attribute, one: str, other: str, apart: bool) -> None:
    case, actor = make_case(book), add(book, "Hasan")
    for value in (one, other):
        say(book, case, actor, name, value)
    assert told(book, actor) == ({name: [one, other]} if apart else {})


def test_what_changes_with_time_contradicts_only_at_one_time(book: Casebook) -> None:
    case, actor = make_case(book), add(book, "Najib")
    say(book, case, actor, Attribute.ROLE, "commander", dated="2019")
    later = say(book, case, actor, Attribute.ROLE, "deputy minister", dated="2025")
    assert told(book, actor) == {}
    with book.change(Op.EDIT_ATTRIBUTE) as change:
        attributes.edit(change, later, AttributeDraft(Attribute.ROLE, "deputy minister", "2019-05"))
    assert told(book, actor) == {Attribute.ROLE: ["commander", "deputy minister"]}
    with book.change(Op.DELETE_ATTRIBUTE) as change:
        attributes.delete(change, later)
    assert told(book, actor) == {}
    book.undo()
    assert len(attributes.of_actor(book, actor)) == 2
    with book.change(Op.EDIT_ATTRIBUTE) as change, pytest.raises(Invalid):
        attributes.edit(change, later, AttributeDraft(Attribute.ROLE, " "))


def test_joined_actors_contradict_each_other_and_so_do_two_desks(book: Casebook, tmp_path: Path) -> None:
    case = make_case(book)
    zaid, burhan = add(book, "Zaid"), add(book, "Burhan")
    say(book, case, zaid, Attribute.ROLE, "commander")
    with make_book(tmp_path, "other", desk="Other", code="OTH") as other:
        unite(other, book.path)
        say(other, case, burhan, Attribute.ROLE, "laborer")
        unite(book, other.path)
    assert told(book, zaid) == told(book, burhan) == {}
    with book.change(Op.JOIN_ACTORS) as change:
        joints.join(change, zaid, burhan)
    assert told(book, zaid) == told(book, burhan) == {Attribute.ROLE: ["commander", "laborer"]}
    with book.change(Op.DELETE_CASE) as change:
        change.delete(Kind.CASE, case)
    assert told(book, zaid) == {}
