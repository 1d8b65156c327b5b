"""Files that somebody made on purpose: each is refused by name, or taken in for exactly what it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import check, intake, lookover, merge, rebuild, store
from db.casebook import Casebook
from db.errors import FileError, Untrusted
from db.lookover import View
from desktop import wording
from tests.db.hostile import (
    crafted_blobs,
    crafted_desks,
    crafted_places,
    crafted_rows,
    crafted_seals,
    crafted_tables,
    crafted_texts,
    reading,
    watch,
)
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import Accepted, Craft, Refused, Scene, good_casebook, our_casebook, set_up
from tests.db.union import digest, operations

ALL: tuple[Craft, ...] = (
    *crafted_places.CRAFTS,
    *crafted_tables.CRAFTS,
    *crafted_rows.CRAFTS,
    *crafted_blobs.CRAFTS,
    *crafted_desks.CRAFTS,
    *crafted_seals.CRAFTS,
    *crafted_texts.CRAFTS,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, str]]:
    """The good casebook of another desk, ours, and the case that is shared."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMDESK_HOME", str(folder / "home"))
        theirs, mine = good_casebook(folder), our_casebook(folder)
        with Casebook.open(theirs, write=False) as book:
            shared = book.value("""SELECT id FROM "case" WHERE title = 'Shared and edited'""")
        yield theirs, mine, shared


@pytest.fixture
def scene(made: tuple[Path, Path, str], tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(store, "_WRITING", "PRAGMA synchronous=OFF;")
    theirs, ours, shared = made
    shutil.copytree(theirs.parent / "home", home, dirs_exist_ok=True)
    (tmp_path / "ours").mkdir()
    ours = Path(shutil.copy(ours, tmp_path / "ours"))
    with Casebook.open(ours) as mine:
        scene = set_up(tmp_path / "elsewhere", theirs, mine, shared, home / "scratch")
        yield scene
        for undo in scene.undo:
            undo()


def test_there_are_enough_of_them() -> None:
    assert len({craft.make.__name__ for craft in ALL}) == len(ALL) >= 60


@pytest.mark.parametrize("craft", [c for c in ALL if isinstance(c, Refused)], ids=lambda c: c.make.__name__)
def test_it_is_refused_by_name(craft: Refused, scene: Scene) -> None:
    craft.make(scene)
    if craft.make is crafted_places.a_file_nobody_may_read and os.access(scene.file, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    before, elsewhere = digest(scene.mine), watch.everything_in(scene.folder)
    with pytest.raises(FileError) as raised:
        take_in(scene)
    assert (type(raised.value), raised.value.detail) == (craft.error, craft.detail or raised.value.detail)
    assert scene.during or watch.everything_in(scene.folder) == elsewhere
    assert_nothing_is_left(scene)
    assert digest(scene.mine) == before
    said = str(wording.explain(raised.value))
    assert scene.file.name in said or raised.value.path.name in said
    assert check.check(scene.mine).problems == ()


@pytest.mark.parametrize("craft", [c for c in ALL if isinstance(c, Accepted)], ids=lambda c: c.make.__name__)
def test_it_is_taken_for_what_it_is(craft: Accepted, scene: Scene, tmp_path: Path) -> None:
    after = craft.make(scene)
    before = operations(scene.mine)
    with Forger(scene.plain or scene.file) as forger:
        theirs = {op for (op,) in forger.sql.execute("SELECT id FROM op NOT INDEXED")}
        elsewhere = watch.everything_in(scene.folder)
    incoming, arrival = take_in(scene)
    assert watch.everything_in(scene.folder) == elsewhere
    assert_nothing_is_left(scene)
    assert operations(scene.mine) == before | theirs
    assert incoming.seen == len(theirs)
    assert incoming.operations >= arrival.operations
    if craft.all_of_it:
        assert incoming.operations == len(theirs)
    assert check.check(scene.mine).problems == ()
    reading.read_everything(scene.mine)
    reading.read_lists(scene.mine)
    reading.compare_everything(scene.mine)
    reading.export_everything(scene.mine, tmp_path)
    assert reading.print_everything(scene.mine, tmp_path) == []
    was = digest(scene.mine)
    rebuild.rebuild(scene.mine)
    assert digest(scene.mine) == was
    if after:
        after(scene.mine, incoming)
    with intake.receive(scene.file, scene.mine) as again:
        assert merge.apply(scene.mine.path, again).arrival is None, "the second time brought something"


@pytest.mark.parametrize(
    "craft", [c for c in crafted_texts.CRAFTS if isinstance(c, Accepted)], ids=lambda c: c.make.__name__
)
def test_it_can_be_opened_by_itself(craft: Accepted, scene: Scene) -> None:
    """As a casebook that somebody sent: shown from what was verified of it."""
    craft.make(scene)
    elsewhere = watch.everything_in(scene.folder)
    looked = lookover.look_over(scene.file, write=False)
    assert watch.everything_in(scene.folder) == elsewhere
    with View.of(looked) as view:
        assert not view.writable
        reading.read_everything(view)
        problems = check.check(view).problems
    assert {each.what for each in problems} <= {"attachment"}, "it is its own desk's, whose bytes should be there"


def test_a_casebook_of_nobody_is_not_opened(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("UPDATE meta SET value = 'nobody' WHERE name = 'desk'")
    with pytest.raises(Untrusted, match="meta"):
        lookover.look_over(scene.file, write=False)


def take_in(scene: Scene) -> tuple[intake.Incoming, merge.Arrival]:
    """As a person would: look it over, see the plan, keep it."""
    with watch.opened() as seen:
        with intake.receive(scene.file, scene.mine, Meanwhile(scene)) as incoming:
            with merge.preview(scene.mine.path, incoming) as preview:
                planned = reading.read_news(preview, preview.first, preview.last)
                reading.read_everything(preview)
            merged = merge.apply(scene.mine.path, incoming)
        scene.mine.catch_up(merged.notice)
    assert not [name for name in seen.by_sqlite if str(scene.folder) in name], "SQLite opened it where it lies"
    assert scene.during or not [name for name in seen.for_writing if str(scene.folder) in name]
    assert merged.arrival
    assert reading.read_news(scene.mine, merged.arrival.first, merged.arrival.last) == planned
    return incoming, merged.arrival


class Meanwhile:
    """Progress that does something to the file at the first step of its copying."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.done = scene, False

    def step(self, done: int, total: int) -> None:
        if not self.done and self.scene.during:
            self.done = True
            self.scene.during(done)


def assert_nothing_is_left(scene: Scene) -> None:
    assert not scene.private.exists() or list(scene.private.iterdir()) == []
    assert watch.helpers() == []
    assert scene.victim.exists()
