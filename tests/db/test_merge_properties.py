"""Three desks that work, copy, restore and merge in any order: in the end all know the same, and nothing is lost.

`make soak` runs many more examples than `make test` and prints the figures.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import attachments, check, log, project, rebuild, store
from db.attachments import Ready
from db.casebook import Casebook
from db.kinds import Kind
from db.vocabulary import Op
from tests.db.sequences import DEEDS, Hand, some_text
from tests.db.union import digest, operations, slice_of, unite
from tests.makers import Clock, make_book, picture, take

EXAMPLES = int(os.environ.get("MERGE_EXAMPLES", "300"))
PARTS = 3  # so that several workers share them
DESKS = range(3)

soak = settings(
    max_examples=EXAMPLES // PARTS,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # to make a failure small takes minutes
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

_desk, _number = st.sampled_from(DESKS), st.integers(0, 11)
_deed = st.tuples(st.sampled_from(sorted(DEEDS)), _number, _number, some_text)
_step = st.one_of(
    st.tuples(st.just("save"), _desk, st.lists(_deed, min_size=1, max_size=3)),
    st.tuples(st.just("save"), _desk, st.lists(_deed, min_size=1, max_size=3)),
    st.tuples(st.just("title"), _desk, _number),
    st.tuples(st.just("verdict"), _desk, _number),
    st.tuples(st.sampled_from(["undo", "redo"]), _desk, st.none()),
    st.tuples(st.just("merge"), _desk, _desk),
    st.tuples(st.just("merge"), _desk, _desk),
    st.tuples(st.just("hand over"), _desk, st.tuples(_desk, _number)),
    st.tuples(st.sampled_from(["back up", "restore"]), _desk, st.none()),
    st.tuples(st.sampled_from(["copy over", "clone over"]), _desk, _desk),
)
figures: Counter[str] = Counter()


class Desks:
    """Three desks with a casebook each, in one folder."""

    def __init__(self, folder: Path, template: Path, taken: tuple[Ready, ...], skew: tuple[int, ...]) -> None:
        self.folder, self.taken = folder, taken
        self.clocks = [Clock() for _ in DESKS]
        for clock, seconds in zip(self.clocks, skew, strict=True):
            clock._now += timedelta(seconds=seconds)
        self.books = [
            make_book(folder, f"desk{n}", desk=f"Desk {n}", code=f"D{n % 2}", clock=self.clocks[n]) for n in DESKS
        ]
        for book in self.books:
            unite(book, template)

    def close(self) -> None:
        for book in self.books:
            book.close()

    def do(self, what: str, desk: int, more: object) -> None:
        figures[what] += 1
        getattr(self, "_" + what.replace(" ", "_"))(desk, more)

    def _save(self, desk: int, deeds: list) -> None:
        with self.books[desk].change(DEEDS[deeds[0][0]]) as change:
            for name, a, b, text in deeds:
                Hand(self.books[desk], self.taken).deed(change, name, a, b, text)

    def _title(self, desk: int, number: int) -> None:
        """An edit that likely meets another desk's."""
        with self.books[desk].change(Op.EDIT_CASE) as change:
            case = Hand(self.books[desk]).pick(change, Kind.CASE, 0)
            if case:
                change.put(Kind.CASE, case, {"title": f"Title {number % 3}"})

    def _verdict(self, desk: int, number: int) -> None:
        with self.books[desk].change(Op.GIVE_VERDICT) as change:
            hand = Hand(self.books[desk])
            case = hand.pick(change, Kind.CASE, number)
            if case:
                hand._verdict(change, case, number, number, "", f"because {number}")

    def _undo(self, desk: int, _: None) -> None:
        self.books[desk].undo()

    def _redo(self, desk: int, _: None) -> None:
        self.books[desk].redo()

    def _merge(self, desk: int, other: int) -> None:
        if desk != other:
            unite(self.books[desk], self.books[other].path)

    def _hand_over(self, desk: int, to: tuple[int, int]) -> None:
        other, number = to
        rows = self.books[desk].select('SELECT id FROM "case" ORDER BY id')
        if other != desk and rows:
            file = self.folder / "handed over"
            file.unlink(missing_ok=True)
            slice_of(self.books[desk], [rows[number % len(rows)][0]], file)
            unite(self.books[other], file)

    def _back_up(self, desk: int, _: None) -> None:
        shutil.copy(self.books[desk].path, self.folder / f"backup{desk}")

    def _restore(self, desk: int, _: None) -> None:
        backup = self.folder / f"backup{desk}"
        if backup.exists():
            self._replace(desk, backup)

    def _copy_over(self, desk: int, other: int) -> None:
        """Somebody puts one desk's file in the place of another's; what that one knew is merged in first."""
        if desk != other:
            unite(self.books[desk], self.books[other].path)
            self._replace(other, self.books[desk].path)

    def _clone_over(self, desk: int, other: int) -> None:
        """The same, with a whole disk, so that both go on with one chain and fork it."""
        if desk != other:
            self._copy_over(desk, other)
            self.books[other]._chain = self.books[desk]._chain

    def _replace(self, desk: int, file: Path) -> None:
        path = self.books[desk].path
        self.books[desk].close()
        shutil.copy(file, path)
        self.books[desk] = Casebook.open(path, clock=self.clocks[desk])


