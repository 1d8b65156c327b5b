"""Every verb: there when it applies, off when it does not, and never two under one key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton

from tests.desk import Desk, plain

WRITING = {
    "New case", "Delete case", "New part of the claim", "New appearance", "New event", "New source", "New note",
    "New task", "Record verdict", "Withdraw verdict", "Cite an existing source", "Attach files", "Paste picture, text or files",
    "Desk and analyst", "Rating scale", "Delete part of the claim", "Delete appearance", "Delete event", "Delete source",
    "Delete note",
    "Delete task", "Remove", "Import",
    "Attach a folder", "Capture part of the screen",
    "Same claim", "Different claim", "Give the reason", "Take back",
}  # fmt: skip
OF_A_CASE = {
    "New part of the claim", "New appearance", "New event", "New source", "New note", "New task", "Record verdict",
    "Cite an existing source", "Attach files", "Paste picture, text or files", "1 Claim", "8 History",
    "9 Same claim", "Compare with another case",
    "Attach a folder", "Capture part of the screen",
}  # fmt: skip


def enabled(desk: Desk) -> set[str]:
    return {plain(action) for action in desk.verbs() if action.isEnabled()}


def names(desk: Desk) -> set[str]:
    return {plain(action) for action in desk.verbs()}


def test_without_a_casebook_only_what_needs_none_is_offered(welcome: Desk) -> None:
    assert {"New casebook", "Open casebook", "Demonstration", "Backups", "Quit"} <= enabled(welcome)
    assert not enabled(welcome) & {"Close casebook", "New case", "Undo"}


def test_on_the_list_the_verbs_of_a_case_are_off(at_list: Desk) -> None:
    at_list.window.workspace.complete()
    at_list.choose_cases()
    assert names(at_list) >= OF_A_CASE
    assert not enabled(at_list) & OF_A_CASE
    assert not enabled(at_list) & {"Open case", "Export dossier", "Copy reference", "Delete case"}
    assert "New case" in enabled(at_list)


def test_one_case_chosen_in_the_list_can_be_opened_exported_copied_deleted(at_list: Desk) -> None:
    at_list.choose_cases(at_list.listed[0])
    assert {"Open case", "Export dossier", "Copy reference", "Delete case"} <= enabled(at_list)


def test_several_cases_can_be_exported_together_and_no_more(at_list: Desk) -> None:
    at_list.choose_cases(*at_list.listed)
    assert "Export dossier" in enabled(at_list)
    assert not enabled(at_list) & {"Open case", "Copy reference", "Delete case"}


def test_on_the_page_of_a_case_its_verbs_are_on(on_case: Desk) -> None:
    assert enabled(on_case) >= OF_A_CASE | {"Export dossier", "Copy reference", "Delete case", "All cases"}
    assert "Withdraw verdict" not in enabled(on_case)


def test_a_casebook_to_be_read_offers_nothing_that_writes(reading: Desk) -> None:
    reading.open_case(reading.listed[0])
    assert names(reading) >= WRITING
    assert not enabled(reading) & (WRITING | {"Undo", "Redo"})
    assert {"Export as ClaimReview", "Export as CSV", "Export as JSON"} <= enabled(reading)
    assert {"Export dossier", "Copy reference", "Check casebook", "Backups", "All cases", "1 Claim"} <= enabled(reading)


def test_no_two_verbs_have_one_key(on_case: Desk) -> None:
    """But for Del and the undo of fields, which belong to what has the focus."""
    keys = Counter(
        key.toString()
        for action in on_case.window.findChildren(QAction)
        if action.shortcutContext() in (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
        for key in action.shortcuts()
        if not key.isEmpty()
    )
    assert not {key: count for key, count in keys.items() if count > 1}


def test_every_key_reaches_its_verb_after_another_casebook_was_opened(
    on_case: Desk, tmp_path: Path, path: Path
) -> None:
    """What belonged to the first casebook must not stand in the way of the second."""
    on_case.leave_casebook()
    on_case.window.open_path(path)
    on_case.open_case(on_case.listed[0])
    test_no_two_verbs_have_one_key(on_case)
    on_case.turn_to("Notes")
    on_case.press("Ctrl+1")
    on_case.press("Ctrl+Shift+M")
    assert on_case.field("Note").text() == ""
    on_case.put(on_case.field("Note"), "written after reopening")  # type: ignore[arg-type]
    on_case.leave()
    assert on_case.entries() == ["written after reopening"]


def test_every_verb_says_what_it_is_and_most_have_a_key(on_case: Desk) -> None:
    verbs = on_case.verbs()
    assert all(plain(action) and action.toolTip() for action in verbs)
    assert all(action.text().count("&") <= 1 for action in verbs)
    keyed = [action for action in verbs if not action.shortcut().isEmpty()]
    assert len(keyed) > 0.7 * len(verbs)


def test_menus_have_keys_of_their_own(on_case: Desk) -> None:
    titles = [action.text() for action in on_case.window.menuBar().actions()]
    marks = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(marks)) == len(marks), titles


def test_the_tool_bar_shows_undo_redo_and_export(on_case: Desk) -> None:
    buttons = [b for b in on_case.window.findChildren(QToolButton) if b.isVisible() and b.defaultAction()]
    shown = {plain(button.defaultAction()).split(" ")[0] for button in buttons}
    assert {"Undo", "Redo", "Export", "New", "All"} <= shown


def test_keys_of_the_system_undo_redo_and_search(on_case: Desk) -> None:
    for name, keys in (
        ("Undo", "Ctrl+Z"),
        ("Redo", "Ctrl+Shift+Z"),
        ("Redo", "Ctrl+Y"),
        ("Search everything", "Ctrl+F"),
    ):
        found = [a for a in on_case.verbs() if plain(a).startswith(name)]
        assert QKeySequence(keys) in found[0].shortcuts()
