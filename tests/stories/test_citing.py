"""A person copies a source as a reference, and sends the sources of a case to Zotero and to another desk."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from db import cases, citations, sources
from db.casebook import Casebook
from tests import makers
from tests.desk import Desk, plain


def copied(desk: Desk) -> str:
    desk.do("Copy citation")
    return QGuiApplication.clipboard().text()


def test_sources_are_copied_sent_and_taken_in(desk: Desk, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "Kabul.casebook", tmp_path / "Herat.casebook"
    ris, csl = tmp_path / "sources.ris", tmp_path / "sources.json"
    desk.new_casebook(ours)
    desk.new_case(makers.URDU)
    desk.add_source("Who killed Burhan?", Author="Adams, Sarah", Publisher="The News", Published="2025-11-17")
    assert copied(desk) == "Sarah Adams: “Who killed Burhan?” The News, 17 November 2025."
    styles = [each for each in desk.verbs() if plain(each).startswith("APA")]
    styles[0].trigger()
    assert copied(desk) == "Adams, S. (2025, November 17). Who killed Burhan? The News."
    reference = desk.reference
    desk.add_source(makers.RUSSIAN, Kind="Report")
    desk.let_go("RIS", ris, reference)
    desk.let_go("CSL-JSON", csl, reference)
    assert [each["type"] for each in json.loads(csl.read_bytes())] == ["article-newspaper", "report"]
    desk.leave_casebook()
    desk.new_casebook(theirs, desk="Herat desk", code="HRT", analyst="Bilal")
    desk.new_case("Another claim")
    form = desk.look_into(ris)
    assert form.cite_in.isVisible()
    assert form.cite_in.text() == f"Cite them in {desk.reference}"
    desk.keep(form)
    form = desk.look_into(csl)
    assert form.summary.text() == "0 new sources, 2 here already."
    form.reject()
    desk.turn_to("Evidence")
    assert desk.entries() == ["1. Who killed Burhan?", f"2. {makers.RUSSIAN}"]
    desk.choose_entry(0)
    assert copied(desk).startswith("Adams, S. (2025")  # the style is remembered on this computer
    assert desk.told == []
    reference = desk.reference
    desk.close()
    with Casebook.open(theirs, write=False) as book:
        case_id = cases.find(book, reference).id
        assert len(citations.of_case(book, case_id)) == len(sources.all_of_them(book)) == 2
