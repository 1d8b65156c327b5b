"""The demonstration shows what such material has, takes no side, and says everywhere what it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import (
    actors,
    attachments,
    blobs,
    cards,
    cases,
    check,
    citations,
    claims,
    desks,
    notes,
    search,
    sources,
    timeline,
    verdicts,
)
from db.casebook import Casebook
from db.errors import Exists
from db.formats import Drawable
from db.verdicts import Standing
from db.vocabulary import Credibility, Priority, Reliability, Role, Status, Tlp
from desktop import demonstration


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("demonstration")
        patch.setenv("CLAIMDESK_HOME", str(folder))
        demonstration.make(folder / "d.casebook")
    return folder / "d.casebook"


@pytest.fixture
def book(made: Path) -> Iterator[Casebook]:
    with Casebook.open(made, write=False) as opened:
        yield opened


@pytest.fixture
def all_cases(book: Casebook) -> tuple[cases.Case, ...]:
    return tuple(cases.one(book, card.case_id) for card in cards.page(book, cards.Sort.REFERENCE))


def everything(book: Casebook, readers: object, all_cases: tuple[cases.Case, ...]) -> list:
    return [each for case in all_cases for each in readers.of_case(book, case.id)]


def test_it_holds_at_least_six_cases_and_checks_clean(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    assert len(all_cases) >= 6
    assert check.check(book).problems == ()


def test_every_case_and_the_desk_say_that_it_is_a_demonstration(
    book: Casebook, all_cases: tuple[cases.Case, ...]
) -> None:
    desk = desks.home(book)
    assert "demonstration" in desk.name.lower()
    assert "demonstration" in desk.imprint
    for case in all_cases:
        assert any(note.text.startswith("Demonstration.") for note in notes.of_case(book, case.id))


def test_every_verdict_says_so_and_those_that_stand_are_mostly_unproven(
    book: Casebook, all_cases: tuple[cases.Case, ...]
) -> None:
    given = everything(book, verdicts, all_cases)
    assert all("demonstration" in verdict.rationale.lower() for verdict in given)
    standing = [verdict for verdict in given if verdict.standing is Standing.STANDS]
    assert sum(verdict.rating == "Unproven" for verdict in standing) > len(standing) / 2
    assert {verdict.standing for verdict in given} >= {Standing.STANDS, Standing.SUPERSEDED}
    assert any(verdict.stale for verdict in standing)
    assert any(not verdicts.of_case(book, case.id) for case in all_cases)
    assert len({verdict.analyst for verdict in given}) > 1


def test_no_quotation_poses_as_the_words_of_a_person(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    for each in (*everything(book, timeline, all_cases), *everything(book, citations, all_cases)):
        assert each.quotation == "" or each.quotation.startswith("[retold]")


def test_a_claim_has_an_origin_an_amplifier_and_an_official_rebuttal(
    book: Casebook, all_cases: tuple[cases.Case, ...]
) -> None:
    first = timeline.of_case(book, all_cases[0].id)
    assert {appearance.role for appearance in first} == {Role.ORIGIN, Role.AMPLIFICATION, Role.REBUTTAL}
    rebuttals = [actors.one(book, each.actor_id) for each in first if each.role is Role.REBUTTAL]
    assert "agency" in {actor.kind for actor in rebuttals}
    assert "account" in {actor.kind for actor in rebuttals}


def test_posts_are_cut_off_and_hold_emoji(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    said = [appearance.quotation for appearance in everything(book, timeline, all_cases)]
    assert sum(quotation.endswith("…") for quotation in said) >= 3
    assert any(all(sign in quotation for sign in "🔎🟠✅▪") for quotation in said)


def test_persons_are_found_by_aliases_in_their_own_script(book: Casebook) -> None:
    for name, person in (("Zaid", "Burhan"), ("خلیلزاد", "Zalmay Khalilzad"), ("Халимов", "Gulmurod Khalimov")):
        hits = [hit for hit in search.search(book, name) if hit.field == "alias"]
        assert person in {actors.one(book, hit.thing).name for hit in hits}


def test_a_death_is_announced_more_than_once(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    announced = [
        [each for each in timeline.of_case(book, case.id) if each.actor == "Afghan Taliban"]
        for case in all_cases
        if "announced deaths" in notes.tags_of_case(book, case.id)
    ]
    assert any(len(appearances) > 1 for appearances in announced)


def test_two_origins_of_one_person_stand_side_by_side_with_their_speakers(
    book: Casebook, all_cases: tuple[cases.Case, ...]
) -> None:
    (case,) = [case for case in all_cases if "origin" in notes.tags_of_case(book, case.id)]
    whole, part = claims.of_case(book, case.id)
    assert "Khyber Pakhtunkhwa" in whole.text
    assert "Achin" in part.text
    assert whole.claimant != part.claimant
    assert not verdicts.of_case(book, case.id)


def test_figures_say_as_of_when(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    (case,) = [case for case in all_cases if "figures" in notes.tags_of_case(book, case.id)]
    assert "172" in claims.of_case(book, case.id)[0].text
    assert "2025" in claims.of_case(book, case.id)[0].text
    assert "as of the middle of November 2025" in verdicts.of_case(book, case.id)[0].rationale


def test_claims_are_translated_into_several_scripts(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    letters = {
        unicodedata.name(character, "").split()[0]
        for claim in everything(book, claims, all_cases)
        for character in claim.translation
        if character.isalpha()
    }
    assert letters >= {"ARABIC", "CYRILLIC", "LATIN"}


def test_the_article_is_one_graded_source_and_all_else_derives_from_it(
    book: Casebook, all_cases: tuple[cases.Case, ...]
) -> None:
    roots = [source for source in sources.all_of_them(book) if not source.derived_from]
    assert len(roots) == 1
    assert all(source.note for source in sources.all_of_them(book))
    cited = everything(book, citations, all_cases)
    assert {each.reliability for each in cited if each.source_id == roots[0].id} == {Reliability.F}
    assert {each.credibility for each in cited} <= {Credibility.CANNOT_BE_JUDGED, Credibility.POSSIBLY_TRUE}


def test_the_exhibits_are_pictures_that_say_so(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    exhibits = everything(book, attachments, all_cases)
    assert len(exhibits) >= 2
    for exhibit in exhibits:
        assert exhibit.drawable is Drawable.YES
        assert exhibit.source_id
        assert exhibit.caption.startswith("Demonstration picture")
        assert blobs.read(book, exhibit.sha256)


def test_it_shows_what_a_desk_can_set(book: Casebook, all_cases: tuple[cases.Case, ...]) -> None:
    assert {case.status for case in all_cases} == set(Status)
    assert {case.priority for case in all_cases} == set(Priority)
    assert len({case.tlp for case in all_cases}) >= len(Tlp) - 1
    assert len({case.assignee for case in all_cases if case.assignee}) > 1
    assert any(case.due for case in all_cases)
    tasks = [task for case in all_cases for task in notes.tasks_of_case(book, case.id)]
    assert {task.done for task in tasks} == {True, False}


def contents(path: Path) -> list[object]:
    with Casebook.open(path, write=False) as book:
        parts: list[object] = [blobs_of(book)]
        for table, columns in (
            ("case", "title, status, priority, tlp, assignee, due"),
            ("claim", "text, language, translation, claimed_on"),
            ("appearance", "role, channel, url, seen_on, quotation, note"),
            ("source", "title, kind, url, author, publisher, published_on, note"),
            ("citation", "stance, reliability, credibility, quotation, note"),
            ("verdict", "rating, rationale, confidence, analyst"),
        ):
            parts.append(book.select(f'SELECT {columns} FROM "{table}" ORDER BY id'))
        return parts


def blobs_of(book: Casebook) -> list[str]:
    return [row[0] for row in book.select("SELECT sha256 FROM blob ORDER BY id")]


def test_it_says_the_same_each_time_it_is_made(made: Path, tmp_path: Path) -> None:
    demonstration.make(tmp_path / "again.casebook")
    assert contents(tmp_path / "again.casebook") == contents(made)


def test_it_overwrites_nothing_and_leaves_no_half(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    class Impatient:
        def step(self, done: int, total: int) -> None:
            raise Stop

    path = tmp_path / "d.casebook"
    with pytest.raises(Stop):
        demonstration.make(path, Impatient())
    assert list(tmp_path.iterdir()) == []
    path.write_text("mine")
    with pytest.raises(Exists):
        demonstration.make(path)
    assert path.read_text() == "mine"


def test_a_fresh_one_replaces_the_last_but_never_one_that_is_open(home: Path) -> None:
    first = demonstration.fresh()
    assert demonstration.fresh() == first
    with Casebook.open(first):
        second = demonstration.fresh()
        assert second != first
    assert first.exists()
    assert home in second.parents
