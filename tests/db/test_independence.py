"""Copies of one report are one origin, however many they are and however they are tied; nothing else is."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import attachments, citations, independence, rebuild, sources
from db.casebook import Casebook
from db.citations import CitationDraft
from db.errors import Invalid
from db.independence import Origins, Tie
from db.kinds import Kind
from db.sources import SourceDraft
from db.vocabulary import Derivation, Op, Stance
from tests.db.union import unite
from tests.makers import Clock, attach, make_book, make_case, make_source, picture


def groups(found: Origins) -> list[list[int]]:
    return [[work.number for work in group.works] for group in found.groups]


def derive(book: Casebook, source: str, other: str, derivation: Derivation = Derivation.REPOST) -> None:
    with book.change(Op.EDIT_SOURCE) as change:
        now = sources.one(book, source)
        sources.edit(change, source, SourceDraft(now.title, derived_from=other, derivation=derivation))


def test_five_copies_of_one_wire_report_are_one_origin(book: Casebook) -> None:
    case = make_case(book)
    wire = make_source(book, [], "Wire report")
    copies = [
        make_source(book, [case], f"Copy {n}", derived_from=wire, derivation=Derivation.WIRE_COPY) for n in range(5)
    ]
    own = make_source(book, [case], "Own report", Stance.SUPPORTS)
    found = independence.origins(book, case)
    assert groups(found) == [[1, 2, 3, 4, 5], [6]]
    assert found.counts == ((Stance.SUPPORTS, 1), (Stance.REFUTES, 1))
    assert found.cited == 6
    bond = found.bond_of(copies[3])
    assert bond is not None
    assert (bond.derivation, bond.other.title, bond.other.number) == (Derivation.WIRE_COPY, "Wire report", 0)
    assert found.bond_of(own) is None
    assert found.way(copies[0], own) == ()
    assert [bond.source.number for bond in found.way(copies[0], copies[4])] == [1, 5]
    with book.change(Op.EDIT_SOURCE) as change:
        change.put(Kind.SOURCE, copies[2], {"derived_from": None})
    assert groups(independence.origins(book, case)) == [[1, 2, 4, 5], [3], [6]]


def test_it_goes_over_sources_that_nobody_cites_and_that_were_deleted(book: Casebook) -> None:
    case = make_case(book)
    first = make_source(book, [case], "First")
    middle = make_source(book, [], "Middle", derived_from=first)
    last = make_source(book, [], "Last", derived_from=middle)
    make_source(book, [case], "Cited", derived_from=last)
    assert groups(independence.origins(book, case)) == [[1, 2]]
    with book.change(Op.DELETE_SOURCE) as change:
        sources.delete(change, middle)
    assert groups(independence.origins(book, case)) == [[1, 2]]


def test_the_same_page_and_the_same_file_are_one_origin(book: Casebook) -> None:
    case, other = make_case(book), make_case(book, "another")
    make_source(book, [case], "One", url="https://www.example.org/news/17?utm_source=x")
    make_source(book, [case], "Two", archived_url="https://web.archive.org/web/20251117/http://example.org/news/17/")
    ids = [make_source(book, [case], name, url="https://example.org/") for name in ("Three", "Four")]
    assert groups(independence.origins(book, case)) == [[1, 2], [3], [4]]
    for source, of in zip(ids, (case, other), strict=True):
        attachment = attach(book, of, picture(), f"{source}.png")
        with book.change(Op.EDIT_ATTACHMENT) as change:
            attachments.file_under(change, attachment, source)
    found = independence.origins(book, case)
    assert groups(found) == [[1, 2], [3, 4]]
    assert [bond.tie for bond in found.way(*ids)] == [Tie.FILE]
    assert [(b.tie, b.source.number, b.other.number) for b in found.groups[0].bonds] == [(Tie.ADDRESS, 2, 1)]


def test_a_derivation_that_is_cleared_comes_back_by_undo_and_stays_cleared_without(book: Casebook) -> None:
    case = make_case(book)
    wire = make_source(book, [], "Wire")
    copy = make_source(book, [case], "Copy", derived_from=wire, derivation=Derivation.REPOST)
    with book.change(Op.EDIT_SOURCE) as change:
        sources.edit(change, copy, SourceDraft("Copy"))
    rebuild.rebuild(book)
    assert (sources.one(book, copy).derived_from, sources.one(book, copy).derivation) == ("", "")
    book.undo()
    assert (sources.one(book, copy).derived_from, sources.one(book, copy).derivation) == (wire, "repost")


def test_a_circle_is_refused_by_name(book: Casebook) -> None:
    case = make_case(book)
    a = make_source(book, [case], "Apple")
    b = make_source(book, [case], "Berry", derived_from=a)
    c = make_source(book, [case], "Cherry", derived_from=b)
    for target in (c, a):
        with pytest.raises(Invalid) as refused:
            derive(book, a, target)
        assert (refused.value.field, refused.value.problem) == ("derived_from", "circle")
        assert refused.value.value == ("Cherry" if target == c else "Apple")
    assert sources.one(book, a).derived_from == ""


def test_a_circle_that_a_merge_closed_ends_and_can_be_worked_on(book: Casebook, tmp_path: Path) -> None:
    case = make_case(book)
    a, b = make_source(book, [case], "A"), make_source(book, [case], "B")
    with make_book(tmp_path, "other", desk="Other", code="OTH") as other:
        unite(other, book.path)
        derive(book, a, b)
        derive(other, b, a)
        unite(book, other.path)
    found = independence.origins(book, case)
    assert groups(found) == [[1, 2]]
    assert len(found.way(a, b)) == 1
    with book.change(Op.EDIT_SOURCE) as change:
        now = sources.one(book, a)
        assert sources.edit(change, a, SourceDraft("A, corrected", derived_from=now.derived_from, derivation="repost"))
    with book.change(Op.EDIT_SOURCE) as change:
        sources.derive(change, a, sources.add(change, SourceDraft("Another")))


def test_what_is_alike_is_a_suspicion_until_somebody_says_so(book: Casebook) -> None:
    case = make_case(book)
    a = make_source(book, [case], "A", author="Sarah Adams", publisher="X")
    b = make_source(book, [case], "B", author="sarah adams", publisher="X ")
    c = make_source(book, [case], "C")
    said = "Hasan was not a member of any group, neither of ISKP nor of another."
    with book.change(Op.EDIT_CITATION) as change:
        for cited in citations.of_case(book, case):
            if cited.source_id != b:
                citations.edit(change, cited.id, CitationDraft(cited.stance, quotation=said.upper()))
    assert groups(independence.origins(book, case)) == [[1], [2], [3]]
    found = independence.suspicions(book, case)
    assert [(s.source.id, s.other.id, s.tie) for s in found] == [(b, a, Tie.MAKER), (c, a, Tie.WORDING)]
    with book.change(Op.EDIT_SOURCE) as change:
        sources.tell_apart(change, b, a)
        sources.derive(change, c, a, Derivation.QUOTES)
    assert independence.suspicions(book, case) == ()
    assert groups(independence.origins(book, case)) == [[1, 3], [2]]
    book.undo()
    assert len(independence.suspicions(book, case)) == 2


def test_saying_so_overwrites_nothing_that_was_said(book: Casebook) -> None:
    case = make_case(book)
    wire = make_source(book, [], "Wire")
    a, b = make_source(book, [case], "A", derived_from=wire), make_source(book, [case], "B")
    with book.change(Op.EDIT_SOURCE) as change:
        sources.derive(change, a, b, Derivation.TRANSLATION)
    assert sources.one(book, a).derived_from == wire
    assert sources.one(book, wire).derived_from == b
    assert groups(independence.origins(book, case)) == [[1, 2]]


_edges = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=9)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(_edges, st.randoms(use_true_random=False), st.lists(st.booleans(), min_size=9, max_size=9))
def test_the_order_of_derivations_and_of_merges_does_not_matter(
    quick_folder: Path, edges: list[tuple[int, int]], dice: object, desks: list[bool]
) -> None:
    """Two desks say each a part of it, in any order; some of it closes circles, which are refused or survived."""
    said = dict(edges)  # one origin each
    shuffled = list(said.items())
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    shutil.rmtree(quick_folder, ignore_errors=True)
    quick_folder.mkdir()
    with (
        make_book(quick_folder, "one", clock=Clock()) as one,
        make_book(quick_folder, "two", desk="Two", code="TWO", clock=Clock()) as two,
    ):
        case = make_case(one)
        ids = [make_source(one, [case] if n < 5 else [], f"Source {n}") for n in range(7)]
        unite(two, one.path)
        kept = set()
        for (source, other), first in zip(shuffled, desks, strict=False):
            try:
                derive(one if first else two, ids[source], ids[other])
                kept.add((source, other))
            except Invalid:
                pass
        unite(one, two.path)
        unite(two, one.path)
        found = independence.origins(one, case)
        assert found == independence.origins(two, case)
    expected = {n: {n} for n in range(7)}
    for source, other in kept:
        both = expected[source] | expected[other]
        for each in both:
            expected[each] = both
    wanted = sorted({tuple(sorted(n + 1 for n in group if n < 5)) for group in expected.values()} - {()})
    assert [tuple(group) for group in groups(found)] == wanted
    for group in found.groups:
        for work, other in pairwise(group.works):
            assert found.way(work.id, other.id)
