"""What desks wrote without seeing each other: every version is listed, none wins, and one who saw all ends it for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import actors, cards, cases, check, claims, conflicts, desks, history, notes, sources
from db.casebook import Casebook
from db.claims import ClaimDraft
from db.conflicts import DELETED, Conflict
from db.errors import Ambiguous, Invalid, NotFound
from db.kinds import Json, Kind
from db.sources import SourceDraft
from db.vocabulary import Op, Status
from tests.db.union import unite
from tests.makers import RUSSIAN, URDU, Clock, edit_case, give_verdict, make_book, make_case, make_source

NAMES = (("Kabul desk", "KBL", "Amina"), ("Herat desk", "HRT", "Bek"), ("Quetta desk", "UET", "Gul"))


@pytest.fixture
def three(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Casebook, ...]]:
    """Three desks, each with a casebook of its own."""
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    with ExitStack() as stack:
        yield sit_down(stack, quick_folder)


def sit_down(stack: ExitStack, folder: Path) -> tuple[Casebook, ...]:
    """A casebook for each desk; one clock, so that who saves later says so."""
    clock = Clock()
    return tuple(
        stack.enter_context(make_book(folder, code, desk=desk, code=code, analyst=analyst, clock=clock))
        for desk, code, analyst in NAMES
    )


@pytest.fixture
def two(three: tuple[Casebook, ...]) -> tuple[Casebook, Casebook, str]:
    """Two desks that know the same case, and the case."""
    kabul, herat, _ = three
    case_id = make_case(kabul, URDU, title="First")
    unite(herat, kabul.path)
    return kabul, herat, case_id


def twin(book: Casebook) -> Casebook:
    """The same desk at another computer."""
    return Casebook.open(Path(shutil.copy(book.path, book.path.with_name("twin.casebook"))))


def put(book: Casebook, kind: Kind, thing: str, **fields: Json) -> bool:
    with book.change(Op.EDIT_CASE) as change:
        return change.put(kind, thing, fields)


def settle(book: Casebook, conflict: Conflict, operation: str) -> None:
    with book.change(Op.RESOLVE_CONFLICT) as change:
        conflicts.settle(change, conflict, operation)


def settle_as(book: Casebook, conflict: Conflict, text: str) -> None:
    with book.change(Op.RESOLVE_CONFLICT) as change:
        conflicts.settle_as(change, conflict, text)


def only(book: Casebook, case_id: str) -> Conflict:
    (found,) = conflicts.of_case(book, case_id)
    return found


def values(conflict: Conflict) -> list[str]:
    return [version.value for version in conflict.versions]


def disputed(two: tuple[Casebook, Casebook, str]) -> Conflict:
    """The title of the case, written by both desks."""
    kabul, herat, case_id = two
    edit_case(kabul, case_id, URDU)
    edit_case(herat, case_id, RUSSIAN)
    unite(kabul, herat.path)
    unite(herat, kabul.path)
    return only(kabul, case_id)


def test_a_conflict_says_who_wrote_what_where_and_when_and_which_is_shown(two) -> None:
    kabul, _, case_id = two
    found = disputed(two)
    assert (found.kind, found.thing, found.field, found.cases) == (Kind.CASE, case_id, "title", (case_id,))
    assert values(found) == [RUSSIAN, URDU]
    assert [(v.analyst, v.desk, v.shown) for v in found.versions] == [
        ("Bek", "Herat desk", True), ("Amina", "Kabul desk", False),
    ]  # fmt: skip
    assert all(version.made_at > "2026" for version in found.versions)
    assert cases.one(kabul, case_id).title == RUSSIAN


def test_the_card_of_a_case_counts_what_the_case_lists(two) -> None:
    kabul, herat, case_id = two
    source = make_source(kabul, [case_id], "A report")
    with kabul.change(Op.EDIT_CLAIM) as change:
        (claim,) = claims.of_case(kabul, case_id)
        claims.edit(change, claim.id, ClaimDraft(URDU, claimant_id=actors.named(change, "Zalmay")))
    unite(herat, kabul.path)
    (actor,) = actors.of_case(kabul, case_id)
    for book, words in ((kabul, "one"), (herat, "two")):
        put(book, Kind.SOURCE, source, author=words, publisher=words)
        put(book, Kind.ACTOR, actor.id, note=words)
        put(book, Kind.CASE, case_id, assignee=words)
    unite(kabul, herat.path)
    found = conflicts.of_case(kabul, case_id)
    assert {(c.kind, c.field) for c in found} == {
        (Kind.SOURCE, "author"), (Kind.SOURCE, "publisher"), (Kind.ACTOR, "note"), (Kind.CASE, "assignee"),
    }  # fmt: skip
    assert all(each.cases == (case_id,) for each in found)
    assert cards.some(kabul, [case_id])[0].conflicts == len(found) == conflicts.count(kabul, case_id)
    assert sorted(conflicts.of_casebook(kabul), key=lambda c: c.id) == sorted(found, key=lambda c: c.id)


def test_taking_a_version_ends_it_here_and_for_everybody_who_merges_it_later(two) -> None:
    kabul, herat, case_id = two
    found = disputed(two)
    settle(kabul, found, found.versions[1].operation)
    assert cases.one(kabul, case_id).title == URDU
    assert conflicts.of_case(kabul, case_id) == ()
    assert cards.some(kabul, [case_id])[0].conflicts == 0
    unite(herat, kabul.path)
    assert cases.one(herat, case_id).title == URDU
    assert list(conflicts.of_casebook(herat)) == []


def test_taking_the_version_that_is_shown_ends_it_for_everybody_too(two) -> None:
    kabul, herat, case_id = two
    found = disputed(two)
    settle(kabul, found, found.versions[0].operation)
    assert conflicts.of_case(kabul, case_id) == ()
    unite(herat, kabul.path)
    assert (cases.one(herat, case_id).title, conflicts.of_case(herat, case_id)) == (RUSSIAN, ())
    assert check.check(herat).problems == ()


def test_another_text_can_be_written_in_place_of_both(two) -> None:
    kabul, herat, case_id = two
    settle_as(kabul, disputed(two), "A third")
    unite(herat, kabul.path)
    assert (cases.one(herat, case_id).title, conflicts.of_case(herat, case_id)) == ("A third", ())


def test_two_who_settle_without_seeing_each_other_stand_in_a_new_conflict(two) -> None:
    kabul, herat, case_id = two
    found = disputed(two)
    settle(kabul, found, found.versions[0].operation)
    settle_as(herat, found, "A third")
    unite(kabul, herat.path)
    unite(herat, kabul.path)
    again = only(kabul, case_id)
    assert values(again) == values(only(herat, case_id)) == ["A third", RUSSIAN]
    assert again.id == found.id


def test_two_who_settle_alike_are_of_one_mind(two) -> None:
    kabul, herat, case_id = two
    found = disputed(two)
    for book in (kabul, herat):
        settle(book, found, found.versions[1].operation)
    unite(kabul, herat.path)
    assert conflicts.of_case(kabul, case_id) == ()


def test_what_is_settled_cannot_be_settled_again(two) -> None:
    kabul, _, case_id = two
    found = disputed(two)
    edit_case(kabul, case_id, "Settled by an edit")
    before = kabul.value("SELECT count(*) FROM op")
    with pytest.raises(NotFound):
        settle(kabul, found, found.versions[0].operation)
    with pytest.raises(NotFound):
        settle_as(kabul, found, "too late")
    assert kabul.value("SELECT count(*) FROM op") == before


def test_an_edit_of_another_field_leaves_a_conflict_as_it_is(two) -> None:
    kabul, _, case_id = two
    found = disputed(two)
    put(kabul, Kind.CASE, case_id, assignee="Amina")
    assert only(kabul, case_id) == found


def test_equal_versions_are_one_choice(three) -> None:
    kabul, herat, quetta = three
    case_id = make_case(kabul)
    unite(herat, kabul.path)
    unite(quetta, kabul.path)
    for book, words in ((kabul, "same"), (herat, "other"), (quetta, "same")):
        edit_case(book, case_id, words)
    unite(kabul, herat.path)
    unite(kabul, quetta.path)
    found = only(kabul, case_id)
    assert [[version.analyst for version in choice] for choice in found.choices] == [["Gul", "Amina"], ["Bek"]]
    assert [version.shown for version in found.versions] == [True, True, False]


def test_undo_of_settling_sets_what_was_shown_before_and_redo_settles_again(two) -> None:
    kabul, _, case_id = two
    found = disputed(two)
    settle(kabul, found, found.versions[1].operation)
    assert kabul.steps().undo.verb is Op.RESOLVE_CONFLICT
    kabul.undo()
    assert cases.one(kabul, case_id).title == RUSSIAN
    kabul.redo()
    assert cases.one(kabul, case_id).title == URDU
    assert check.check(kabul).problems == ()


# Deletions


def note_deleted_beside_an_edit(two: tuple[Casebook, Casebook, str]) -> Conflict:
    kabul, herat, case_id = two
    with kabul.change(Op.ADD_NOTE) as change:
        note = notes.add_note(change, case_id, "at first")
    unite(herat, kabul.path)
    with kabul.change(Op.DELETE_NOTE) as change:
        change.delete(Kind.NOTE, note, "said twice")
    for words in ("better", "best"):
        with herat.change(Op.EDIT_NOTE) as change:
            notes.edit_note(change, note, words)
    unite(kabul, herat.path)
    unite(herat, kabul.path)
    return only(kabul, case_id)


def test_a_deletion_beside_an_edit_keeps_the_thing_and_says_what_each_side_did(two) -> None:
    kabul, _, case_id = two
    found = note_deleted_beside_an_edit(two)
    assert [note.text for note in notes.of_case(kabul, case_id)] == ["best"]
    assert (found.field, found.name) == (DELETED, "best")
    kept, deleted = found.versions
    assert (kept.analyst, kept.deletes, kept.shown) == ("Bek", False, True)
    assert [(said.field, said.value) for said in kept.said] == [("text", "best")]
    assert (deleted.analyst, deleted.deletes, deleted.shown, deleted.value) == ("Amina", True, False, "said twice")


@pytest.mark.parametrize(("place", "left"), [(0, ["best"]), (1, [])])
def test_keeping_or_deleting_ends_it_for_everybody(two, place: int, left: list[str]) -> None:
    kabul, herat, case_id = two
    found = note_deleted_beside_an_edit(two)
    settle(herat, found, found.versions[place].operation)
    unite(kabul, herat.path)
    for book in (kabul, herat):
        assert [note.text for note in notes.of_case(book, case_id)] == left
        assert list(conflicts.of_casebook(book)) == []
        assert check.check(book).problems == ()
    herat.undo()
    assert [note.text for note in notes.of_case(herat, case_id)] == ["best"]


def test_a_deletion_has_no_words_of_its_own(two) -> None:
    kabul, _, _ = two
    found = note_deleted_beside_an_edit(two)
    with pytest.raises(Invalid) as refused:
        settle_as(kabul, found, "words")
    assert refused.value.problem == "choice"


def test_what_belongs_to_a_deleted_case_is_out_of_sight_until_the_case_is_back(two) -> None:
    kabul, _, case_id = two
    with kabul.change(Op.ADD_NOTE) as change:
        note = notes.add_note(change, case_id, "at first")
    unite(two[1], kabul.path)
    put(kabul, Kind.NOTE, note, text="one")
    put(two[1], Kind.NOTE, note, text="two")
    unite(kabul, two[1].path)
    (found,) = conflicts.of_casebook(kabul)
    with kabul.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    assert list(conflicts.of_casebook(kabul)) == list(conflicts.of_case(kabul, case_id)) == []
    with pytest.raises(NotFound):
        conflicts.find(kabul, found.id)
    kabul.undo()
    assert list(conflicts.of_casebook(kabul)) == [found]


def test_what_stands_in_no_case_is_listed_too(three) -> None:
    kabul, herat, _ = three
    with kabul.change(Op.ADD_SOURCE) as change:
        source = sources.add(change, SourceDraft("Loose"))
    unite(herat, kabul.path)
    for book, words in ((kabul, "one"), (herat, "two")):
        put(book, Kind.SOURCE, source, author=words)
    home = desks.home(kabul).id
    with twin(kabul) as elsewhere:
        put(kabul, Kind.DESK, home, imprint="one")
        put(elsewhere, Kind.DESK, home, imprint="two")
        unite(kabul, elsewhere.path)
    unite(kabul, herat.path)
    assert {(c.kind, c.field, c.cases) for c in conflicts.of_casebook(kabul)} == {
        (Kind.SOURCE, "author", ()), (Kind.DESK, "imprint", ()),
    }  # fmt: skip


# What a field can hold


def test_a_word_that_is_not_of_the_vocabulary_is_refused_and_one_of_it_taken_in_any_case(two) -> None:
    kabul, herat, case_id = two
    put(kabul, Kind.CASE, case_id, status=Status.IN_WORK)
    put(herat, Kind.CASE, case_id, status=Status.CLOSED)
    unite(kabul, herat.path)
    found = only(kabul, case_id)
    with pytest.raises(Invalid) as refused:
        settle_as(kabul, found, "forgotten")
    assert (refused.value.field, refused.value.problem) == ("status", "vocabulary")
    assert only(kabul, case_id) == found
    settle_as(kabul, found, "In Review")
    assert cases.one(kabul, case_id).status is Status.IN_REVIEW


def test_numbers_and_flags_are_read_from_text_and_others_refused(two) -> None:
    kabul, herat, case_id = two
    with kabul.change(Op.ADD_TASK) as change:
        task = notes.add_task(change, case_id, notes.TaskDraft("ask them"))
    unite(herat, kabul.path)
    rating = kabul.value("SELECT id FROM rating WHERE label = 'False'")
    with twin(kabul) as elsewhere:
        put(kabul, Kind.RATING, rating, value=2.0)
        put(elsewhere, Kind.RATING, rating, value=3.0)
        unite(kabul, elsewhere.path)
    put(kabul, Kind.TASK, task, done=True, assignee="Amina")
    put(herat, Kind.TASK, task, assignee="Bek")
    unite(kabul, herat.path)
    found = {c.field: c for c in conflicts.of_casebook(kabul)}
    assert sorted(values(found["value"])) == ["2.0", "3.0"]
    for bad in ("many", "1,5"):
        with pytest.raises(Invalid) as refused:
            settle_as(kabul, found["value"], bad)
        assert refused.value.problem == "type"
    settle_as(kabul, found["value"], " 1.5 ")
    assert kabul.value("SELECT value FROM rating WHERE id = :id", id=rating) == 1.5


def test_a_required_field_is_not_settled_as_empty(two) -> None:
    kabul, herat, case_id = two
    (claim,) = claims.of_case(kabul, case_id)
    put(kabul, Kind.CLAIM, claim.id, text="one")
    put(herat, Kind.CLAIM, claim.id, text="two")
    unite(kabul, herat.path)
    with pytest.raises(Invalid):
        settle_as(kabul, only(kabul, case_id), "  ")
    assert values(only(kabul, case_id)) == ["two", "one"]


def claimants(two: tuple[Casebook, Casebook, str], mine: str, theirs: str) -> Conflict:
    kabul, herat, case_id = two
    (claim,) = claims.of_case(kabul, case_id)
    for book, name in ((kabul, mine), (herat, theirs)):
        with book.change(Op.EDIT_CLAIM) as change:
            change.put(Kind.CLAIM, claim.id, {"claimant_id": actors.named(change, name)})
    unite(kabul, herat.path)
    return only(kabul, case_id)


def test_a_reference_is_shown_by_name_and_settled_by_name(two) -> None:
    kabul, _, case_id = two
    found = claimants(two, "Zalmay", "Bibi")
    assert values(found) == ["Bibi", "Zalmay"]
    settle_as(kabul, found, "Somebody else")
    assert claims.of_case(kabul, case_id)[0].claimant == "Somebody else"


def test_two_actors_of_one_name_are_told_apart(two) -> None:
    kabul, _, case_id = two
    found = claimants(two, "Zalmay", "Zalmay")
    assert values(found) == ["Zalmay", "Zalmay"]
    told = [version.told for version in found.versions]
    assert len(set(told)) == 2
    assert all(words.startswith("Zalmay (") for words in told)
    settle(kabul, found, found.versions[1].operation)
    assert claims.of_case(kabul, case_id)[0].claimant_id == found.versions[1].raw


def test_a_version_that_points_at_what_was_not_handed_over_can_be_taken(two) -> None:
    kabul, _, case_id = two
    found = claimants(two, "Zalmay", "Bibi")
    with kabul.repair() as writer:  # as after a hand-over that held an actor back
        writer.execute("DELETE FROM op WHERE thing = :id", id=found.versions[0].raw)
        writer.execute("DELETE FROM actor WHERE id = :id", id=found.versions[0].raw)
    again = only(kabul, case_id)
    settle(kabul, again, again.versions[0].operation)
    assert conflicts.of_case(kabul, case_id) == ()


# Names


def test_conflicts_and_versions_are_named_by_the_beginning_of_their_ids(two) -> None:
    kabul, _, _ = two
    found = disputed(two)
    assert conflicts.find(kabul, f" {found.id[:4].upper()} ") == found
    assert found.version(found.versions[1].operation[:6]) == found.versions[1]
    for missing in ("", "zz", found.id + "0"):
        with pytest.raises(NotFound):
            conflicts.find(kabul, missing)
        with pytest.raises(NotFound):
            found.version(missing)


def test_a_beginning_that_fits_several_is_refused(two) -> None:
    kabul, herat, case_id = two
    names = ("title", "assignee", "due", "tlp", "priority", "status")
    one, other = ("one", "one", "one", "RED", "low", "closed"), ("two", "two", "two", "CLEAR", "high", "received")
    with kabul.change(Op.ADD_NOTE) as change:
        things = [notes.add_note(change, case_id, "x") for _ in range(20)]
    unite(herat, kabul.path)
    for book, said in ((kabul, one), (herat, other)):
        put(book, Kind.CASE, case_id, **dict(zip(names, said, strict=True)))
        for thing in things:
            put(book, Kind.NOTE, thing, text=said[0])
    unite(kabul, herat.path)
    ids = [found.id for found in conflicts.of_casebook(kabul)]
    assert len(set(ids)) == 25  # the status came back to what it was, so only one desk said anything of it
    first = next(each[0] for each in ids if sum(other.startswith(each[0]) for other in ids) > 1)
    with pytest.raises(Ambiguous) as refused:
        conflicts.find(kabul, first)
    assert set(refused.value.choices) == {each for each in ids if each.startswith(first)}


# History


def test_history_tells_what_stood_beside_and_what_was_chosen(two) -> None:
    kabul, herat, case_id = two
    found = disputed(two)
    settle(kabul, found, found.versions[0].operation)
    unite(herat, kabul.path)
    (edit,) = history.of_case(herat, case_id)[0].edits
    assert (edit.field, edit.old, edit.beside, edit.new) == ("title", RUSSIAN, (URDU,), RUSSIAN)


def test_history_tells_that_a_thing_was_kept(two) -> None:
    kabul, _, case_id = two
    found = note_deleted_beside_an_edit(two)
    settle(kabul, found, found.versions[0].operation)
    entry = history.of_case(kabul, case_id)[0]
    assert entry.verb == Op.RESOLVE_CONFLICT
    assert [(e.kind, e.field, e.old, e.new) for e in entry.edits] == [(Kind.NOTE, "", "best", "best")]


def test_settling_by_what_is_shown_does_not_make_a_verdict_stale(two) -> None:
    kabul, herat, case_id = two
    (claim,) = claims.of_case(kabul, case_id)
    put(kabul, Kind.CLAIM, claim.id, translation="one")
    put(herat, Kind.CLAIM, claim.id, translation="two")
    unite(kabul, herat.path)
    give_verdict(kabul, case_id)
    found = only(kabul, case_id)
    settle(kabul, found, found.versions[0].operation)
    assert not cards.some(kabul, [case_id])[0].stale


# Any order of edits, settling and merging on three desks


@dataclass(frozen=True)
class Write:
    """One operation on a thing as the test knows it: which it saw, what it set."""

    number: int
    saw: frozenset[Write]
    fields: tuple[tuple[str, Json], ...]
    deletes: bool = False


@dataclass
class Known:
    """A desk: its casebook, and the writes of each thing that came to it."""

    book: Casebook
    writes: dict[str, set[Write]] = field(default_factory=dict)

    def note(self, thing: str, number: int, fields: dict[str, Json], *, deletes: bool = False) -> None:
        mine = self.writes.setdefault(thing, set())
        mine.add(Write(number, frozenset(mine), tuple(fields.items()), deletes))

    def standing(self, thing: str, name: str) -> set[tuple[Json, ...]]:
        """What stands of a field: said by a write that no other write of the field has seen."""
        of_field = [w for w in self.writes[thing] if name in dict(w.fields)]
        last = [w for w in of_field if not any(w in other.saw for other in of_field)]
        return {(dict(w.fields)[name],) for w in last}

    def heads(self, thing: str) -> list[bool]:
        """For each write that no other has seen, whether it deletes."""
        mine = self.writes[thing]
        return [w.deletes for w in mine if not any(w in other.saw for other in mine)]


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 2), st.sampled_from(["title", "assignee"]), st.sampled_from("abc")),
        st.tuples(st.just("note"), st.integers(0, 2), st.just("text"), st.sampled_from("abc")),
        st.tuples(st.just("delete"), st.integers(0, 2), st.just(""), st.just("")),
        st.tuples(st.just("take"), st.integers(0, 2), st.just(""), st.sampled_from("abc")),
        st.tuples(st.just("write"), st.integers(0, 2), st.just(""), st.sampled_from("abcd")),
        st.tuples(st.just("unite"), st.integers(0, 2), st.just(""), st.sampled_from("abc")),
        st.tuples(st.just("unite"), st.integers(0, 2), st.just(""), st.sampled_from("abc")),
    ),
    min_size=6,
    max_size=30,
)


class World:
    """Three desks that work on one case with one note."""

    def __init__(self, books: tuple[Casebook, ...]) -> None:
        self.case = make_case(books[0], "a claim")
        with books[0].change(Op.ADD_NOTE) as change:
            self.note = notes.add_note(change, self.case, "first")
        self.desks = [Known(book) for book in books]
        for known in self.desks:
            known.writes = {self.case: set(), self.note: {Write(0, frozenset(), (("text", "first"),))}}
        for book in books[1:]:
            unite(book, books[0].path)
        self.number = 0

    def do(self, what: str, desk: int, name: str, text: str) -> None:
        self.number += 1
        known = self.desks[desk]
        getattr(self, f"_{what}")(known, name, text)
        assert self.listed(known) == self.expected(known)

    def _put(self, known: Known, name: str, text: str) -> None:
        if put(known.book, Kind.CASE, self.case, **{name: text}):
            known.note(self.case, self.number, {name: text})

    def _note(self, known: Known, name: str, text: str) -> None:
        if not all(known.heads(self.note)) and put(known.book, Kind.NOTE, self.note, text=text):
            known.note(self.note, self.number, {"text": text})

    def _delete(self, known: Known, _name: str, _text: str) -> None:
        if not all(known.heads(self.note)):
            with known.book.change(Op.DELETE_NOTE) as change:
                change.delete(Kind.NOTE, self.note)
            known.note(self.note, self.number, {}, deletes=True)

    def _take(self, known: Known, _name: str, text: str) -> None:
        found = conflicts.of_case(known.book, self.case)
        if found:
            conflict = found[ord(text) % len(found)]
            version = conflict.versions[ord(text) % len(conflict.versions)]
            settle(known.book, conflict, version.operation)
            fields = {} if conflict.field == DELETED else {conflict.field: version.raw}
            known.note(conflict.thing, self.number, fields, deletes=version.deletes)

    def _write(self, known: Known, _name: str, text: str) -> None:
        for conflict in conflicts.of_case(known.book, self.case)[:1]:
            if conflict.field != DELETED:
                settle_as(known.book, conflict, text)
                known.note(conflict.thing, self.number, {conflict.field: text})

    def _unite(self, known: Known, _name: str, text: str) -> None:
        other = self.desks["abc".index(text)]
        if other is not known:
            unite(known.book, other.book.path)
            for thing, writes in other.writes.items():
                known.writes[thing] |= writes

    def listed(self, known: Known) -> dict[tuple[str, str], object]:
        found = conflicts.of_case(known.book, self.case)
        assert len(found) == cards.some(known.book, [self.case])[0].conflicts
        assert {c.id for c in conflicts.of_casebook(known.book)} == {c.id for c in found}
        return {
            (c.thing, c.field): sorted(v.deletes for v in c.versions)
            if c.field == DELETED
            else {(v.raw,) for v in c.versions}
            for c in found
        }

    def expected(self, known: Known) -> dict[tuple[str, str], object]:
        stands: dict[tuple[str, str], object] = {}
        for thing, name in ((self.case, "title"), (self.case, "assignee"), (self.note, "text")):
            values = known.standing(thing, name)
            if len(values) > 1 and not (thing == self.note and all(known.heads(thing))):
                stands[thing, name] = values
        heads = known.heads(self.note)
        if any(heads) and not all(heads):
            stands[self.note, DELETED] = sorted(heads)
        return stands


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=_steps)
def test_every_conflict_lists_exactly_what_stands(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, str, str]]
) -> None:
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    with ExitStack() as stack:
        books = sit_down(stack, quick_folder)
        world = World(books)
        for step in steps:
            world.do(*step)
        for known in world.desks:  # in the end all know all, and say the same
            for other in world.desks:
                unite(known.book, other.book.path)
        told = [conflicts.of_case(book, world.case) for book in books]
        assert told[0] == told[1] == told[2]
        assert all(check.check(book).problems == () for book in books)
        for book in books:
            book.close()
            book.path.unlink()
