"""Credibility 1 wants another independent origin that says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import citations, confirmation, sources
from db.casebook import Casebook
from db.change import Change
from db.citations import CitationDraft
from db.errors import Unconfirmed
from db.sources import SourceDraft
from db.vocabulary import Credibility, Derivation, Op, Reliability, Stance
from tests.db.union import unite
from tests.makers import make_book, make_case, make_source

ONE = CitationDraft(Stance.REFUTES, Reliability.B, Credibility.CONFIRMED, quotation="Not so.")


def confirm(book: Casebook, case: str, source: str, draft: CitationDraft = ONE) -> Unconfirmed | None:
    (cited,) = (each for each in citations.of_case(book, case) if each.source_id == source)
    refused: list[Unconfirmed] = []
    with book.change(Op.EDIT_CITATION) as change:
        try:
            confirmation.edit(change, cited.id, draft)
        except Unconfirmed as error:
            refused.append(error)
    return refused[0] if refused else None


def grades(book: Casebook, case: str) -> list[Credibility]:
    return [each.credibility for each in citations.of_case(book, case)]


def test_alone_it_is_refused_and_all_else_is_kept(book: Casebook) -> None:
    case = make_case(book)
    source = make_source(book, [case])
    make_source(book, [case], "For it", Stance.SUPPORTS)
    refused = confirm(book, case, source)
    assert refused is not None
    assert (refused.work.number, refused.stance, refused.kin) == (1, Stance.REFUTES, ())
    cited = citations.of_case(book, case)[0]
    assert (cited.quotation, cited.reliability) == ("Not so.", Reliability.B)
    assert cited.credibility is Credibility.CANNOT_BE_JUDGED


def test_a_copy_does_not_confirm_and_another_origin_does(book: Casebook) -> None:
    case = make_case(book)
    source = make_source(book, [case], "Report")
    copy = make_source(book, [case], "Copy", derived_from=source, derivation=Derivation.REPOST)
    refused = confirm(book, case, copy)
    assert refused is not None
    ((work, way),) = refused.kin
    assert (work.number, [(b.source.number, b.derivation, b.other.number) for b in way]) == (1, [(2, "repost", 1)])
    make_source(book, [case], "Another")
    assert confirm(book, case, copy) is None
    assert confirm(book, case, source) is None
    assert confirmation.lost(book, case) == {}


def test_the_same_source_cited_twice_does_not_confirm_itself(book: Casebook) -> None:
    case = make_case(book)
    source = make_source(book, [case])
    with book.change(Op.ADD_SOURCE) as change, pytest.raises(Unconfirmed):
        confirmation.cite(change, case, source, ONE)
    assert grades(book, case) == [Credibility.CANNOT_BE_JUDGED] * 2


def test_a_new_citation_is_graded_like_any_other(book: Casebook) -> None:
    case = make_case(book)
    make_source(book, [case])
    with book.change(Op.ADD_SOURCE) as change:
        confirmation.cite(change, case, sources.add(change, SourceDraft("Another")), ONE)
    assert grades(book, case)[-1] is Credibility.CONFIRMED


@pytest.mark.parametrize(
    "take_away",
    [
        lambda change, cited: citations.delete(change, cited[1].id),
        lambda change, cited: citations.edit(change, cited[1].id, CitationDraft(Stance.CONTEXT)),
        lambda change, cited: sources.edit(
            change, cited[1].source_id, SourceDraft("B", derived_from=cited[0].source_id)
        ),
        lambda change, cited: sources.delete(change, cited[1].source_id),
    ],
)
def test_a_one_whose_second_origin_goes_is_told_and_stays(book: Casebook, take_away: object) -> None:
    case = make_case(book)
    source = make_source(book, [case], "A")
    make_source(book, [case], "B")
    assert confirm(book, case, source) is None
    cited = citations.of_case(book, case)

    def write(change: Change) -> None:
        take_away(change, cited)  # type: ignore[operator]

    with book.change(Op.EDIT_CITATION) as change:
        write(change)
    assert list(confirmation.lost(book, case)) == [cited[0].id]
    assert grades(book, case)[0] is Credibility.CONFIRMED
    assert confirm(book, case, source, CitationDraft(Stance.REFUTES, Reliability.A, Credibility.CONFIRMED)) is None
    book.undo()
    book.undo()
    assert confirmation.lost(book, case) == {}


def test_two_desks_with_one_agency_story_do_not_confirm_each_other(book: Casebook, tmp_path: Path) -> None:
    case = make_case(book)
    wire = make_source(book, [], "Agency")
    mine = make_source(book, [case], "Mine")
    with make_book(tmp_path, "other", desk="Other", code="OTH") as other:
        unite(other, book.path)
        make_source(other, [case], "Theirs", derived_from=wire)
        unite(book, other.path)
        assert confirm(book, case, mine) is None
        with other.change(Op.EDIT_SOURCE) as change:
            sources.edit(change, mine, SourceDraft("Mine", derived_from=wire))
        unite(book, other.path)
    assert len(confirmation.lost(book, case)) == 1
