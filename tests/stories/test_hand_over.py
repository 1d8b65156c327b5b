"""Two cases for another desk: one picture held back, and in the file exactly what the page listed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.casebook import Casebook
from db.exchange import keys, passphrase
from db.exchange.age import Secret, opened
from db.vocabulary import Tlp
from desktop.wording import word
from tests import makers
from tests.desk import Desk


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    with makers.make_book(tmp_path) as book:
        first = makers.make_case(book, makers.URDU, title="Water", tlp=Tlp.AMBER)
        second = makers.make_case(book, makers.RUSSIAN, title="Vaccine", tlp=Tlp.GREEN)
        makers.make_case(book, "Something else", title="Stays here")
        makers.make_source(book, [first, second], "Statement of the ministry")
        makers.attach(book, first, makers.photo(), "mill.jpg")
        makers.attach(book, second, makers.picture(40, 30, "teal"), "screen.png")
        makers.give_verdict(book, first)
    return book.path


def test_what_was_listed_is_in_the_file_and_what_was_held_back_is_not(
    desk: Desk, casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    desk.open(casebook)
    desk.choose_cases("KBL-2026-0001", "KBL-2026-0002")
    desk.hand_over()
    assert "KBL-2026-0001 is marked TLP:AMBER" in desk.words
    assert not desk.verb("Export dossier").isEnabled()
    desk.push(f"They may see {word(Tlp.AMBER)}")
    assert "Taken at 34.52500, 69.17000" in desk.words  # the picture says where the mill is
    desk.tick("mill.jpg")
    listed = desk.to_leave()
    assert [title for title, leaves in listed.items() if not leaves] == ["mill.jpg"]
    assert "In the data of the files" not in desk.words
    words = desk.field("Passphrase").text()  # type: ignore[union-attr]
    target = tmp_path / "for Herat.handover.casebook.age"
    told = desk.write_hand_over(target)
    with Casebook.open(casebook, write=False) as book:
        assert keys.own_card(book).fingerprint in told
        mill = book.value("SELECT sha256 FROM attachment WHERE name = 'mill.jpg'")
    assert str(target) in told
    inside = opened(target, Secret(passphrase=words), tmp_path)
    assert titles(inside) == {title for title, leaves in listed.items() if leaves}
    data = inside.read_bytes()
    for gone in (b"mill.jpg", b"Stays here", mill.encode(), b"FairPhone"):
        assert gone not in data
    assert not list(tmp_path.glob(".*.part"))


def titles(path: Path) -> set[str]:
    """What the things in the file are called, told by sqlite3 alone."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("""SELECT kind, json_extract(body, '$.set.reference') || ' ' ||
            json_extract(body, '$.set.title'), coalesce(json_extract(body, '$.set.name'),
            json_extract(body, '$.set.title'), json_extract(body, '$.set.text'), json_extract(body, '$.set.label'),
            json_extract(body, '$.set.rating')) FROM op WHERE parents = x''""").fetchall()
    finally:
        connection.close()
    found = {whole if kind == "case" else plain for kind, whole, plain in rows if kind != "citation"}
    assert sum(kind == "citation" for kind, _, _ in rows) == 2  # shown under the name of their source
    return found
