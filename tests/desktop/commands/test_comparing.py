"""Comparing cases from the terminal: what may be the same is told with its reasons, and what was found is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageOps

from db import cases, links, timeline
from db.casebook import Casebook
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Relation
from desktop.cli import main
from tests import drawings
from tests.makers import attach, encoded, make_book, make_case

CLAIM = "Taliban fighters killed 15,000 Afghan soldiers in a single week, the spokesman said."
AGAIN = "In a single week Taliban fighters killed 15 thousand soldiers of the Afghan army"


class Desk:
    """A casebook with three cases, two of them alike, and the command that works on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with make_book(folder) as book:
            self.ids = [make_case(book, CLAIM), make_case(book, AGAIN, title="Again"), make_case(book, "Other words")]
            self.one, self.two, self.other = (cases.one(book, each).reference for each in self.ids)
            for case_id in self.ids[:2]:
                with book.change(Op.ADD_APPEARANCE) as change:
                    timeline.add(change, case_id, AppearanceDraft(url="https://x.com/user/status/178000000000"))
        self.file = book.path
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object) -> Any:
        assert self.run(*words, "--json") == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_alike_tells_what_may_be_the_same_and_why(desk: Desk) -> None:
    assert desk.run("alike", desk.file, desk.one) == 0
    assert desk.two in desk.out
    assert "Again" in desk.out
    assert desk.other not in desk.out
    for reason in ("% of the wording", "Same number 15,000", "Same web address: x.com/status/178000000000"):
        assert reason in desk.out
    (found,) = desk.json("alike", desk.file, desk.one)["suggestions"]
    assert (found["reference"], found["phrase"]["numbers"]) == (desk.two, ["15000"])
    assert found["addresses"] == ["x.com/status/178000000000"]
    assert desk.run("alike", desk.file, desk.other) == 0
    assert "No case like" in desk.out


def test_link_says_what_was_found_and_unlink_takes_it_back(desk: Desk) -> None:
    assert desk.run("link", desk.file, desk.one, desk.two, "same", "--reason", "One sermon", "--analyst", "Bilal") == 0
    assert f"{desk.one}: the same claim as {desk.two}" in desk.out
    found = desk.json("alike", desk.file, desk.two)
    assert (found["suggestions"], found["same"]) == ([], [desk.one])
    (finding,) = found["links"][0]["findings"]
    assert (finding["relation"], finding["reason"], finding["analyst"]) == ("same", "One sermon", "Bilal")
    assert desk.run("show", desk.file, desk.one) == 0
    assert f"Same claim: {desk.two}  Again" in desk.out
    assert "One sermon" in desk.out
    assert desk.run("link", desk.file, desk.two, desk.one, "different") == 0
    with Casebook.open(desk.file, write=False) as book:
        assert [each.relation for each in links.of_case(book, desk.ids[0])] == [Relation.DIFFERENT]
    assert desk.run("unlink", desk.file, desk.two, desk.one) == 0
    assert desk.json("alike", desk.file, desk.one)["links"] == []
    assert desk.run("unlink", desk.file, desk.one, desk.two) == 4
    assert "Nobody" in desk.err


def test_bad_references_and_words_are_refused(desk: Desk) -> None:
    assert desk.run("link", desk.file, desk.one, desk.one, "same") == 2
    assert "itself" in desk.err
    assert desk.run("link", desk.file, desk.one, "KBL-2020-0001", "same") == 4
    assert desk.run("link", desk.file, desk.one, desk.two, "related") == 2
    assert desk.run("alike", desk.file, "KBL-2020-0001") == 4


def test_pictures_that_were_seen_before_are_told_with_their_cases(desk: Desk) -> None:
    scene = drawings.landscape(2)
    with Casebook.open(desk.file) as book:
        attach(book, desk.ids[0], encoded(scene), "new.jpg")
        attach(book, desk.ids[1], encoded(ImageOps.mirror(scene)), "old.jpg")
    assert desk.run("seen", desk.file, desk.one) == 0
    assert f"mirrored: old.jpg in {desk.two} Again" in desk.out
    assert desk.run("seen", desk.file, desk.other) == 0
    assert desk.out.strip() == f"No picture of {desk.other} was seen before."
    assert desk.run("seen", desk.file, desk.two, "--json") == 0
    ((sighting,),) = (each["sightings"] for each in json.loads(desk.out))
    assert (sighting["reference"], sighting["how"], sighting["name"]) == (desk.one, "mirrored", "new.jpg")
