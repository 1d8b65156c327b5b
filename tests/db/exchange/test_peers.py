"""Known desks: the first sight is trusted, a change is never taken in silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.casebook import Casebook
from db.errors import Invalid
from db.exchange import peers
from db.exchange.keys import Card
from db.exchange.peers import Sight
from db.exchange.seal import Signature
from db.store import Writer

HERAT = Card("herat", "Herat desk", "a" * 64, "age1" + "q" * 58)
CHANGED = Card("herat", "Herat desk", "b" * 64, "age1" + "p" * 58)


@pytest.fixture
def writer(book: Casebook) -> Iterator[Writer]:
    with book.repair() as writer:
        yield writer


def test_the_first_sight_is_trusted(writer: Writer) -> None:
    assert peers.sight(writer, HERAT) is Sight.NEW
    assert peers.known(writer) == ()
    assert peers.meet(writer, Signature(HERAT)) is Sight.NEW
    assert peers.meet(writer, Signature(HERAT)) is Sight.KNOWN
    assert peers.known(writer) == (HERAT,)


@pytest.mark.parametrize("other", [CHANGED, Card("herat", "Herat desk", HERAT.signing_key, CHANGED.recipient)])
def test_changed_keys_are_told_and_not_taken(writer: Writer, other: Card) -> None:
    peers.meet(writer, Signature(HERAT))
    assert peers.meet(writer, Signature(other)) is Sight.CHANGED
    assert peers.meet_card(writer, other) is Sight.CHANGED
    assert peers.known(writer) == (HERAT,)


def test_a_person_can_trust_new_keys_instead(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    peers.accept(writer, CHANGED, instead=True)
    assert peers.known(writer) == (CHANGED,)
    assert peers.sight(writer, HERAT) is Sight.CHANGED


def test_a_desk_can_work_on_two_computers(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    peers.accept(writer, CHANGED, instead=False)
    assert [peers.meet(writer, Signature(each)) for each in (HERAT, CHANGED)] == [Sight.KNOWN, Sight.KNOWN]
    assert len(peers.of_desk(writer, "herat")) == 2


def test_another_name_of_a_desk_with_the_same_keys_is_no_alarm(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    assert peers.meet(writer, Signature(Card("herat", "Herat", HERAT.signing_key, HERAT.recipient))) is Sight.KNOWN


def test_a_desk_is_found_by_name_id_or_key(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    peers.meet(writer, Signature(Card("kabul", "Kabul desk", "c" * 64, "age1" + "z" * 58)))
    for wanted in ("herat DESK ", "herat", HERAT.recipient, HERAT.signing_key):
        assert peers.named(writer, wanted) == (HERAT,)
    for wanted in ("", "desk", "nobody"):
        with pytest.raises(Invalid):
            peers.named(writer, wanted)


def test_a_name_that_two_desks_have_names_neither(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    peers.meet(writer, Signature(Card("other", "Herat desk", "c" * 64, "age1" + "z" * 58)))
    with pytest.raises(Invalid):
        peers.named(writer, "Herat desk")


def test_a_desk_can_be_forgotten(writer: Writer) -> None:
    peers.meet(writer, Signature(HERAT))
    peers.forget(writer, "herat")
    assert peers.sight(writer, CHANGED) is Sight.NEW


def test_who_can_open_a_file_is_called_by_name_where_the_desk_is_known(writer: Writer) -> None:
    peers.meet_card(writer, HERAT)
    peers.accept(writer, CHANGED, instead=False)
    assert peers.called(writer, [HERAT.recipient, CHANGED.recipient]) == "Herat desk"
    assert peers.called(writer, ["age1" + "z" * 58]) == ""
    assert peers.called(writer, []) == ""
