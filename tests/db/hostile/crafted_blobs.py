"""Bytes that are not what their names say."""

from __future__ import annotations

from hashlib import sha256

from db.casebook import Casebook
from db.errors import Torn, Untrusted
from db.intake import Incoming
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import Accepted, After, Refused, Scene

_ZEROS = "0" * 64
_LARGE = "(SELECT id FROM blob ORDER BY size DESC LIMIT 1)"


def _sql(scene: Scene, *statements: str) -> None:
    with scene.forger() as forger:
        for sql in statements:
            forger.sql.execute(sql)


def one_bit_of_a_picture(scene: Scene) -> None:
    _sql(
        scene,
        "UPDATE piece SET data = CAST(x'00' || substr(data, 2) AS BLOB) WHERE blob = 1",
    )


def another_size(scene: Scene) -> None:
    _sql(scene, "UPDATE blob SET size = size + 1 WHERE id = 1")


def the_name_of_other_bytes(scene: Scene) -> None:
    _sql(scene, f"UPDATE blob SET sha256 = '{sha256(b'other').hexdigest()}' WHERE id = 1")


def a_name_in_capitals(scene: Scene) -> None:
    _sql(scene, "UPDATE blob SET sha256 = upper(sha256) WHERE id = 1")


def a_name_with_a_nul(scene: Scene) -> None:
    """What SQLite's JSON cuts off there."""
    with scene.forger() as forger:
        forger.sql.execute("UPDATE blob SET sha256 = ? WHERE id = 1", [f"{'0' * 30}\0{'0' * 33}"])


def a_name_like_a_path(scene: Scene) -> None:
    _sql(scene, "UPDATE blob SET sha256 = '../../../evil' WHERE id = 1")


def two_blobs_with_each_others_names(scene: Scene) -> None:
    with scene.forger() as forger:
        (one, a), (other, b) = forger.sql.execute("SELECT id, sha256 FROM blob LIMIT 2").fetchall()
        forger.sql.execute("UPDATE blob SET sha256 = NULL")
        forger.sql.execute("UPDATE blob SET sha256 = ? WHERE id = ?", (b, one))
        forger.sql.execute("UPDATE blob SET sha256 = ? WHERE id = ?", (a, other))


def a_piece_missing(scene: Scene) -> None:
    _sql(scene, f"DELETE FROM piece WHERE blob = {_LARGE} AND number = 1")


def the_first_piece_missing(scene: Scene) -> None:
    _sql(scene, f"DELETE FROM piece WHERE blob = {_LARGE} AND number = 0")


def all_pieces_missing(scene: Scene) -> None:
    _sql(scene, "DELETE FROM piece")


def a_piece_too_long(scene: Scene) -> None:
    with scene.forger() as forger:
        whole = b"".join(
            row[0] for row in forger.sql.execute(f"SELECT data FROM piece WHERE blob = {_LARGE} ORDER BY number")
        )
        forger.sql.execute(f"DELETE FROM piece WHERE blob = {_LARGE}")
        forger.sql.execute(f"INSERT INTO piece VALUES ({_LARGE}, 0, ?)", [whole])


def pieces_after_a_short_one(scene: Scene) -> None:
    with scene.forger() as forger:
        (whole,) = forger.sql.execute("SELECT data FROM piece WHERE blob = 1").fetchone()
        forger.sql.execute("UPDATE piece SET data = ? WHERE blob = 1", [whole[:10]])
        forger.sql.execute("INSERT INTO piece VALUES (1, 1, ?)", [whole[10:]])


def a_piece_below_zero(scene: Scene) -> None:
    _sql(scene, "UPDATE piece SET number = -1 WHERE blob = 1")


