"""Sealed files open for those they are for and nobody else, and not at all where a byte of them is another."""

from __future__ import annotations

import io
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import DiskFailed, SealBroken, TooLarge, WrongKey
from db.exchange import age, passphrase
from db.exchange.age import Lock, Secret
from db.progress import Cancelled

WORDS = "k3fd-9xwp-77aa"
CHUNK = 1 << 16
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain"
    path.write_bytes(bytes(range(256)) * 800)
    return path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_WORK", 10)


def sealed(plain: Path, *recipients: str, words: str = "") -> bytes:
    out = io.BytesIO()
    age.seal(plain, out, recipients, words)
    return out.getvalue()


def opened(folder: Path, data: bytes, secret: Secret, most: int = age.MOST) -> bytes:
    file = folder / "sealed"
    file.write_bytes(data)
    (folder / "own").mkdir(exist_ok=True)
    found = age.opened(file, secret, folder / "own", most=most)
    try:
        return found.read_bytes()
    finally:
        found.unlink()


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_for_a_passphrase_opens_with_it_here_and_elsewhere(tmp_path: Path, length: int) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(length))
    data = sealed(plain, words=WORDS)
    assert opened(tmp_path, data, Secret(passphrase=WORDS)) == bytes(length)
    assert pyrage.passphrase.decrypt(data, WORDS) == bytes(length)


@pytest.mark.heavy
def test_what_another_program_sealed_with_a_passphrase_opens(tmp_path: Path) -> None:
    assert (
        opened(tmp_path, pyrage.passphrase.encrypt(b"x" * 200_000, WORDS), Secret(passphrase=WORDS)) == b"x" * 200_000
    )


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(plain: Path, tmp_path: Path) -> None:
    data = sealed(plain, words="é ى")
    assert opened(tmp_path, data, Secret(passphrase=" e\u0301 ى\n")) == plain.read_bytes()


def test_what_is_sealed_for_keys_opens_for_each_of_them(plain: Path, tmp_path: Path) -> None:
    one, two, stranger = age.new_witness(), age.new_witness(), age.new_witness()
    data = sealed(plain, one.recipient, two.recipient)
    for each in (one, two):
        assert opened(tmp_path, data, Secret(identity=each.identity)) == plain.read_bytes()
    with pytest.raises(WrongKey):
        opened(tmp_path, data, Secret(identity=stranger.identity))
    assert pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(one.identity)]) == plain.read_bytes()


def test_a_wrong_passphrase_is_told_from_a_broken_file(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongKey) as told:
        opened(tmp_path, sealed(plain, words=WORDS), Secret(passphrase="another"))
    assert told.value.detail == "passphrase"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_or_cut_file_never_opens(plain: Path, tmp_path: Path, data: st.DataObject) -> None:
    key = age.new_witness()
    for whole, secret in (
        (sealed(plain, key.recipient), Secret(identity=key.identity)),
        (sealed(plain, words=WORDS), Secret(passphrase=WORDS)),
    ):
        at = data.draw(st.integers(0, 10**6 - 1)) * len(whole) // 10**6  # the length of a header is not always the same
        changed = bytearray(whole)
        changed[at] ^= data.draw(st.integers(1, 255))
        for broken in (bytes(changed), whole[:at], whole + b"x"):
            with pytest.raises((SealBroken, WrongKey)):
                opened(tmp_path, broken, secret)
            assert list((tmp_path / "own").iterdir()) == []


def test_pieces_cannot_change_places_or_be_left_out(plain: Path, tmp_path: Path) -> None:
    whole = sealed(plain, words=WORDS)
    start, piece = whole.index(b"\n", whole.index(b"\n---") + 1) + 1 + 16, CHUNK + 16
    head, pieces = whole[:start], [whole[at : at + piece] for at in range(start, len(whole), piece)]
    assert len(pieces) == 4
    for broken in ((pieces[1], pieces[0], *pieces[2:]), pieces[:2], (*pieces[:1], *pieces[2:]), (pieces[3],)):
        with pytest.raises(SealBroken):
            opened(tmp_path, head + b"".join(broken), Secret(passphrase=WORDS))


@pytest.mark.parametrize("words", ["", WORDS])
def test_no_more_is_taken_out_than_is_allowed(plain: Path, tmp_path: Path, words: str) -> None:
    key = age.new_witness()
    data = sealed(plain, words=words) if words else sealed(plain, key.recipient)
    secret = Secret(passphrase=words) if words else Secret(identity=key.identity)
    size = plain.stat().st_size
    assert len(opened(tmp_path, data, secret, most=size)) == size
    with pytest.raises(TooLarge):
        opened(tmp_path, data, secret, most=size - 1)
    assert list((tmp_path / "own").iterdir()) == []


def test_a_header_that_asks_for_much_memory_is_refused_at_once(plain: Path, tmp_path: Path) -> None:
    data = sealed(plain, words=WORDS).replace(b" 10\n", b" 30\n", 1)
    with pytest.raises(SealBroken):
        opened(tmp_path, data, Secret(passphrase=WORDS))


def test_the_file_says_what_it_asks_for(plain: Path, tmp_path: Path) -> None:
    for data, lock in (
        (sealed(plain, words=WORDS), Lock.WORDS),
        (sealed(plain, age.new_witness().recipient), Lock.KEY),
        (b"SQLite format 3\0", None),
        (b"", None),
    ):
        (tmp_path / "some").write_bytes(data)
        assert age.lock_of(tmp_path / "some") is lock
    with pytest.raises(DiskFailed):
        age.lock_of(tmp_path / "missing")


class Impatient:
    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: int, total: int) -> None:
        self.steps += 1
        if self.steps > 2:
            raise Cancelled


@pytest.mark.parametrize("words", ["", WORDS])
def test_sealing_and_opening_can_be_cancelled(plain: Path, tmp_path: Path, words: str) -> None:
    key = age.new_witness()
    recipients = () if words else (key.recipient,)
    with pytest.raises(Cancelled):
        age.seal(plain, io.BytesIO(), recipients, words, Impatient())
    (tmp_path / "sealed").write_bytes(sealed(plain, *recipients, words=words))
    with pytest.raises(Cancelled):
        age.opened(tmp_path / "sealed", Secret(key.identity, words), tmp_path, Impatient())


def test_a_disk_that_is_full_is_told_as_that(plain: Path) -> None:
    class Full(io.BytesIO):
        def write(self, data: bytes) -> int:
            raise OSError(28, "No space left on device")

    for recipients, words in (((age.new_witness().recipient,), ""), ((), WORDS)):
        with pytest.raises(OSError, match="No space"):
            age.seal(plain, Full(), recipients, words)


def test_secrets_are_not_shown() -> None:
    key = age.new_witness()
    assert key.identity not in repr(key)
    assert WORDS not in repr(Secret(key.identity, WORDS))
    assert key.identity not in repr(Secret(key.identity, WORDS))
