"""Two writers neither of whom saw the other: both values stay, and no clock decides."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from db import history, log
from db import project as projecting
from db.kinds import Json
from db.log import Operation
from db.project import project


class Ops:
    """Operations of one thing, written by hand."""

    def __init__(self) -> None:
        self.made: list[Operation] = []

    def __call__(
        self, parents: list[Operation], at: str = "2026", *, deleted: bool = False, **fields: Json
    ) -> Operation:
        n = len(self.made) + 1
        body = log.body_of(fields, "why" if deleted else None)
        generation = 1 + max((p.generation for p in parents), default=0)
        op = Operation(
            n, bytes([n]) * 32, "chain", "desk", n, log.NO_OP, at, "Amina", "edit case", str(n), "", "case", "thing",
            generation, tuple(p.id for p in parents), b"", body,
        )  # fmt: skip
        self.made.append(op)
        return op


def test_edits_of_one_field_that_did_not_see_each_other_are_in_conflict() -> None:
    op = Ops()
    made = op([], title="a", assignee="received")
    mine = op([made], "2026", title="mine")
    theirs = op([made], "2020", title="theirs", assignee="closed")
    state = project(op.made)
    assert state.fields == {"title": "mine", "assignee": "closed"}
    assert state.conflicts == {"title": (theirs.n, mine.n)}
    assert state.heads == (mine.n, theirs.n)
    op([mine, theirs], "1999", title="theirs")
    assert (project(op.made).fields["title"], project(op.made).conflicts) == ("theirs", {})


def test_edits_to_the_same_value_or_of_different_fields_are_no_conflict() -> None:
    op = Ops()
    made = op([], title="a")
    op([made], title="same", due="2026")
    op([made], title="same", assignee="Bek")
    state = project(op.made)
    assert state.conflicts == {}
    assert state.fields == {"title": "same", "due": "2026", "assignee": "Bek"}


def test_what_a_newer_version_wrote_is_not_shown_and_hides_nothing() -> None:
    op = Ops()
    made = op([], title="a", status="received")
    op([made], title=7, status="dreamt", mood="good")
    state = project(op.made)
    assert (state.fields, state.conflicts) == ({"title": "a", "status": "received"}, {})


def test_a_deletion_beside_an_edit_keeps_the_thing_and_shows_the_conflict() -> None:
    op = Ops()
    made = op([], title="a")
    gone = op([made], deleted=True)
    edit = op([made], title="b")
    state = project(op.made)
    assert (state.deleted, state.conflicts) == (False, {"deleted": (gone.n, edit.n)})
    op([gone, edit], deleted=True)
    assert (project(op.made).deleted, project(op.made).conflicts) == (True, {})


@given(order=st.permutations(range(5)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    op = Ops()
    made = op([], title="a")
    one, two = op([made], "2021", title="b"), op([made], "2020", title="c")
    op([one, two], "2019", assignee="closed")
    op([two], "2018", title="d")
    arrived = sorted((op.made[i] for i in order), key=lambda o: (o.generation, o.id))
    assert project(arrived) == project(sorted(op.made, key=lambda o: (o.generation, o.id)))


def test_history_tells_each_operation_against_what_it_saw() -> None:
    op = Ops()
    made = op([], title="a")
    one = op([made], title="b")
    two = op([one], title="c")
    aside = op([made], title="aside")
    op([two, aside], title="both seen")
    told = history._with_old_values(sorted(op.made, key=lambda o: (o.generation, o.id)))
    old = {each.fields["title"]: state and state.fields["title"] for each, state in told}
    assert old.pop("both seen") in ("c", "aside")
    assert old == {"a": None, "b": "a", "c": "b", "aside": "a"}


@given(st.lists(st.sampled_from(["title", "assignee", "due"]), max_size=12))
def test_in_a_line_the_last_word_stands(names: list[str]) -> None:
    op = Ops()
    last = op([], title="0")
    expected: dict[str, Json] = {"title": "0"}
    for number, name in zip(itertools.count(1), names, strict=False):
        last = op([last], **{name: str(number)})
        expected[name] = str(number)
    state = project(op.made)
    assert (state.fields, state.conflicts, state.heads) == (expected, {}, (last.n,))


@given(st.integers(0, 6), st.lists(st.sets(st.integers(0, 15), max_size=3), max_size=14))
def test_who_saw_what_is_told_of_a_line_as_of_any_other_order(line: int, seen: list[set[int]]) -> None:
    op = Ops()
    for number in range(line):
        op(op.made[-1:], title=str(number))
    for places in seen:
        op([op.made[place] for place in sorted(places) if place < len(op.made)], title="x")
    everything: list[set[int]] = []
    for each in op.made:
        direct = {int.from_bytes(parent[:1]) - 1 for parent in each.parents}
        everything.append(direct.union(*(everything[place] for place in direct)))
    ancestry = projecting.ancestry(op.made)
    assert [{j for j in range(len(op.made)) if mask >> j & 1} for mask in ancestry] == everything
    for i, each in enumerate(op.made):
        assert {o.n - 1 for o in projecting.seen_by(op.made, [each.id])} == everything[i] | {i}
    if op.made:
        last = {o.n for o in op.made} - {place + 1 for places in everything for place in places}
        assert {o.n for o in projecting.heads(op.made)} == last
        assert set(project(op.made).heads) == last
        assert project(op.made).fields["title"] in {op.made[n - 1].fields["title"] for n in last}