def a_piece_that_is_a_text(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("piece", " STRICT"):
        forger.sql.execute("UPDATE piece SET data = 'text' WHERE blob = 1")


def a_blob_of_zeros_in_one_piece(scene: Scene) -> None:
    _sql(
        scene,
        f"INSERT INTO blob VALUES (50, '{_ZEROS}', 8000000)",
        "INSERT INTO piece VALUES (50, 0, zeroblob(8000000))",
    )


def a_blob_longer_than_may_be_read(scene: Scene) -> None:
    size = 40_000_000
    _sql(
        scene,
        f"INSERT INTO blob VALUES (50, '{_ZEROS}', {size})",
        f"INSERT INTO piece VALUES (50, 0, zeroblob({size}))",
    )


def bytes_that_are_half_stored(scene: Scene) -> After:
    """As a copy may have them that was taken while somebody attached a file: they have no name yet, and stay out."""
    _sql(scene, "INSERT INTO blob VALUES (50, NULL, 0)", "INSERT INTO piece VALUES (50, 0, x'0102')")

    def after(mine: Casebook, incoming: Incoming) -> None:
        assert incoming.blobs == 2
        assert mine.value("SELECT count(*) FROM blob") == 2

    return after


def bytes_of_no_blob(scene: Scene) -> After:
    _sql(scene, "INSERT INTO piece VALUES (77, 0, x'0102')")

    def after(mine: Casebook, _: Incoming) -> None:
        assert mine.value("SELECT count(*) FROM piece") == 3

    return after


def bytes_that_nobody_attached(scene: Scene) -> After:
    """They are looked over with the rest, and left where nothing speaks of them."""
    data = b"nobody's"
    with scene.forger() as forger:
        digest = sha256(data).hexdigest()
        forger.sql.execute("INSERT INTO blob VALUES (50, ?, ?)", (digest, len(data)))
        forger.sql.execute("INSERT INTO piece VALUES (50, 0, ?)", [data])

    def after(mine: Casebook, incoming: Incoming) -> None:
        assert incoming.blobs == 3
        assert mine.value("SELECT count(*) FROM blob") == 2

    return after


def no_bytes_at_all(scene: Scene) -> After:
    """As in a hand-over that holds pictures back: what is known of them comes, and says that they are not here."""
    _sql(scene, "DELETE FROM piece", "DELETE FROM blob")

    def after(mine: Casebook, incoming: Incoming) -> None:
        from db import check

        assert incoming.blobs == 0
        assert check.check(mine).absent == 2

    return after


def an_empty_blob(scene: Scene) -> After:
    digest = sha256(b"").hexdigest()
    with scene.forger() as forger:
        forger.sql.execute("INSERT INTO blob VALUES (50, ?, 0)", [digest])
        fields = {"case_id": scene.shared, "sha256": digest, "name": "empty.txt", "media_type": "text/plain"}
        forger.new("attachment", fields)

    def after(mine: Casebook, _: Incoming) -> None:
        from db import blobs

        assert blobs.read(mine, digest) == b""

    return after


CRAFTS = (
    Refused(one_bit_of_a_picture, Untrusted, "blob"),
    Refused(another_size, Untrusted, "blob"),
    Refused(the_name_of_other_bytes, Untrusted, "blob"),
    Refused(a_name_in_capitals, Untrusted, "blob"),
    Refused(a_name_like_a_path, Untrusted, "blob"),
    Refused(a_name_with_a_nul, Untrusted, "blob"),
    Refused(two_blobs_with_each_others_names, Untrusted, "blob"),
    Refused(a_piece_missing, Untrusted, "blob"),
    Refused(the_first_piece_missing, Untrusted, "blob"),
    Refused(all_pieces_missing, Untrusted, "blob"),
    Refused(a_piece_too_long, Untrusted, "blob"),
    Refused(pieces_after_a_short_one, Untrusted, "blob"),
    Refused(a_piece_below_zero, Untrusted, "blob"),
    Refused(a_piece_that_is_a_text, Torn),
    Refused(a_blob_of_zeros_in_one_piece, Untrusted, "blob"),
    Refused(a_blob_longer_than_may_be_read, Torn),
    Accepted(bytes_that_are_half_stored),
    Accepted(bytes_of_no_blob),
    Accepted(bytes_that_nobody_attached),
    Accepted(no_bytes_at_all),
    Accepted(an_empty_blob),
)
