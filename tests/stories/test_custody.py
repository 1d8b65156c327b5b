"""A screenshot is verified, goes to another desk, is tampered with behind its back, and is erased for good."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from db import attachments, check, custody
from db.casebook import Casebook
from db.exchange import passphrase
from db.vocabulary import Custody, Tlp
from desktop.widgets.custody_page import CustodyPage
from desktop.wording import word
from tests import makers
from tests.desk import Desk, window


def screenshot() -> QImage:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    for x in range(64):
        for y in range(48):
            image.setPixelColor(x, y, QColor(x * 4, y * 5, (x * y) % 256))
    return image


def lines(page: CustodyPage) -> list[str]:
    return [entry.title.replace("\u2066", "").replace("\u2069", "") for entry in page.list.entries]


def text_of(page: CustodyPage) -> str:
    page.copy.trigger()
    return QGuiApplication.clipboard().text()


def test_the_custody_of_a_screenshot(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    kabul, herat, sent = tmp_path / "kabul.casebook", tmp_path / "herat.casebook", tmp_path / "to Herat.casebook.age"
    desk.new_casebook(kabul)
    desk.new_case(makers.URDU, title="Vaccine")
    reference = desk.reference
    desk.paste_screenshot(screenshot())
    (name,) = desk.files()
    assert "1 intact" in desk.verify(name)
    desk.save_copy(name, tmp_path / "copy for the lawyer.png")
    words = hand_over(desk, reference, sent)
    desk.open_case(reference)
    with desk.custody(name) as page:
        assert lines(page) == [
            "Pasted from the clipboard",
            "Verified: every byte is as it came in",
            "A copy was saved as “copy for the lawyer.png”",
            "Handed over in a file",
        ]
        assert "Intact when last verified" in page.state.text()
        assert "the file itself does not tell of it" in page.remarks.text()
        assert "to Herat.casebook.age" in text_of(page)
        assert text_of(page).count(sha256(sent.read_bytes()).hexdigest()) == 1
    with window(qtbot) as other:
        other.new_casebook(herat, desk="Herat desk", code="HRT", analyst="Bilal")
        other.merge(sent)
        other.say(words, "Open")
        other.wait(lambda: other.on_plan)
        other.keep_plan()
        other.do("All cases")
        other.open_case(reference)
        with other.custody(name) as page:
            told = text_of(page)
            assert lines(page)[0] == "Pasted from the clipboard"
            assert lines(page)[-1] == "Received from Kabul desk"
            assert "by the clock of Kabul desk · Amina" in told
            assert "by the clock of Herat desk · Bilal" in told
            assert not any("Handed over" in line for line in lines(page))
            assert told.count(sha256(sent.read_bytes()).hexdigest()) == 1
        other.leave_casebook()
    tampered = tamper(kabul)
    said = desk.verify()
    assert "Not every file is as it came in" in said
    assert "1 altered" in said
    with desk.custody(name) as page:
        assert "NOT the bytes that came in" in page.state.text()
    said = desk.erase(name, "A witness can be seen")
    for part in (reference, name, "its SHA-256", "Backups, hand-overs and copies"):
        assert part in said
    assert desk.verb("Custody").isEnabled()
    assert not desk.verb("Erase for good").isEnabled()
    with desk.custody(name) as page:
        assert "A witness can be seen" in page.state.text()
        assert lines(page)[-1] == "Its bytes were erased for good"
    desk.leave_casebook()
    raw = kabul.read_bytes()
    assert tampered not in raw
    with Casebook.open(kabul, write=False) as book:
        assert check.check(book).problems == ()
        (erased,) = attachments.of_case(book, book.value('SELECT id FROM "case"'))
        assert erased.erased is not None
        assert erased.erased.reason == "A witness can be seen"
        assert [event.what for event in custody.of_attachment(book, erased.id)] == [
            Custody.CAPTURED, Custody.VERIFIED, Custody.EXPORTED, Custody.HANDED_OVER, Custody.VERIFIED, Custody.ERASED
        ]  # fmt: skip


def tamper(path: Path) -> bytes:
    """Change bytes through sqlite3 alone; returns some of what stands there now."""
    connection = sqlite3.connect(path)
    with connection:
        (data,) = connection.execute("SELECT data FROM piece").fetchone()
        forged = data[:100] + b"forged here" + data[111:]
        connection.execute("UPDATE piece SET data = ?", (forged,))
    connection.close()
    return forged[:140]


def hand_over(desk: Desk, reference: str, target: Path) -> str:
    """Hand the case over, sealed with the passphrase that is offered; returns that."""
    desk.do("All cases")
    desk.choose_cases(reference)
    desk.hand_over()
    desk.rest()
    desk.push(f"They may see {word(Tlp.AMBER)}")
    words = desk.field("Passphrase").text()  # type: ignore[union-attr]
    desk.write_hand_over(target)
    return words
