"""The commands for other desks: handover lists and writes, keys shows cards and takes them in."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from db import actors, notes, timeline
from db.actors import ActorDraft
from db.casebook import Casebook
from db.exchange import age, keys, passphrase, seal
from db.exchange.age import Secret
from db.exchange.keys import Card
from db.store import Store, connect
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Tlp
from desktop.cli import main
from tests.makers import attach, make_book, make_case, make_source, photo

HERAT = Card("herat", "Herat desk", "a" * 64, "age1" + "q" * 58)
CHANGED = Card("herat", "Herat desk", "b" * 64, "age1" + "p" * 58)


class Desk:
    """A casebook with two cases, and the command that works on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        with make_book(folder) as book:
            self.file = book.path
            self.case, other = make_case(book, title="Water", tlp=Tlp.GREEN), make_case(book, "Secret", tlp=Tlp.RED)
            self.source = make_source(book, [self.case, other], "The man from Paghman")
            self.picture = attach(book, self.case, photo(), "mill.jpg")
            with book.change(Op.EDIT_ACTOR) as change:
                self.actor = actors.add(change, ActorDraft("Gul Agha"))
                timeline.add(change, self.case, AppearanceDraft(self.actor, quotation="I am Gul Agha"))
                self.note = notes.add_note(change, self.case, "Ask S.")
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object) -> Any:
        assert self.run(*words, "--json") == 0, self.err
        return json.loads(self.out)

    def card(self, card: Card) -> Path:
        file = self.folder / "card.txt"
        file.write_text(card.text, "utf-8")
        return file


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    return Desk(tmp_path, capsys)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.handover.casebook"


def things(path: Path) -> set[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return {thing for (thing,) in connection.execute("SELECT thing FROM op")}
    finally:
        connection.close()


def test_the_plan_lists_all_and_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.folder.iterdir())
    assert desk.run("handover", desk.file, "KBL-2026-0001", "--plan") == 0
    leaves, stays = desk.out.split("Stays:")
    for words in ("Case: KBL-2026-0001 Water", "The man from Paghman", "mill.jpg", "Gul Agha", desk.source):
        assert words in leaves
    assert "Names that leave: Gul Agha; Amina" in leaves
    assert "In the data of mill.jpg: Taken at 34.52500, 69.17000" in leaves
    assert "Ask S." in stays
    assert "Notes and tasks stay at the desk" in stays
    assert sorted(desk.folder.iterdir()) == before


def test_the_file_holds_what_was_listed(desk: Desk, out: Path) -> None:
    told = desk.json("handover", desk.file, "KBL-2026-0001", "-o", out, "--hold", desk.picture)
    assert {each["id"] for each in told["leaves"]} == things(out)
    assert {each["id"]: each["why"] for each in told["stays"]} == {
        desk.picture: "Held back by hand",
        desk.note: "Notes and tasks stay at the desk",
    }
    assert told["path"] == str(out)
    assert len(told["sha256"]) == 64


def test_a_case_above_the_level_stops_it_by_name(desk: Desk, out: Path) -> None:
    assert desk.run("handover", desk.file, "KBL-2026-0001", "KBL-2026-0002", "-o", out) == 1
    assert "KBL-2026-0002 is marked TLP:RED; the receiver may see TLP:GREEN at most." in desk.err
    assert not out.exists()
    assert desk.run("handover", desk.file, "KBL-2026-0002", "-o", out, "--tlp", "red") == 0


def test_a_name_that_stands_elsewhere_stops_it_by_name(desk: Desk, out: Path) -> None:
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--hold", desk.actor) == 1
    assert "What is held back still stands in what would leave, in 2 places: “Gul Agha”." in desk.err
    assert "Appearance, Quotation" in desk.err
    assert "mill.jpg" in desk.err
    assert not out.exists()
    held = ("--hold", desk.actor, "--hold-bytes", desk.picture, "--anyway")
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, *held) == 0
    assert desk.actor not in things(out)


def test_notes_leave_where_that_is_asked_for(desk: Desk, out: Path) -> None:
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--notes") == 0
    assert desk.note in things(out)


def test_no_file_is_replaced(desk: Desk, out: Path) -> None:
    out.write_text("mine")
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out) == 3
    assert out.read_text() == "mine"
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", desk.file) == 3


