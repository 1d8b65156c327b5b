"""Hand over and Desk keys: when they apply, and what becomes of the card of another desk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from db.exchange import keys, peers
from db.exchange.keys import Card
from desktop.forms.keys_form import KeysForm
from tests.desk import Desk

HERAT = Card("herat", "Herat desk", "a" * 64, "age1" + "q" * 58)
CHANGED = Card("herat", "Herat desk", "b" * 64, "age1" + "p" * 58)


def form(desk: Desk) -> KeysForm:
    desk.do("Desk keys")
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, KeysForm) and w.isVisible())


def push(shown: KeysForm, name: str) -> None:
    next(b for b in shown.findChildren(QPushButton) if b.text() == name and b.isVisible()).click()


def add(shown: KeysForm, text: str) -> None:
    shown.pasted.setText(text)
    push(shown, "Add")


def known(desk: Desk) -> tuple[Card, ...]:
    assert desk.window.workspace is not None
    return peers.known(desk.window.workspace.context.book)


def choose(shown: object, path: Path, desk: Desk) -> None:
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]
    line = dialogs[0].findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(path))
    dialogs[0].accept()


def test_hand_over_applies_to_chosen_cases(at_list: Desk) -> None:
    at_list.choose_cases()
    assert not at_list.verb("Hand over").isEnabled()
    at_list.choose_cases(*at_list.listed)
    at_list.hand_over()
    assert sum(title.startswith("KBL") for title in at_list.to_leave()) == 2
    assert not at_list.verb("Hand over").isEnabled()
    at_list.do("All cases")
    assert at_list.verb("Hand over").isEnabled()


def test_what_is_typed_on_a_case_is_saved_before_it_is_listed(on_case: Desk) -> None:
    on_case.fill("Translation", "Typed just now")
    on_case.hand_over()
    workspace = on_case.window.workspace
    assert workspace is not None
    assert workspace.handover.contents is not None
    said = {w.text for thing in workspace.handover.contents.leaving for w in thing.wordings}
    assert "Typed just now" in said


def test_a_casebook_to_be_read_can_be_handed_over_from_but_learns_no_desk(reading: Desk) -> None:
    reading.choose_cases(reading.listed[0])
    assert reading.verb("Hand over").isEnabled()
    shown = form(reading)
    assert not shown.pasted.isVisible()
    shown.close()
    reading.hand_over()


def test_the_card_is_shown_copied_and_saved(at_list: Desk, tmp_path: Path) -> None:
    shown = form(at_list)
    push(shown, "Copy the card")
    card = keys.read_card(QGuiApplication.clipboard().text())
    assert card.name == "Kabul desk"
    assert shown.fingerprint.text().split() == card.fingerprint.split()
    push(shown, "Save the card…")
    choose(shown, tmp_path / "card.txt", at_list)
    assert keys.read_card((tmp_path / "card.txt").read_text("utf-8")) == card
    shown.close()


def test_a_pasted_card_makes_a_desk_known(at_list: Desk) -> None:
    shown = form(at_list)
    assert shown.nobody.isVisible()
    add(shown, HERAT.text)
    assert known(at_list) == (HERAT,)
    assert [entry.title for entry in shown.known.entries] == ["Herat desk"]
    assert shown.pasted.text() == ""
    push(shown, "Forget this desk")
    assert known(at_list) == ()
    shown.close()


def test_a_card_from_a_file_makes_a_desk_known(at_list: Desk, tmp_path: Path) -> None:
    (tmp_path / "card.txt").write_text(HERAT.text, "utf-8")
    shown = form(at_list)
    push(shown, "From a file…")
    choose(shown, tmp_path / "card.txt", at_list)
    assert known(at_list) == (HERAT,)
    shown.close()


def test_what_is_no_card_stays_typed_and_is_told(at_list: Desk) -> None:
    shown = form(at_list)
    add(shown, "hello")
    assert "not the card of a desk" in shown.complaint.text()
    assert shown.pasted.text() == "hello"
    assert known(at_list) == ()
    shown.close()


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Do not trust them", {HERAT}),
        ("They replaced their keys", {CHANGED}),
        ("It is another computer of that desk", {HERAT, CHANGED}),
    ],
)
def test_changed_keys_are_shouted_and_a_person_decides(at_list: Desk, answer: str, left: set[Card]) -> None:
    shown = form(at_list)
    add(shown, HERAT.text)
    add(shown, CHANGED.text)
    assert shown.alarm.isVisible()
    assert "HAVE CHANGED" in shown.alarm.title.text()
    digits = "".join(shown.alarm.digits.text().split())
    assert all("".join(card.fingerprint.split()) in digits for card in (HERAT, CHANGED))
    assert known(at_list) == (HERAT,)
    push(shown, answer)
    assert set(known(at_list)) == left
    assert not shown.alarm.isVisible()
    shown.close()


def test_without_the_libraries_it_is_told_what_to_install(at_list: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    at_list.do("Desk keys")
    assert "claimdesk[share]" in at_list.told[0]
    at_list.dismiss()
