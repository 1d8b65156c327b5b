"""After any sequence of changes, undos and redos: the projection is what the log adds up to, and undo is exact."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from db import attachments, cases, check, rebuild
from db.casebook import Casebook
from db.vocabulary import Op
from tests.db.sequences import DEEDS, Hand, copy_of, everything, sequences, visible
from tests.makers import Clock, edit_case, make_book, make_case, picture, take

many = settings(
    max_examples=80,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # to make a failure small takes minutes
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def quick(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, tuple[attachments.Ready, ...]]]:
    """A closed casebook with two stored pictures, in memory."""
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    with make_book(quick_folder) as book:
        hand = Hand(book)
        taken = tuple(take(book.path, picture(4, n), f"{n}.png") for n in (1, 2))
        with book.change(Op.ADD_CASE) as change:
            hand.deed(change, "add case", 0, 0, "The first")
            for ready in taken:
                attachments.attach(change, hand.pick(change, "case", 0), ready)
    return book.path, taken


class Failed(Exception):
    """What makes a change fail."""


class Session:
    """A casebook that is worked in, with what was to be seen before each save."""

    def __init__(self, path: Path, taken: tuple[attachments.Ready, ...]) -> None:
        self.book = Casebook.open(path)
        self.taken = taken
        self.past: list[object] = []
        self.future: list[object] = []
        self.beginning = visible(self.book)

    def do(self, what: str, deeds: list[tuple[str, int, int, str]]) -> None:
        before = visible(self.book)
        getattr(self, what)(before, deeds)
        steps = self.book.steps()
        assert (bool(steps.undo), bool(steps.redo)) == (bool(self.past), bool(self.future))

    def save(self, before: object, deeds: list[tuple[str, int, int, str]]) -> None:
        number = self.book.value("SELECT count(*) FROM op")
        with self.book.change(DEEDS[deeds[0][0]]) as change:
            for deed in deeds:
                Hand(self.book, self.taken).deed(change, *deed)
        if self.book.value("SELECT count(*) FROM op") > number:
            self.past.append(before)
            self.future.clear()
        else:
            assert visible(self.book) == before

    def fail(self, before: object, deeds: list[tuple[str, int, int, str]]) -> None:
        traces = everything(self.book), self.book.select("SELECT * FROM op"), self.book.select("SELECT * FROM chain")
        with pytest.raises(Failed):
            self._failing(deeds)
        now = everything(self.book), self.book.select("SELECT * FROM op"), self.book.select("SELECT * FROM chain")
        assert now == traces

    def _failing(self, deeds: list[tuple[str, int, int, str]]) -> None:
        with self.book.change(Op.EDIT_CASE) as change:
            for deed in deeds:
                Hand(self.book, self.taken).deed(change, *deed)
            raise Failed

    def verdict(self, before: object, deeds: list[tuple[str, int, int, str]]) -> None:
        number = self.book.value("SELECT count(*) FROM op")
        with self.book.change(Op.GIVE_VERDICT) as change:
            hand = Hand(self.book)
            case = hand.pick(change, "case", 0)
            if case:
                _, a, b, text = deeds[0] if deeds else ("", 0, 0, "")
                hand._verdict(change, case, a, b, text, text.strip() or "because")
        if self.book.value("SELECT count(*) FROM op") > number:
            self.future.clear()

    def undo(self, before: object, deeds: object) -> None:
        verdicts = self.book.select("SELECT * FROM verdict"), self.book.select("SELECT * FROM withdrawal")
        assert self.book.undo() == bool(self.past)
        if self.past:
            self.future.append(before)
            assert visible(self.book) == self.past.pop()
        assert verdicts == (self.book.select("SELECT * FROM verdict"), self.book.select("SELECT * FROM withdrawal"))

    def redo(self, before: object, deeds: object) -> None:
        assert self.book.redo() == bool(self.future)
        if self.future:
            self.past.append(before)
            assert visible(self.book) == self.future.pop()

    def reopen(self, before: object, deeds: object) -> None:
        path = self.book.path
        self.book.close()
        self.book = Casebook.open(path)
        assert visible(self.book) == before

    def projection_is_rebuilt_alike(self) -> None:
        report = check.check(self.book)
        assert report.problems == ()
        drawn = everything(self.book)
        rebuild.rebuild(self.book)
        assert everything(self.book) == drawn


count = itertools.count()


@many
@given(steps=sequences)
def test_any_sequence_is_rebuilt_alike_and_undone_to_the_beginning(
    quick: tuple[Path, tuple[attachments.Ready, ...]], steps: list[tuple[str, list[tuple[str, int, int, str]]]]
) -> None:
    path, taken = quick
    session = Session(copy_of(path, path.parent, count), taken)
    try:
        for what, deeds in steps:
            session.do(what, deeds)
        session.projection_is_rebuilt_alike()
        end = visible(session.book)
        undone = 0
        while session.past:
            session.do("undo", [])
            undone += 1
        assert visible(session.book) == session.beginning
        for _ in range(undone):
            session.do("redo", [])
        assert visible(session.book) == end
        session.projection_is_rebuilt_alike()
    finally:
        session.book.close()


def test_a_clock_that_goes_back_is_rebuilt_alike(tmp_path: Path) -> None:
    clock = Clock("2026-03-01T10:00:00")
    with make_book(tmp_path, clock=clock) as book:
        case_id = make_case(book)
        clock.turn("2019-01-01T00:00:00")
        edit_case(book, case_id, "written before it was begun")
        drawn = everything(book)
        assert check.check(book).problems == ()
        rebuild.rebuild(book)
        assert everything(book) == drawn
        assert cases.one(book, case_id).title == "written before it was begun"


def test_a_rebuild_mends_a_projection_that_was_tampered_with(book: Casebook) -> None:
    case_id = make_case(book)
    drawn = everything(book)
    with book.repair() as writer:
        writer.execute('UPDATE "case" SET title = :t', t="forged")
        writer.execute("DELETE FROM search_text")
        writer.execute("DELETE FROM case_card WHERE case_id = :c", c=case_id)
    assert [p.what for p in check.check(book).problems] == ["projection"]
    rebuild.rebuild(book)
    assert everything(book) == drawn
    assert check.check(book).problems == ()
