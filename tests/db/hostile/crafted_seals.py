"""Signed files that were changed after they were signed, or signed by somebody else."""

from __future__ import annotations

import contextlib
from pathlib import Path

from db.casebook import Casebook
from db.errors import SealBroken
from db.exchange import keys, peers, seal
from db.exchange.keys import Card
from db.exchange.peers import Sight
from db.intake import Incoming
from db.store import Store, connect
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import Accepted, After, Refused, Scene


def _sign(scene: Scene, **facts: str) -> None:
    sign(scene.file, **facts)


def sign(file: Path, **facts: str) -> None:
    """Sign a file as it is now, as its desk would on this computer."""
    own = keys.own()
    said = {"signer": own.signing_key, "recipient": own.recipient, "desk_name": "Peshawar desk", **facts}
    with Forger(file) as forger:
        forger.sql.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", said.items())
    with contextlib.closing(Store(file, connect(file, write=False))) as store:
        signature = seal.sign(own, seal.signed_content(store))
    with Forger(file) as forger:
        forger.sql.execute("INSERT INTO meta VALUES ('signature', ?)", [signature])


def _change(scene: Scene, sql: str) -> None:
    _sign(scene)
    with scene.forger() as forger:
        forger.sql.execute(sql)


def a_true_signature(scene: Scene) -> After:
    _sign(scene)

    def after(_: Casebook, incoming: Incoming) -> None:
        assert incoming.signature
        assert incoming.signature.card.desk == incoming.desk

    return after


def a_signature_by_other_keys_than_the_desk_is_known_by(scene: Scene) -> After:
    _sign(scene)
    with scene.forger() as forger:
        desk = forger.desk
    with scene.mine.repair() as writer:
        peers.meet_card(writer, Card(desk, "Peshawar desk", "0" * 64, "age1" + "q" * 58))

    def after(mine: Casebook, incoming: Incoming) -> None:
        assert incoming.signature
        assert peers.sight(mine, incoming.signature.card) is Sight.CHANGED, "a change was taken in silence"

    return after


def an_operation_more_than_was_signed(scene: Scene) -> None:
    _sign(scene)
    with scene.forger() as forger:
        forger.new("note", {"case_id": scene.shared, "text": "Smuggled in"})


def an_operation_in_place_of_one_that_was_signed(scene: Scene) -> None:
    """The index still has the one that was signed: whoever reads the ids there sees nothing."""
    _sign(scene)
    with Forger(scene.file) as forger:
        forger.sql.execute("UPDATE chain SET forked = 1")
        forger.new("note", {"case_id": scene.shared, "text": "Forged"}, number=900)
        new = forger.sql.execute("SELECT * FROM op WHERE number = 900").fetchone()
        forger.sql.execute("DELETE FROM op WHERE number = 900")
        with forger.relaxed("op", " UNIQUE"):
            columns = [row[1] for row in forger.sql.execute("PRAGMA table_info('op')")][1:]
            sets = ", ".join(f"{name} = ?" for name in columns)
            forger.sql.execute(f"UPDATE op SET {sets} WHERE n = (SELECT n FROM op WHERE kind = 'note')", new[1:])


def an_operation_less_than_was_signed(scene: Scene) -> None:
    _sign(scene)
    with scene.forger() as forger:
        forger.sql.execute("UPDATE chain SET forked = 1")
        forger.sql.execute("DELETE FROM op WHERE kind = 'note'")


def a_picture_less_than_was_signed(scene: Scene) -> None:
    _change(scene, "UPDATE blob SET sha256 = NULL WHERE id = 1")


def another_desk_than_was_signed(scene: Scene) -> None:
    _change(scene, "UPDATE meta SET value = 'another-desk' WHERE name = 'desk'")


def another_name_than_was_signed(scene: Scene) -> None:
    _change(scene, "UPDATE meta SET value = 'Kabul desk' WHERE name = 'desk_name'")


def a_whole_casebook_made_a_hand_over(scene: Scene) -> None:
    _change(scene, "INSERT INTO meta VALUES ('purpose', 'hand-over')")


def a_signature_of_nobody(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("INSERT INTO meta VALUES ('signature', ?)", ["0" * 128])


def a_signature_that_is_no_number(scene: Scene) -> None:
    _change(scene, "UPDATE meta SET value = 'ß' || value WHERE name = 'signature'")


def a_sealing_key_that_is_none(scene: Scene) -> None:
    """Signed, and yet nothing could ever be sealed for it."""
    _sign(scene, recipient="../../evil")


CRAFTS = (
    Accepted(a_true_signature),
    Accepted(a_signature_by_other_keys_than_the_desk_is_known_by),
    Refused(an_operation_more_than_was_signed, SealBroken, "signature"),
    Refused(an_operation_in_place_of_one_that_was_signed, SealBroken, "signature"),
    Refused(an_operation_less_than_was_signed, SealBroken, "signature"),
    Refused(a_picture_less_than_was_signed, SealBroken, "signature"),
    Refused(another_desk_than_was_signed, SealBroken, "signature"),
    Refused(another_name_than_was_signed, SealBroken, "signature"),
    Refused(a_whole_casebook_made_a_hand_over, SealBroken, "signature"),
    Refused(a_signature_of_nobody, SealBroken, "signature"),
    Refused(a_signature_that_is_no_number, SealBroken, "signature"),
    Refused(a_sealing_key_that_is_none, SealBroken, "signature"),
)
