"""What users of other programs complained of when their files were merged, and what must not happen here.

The fourteen defects that one pull request of QualCoder lists (ccbogel/QualCoder#1516), and the complaints of
KeePassXC's users about merging databases.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import arrivals, attachments, cases, check, history, intake, merge, news, notes, sources, timeline
from db.casebook import Casebook
from db.cases import CaseDraft
from db.errors import CasebookError, Untrusted
from db.fields import FIELDS
from db.kinds import Kind
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Role, Status
from tests.db.union import digest, operations, unite
from tests.makers import Clock, attach, edit_case, give_verdict, make_book, make_case, make_source, picture


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Casebook, Casebook, str]]:
    """Two desks that know one case."""
    with (
        make_book(tmp_path, "mine", clock=Clock()) as mine,
        make_book(tmp_path, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal", clock=Clock()) as theirs,
    ):
        case = make_case(mine)
        unite(theirs, mine.path)
        yield mine, theirs, case


class TestQualCoder:
    """ccbogel/QualCoder#1516, in its order."""

    def test_1_no_field_is_left_behind(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        fill(theirs, case)
        unite(mine, theirs.path)
        for kind in Kind:
            for name in (each.name for each in FIELDS[kind]):
                sql = f'SELECT id, {name} FROM "{kind}" ORDER BY id'
                theirs_rows = theirs.select(sql)
                assert set(theirs_rows) <= set(mine.select(sql)), (kind, name)
                if kind in (Kind.APPEARANCE, Kind.SOURCE, Kind.CITATION, Kind.ATTACHMENT):
                    assert theirs_rows, f"the test fills no {kind}"

    def test_2_the_files_come_along(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        attach(theirs, case, picture(7, 7), "their.png")
        unite(mine, theirs.path)
        from db import blobs

        (attachment,) = attachments.of_case(mine, case)
        assert blobs.read(mine, attachment.sha256) == picture(7, 7)

    def test_3_links_point_at_the_right_thing(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        same_name = [make_source(book, [case], "One title") for book in desks[:2]]
        unite(mine, theirs.path)
        with mine.change(Op.EDIT_SOURCE) as change:
            sources.edit(change, same_name[0], SourceDraft("Renamed"))
        assert sources.one(mine, same_name[1]).title == "One title"

    def test_4_times_keep_both_their_ends(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        with theirs.change(Op.ADD_APPEARANCE) as change:
            timeline.add(change, case, AppearanceDraft("", Role.ORIGIN, "t.me/x", seen_on="2025-11"))
        unite(mine, theirs.path)
        assert timeline.of_case(mine, case) == timeline.of_case(theirs, case)
        assert timeline.of_case(mine, case)[0].earliest < timeline.of_case(mine, case)[0].latest

    def test_5_merging_twice_doubles_nothing(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        fill(theirs, case)
        unite(mine, theirs.path)
        once = digest(mine)
        unite(mine, theirs.path)
        assert digest(mine) == once

    def test_6_nothing_points_nowhere(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        fill(theirs, case)
        unite(mine, theirs.path)
        assert mine.select("PRAGMA foreign_key_check") == []
        assert check.check(mine).absent == 0

    @pytest.mark.parametrize("what", ["folder", "empty file", "nothing"])
    def test_7_what_is_no_casebook_is_refused_and_nothing_is_made(
        self, desks: tuple[Casebook, Casebook, str], tmp_path: Path, what: str
    ) -> None:
        path = tmp_path / "other.casebook"
        if what == "folder":
            path.mkdir()
        elif what == "empty file":
            path.touch()
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(CasebookError), intake.receive(path, desks[0]):
            pass
        assert sorted(tmp_path.rglob("*")) == before

    def test_8_a_file_that_says_nothing_of_itself_is_refused_by_name(
        self, desks: tuple[Casebook, Casebook, str], tmp_path: Path
    ) -> None:
        mine, theirs, _ = desks
        copy = tmp_path / "copy"
        shutil.copy(theirs.path, copy)
        connection = sqlite3.connect(copy)
        connection.execute("DELETE FROM meta")
        connection.commit()
        connection.close()
        with pytest.raises(Untrusted) as raised, intake.receive(copy, mine):
            pass
        assert raised.value.detail == "meta"

    def test_9_the_other_file_is_let_go(self, desks: tuple[Casebook, Casebook, str], tmp_path: Path) -> None:
        mine, theirs, _ = desks
        with intake.receive(theirs.path, mine) as incoming, merge.preview(mine.path, incoming):
            pass
        assert not list((tmp_path / "scratch").glob("*"))
        moved = theirs.path.rename(
            tmp_path / "moved"
        )  # and that no connection is open any more, each test looks itself
        moved.rename(theirs.path)

    def test_10_each_thing_stays_what_it_is(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        fill(theirs, case)
        unite(mine, theirs.path)
        kinds = "SELECT DISTINCT thing, kind FROM op"
        assert set(theirs.select(kinds)) <= set(mine.select(kinds))

    def test_11_who_and_when_stay_those_of_the_other_desk(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        with theirs.change(Op.ADD_NOTE) as change:
            notes.add_note(change, case, "Seen at noon.")
        unite(mine, theirs.path)
        assert notes.of_case(mine, case) == notes.of_case(theirs, case)
        assert notes.of_case(mine, case)[0].created_by == "Bilal"
        assert {e.desk for e in history.of_case(mine, case) if e.verb == Op.ADD_NOTE} == {"Peshawar desk"}

    def test_12_whatever_goes_wrong_nothing_stays_open(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        edit_case(theirs, case, "Theirs")
        before = digest(mine)

        class Broken:
            def step(self, done: int, total: int) -> None:
                if done > 50:
                    raise ZeroDivisionError

        with intake.receive(theirs.path, mine) as incoming, pytest.raises(ZeroDivisionError):
            merge.apply(mine.path, incoming, Broken())
        assert digest(mine) == before
        edit_case(mine, case, "Goes on")

    def test_13_what_goes_wrong_after_the_merge_does_not_undo_it(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        edit_case(theirs, case, "Theirs")

        def broken(_: object) -> None:
            raise ZeroDivisionError

        leave = mine.subscribe(broken)
        with pytest.raises(ZeroDivisionError):
            unite(mine, theirs.path)
        leave()
        assert cases.one(mine, case).title == "Theirs"
        edit_case(mine, case, "Goes on")
        assert unite(mine, theirs.path).arrival is None

    def test_14_nothing_is_printed(
        self, desks: tuple[Casebook, Casebook, str], capfd: pytest.CaptureFixture[str]
    ) -> None:
        mine, theirs, case = desks
        edit_case(theirs, case, "Theirs")
        with intake.receive(theirs.path, mine) as incoming:
            merge.apply(mine.path, incoming)
        assert capfd.readouterr() == ("", "")


class TestKeePassXC:
    """Complaints about merging databases, by the number of the thread."""

    def test_3340_and_9232_merging_what_is_the_same_says_nothing_is_new(
        self, desks: tuple[Casebook, Casebook, str], tmp_path: Path
    ) -> None:
        mine, _, case = desks
        edit_case(mine, case, "Changed")
        copy = tmp_path / "copy"
        shutil.copy(mine.path, copy)
        with intake.receive(copy, mine) as incoming:
            assert incoming.operations == 0
            with merge.preview(mine.path, incoming) as preview:
                assert news.of(preview, preview.first, preview.last).operations == 0
            assert merge.apply(mine.path, incoming).arrival is None
        assert arrivals.everything(mine) == ()

    def test_965_no_history_is_lost(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        for number in range(12):
            edit_case(theirs, case, f"Title {number}")
            edit_case(mine, case, f"My title {number}")
        unite(mine, theirs.path)
        told = {edit.new for entry in history.of_case(mine, case) for edit in entry.edits if edit.field == "title"}
        assert told >= {f"Title {number}" for number in range(12)} | {f"My title {number}" for number in range(12)}

    def test_two_saves_in_one_second_are_two(self, tmp_path: Path) -> None:
        still = Clock()
        now = still()
        with (
            make_book(tmp_path, "a", clock=lambda: now) as mine,
            make_book(tmp_path, "b", clock=lambda: now) as theirs,
        ):
            case = make_case(mine)
            unite(theirs, mine.path)
            edit_case(mine, case, "Mine")
            edit_case(theirs, case, "Theirs")
            unite(mine, theirs.path)
            assert cases.one(mine, case).conflicts == 1
            told = {edit.new for entry in history.of_case(mine, case) for edit in entry.edits if edit.field == "title"}
            assert told == {"Mine", "Theirs"}

    def test_939_and_841_neither_side_vanishes(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        with mine.change(Op.ADD_NOTE) as change:
            notes.add_note(change, case, "Mine.")
        with theirs.change(Op.ADD_NOTE) as change:
            notes.add_note(change, case, "Theirs.")
        unite(mine, theirs.path)
        assert {note.text for note in notes.of_case(mine, case)} == {"Mine.", "Theirs."}

    def test_4016_each_field_is_decided_for_itself(self, desks: tuple[Casebook, Casebook, str]) -> None:
        mine, theirs, case = desks
        with mine.change(Op.EDIT_CASE) as change:
            change.put(Kind.CASE, case, {"status": Status.CLOSED})
        with theirs.change(Op.EDIT_CASE) as change:
            cases.edit(change, case, CaseDraft(title="Theirs"))
        unite(mine, theirs.path)
        found = cases.one(mine, case)
        assert (found.title, found.status, found.conflicts) == ("Theirs", Status.CLOSED, 0)

    def test_11256_and_1152_what_will_come_is_shown_and_nothing_written(
        self, desks: tuple[Casebook, Casebook, str]
    ) -> None:
        mine, theirs, case = desks
        give_verdict(theirs, case)
        before = mine.path.read_bytes()
        with intake.receive(theirs.path, mine) as incoming, merge.preview(mine.path, incoming) as preview:
            assert news.of(preview, preview.first, preview.last).cases[0].operations == 1
        assert mine.path.read_bytes() == before

    def test_an_older_file_of_the_other_desk_takes_nothing_back(
        self, desks: tuple[Casebook, Casebook, str], tmp_path: Path
    ) -> None:
        mine, theirs, case = desks
        shutil.copy(theirs.path, tmp_path / "old")
        edit_case(theirs, case, "Newer")
        unite(mine, theirs.path)
        assert unite(mine, tmp_path / "old").arrival is None
        assert cases.one(mine, case).title == "Newer"
        assert operations(mine) == operations(theirs)


def fill(book: Casebook, case: str) -> None:
    """Something of each sort in a case."""
    source = make_source(book, [case], "A record", url="https://example.org/a", author="N.", publisher="P.", note="n")
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case, AppearanceDraft("", Role.REBUTTAL, "t.me/x", "https://t.me/x", "2025", "words", "n"))
    attach(book, case, picture(), "a.png")
    with book.change(Op.ADD_NOTE) as change:
        notes.add_note(change, case, "A note")
        notes.add_task(change, case, notes.TaskDraft("A task", assignee="Bilal", due="2026-12"))
        notes.tag(change, case, "tag")
    give_verdict(book, case)
    assert source
