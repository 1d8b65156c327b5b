"""The file of a hand-over: exactly what its contents say, provably nothing that stays, whole at its name or not there."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import attachments, blobs, check, form, intake, log, merge, scratch, store
from db.attachments import Ready
from db.casebook import Casebook
from db.errors import (
    Damaged,
    DiskFull,
    Exists,
    HandedOver,
    HeldBack,
    MovedOn,
    NameStands,
    NothingLeaves,
    SealBroken,
    SealedFile,
    WrongKey,
)
from db.exchange import age, handover, keys, passphrase, peers, proof, seal, survey
from db.exchange.age import Secret
from db.exchange.contents import SECRET, Contents, Order, decide
from db.exchange.handover import Closing, HandOver
from db.kinds import Kind
from db.progress import Cancelled
from db.store import Store, connect
from db.vocabulary import Op, Tlp
from tests.db.sequences import DEEDS, Hand, sequences
from tests.db.union import unite
from tests.makers import RUSSIAN, URDU, attach, give_verdict, make_book, make_case, make_source, picture, take

OPEN = Closing()


def contents(book: Store, *case_ids: str, **order: frozenset[str]) -> Contents:
    return decide(survey.read(book, case_ids), Order(Tlp.RED, **order))


def write(book: Store, found: Contents, target: Path, closing: Closing = OPEN) -> HandOver:
    return handover.write(book, found, target, closing)


def reader(path: Path) -> Store:
    return Store(path, connect(path, write=False, immutable=True))


def outgoing() -> list[Path]:
    return list(scratch.base().rglob("*")) if scratch.base().exists() else []


def beside(target: Path) -> list[str]:
    """What lies in the folder of the target."""
    return [path.name for path in target.parent.iterdir()]


@pytest.fixture
def case(book: Casebook) -> str:
    """A case with a source, a picture and a verdict."""
    case = make_case(book, URDU)
    make_source(book, [case], RUSSIAN)
    attach(book, case, random.Random(1).randbytes(2_500_000), "film.bin")
    give_verdict(book, case)
    return case


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "for Herat.handover.casebook"


@pytest.fixture(autouse=True)
def _folder(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.parent.mkdir()
    monkeypatch.setattr(passphrase, "_WORK", 10)


def test_the_file_is_in_the_exchange_form_and_nothing_else(book: Casebook, case: str, target: Path) -> None:
    write(book, contents(book, case), target)
    data = target.read_bytes()
    assert data[16:20] == b"\x20\x00\x01\x01"  # pages of 8192 bytes, no write-ahead log
    with reader(target) as made:
        rows = made.select("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid")
        assert tuple(rows) == form.statements()
        assert made.value("PRAGMA application_id") == book.value("PRAGMA application_id")
        assert made.value("PRAGMA user_version") == book.value("PRAGMA user_version")
        facts = dict(made.select("SELECT name, value FROM meta"))
        home = dict(book.select("SELECT name, value FROM meta"))
    assert facts.pop("made_at")
    assert facts == {**home, "desk_name": "Kabul desk", "purpose": "hand-over", "tlp": "RED"}


def test_operations_and_bytes_are_the_same_to_the_byte(book: Casebook, case: str, target: Path) -> None:
    other = make_case(book, "Stays here")
    found = contents(book, case)
    done = write(book, found, target)
    sql = f"""SELECT c.name, {", ".join(f"o.{each.strip()}" for each in handover.OP_COLUMNS.split(","))}
        FROM op o JOIN chain c ON c.id = o.chain ORDER BY o.n"""
    things = {thing.id for thing in found.leaving}
    with reader(target) as made:
        there = made.select(sql)
        assert there == [row for row in book.select(sql) if row[10] in things]
        assert len(there) == done.operations
        for (digest,) in made.select("SELECT sha256 FROM blob"):
            assert blobs.read(made, digest) == blobs.read(book, digest)
        sizes = made.select("SELECT p.number, length(p.data) FROM piece p ORDER BY 1")
        assert sizes == [(0, 1 << 20), (1, 1 << 20), (2, 2_500_000 - (2 << 20))]
    assert other.encode() not in target.read_bytes()


def test_a_chain_says_how_far_it_has_no_gap(book: Casebook, target: Path) -> None:
    first, second = make_case(book, "First"), make_case(book, "Second")
    with book.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, first, {"title": "Again"})
    write(book, contents(book, first), target)
    write(book, contents(book, second), target.with_name("second"))
    home = book.value("SELECT value FROM meta WHERE name = 'desk'")
    ops = [(op.number, op.thing, op.id) for op in log.by_chain(book)]
    for file in (target, target.with_name("second")):
        with reader(file) as made:
            top = made.one("SELECT top_number, top_op FROM chain")
            there = {op.number for op in log.by_chain(made)}
        reach = next(n - 1 for n, _, _ in ops if n not in there)
        assert top == (reach, next(op for n, _, op in ops if n == reach))
        assert max(there) > reach
        assert {thing for n, thing, _ in ops if n <= reach} == {home}


def test_the_intake_takes_it_and_a_merge_brings_what_was_listed(tmp_path: Path, target: Path) -> None:
    with make_book(tmp_path, "one") as one, make_book(tmp_path, "two", desk="Herat", code="HRT") as two:
        case = make_case(one)
        make_source(one, [case])
        attach(one, case, picture())
        found = contents(one, case)
        write(one, found, target)
        with intake.receive(target, two) as incoming:
            assert incoming.purpose == "hand-over"
            assert incoming.operations == sum(len(thing.ops) for thing in found.leaving)
        unite(two, target)
        assert check.check(two).problems == ()
        assert {t.id for t in found.leaving} <= {row[0] for row in two.select("SELECT thing FROM op")}
        assert unite(two, target).arrival is None


def test_work_comes_back_from_the_other_desk(tmp_path: Path, target: Path) -> None:
    with make_book(tmp_path, "one") as one, make_book(tmp_path, "two", desk="Herat", code="HRT") as two:
        case = make_case(one)
        write(one, contents(one, case), target)
        unite(two, target)
        make_source(two, [case], "Found in Herat")
        write(two, contents(two, case), target.with_name("back"))
        unite(one, target.with_name("back"))
        assert one.value("SELECT count(*) FROM citation WHERE case_id = :c", c=case) == 1
        assert check.check(one).problems == ()
        write(one, contents(one, case), target.with_name("again"))
        assert unite(two, target.with_name("again")).arrival is None


def test_a_hand_over_is_not_opened_to_work_in(book: Casebook, case: str, target: Path) -> None:
    write(book, contents(book, case), target)
    before = target.read_bytes()
    with pytest.raises(HandedOver):
        Casebook.open(target)
    assert target.read_bytes() == before
    assert beside(target) == [target.name]


# What is held back


def test_what_is_held_back_is_not_in_the_bytes(book: Casebook, case: str, target: Path) -> None:
    secret, film = make_source(book, [case], "The man from Paghman", note="lives at the mill"), picture(40, 40, "blue")
    shot = attach(book, case, film, "mill.png")
    write(book, contents(book, case, held=frozenset([secret, shot])), target)
    data = target.read_bytes()
    for text in ("The man from Paghman", "lives at the mill", "mill.png"):
        assert text.encode() not in data
    assert film not in data
    assert film[30:80] not in data
    assert shot.encode() not in data


_many = settings(
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def template(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, tuple[Ready, ...]]:
    """A closed casebook with two stored pictures, in memory."""
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    monkeypatch.setattr(store, "_WRITING", "PRAGMA synchronous=OFF;")
    with make_book(quick_folder) as book:
        hand = Hand(book)
        noise = random.Random(5)
        taken = tuple(take(book.path, noise.randbytes(500 * n), f"{n}.png") for n in (1, 2))
        with book.change(Op.ADD_CASE) as change:
            hand.deed(change, "add case", 0, 0, "The first")
            for ready in taken:
                attachments.attach(change, hand.pick(change, Kind.CASE, 0), ready)
    return book.path, taken


@_many
@given(sequences, st.randoms(use_true_random=False))
def test_for_any_casebook_and_any_choice_the_file_holds_what_was_listed_and_nothing_that_stays(
    template: tuple[Path, tuple[Ready, ...]], quick_folder: Path, sequence: list, dice: random.Random
) -> None:
    path = quick_folder / f"{next(_numbers)}.casebook"
    shutil.copy(template[0], path)
    with Casebook.open(path) as book:
        for what, deeds in sequence:
            _do(book, template[1], what, deeds)
        chosen = [c for (c,) in book.select('SELECT id FROM "case" WHERE deleted = 0') if dice.random() < 0.7]
        if not chosen:
            return
        read = survey.read(book, chosen)
        some = [frozenset(t.id for t in read.things if dice.random() < share) for share in (0.15, 0.2, 0.3)]
        order = Order(Tlp.RED, some[0] - set(chosen[:1]), some[1], some[2])
        found = decide(read, order)
        if found.broken:
            assert all(isinstance(error, NameStands) for error in found.broken)
            with pytest.raises(NameStands):
                write(book, found, path.with_suffix(".out"))
            assert not path.with_suffix(".out").exists()
            found = decide(read, Order(Tlp.RED, order.held, order.bare, order.freed, spoken=order.held))
        write(book, found, path.with_suffix(".out"))
        assert {t.id for t in found.leaving} & {h.thing.id for h in found.held} == set()
        assert_is_what_was_listed(book, found, path.with_suffix(".out"))
    for left in path.parent.glob(f"{path.stem}.*"):
        left.unlink()


_numbers = itertools.count()


def _do(book: Casebook, taken: tuple[Ready, ...], what: str, deeds: list) -> None:
    if what in ("undo", "redo"):
        getattr(book, what)()
    elif deeds and what in ("save", "verdict"):
        with book.change(DEEDS[deeds[0][0]]) as change:
            for name, a, b, text in deeds:
                Hand(book, taken).deed(change, "verdict" if what == "verdict" else name, a, b, text)


def assert_is_what_was_listed(book: Casebook, found: Contents, path: Path) -> None:
    """Told from the bytes and by sqlite3 alone."""
    data = path.read_bytes()
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT id, thing, body, analyst, verb, kind, made_at FROM op").fetchall()
        kept = {digest for (digest,) in connection.execute("SELECT sha256 FROM blob")}
    finally:
        connection.close()
    leaving = {thing.id for thing in found.leaving}
    assert {row[1] for row in rows} == leaving
    whole = {op for op, thing in book.select("SELECT id, thing FROM op") if thing in leaving}
    assert {row[0] for row in rows} == whole
    said = "\n".join(cell for row in rows for cell in row[1:])
    for held in found.held:
        assert held.thing.id in said or held.thing.id.encode() not in data
        for (body,) in book.select("SELECT body FROM op WHERE thing = :t", t=held.thing.id):
            for text in _texts(json.loads(body)):
                encoded = json.dumps(text, ensure_ascii=False)[1:-1]
                assert len(encoded.encode()) < 7 or encoded in said or encoded.encode() not in data
    stay = {digest for (digest,) in book.select("SELECT sha256 FROM blob WHERE sha256 NOT NULL")} - kept
    for digest in stay:
        whole_file = blobs.read(book, digest)
        assert all(whole_file[at : at + 24] not in data for at in range(0, len(whole_file) - 24, 97))
    secret = {h.thing.file.sha256 for h in found.held if h.thing.file and h.why in SECRET}
    assert not secret & kept


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and value:
        yield value


@pytest.mark.parametrize("kind", ["words", "id", "picture"])
def test_the_proof_finds_what_should_not_be_there(book: Casebook, case: str, target: Path, kind: str) -> None:
    """Bytes smuggled into the finished file, where no table shows them."""
    secret = make_source(book, [case], "The man from Paghman")
    shot = attach(book, case, random.Random(3).randbytes(900))
    found = contents(book, case, held=frozenset([secret, shot]))
    write(book, found, target)
    digest = attachments.one(book, shot).sha256
    bad = {"words": b"The man from Paghman", "id": secret.encode(), "picture": blobs.read(book, digest)}[kind]
    free = target.read_bytes().index(bytes(len(bad) + 100)) + 50
    with target.open("r+b") as file:
        file.seek(free)
        file.write(bad)
    with pytest.raises(Damaged):
        proof.prove(book, found, target)


def test_words_that_stay_may_not_leave_inside_a_file(book: Casebook, case: str, target: Path) -> None:
    secret = make_source(book, [case], "Source", note="the man from Paghman lives at the mill")
    page = attach(book, case, b"%PDF-1.4 (the man from Paghman lives at the mill)", "page.pdf")
    with pytest.raises(NameStands) as told:
        write(book, contents(book, case, held=frozenset([secret])), target)
    assert told.value.thing == secret
    assert told.value.places == ((Kind.ATTACHMENT, page, ""),)
    assert not target.exists()
    write(book, contents(book, case, held=frozenset([secret]), spoken=frozenset([secret])), target)


def test_a_broken_rule_stops_it_by_name(book: Casebook, case: str, target: Path) -> None:
    read = survey.read(book, [case])
    for order, rule in ((Order(Tlp.CLEAR), HeldBack), (Order(Tlp.RED, held=frozenset([case])), NothingLeaves)):
        with pytest.raises(rule):
            write(book, decide(read, order), target)
    assert beside(target) == []
    assert outgoing() == []


# Whole or not there


def test_a_file_in_the_way_stays(book: Casebook, case: str, target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(Exists):
        write(book, contents(book, case), target)
    with pytest.raises(Exists):
        write(book, contents(book, case), book.path)
    assert target.read_text() == "mine"


def test_what_is_saved_after_one_looked_does_not_leave(book: Casebook, case: str, target: Path) -> None:
    found = contents(book, case)
    with book.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, case, {"title": "Said afterwards"})
    make_source(book, [case], "Found afterwards")
    done = write(book, found, target)
    assert done.operations == sum(len(thing.ops) for thing in found.leaving)
    assert b"afterwards" not in target.read_bytes()


def test_what_is_gone_when_it_should_leave_stops_it(book: Casebook, case: str, target: Path) -> None:
    found = contents(book, case)
    with book.repair() as writer:
        writer.execute("DELETE FROM op WHERE n = :n", n=found.leaving[0].ops[-1])
    with pytest.raises(MovedOn):
        write(book, found, target)
    assert beside(target) == []


class Stopping:
    """Progress that is cancelled at one of its steps, or kills the process there."""

    def __init__(self, at: int, how: str = "cancel") -> None:
        self.left, self.how = at, how
        self.seen: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        self.seen.append((done, total))
        self.left -= 1
        if self.left == 0 and self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.left == 0:
            raise Cancelled


CLOSINGS = [OPEN, Closing(sign=True, passphrase="k3fd-9xwp-77aa-b2b2-c3c3")]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_it_can_be_cancelled_at_every_step_and_leaves_nothing(
    book: Casebook, case: str, target: Path, closing: Closing
) -> None:
    found, whole = contents(book, case), Stopping(10**6)
    handover.write(book, found, target, closing, whole)
    target.unlink()
    assert [done for done, _ in whole.seen] == sorted(done for done, _ in whole.seen)
    assert len(whole.seen) > 8
    for at in range(1, len(whole.seen) + 1):
        with pytest.raises(Cancelled):
            handover.write(book, found, target, closing, Stopping(at))
        assert beside(target) == []
        assert outgoing() == []


@pytest.mark.heavy
@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_at_any_moment_it_is_whole_or_not_there(book: Casebook, case: str, target: Path) -> None:
    found = contents(book, case)
    whole = Stopping(10**6)
    wanted = handover.write(book, found, target, OPEN, whole)
    target.unlink()
    dice, there = random.Random(7), 0
    for turn in range(60):
        child = os.fork()
        if not child:
            try:
                with Store(book.path, connect(book.path, write=False)) as own:
                    at = turn % (len(whole.seen) + 1) or 10**6
                    handover.write(own, found, target, OPEN, Stopping(at if turn < 40 else 10**6, "kill"))
            finally:
                os._exit(0)
        if turn >= 40:
            time.sleep(dice.uniform(0.001, 0.05))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if target.exists():
            there += 1
            with reader(target) as made:
                assert made.value("PRAGMA quick_check") == "ok"
                assert made.value("SELECT count(*) FROM op") == wanted.operations
            assert target.stat().st_size == wanted.size
            target.unlink()
        for left in target.parent.iterdir():
            assert left.name.startswith(".")
            left.unlink()
    assert 0 < there < 60


@pytest.mark.parametrize("where", ["made", "copied"])
def test_a_full_disk_leaves_nothing(
    book: Casebook, case: str, target: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "made":
        create = form.create

        def small(connection: sqlite3.Connection) -> None:
            create(connection)
            connection.execute("PRAGMA max_page_count=40")

        monkeypatch.setattr(form, "create", small)
    else:
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("no /dev/full")
        target.with_name(f".{target.name}.part").symlink_to(full)
    with pytest.raises(DiskFull):
        write(book, contents(book, case), target)
    assert beside(target) == []
    assert outgoing() == []


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_nobody_else_can_read_it_while_it_is_made(book: Casebook, case: str, target: Path) -> None:
    modes = []

    class Watch:
        def step(self, done: int, total: int) -> None:
            modes.extend(path.stat().st_mode & 0o077 for path in outgoing() if path.is_dir())

    handover.write(book, contents(book, case), target, OPEN, Watch())
    assert modes
    assert set(modes) == {0}


# Closed


def test_a_sealed_file_shows_nothing_and_opens_to_what_was_listed(book: Casebook, case: str, target: Path) -> None:
    found, other = contents(book, case), age.new_witness()
    words = "k3fd-9xwp-77aa-b2b2-c3c3"
    for closing, secret in (
        (Closing(passphrase=words), Secret(passphrase=words)),
        (Closing(sign=True, recipients=(other.recipient,)), Secret(identity=other.identity)),
    ):
        done = write(book, found, target, closing)
        data = target.read_bytes()
        assert data.startswith(b"age-encryption.org/v1\n")
        assert done.size == len(data)
        assert URDU.encode() not in data
        inside = age.opened(target, secret, target.parent)
        with reader(inside) as made:
            assert made.value("SELECT count(*) FROM op") == done.operations
        inside.unlink()
        target.unlink()


def test_a_signature_is_that_of_this_desk(book: Casebook, case: str, target: Path) -> None:
    done = write(book, contents(book, case), target, Closing(sign=True))
    card = keys.own_card(book)
    assert done.fingerprint == card.fingerprint
    with reader(target) as made:
        signature = seal.verify_signature(made)
    assert signature is not None
    assert signature.card == card


def test_who_signed_is_known_from_the_first_merge_on(book: Casebook, case: str, target: Path, tmp_path: Path) -> None:
    write(book, contents(book, case), target, Closing(sign=True))
    with make_book(tmp_path, "other", desk="Other desk") as other:
        with intake.receive(target, other) as incoming:
            assert incoming.signature is not None
            assert incoming.signature.card == keys.own_card(book)
            assert peers.sight(other, incoming.signature.card) is peers.Sight.NEW
            other.catch_up(merge.apply(other.path, incoming).notice)
        assert peers.known(other) == (keys.own_card(book),)
        with intake.receive(target, other) as again:
            assert again.signature, "the signature is over all of the file, also what is known already"


@pytest.mark.parametrize("how", ["key", "passphrase"])
def test_a_sealed_file_comes_in_by_the_key_or_the_passphrase(
    book: Casebook, case: str, target: Path, tmp_path: Path, how: str
) -> None:
    words = "correct horse battery staple"
    own = keys.own_card(book).recipient
    closing = Closing(recipients=(own,)) if how == "key" else Closing(passphrase=words)
    write(book, contents(book, case), target, closing)
    with make_book(tmp_path, "other", desk="Other desk") as other:
        if how == "passphrase":
            with pytest.raises(SealedFile) as raised, intake.receive(target, other):
                pass
            assert raised.value.path == target
            with pytest.raises(WrongKey) as wrong, intake.receive(target, other, words="something else"):
                pass
            assert wrong.value.path == target
        with intake.receive(target, other, words=words if how == "passphrase" else "") as incoming:
            merge.apply(other.path, incoming)
        assert other.value('SELECT count(*) FROM "case"') == 1


def test_without_a_signature_there_is_none(book: Casebook, case: str, target: Path) -> None:
    assert write(book, contents(book, case), target).fingerprint == ""
    with reader(target) as made:
        assert seal.verify_signature(made) is None


CHANGES = [
    "UPDATE meta SET value = 'CLEAR' WHERE name = 'tlp'",
    "UPDATE meta SET value = 'Another desk' WHERE name = 'desk_name'",
    "UPDATE meta SET value = 'other' WHERE name = 'desk'",
    "UPDATE meta SET value = 'other' WHERE name = 'casebook'",
    "UPDATE meta SET value = 'age1other' WHERE name = 'recipient'",
    "UPDATE meta SET value = '2020-01-01T00:00:00.000Z' WHERE name = 'made_at'",
    "UPDATE meta SET value = '' WHERE name = 'purpose'",
    f"UPDATE meta SET value = '{'0' * 64}' WHERE name = 'signer'",
    f"UPDATE meta SET value = '{'0' * 128}' WHERE name = 'signature'",
    "UPDATE meta SET value = 'no hex' WHERE name = 'signature'",
    "DELETE FROM meta WHERE name = 'signer'",
    "DELETE FROM op WHERE n = 1",
    "UPDATE op SET id = zeroblob(32) WHERE n = 1",
    """INSERT INTO op SELECT 1000, zeroblob(32), chain, 1000, previous, made_at, analyst, verb, save, undoes, kind,
        thing, generation, parents, body_hash, body FROM op WHERE n = 1""",
    "DELETE FROM blob",
    f"UPDATE blob SET sha256 = '{'0' * 64}'",
    f"INSERT INTO blob VALUES (1000, '{'0' * 64}', 0)",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_a_signed_file_that_was_changed_is_told(book: Casebook, case: str, target: Path, sql: str) -> None:
    write(book, contents(book, case), target, Closing(sign=True))
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute(sql)
    assert connection.total_changes == 1
    connection.close()
    with reader(target) as made, pytest.raises(SealBroken):
        seal.verify_signature(made)


def test_changed_bytes_of_operations_and_blobs_are_found_by_the_intake(book: Casebook, case: str, target: Path) -> None:
    """The signature is over their hashes; that they are true to those is looked at row by row."""
    from db.errors import FileError

    for sql in ("UPDATE op SET analyst = 'Nobody'", "UPDATE op SET body = '{}'", "UPDATE piece SET data = x'00'"):
        write(book, contents(book, case), target, Closing(sign=True))
        connection = sqlite3.connect(target, isolation_level=None)
        connection.execute(sql)
        connection.close()
        with pytest.raises(FileError), intake.receive(target):
            pass
        target.unlink()
