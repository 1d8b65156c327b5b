"""True hashes over any nonsense at all: it is refused by name and leaves nothing, or it comes in and all still works."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import check, rebuild, store
from db.casebook import Casebook
from db.errors import FileError
from db.fields import FIELDS
from db.kinds import Kind
from db.vet import Refused
from tests.db.hostile import reading
from tests.db.hostile.crafted_texts import BIDI, MARKUP, ODD_VALUES
from tests.db.hostile.forge import Chain, Forger
from tests.db.hostile.scene import good_casebook, our_casebook
from tests.db.union import digest, operations, unite
from tests.makers import edit_case, make_case

EXAMPLES = int(os.environ.get("NONSENSE_EXAMPLES", "60"))
PLACES = 12

_MOSTLY = [kind for kind in Kind if kind not in (Kind.DESK, Kind.SCALE, Kind.VERDICT, Kind.WITHDRAWAL)]
_place = st.integers(0, PLACES - 1)
_value = st.one_of(
    st.tuples(st.just("thing"), _place),
    st.tuples(st.just("odd"), st.integers(0, len(ODD_VALUES) - 1)),
    st.tuples(st.just("word"), st.integers(0, 9)),
    st.tuples(st.just("text"), st.sampled_from([MARKUP, BIDI, "Plain", "2026-05", "False", "0" * 64])),
)
_operation = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*_MOSTLY * 3, *Kind, "hypothesis"]),
        "thing": _place,
        "values": st.lists(st.tuples(st.integers(0, 12), _value), max_size=8),
        "sees": st.sampled_from(["what is there", "what is there", "what is there", "nothing", "all"]),
        "deletes": st.booleans(),
        "chain": st.sampled_from(["theirs", "theirs", "theirs", "new", "ours"]),
    }
)
figures: Counter[str] = Counter()


class Writer:
    """Writes such operations into a file."""

    def __init__(self, forger: Forger, known: list[str], our_desk: str) -> None:
        self.forger, self.our_desk = forger, our_desk
        self.pool = known[:PLACES]
        self.kinds: dict[str, str] = dict(forger.sql.execute("SELECT thing, kind FROM op"))
        self.chains: dict[str, Chain] = {"theirs": forger.chain()}

    def write(self, kind: str, thing: int, values: list, sees: str, deletes: bool, chain: str) -> None:
        name = self.pool[thing]
        kind = self.kinds.setdefault(name, kind)
        body = {"set": dict(self._said(kind, each) for each in values) if kind != "hypothesis" else {"x": 1}}
        from db.kinds import canonical

        self.forger.op(
            kind,
            name,
            body=canonical({**body, "deleted": "so"} if deletes else body),
            chain=self._chain(chain),
            **self._seen(name, sees),  # type: ignore[arg-type]
        )

    def _said(self, kind: str, value: tuple) -> tuple[str, object]:
        place, (sort, what) = value
        field = FIELDS[Kind(kind)][place % len(FIELDS[Kind(kind)])]
        if sort == "thing" or field.refers:
            return field.name, self.pool[what % PLACES] if isinstance(what, int) else what
        if sort == "word" and field.words:
            return field.name, tuple(field.words)[what % len(field.words)]
        return field.name, ODD_VALUES[what] if sort == "odd" else str(what)

    def _seen(self, thing: str, sees: str) -> dict[str, object]:
        if sees == "what is there":
            return {}
        rows = self.forger.sql.execute("SELECT id, generation FROM op WHERE thing = ?", [thing]).fetchall()
        if sees == "nothing" or not rows:
            return {"parents": ()}
        return {"parents": tuple(sorted(row[0] for row in rows)), "generation": 1 + max(row[1] for row in rows)}

    def _chain(self, which: str) -> Chain:
        if which not in self.chains:
            self.chains[which] = self.forger.new_chain(desk=self.our_desk if which == "ours" else "")
        return self.chains[which]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMDESK_HOME", str(folder / "home"))
        return good_casebook(folder), our_casebook(folder)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(_operation, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_whatever_is_said_truly_is_refused_or_can_be_lived_with(
    made: tuple[Path, Path], quick_folder: Path, said: list, dice
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
        patch.setattr(store, "_WRITING", "PRAGMA synchronous=OFF;")
        theirs = Path(shutil.copy(made[0], quick_folder / "theirs.casebook"))
        mine = Path(shutil.copy(made[1], quick_folder / "mine.casebook"))
        with Casebook.open(mine) as book:
            _write(theirs, said, book, dice)
            _meet(book, theirs)


def _write(theirs: Path, said: list, book: Casebook, dice) -> None:
    with Forger(theirs) as forger:
        sql = (
            "SELECT DISTINCT thing, kind FROM op WHERE kind NOT IN ('desk', 'scale', 'rating', 'verdict', 'withdrawal')"
        )
        known, ours = forger.sql.execute(sql).fetchall(), book.select(sql)
        dice.shuffle(known)
        things = {**dict(known[:5]), **dict(ours[:2])}
        names = [*things, *(f"new-{number}" for number in range(PLACES))]
        writer = Writer(forger, names, book.value("SELECT value FROM meta WHERE name = 'desk'"))
        writer.kinds |= things
        for each in said:
            writer.write(**each)


def _meet(book: Casebook, theirs: Path) -> None:
    before, known = digest(book), operations(book)
    try:
        unite(book, theirs)
    except (FileError, Refused) as refused:
        figures[f"{type(refused).__name__} {refused.detail}"] += 1
        assert digest(book) == before
        return
    figures["accepted"] += 1
    with contextlib.closing(Casebook.open(theirs, write=False)) as other:
        assert operations(book) == known | operations(other)
    assert check.check(book).problems == ()
    reading.read_everything(book)
    reading.read_lists(book)
    reading.compare_everything(book)
    reading.export_everything(book, book.path.parent)
    assert reading.print_everything(book, book.path.parent) == []
    was = digest(book)
    rebuild.rebuild(book)
    assert digest(book) == was
    assert unite(book, theirs).arrival is None
    edit_case(book, make_case(book, "Goes on"), "As before")
    for (case_id,) in book.select('SELECT id FROM "case" WHERE deleted = 0'):
        edit_case(book, case_id, "Ours now")
    assert book.undo()
    assert check.check(book).problems == ()


def test_enough_of_it_came_in() -> None:
    if figures:
        print(dict(figures))
        assert figures["accepted"] > EXAMPLES / 10
