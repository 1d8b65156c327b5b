"""Two names, one actor: joined without losing anything, parted without leaving anything."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import actors, cards, cases, check, claims, conflicts, history, joints, rebuild, search, timeline
from db.actors import ActorDraft
from db.casebook import Casebook
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.errors import Invalid, NotFound
from db.exchange import contents, survey
from db.exchange.contents import Order
from db.kinds import Kind
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Tlp
from tests.db.sequences import everything
from tests.db.union import digest, unite
from tests.makers import Clock, edit_case, make_book


def add(book: Casebook, name: str, *aliases: str) -> str:
    with book.change(Op.ADD_ACTOR) as change:
        actor = actors.add(change, ActorDraft(name))
        actors.set_aliases(change, actor, aliases)
    return actor


def case_of(book: Casebook, claimant: str, claim: str = "said") -> str:
    with book.change(Op.ADD_CASE) as change:
        return cases.add(change, CaseDraft(title=claim), ClaimDraft(claim, claimant_id=claimant))


def join(book: Casebook, actor: str, into: str) -> None:
    with book.change(Op.JOIN_ACTORS) as change:
        assert joints.join(change, actor, into)


def part(book: Casebook, actor: str) -> bool:
    with book.change(Op.PART_ACTORS) as change:
        return joints.part(change, actor)


def test_a_joint_actor_goes_by_all_names_in_all_places(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid", "زید"), add(book, "Burhan", "برہان")
    one, other = case_of(book, zaid, "one"), case_of(book, burhan, "other")
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, one, AppearanceDraft(actor_id=zaid, channel="X"))
    join(book, zaid, burhan)
    joint = actors.one(book, zaid)
    assert joint == actors.one(book, burhan)
    assert (joint.id, joint.name) == (burhan, "Burhan")
    assert joint.aliases == ("برہان", "Zaid", "زید")
    assert joint.own == ("برہان",)
    assert [actor.id for actor in actors.everyone(book)] == [burhan]
    assert [actor.id for actor in actors.of_case(book, one)] == [burhan]
    assert claims.whole(book, one).claimant == "Burhan"
    assert timeline.of_case(book, one)[0].actor == "Burhan"
    assert [each.name for each in actors.parts(book, zaid)] == ["Burhan", "Zaid"]
    for name in ("Zaid", "زید", "burhan", "برھان"):
        assert actors.find(book, name) == joint
        found = [hit for hit in search.search(book, name) if hit.kind is Kind.ACTOR]
        assert {(hit.case_id, hit.thing) for hit in found} == {(one, burhan), (other, burhan)}, name
    assert {entry.verb for entry in history.of_case(book, other)} >= {Op.JOIN_ACTORS}


def test_parting_restores_what_was(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid", "زید"), add(book, "Burhan")
    case_of(book, zaid, "one")
    case_of(book, burhan, "other")
    before = {name: rows for name, rows in everything(book).items() if name not in ("head", "actor", "case_card")}
    join(book, zaid, burhan)
    assert part(book, zaid)
    after = everything(book)
    assert before == {name: after[name] for name in before}
    assert not part(book, zaid)
    book.undo()
    assert actors.one(book, zaid).id == burhan
    book.undo()
    assert actors.one(book, zaid).id == zaid
    book.redo()
    assert actors.one(book, zaid).id == burhan


def test_a_save_while_they_are_joined_names_the_same_actor_as_before(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid"), add(book, "Burhan")
    case = case_of(book, zaid)
    join(book, zaid, burhan)
    with book.change(Op.EDIT_CLAIM) as change:
        for typed in ("Burhan", "Zaid"):
            assert actors.named_instead(change, zaid, typed) == zaid
        assert actors.named(change, "zaid") == zaid
    part(book, zaid)
    assert claims.whole(book, case).claimant == "Zaid"


def test_joining_goes_over_others_and_never_to_itself(book: Casebook) -> None:
    a, b, c = (add(book, name) for name in "abc")
    join(book, a, b)
    join(book, a, c)  # with all that it is joined with
    assert {actors.one(book, each).id for each in (a, b, c)} == {c}
    with book.change(Op.JOIN_ACTORS) as change:
        assert not joints.join(change, a, b)
        with pytest.raises(Invalid):
            joints.join(change, a, a)
        with pytest.raises(NotFound):
            joints.join(change, a, "nobody")
    part(book, b)  # leads a still
    assert {each: actors.one(book, each).id for each in (a, b, c)} == {a: b, b: b, c: c}


def test_a_renamed_part_and_a_new_alias_are_found_at_once(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid"), add(book, "Burhan")
    case = case_of(book, burhan)
    join(book, zaid, burhan)
    with book.change(Op.EDIT_ACTOR) as change:
        change.put(Kind.ACTOR, zaid, {"name": "Zayd", "note": "of Habibabad"})
        actors.set_aliases(change, zaid, ["Зайд"])
    for words in ("Zayd", "Зайд", "Habibabad"):
        assert [(hit.case_id, hit.thing) for hit in search.search(book, words)] == [(case, burhan)], words
    assert search.search(book, "Zaid") == ()


def test_a_deleted_actor_leads_nobody(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid"), add(book, "Burhan")
    join(book, zaid, burhan)
    with book.change(Op.DELETE_ACTOR) as change:
        change.delete(Kind.ACTOR, burhan)
    assert actors.one(book, zaid).id == zaid
    book.undo()
    assert actors.one(book, zaid).id == burhan


def test_a_hand_over_takes_those_that_are_joined(book: Casebook) -> None:
    zaid, burhan = add(book, "Zaid", "زید"), add(book, "Burhan")
    for named, other in ((zaid, burhan), (burhan, zaid)):
        case = case_of(book, named)
        if named == zaid:
            join(book, zaid, burhan)
        leaving = contents.decide(survey.read(book, [case]), Order(Tlp.RED)).leaving
        assert {named, other} <= {thing.id for thing in leaving}
        assert "زید" in {thing.title for thing in leaving if thing.kind is Kind.ALIAS}


def test_two_desks_that_join_either_way_round(book: Casebook, tmp_path: Path) -> None:
    zaid, burhan = add(book, "Zaid"), add(book, "Burhan")
    case = case_of(book, zaid)
    with make_book(tmp_path, "other", desk="Other desk", code="OTH") as other:
        unite(other, book.path)
        join(book, zaid, burhan)
        join(other, burhan, zaid)
        unite(book, other.path)
        unite(other, book.path)
        for each in (book, other):
            assert actors.one(each, burhan).id == actors.one(each, zaid).id == min(zaid, burhan)
            assert len(actors.everyone(each)) == 1
        assert conflicts.of_case(book, case) == ()
        part(book, max(zaid, burhan))  # lets go of both ends
        assert len(actors.everyone(book)) == 2


def test_two_desks_that_join_one_with_different_ones_are_in_conflict(book: Casebook, tmp_path: Path) -> None:
    a, b, c = (add(book, name) for name in "abc")
    case = case_of(book, b)
    with make_book(tmp_path, "other", desk="Other desk", code="OTH") as other:
        unite(other, book.path)
        join(book, a, b)
        join(other, a, c)
        unite(book, other.path)
    (found,) = conflicts.of_casebook(book)
    assert {version.value for version in found.versions} == {"b", "c"}
    wanted = next(version for version in found.versions if version.value == "b")
    with book.change(Op.RESOLVE_CONFLICT) as change:
        conflicts.settle(change, found, wanted.operation)
    assert actors.one(book, a).id == b
    assert [card.conflicts for card in cards.some(book, [case])] == [0]


_names = st.integers(0, 3)
_step = st.one_of(
    st.tuples(st.just("join"), st.booleans(), _names, _names),
    st.tuples(st.just("join"), st.booleans(), _names, _names),
    st.tuples(st.just("part"), st.booleans(), _names, _names),
    st.tuples(st.just("undo"), st.booleans(), _names, _names),
    st.tuples(st.just("merge"), st.booleans(), _names, _names),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_step, min_size=4, max_size=14))
def test_joins_and_parts_at_two_desks_come_to_the_same(quick_folder: Path, steps: list) -> None:
    shutil.rmtree(quick_folder, ignore_errors=True)
    quick_folder.mkdir()
    with (
        make_book(quick_folder, "one", clock=Clock()) as one,
        make_book(quick_folder, "two", desk="Two", code="TWO", clock=Clock()) as two,
    ):
        ids = [add(one, f"Actor {n}", f"alias {n}") for n in range(4)]
        case = case_of(one, ids[0])
        unite(two, one.path)
        for what, first, a, b in steps:
            here, there = (one, two) if first else (two, one)
            if what == "join" and a != b:
                with suppress(NotFound), here.change(Op.JOIN_ACTORS) as change:  # undo may have taken them away
                    joints.join(change, ids[a], ids[b])
            elif what == "part":
                part(here, ids[a])
            elif what == "undo" and b:
                here.undo()
            elif what == "merge":
                unite(here, there.path)
        for here, there in ((one, two), (two, one)):
            unite(here, there.path)
        assert digest(one) == digest(two)
        if one.select('SELECT id FROM "case" WHERE deleted = 0'):
            edit_case(one, case, "Still here")
        drawn = everything(one)
        rebuild.rebuild(one)
        assert everything(one) == drawn
        assert check.check(one).problems == ()
        leads = {each: joints.lead(one, each) for each in ids}
        assert all(leads[leads[each]] == leads[each] for each in ids)
