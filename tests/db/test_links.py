"""Two cases can be linked as having the same claim, or another: from either side, reversibly, and across desks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import cards, cases, check, history, likeness, links, rebuild, search
from db.casebook import Casebook
from db.errors import Invalid, NotFound
from db.kinds import Kind
from db.vocabulary import Op, Relation
from tests.db.sequences import everything
from tests.db.union import digest, unite
from tests.makers import RUSSIAN, URDU, Clock, make_book, make_case

SAME, DIFFERENT = Relation.SAME, Relation.DIFFERENT


def link(book: Casebook, case_id: str, other_id: str, relation: Relation = SAME, reason: str = "") -> bool:
    with book.change(Op.LINK_CASES) as change:
        return links.link(change, case_id, other_id, relation, reason)


def unlink(book: Casebook, case_id: str, other_id: str) -> bool:
    with book.change(Op.UNLINK_CASES) as change:
        return links.unlink(change, case_id, other_id)


def told(book: Casebook, case_id: str) -> dict[str, Relation | None]:
    return {each.other_id: each.relation for each in links.of_case(book, case_id)}


@pytest.fixture
def three(book: Casebook) -> tuple[str, str, str]:
    return make_case(book, URDU, title="First"), make_case(book, RUSSIAN, title="Second"), make_case(book, "Third")


def test_a_link_is_told_from_both_sides_by_whom_and_why(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    assert link(book, one, two, SAME, "The same sermon")
    (here,), (there,) = links.of_case(book, one), links.of_case(book, two)
    assert (here.other_id, there.other_id) == (two, one)
    assert (here.title, there.title) == ("Second", "First")
    assert here.reference == cases.one(book, two).reference
    assert here.findings == there.findings
    (finding,) = here.findings
    assert (finding.relation, finding.reason, finding.analyst, finding.desk) == (
        SAME, "The same sermon", "Amina", "Kabul desk",
    )  # fmt: skip


def test_saying_it_again_from_either_side_changes_the_one_link(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    link(book, one, two)
    assert not link(book, two, one)
    assert link(book, two, one, DIFFERENT, "Other numbers")
    assert told(book, one) == {two: DIFFERENT}
    assert book.value("SELECT count(*) FROM link") == 1
    assert links.of_case(book, one)[0].findings[0].reason == "Other numbers"


def test_a_link_is_taken_back_from_either_side_and_by_undo(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    link(book, one, two)
    assert unlink(book, two, one)
    assert not unlink(book, two, one)
    assert told(book, one) == told(book, two) == {}
    book.undo()
    assert told(book, one) == {two: SAME}
    book.undo()
    assert told(book, one) == {}
    book.redo()
    assert told(book, two) == {one: SAME}


def test_same_reaches_over_others_and_different_does_not(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, third = three
    link(book, one, two)
    link(book, third, two)
    assert set(links.same_as(book, one)) == {two, third}
    assert links.compared(book, one) == {two, third}
    assert set(told(book, one)) == {two}
    link(book, two, third, DIFFERENT)
    assert links.same_as(book, one) == (two,)
    assert links.same_as(book, third) == ()


def test_a_case_is_not_linked_with_itself_nor_with_none(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    with pytest.raises(Invalid):
        link(book, one, one)
    with pytest.raises(NotFound):
        link(book, one, "0")
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, two)
    with pytest.raises(NotFound):
        link(book, one, two)


def test_a_deleted_case_is_linked_with_nothing_until_it_is_back(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    link(book, one, two)
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, two)
    assert told(book, one) == {}
    assert links.same_as(book, one) == ()
    assert card(book, one).same == 0
    book.undo()
    assert told(book, one) == {two: SAME}
    assert card(book, one).same == 1


def card(book: Casebook, case_id: str) -> cards.Card:
    return cards.some(book, [case_id])[0]


def test_the_cards_of_both_cases_count_it(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, third = three
    link(book, one, two)
    link(book, one, third, DIFFERENT)
    assert [card(book, each).same for each in three] == [1, 1, 0]
    unlink(book, one, two)
    assert [card(book, each).same for each in three] == [0, 0, 0]


def test_both_histories_tell_it_and_its_reason_is_found(book: Casebook, three: tuple[str, str, str]) -> None:
    one, two, _ = three
    link(book, one, two, SAME, "The same sermon")
    for each in (one, two):
        entry = history.of_case(book, each)[0]
        assert entry.verb == Op.LINK_CASES
        assert cases.one(book, one).reference in entry.edits[0].new
        assert cases.one(book, two).reference in entry.edits[0].new
    assert [(hit.kind, hit.field) for hit in search.search(book, "sermon")] == [(Kind.LINK, "reason")]


_acts = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 3), st.sampled_from([SAME, DIFFERENT, None]), st.sampled_from(["", "u", "r"])
    ),
    max_size=12,
)


@pytest.fixture
def crowd(book: Casebook) -> tuple[Casebook, list[str]]:
    return book, [make_case(book, f"claim {place}") for place in range(4)]


@given(_acts)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_both_sides_agree(
    crowd: tuple[Casebook, list[str]], acts: list[tuple[int, int, Relation | None, str]]
) -> None:
    book, case_ids = crowd
    for one, two in combinations(case_ids, 2):
        unlink(book, one, two)
    expected: dict[frozenset[str], Relation] = {}
    for one, two, relation, then in acts:
        if one == two:
            continue
        pair, before = frozenset((case_ids[one], case_ids[two])), dict(expected)
        if relation:
            wrote = link(book, case_ids[one], case_ids[two], relation)
            expected[pair] = relation
        else:
            wrote = unlink(book, case_ids[one], case_ids[two])
            expected.pop(pair, None)
        assert wrote == (before != expected)
        if then and wrote:
            book.undo()
            if then == "r":
                book.redo()
            else:
                expected = before
    for case_id in case_ids:
        assert told(book, case_id) == {
            next(iter(pair - {case_id})): relation for pair, relation in expected.items() if case_id in pair
        }
        for other in links.same_as(book, case_id):
            assert case_id in links.same_as(book, other)
    before_rebuild = everything(book)
    rebuild.rebuild(book)
    assert everything(book) == before_rebuild
    assert check.check(book).problems == ()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Casebook, Casebook, str, str]]:
    """Two desks that know each other's case."""
    with (
        make_book(tmp_path, "mine", clock=Clock()) as mine,
        make_book(tmp_path, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal", clock=Clock()) as theirs,
    ):
        one, two = make_case(mine, URDU), make_case(theirs, URDU)
        exchange(mine, theirs)
        yield mine, theirs, one, two


def exchange(one: Casebook, other: Casebook) -> None:
    unite(one, other.path)
    unite(other, one.path)
    assert digest(one) == digest(other)


def test_what_one_desk_found_travels_and_both_references_stay(desks: tuple[Casebook, Casebook, str, str]) -> None:
    mine, theirs, one, two = desks
    link(mine, one, two, DIFFERENT, "Another city")
    exchange(mine, theirs)
    assert told(theirs, two) == {one: DIFFERENT}
    assert likeness.suggest(theirs, two) == ()
    finding = links.of_case(theirs, two)[0].findings[0]
    assert (finding.analyst, finding.desk, finding.reason) == ("Amina", "Kabul desk", "Another city")
    assert {cases.one(theirs, each).reference[:3] for each in (one, two)} == {"KBL", "PSH"}
    unlink(theirs, two, one)
    exchange(mine, theirs)
    assert told(mine, one) == {}


def test_two_desks_that_find_the_same_are_told_as_one(desks: tuple[Casebook, Casebook, str, str]) -> None:
    mine, theirs, one, two = desks
    link(mine, one, two)
    link(theirs, two, one)
    exchange(mine, theirs)
    for book, here, there in ((mine, one, two), (theirs, two, one)):
        (found,) = links.of_case(book, here)
        assert (found.other_id, found.relation) == (there, SAME)
        assert {each.desk for each in found.findings} == {"Kabul desk", "Peshawar desk"}
        assert card(book, here).same == 1
    unlink(mine, one, two)
    exchange(mine, theirs)
    assert told(theirs, one) == told(mine, two) == {}


@pytest.mark.parametrize("known", [False, True], ids=["a link each", "one link that both had"])
def test_two_desks_that_differ_both_stand_until_somebody_settles_it(
    desks: tuple[Casebook, Casebook, str, str], known: bool
) -> None:
    mine, theirs, one, two = desks
    if known:
        link(mine, one, two, DIFFERENT, "At first sight")
        exchange(mine, theirs)
        link(theirs, two, one, SAME)
    link(mine, one, two, SAME, "The same sermon")
    link(theirs, two, one, DIFFERENT, "Another sermon")
    exchange(mine, theirs)
    for book, here in ((mine, one), (theirs, two)):
        (found,) = links.of_case(book, here)
        assert found.relation is None
        assert {(each.relation, each.reason, each.desk) for each in found.findings} == {
            (SAME, "The same sermon", "Kabul desk"), (DIFFERENT, "Another sermon", "Peshawar desk"),
        }  # fmt: skip
        assert links.same_as(book, here) == ()
        assert card(book, here).same == 0
        assert likeness.suggest(book, here) == ()
    link(theirs, one, two, SAME, "Agreed by telephone")
    exchange(mine, theirs)
    assert told(mine, one) == {two: SAME}
    assert check.check(mine).problems == ()
