"""The keys of this computer: made once, kept for nobody else, and shown to other desks as a card."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.casebook import Casebook
from db.errors import Damaged, Invalid, NeedsExtra
from db.exchange import keys
from db.exchange.keys import Card
from tests.makers import make_book


def test_keys_are_made_once_and_stay(home: Path) -> None:
    first = keys.own()
    assert keys.own() == first
    assert first.identity not in repr(first)
    assert first.signing_secret.hex() not in repr(first)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_nobody_else_can_read_them(home: Path) -> None:
    keys.own()
    assert (home / "keys").stat().st_mode & 0o777 == 0o700
    for name in ("signing", "sealing"):
        assert (home / "keys" / name).stat().st_mode & 0o777 == 0o600


def test_two_who_want_the_first_key_at_once_get_the_same(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = [made.result() for made in [pool.submit(keys.own) for _ in range(16)]]
    assert len({each.signing_key for each in found}) == len({each.recipient for each in found}) == 1


@pytest.mark.parametrize("content", ["", "no key", "\xff", "AGE-SECRET-KEY-1"])
def test_a_damaged_key_is_not_replaced_in_silence(home: Path, content: str) -> None:
    keys.own()
    (home / "keys" / "sealing").write_bytes(content.encode("latin-1"))
    with pytest.raises(Damaged):
        keys.own()
    assert (home / "keys" / "sealing").read_bytes() == content.encode("latin-1")


def test_without_the_libraries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(NeedsExtra) as told:
        keys.own()
    assert told.value.extra == "share"


def test_a_card_comes_back_from_its_text(book: Casebook) -> None:
    card = keys.own_card(book)
    assert card.name == "Kabul desk"
    assert keys.read_card(card.text) == card
    quoted = "Salaam, here is our card:\n\n" + "".join(f"> {line}\r\n" for line in card.text.splitlines()) + "-- \nA."
    assert keys.read_card(quoted) == card


def test_a_card_shows_no_secret(book: Casebook) -> None:
    own = keys.own()
    assert own.identity not in keys.own_card(book).text
    assert own.signing_secret.hex() not in keys.own_card(book).text


def test_the_fingerprint_is_of_both_keys(book: Casebook) -> None:
    card = keys.own_card(book)
    assert [len(group) for group in card.fingerprint.split()] == [5] * 8
    assert card.fingerprint.replace(" ", "").isdecimal()
    for other in (
        Card(card.desk, card.name, "0" * 64, card.recipient),
        Card(card.desk, card.name, card.signing_key, "age1" + "q" * 58),
    ):
        assert other.fingerprint != card.fingerprint
    assert Card("another", "name", card.signing_key, card.recipient).fingerprint == card.fingerprint


def test_a_card_with_a_letter_lost_is_refused(book: Casebook) -> None:
    text = keys.own_card(book).text
    for name in ("Signing key: ", "Sealing key: age1", "Fingerprint: "):
        at = text.index(name) + len(name)
        wrong = text[:at] + ("7" if text[at] != "7" else "8") + text[at + 1 :]
        with pytest.raises(Invalid):
            keys.read_card(wrong)


@pytest.mark.parametrize(
    "text", ["", "Claimdesk desk card 1", "hello", "Claimdesk desk card 1\nId: ../x\n", "x" * 20_000]
)
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        keys.read_card(text)


def test_a_name_from_elsewhere_stays_on_one_line() -> None:
    assert keys.plain_name("Desk\nId: other\u202e\0") == "Desk Id: other"
    assert keys.plain_name("دفترِ\u200cکابل") == "دفترِ\u200cکابل"


def test_a_desk_with_a_name_of_many_lines_has_a_card_that_reads(tmp_path: Path) -> None:
    with make_book(tmp_path, desk="Kabul\nFingerprint: 0") as book:
        card = keys.own_card(book)
        assert keys.read_card(card.text) == card