@pytest.mark.parametrize("more", [(), ("--plan", "-o", "x"), ("-o", "x", "--to", "y", "--passphrase-file", "z")])
def test_what_does_not_go_together_is_bad_usage(desk: Desk, more: tuple[str, ...]) -> None:
    assert desk.run("handover", desk.file, "KBL-2026-0001", *more) == 2


def test_a_signed_file_sealed_with_a_passphrase_opens_with_it(desk: Desk, out: Path) -> None:
    words = desk.folder / "words"
    words.write_text("short\n")
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--passphrase-file", words) == 2
    assert "too short" in desk.err
    words.write_text("k3fd-9xwp-77aa-b2b2\nanother line\n")
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--passphrase-file", words, "--sign") == 0
    with Casebook.open(desk.file) as book:
        assert f"Fingerprint {keys.own_card(book).fingerprint}" in desk.out
    inside = age.opened(out, Secret(passphrase="k3fd-9xwp-77aa-b2b2"), desk.folder)
    with Store(inside, connect(inside, write=False, immutable=True)) as made:
        assert seal.verify_signature(made)
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--passphrase-file", "nowhere") == 3


def test_a_file_is_sealed_for_a_known_desk_by_its_name(desk: Desk, out: Path) -> None:
    key = age.new_witness()
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--to", "herat desk") == 2
    assert "No known desk" in desk.err
    assert desk.run("keys", desk.file, "--add", desk.card(Card("h", "Herat desk", "a" * 64, key.recipient))) == 0
    for wanted in ("herat desk", key.recipient):
        assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out, "--to", wanted) == 0
        inside = age.opened(out, Secret(identity=key.identity), desk.folder)
        assert desk.source in things(inside)
        inside.unlink()
        out.unlink()


def test_keys_shows_a_card_that_another_desk_can_take_in(desk: Desk) -> None:
    told = desk.json("keys", desk.file)
    assert desk.run("keys", desk.file) == 0
    card = keys.read_card(desk.out)
    assert card.fingerprint == told["fingerprint"]
    assert card.name == told["card"]["name"] == "Kabul desk"
    assert "No other desk is known yet." in desk.out


def test_the_first_sight_is_trusted_and_a_change_is_shouted(desk: Desk) -> None:
    assert desk.run("keys", desk.file, "--add", desk.card(HERAT)) == 0
    assert f"Herat desk is known now.\nFingerprint {HERAT.fingerprint}" in desk.out
    assert desk.run("keys", desk.file, "--add", desk.card(HERAT)) == 0
    assert "already" in desk.out
    assert desk.run("keys", desk.file, "--add", desk.card(CHANGED)) == 1
    assert "HAVE CHANGED" in desk.err
    assert HERAT.fingerprint in desk.err
    assert CHANGED.fingerprint in desk.err
    assert [each["signing_key"] for each in desk.json("keys", desk.file)["known"]] == [HERAT.signing_key]


@pytest.mark.parametrize(("how", "left"), [("--instead", {CHANGED}), ("--beside", {HERAT, CHANGED})])
def test_a_person_decides_about_changed_keys(desk: Desk, how: str, left: set[Card]) -> None:
    assert desk.run("keys", desk.file, "--add", desk.card(HERAT)) == 0
    assert desk.run("keys", desk.file, "--add", desk.card(CHANGED), how) == 0
    known = desk.json("keys", desk.file)["known"]
    assert {each["signing_key"] for each in known} == {card.signing_key for card in left}


def test_what_is_no_card_is_refused(desk: Desk) -> None:
    file = desk.folder / "card.txt"
    file.write_bytes(b"\xff\xfe hello")
    assert desk.run("keys", desk.file, "--add", file) == 2
    assert "not the card of a desk" in desk.err
    assert desk.run("keys", desk.file, "--add", "nowhere") == 3


def test_without_the_libraries_the_extra_is_named(desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    for words in (("keys", desk.file), ("handover", desk.file, "KBL-2026-0001", "-o", out, "--sign")):
        assert desk.run(*words) == 2
        assert "claimdesk[share]" in desk.err
    assert not out.exists()
    assert desk.run("handover", desk.file, "KBL-2026-0001", "-o", out) == 0
