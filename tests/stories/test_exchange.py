"""A desk sends its cases as tables to another, which takes them in and finds the same there."""

from __future__ import annotations

from pathlib import Path

from db import citations, claims, notes, sources, verdicts
from db.casebook import Casebook
from db.check import check
from db.exchange import exports
from tests import makers
from tests.desk import Desk

CLAIM = f"=1+1 {makers.URDU}\n“{makers.RUSSIAN}”; {makers.EMOJI}"
QUOTATION = f"@{makers.PASHTO}, \"not true\" – 'so'"


def test_cases_and_sources_go_from_desk_to_desk(desk: Desk, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "Kabul.casebook", tmp_path / "Herat.casebook"
    tables = [tmp_path / "cases.csv", tmp_path / "sources.csv"]
    desk.new_casebook(ours)
    desk.new_case(CLAIM, title="'Title", claimant="زلمی خلیلزاد", language="Urdu", claimed_on="2025-11", tags="مرز, x")
    desk.add_source("A report", Quotation=QUOTATION, Stance_to_the_claim="Refutes", Publisher="وزارت خارجہ")
    desk.give_verdict("False", "It is not so.")
    reference = desk.reference
    desk.let_go("CSV", tables[0], reference)
    desk.let_go("CSV", tables[1], reference, Table="Sources, a row for each citation")
    desk.leave_casebook()
    desk.new_casebook(theirs, desk="Herat desk", code="HRT", analyst="Bilal")
    for table in tables:
        desk.keep(desk.look_into(table))
    assert desk.told == []
    assert desk.listed == [reference]
    desk.open_case(reference)
    assert desk.field("Title").text() == "'Title"
    form = desk.look_into(tables[0])
    assert form.summary.text() == "0 new cases, 1 here already."
    form.reject()
    desk.close()
    with Casebook.open(theirs, write=False) as book:
        (case,) = exports.leaving(book)
        claim = claims.whole(book, case.id)
        assert (claim.text, claim.language, claim.claimed_on) == (CLAIM, "ur", "2025-11")
        assert claim.claimant == "زلمی خلیلزاد"
        assert notes.tags_of_case(book, case.id) == ("مرز", "x")
        (source,) = sources.of_case(book, case.id)
        (cited,) = citations.of_case(book, case.id)
        assert (source.title, source.publisher) == ("A report", "وزارت خارجہ")
        assert (cited.quotation, cited.stance) == (QUOTATION, "refutes")
        assert verdicts.of_case(book, case.id) == ()
        assert check(book).problems == ()