@pytest.fixture
def template(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, tuple[Ready, ...]]:
    """A casebook that all desks begin with, so that they edit the same things, with two pictures."""
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    monkeypatch.setattr(store, "_WRITING", "PRAGMA synchronous=OFF;")
    with make_book(quick_folder, "template") as book:
        hand = Hand(book)
        taken = tuple(take(book.path, picture(4, n), f"{n}.png") for n in (1, 2))
        with book.change(Op.ADD_CASE) as change:
            hand.deed(change, "add case", 0, 0, "The first")
            for ready in taken:
                attachments.attach(change, hand.pick(change, Kind.CASE, 0), ready)
    return book.path, taken


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
@soak
@given(st.lists(_step, min_size=8, max_size=30), st.tuples(*[st.integers(-(10**7), 10**7)] * 3))
def test_any_order_of_merges_ends_in_the_same_and_loses_nothing(
    template: tuple[Path, tuple[Ready, ...]], quick_folder: Path, part: int, steps: list, skew: tuple[int, ...]
) -> None:
    folder = quick_folder / "desks"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    desks = Desks(folder, *template, skew)
    try:
        for what, desk, more in steps:
            desks.do(what, desk, more)
        for book in desks.books:
            assert_is_what_the_log_says(book)
        assert_the_order_is_all_the_same(desks)
    finally:
        desks.close()
    figures["examples"] += 1


def assert_is_what_the_log_says(book: Casebook) -> None:
    assert check.check(book).problems == ()
    before = digest(book)
    rebuild.rebuild(book)
    assert digest(book) == before, "the projection is not what a rebuild makes of the log"


def assert_the_order_is_all_the_same(desks: Desks) -> None:
    paths = [book.path for book in desks.books]
    union = set[bytes]().union(*(operations(book) for book in desks.books))
    blobs = {row for book in desks.books for row in book.select("SELECT sha256 FROM blob")}
    ends = []
    for number, order in enumerate(itertools.permutations(DESKS)):
        target = desks.folder / f"order{number}.casebook"
        shutil.copy(paths[order[0]], target)
        with Casebook.open(target) as book:
            for other in order[1:]:
                unite(book, paths[other])
            assert operations(book) == union, "operations are not the union"
            ends.append(digest(book))
            assert ends[-1] == ends[0], "the order of merges matters"
            if number == 0:
                assert {*book.select("SELECT sha256 FROM blob")} == blobs
                assert all(unite(book, path).arrival is None for path in paths), "the second time brought something"
                assert digest(book) == ends[0]
                assert_is_what_the_log_says(book)
                assert_nothing_is_lost(book)
    together = desks.folder / "together.casebook"  # a + (b + c)
    shutil.copy(paths[1], together)
    with Casebook.open(together) as book:
        unite(book, paths[2])
    target = desks.folder / "first.casebook"
    shutil.copy(paths[0], target)
    with Casebook.open(target) as book:
        unite(book, together)
        assert digest(book) == ends[0], "how merges are grouped matters"
    figures["operations"] += len(union)


def assert_nothing_is_lost(book: Casebook) -> None:
    """Every value ever written is shown, stands in conflict, or was overwritten by somebody who had seen it."""
    for thing, kind in book.select("SELECT DISTINCT thing, kind FROM op"):
        ops = log.of_thing(book, thing)
        seen = project.ancestry(ops)
        conflicts = book.select("SELECT field, op FROM conflict WHERE thing = :t", t=thing)
        figures["conflicts"] += len({name for name, _ in conflicts})
        shown = project.project(ops).fields
        row = book.one(f'SELECT deleted FROM "{kind}" WHERE id = :t', t=thing)
        assert row is not None, "a thing vanished"
        for i, op in enumerate(ops):
            later = [o for j, o in enumerate(ops) if seen[j] >> i & 1]
            for name, value in op.fields.items():
                overwritten = any(name in o.fields for o in later)
                assert overwritten or shown[name] == value or (name, op.n) in conflicts, (
                    f"lost: {kind} {name} {value!r}"
                )
            if op.deletes:
                assert later or row[0] or ("deleted", op.n) in conflicts, "a deletion was lost"
        heads = [op for i, op in enumerate(ops) if not any(s >> i & 1 for s in seen)]
        assert bool(row[0]) == all(op.deletes for op in heads), "an edit is hidden by a deletion that had not seen it"


def test_the_examples_did_what_they_are_meant_to() -> None:
    """Printed by `make soak`; a sequence without conflicts would prove little."""
    if figures["examples"]:
        print({name: figures[name] for name in sorted(figures)})
        assert figures["conflicts"] > figures["examples"] / 10
        assert all(figures[name] for name in ("merge", "clone over", "restore", "hand over", "verdict"))
