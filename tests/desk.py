"""The window as a person uses it. The only file of the stories that knows what anything in it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QMimeData, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.actions.unpacking import PartChooser
from desktop.forms.backups_form import BackupsForm
from desktop.forms.casebook_form import CasebookForm
from desktop.forms.claim_chooser import ClaimChooser
from desktop.forms.collection_sheet import CollectionSheet, SharedSheet
from desktop.forms.dossier_form import DossierForm
from desktop.forms.doubled_form import DoubledForm
from desktop.forms.folder_form import FolderForm
from desktop.forms.leaving_form import LeavingForm
from desktop.forms.new_case_form import NewCaseForm
from desktop.forms.new_text_form import NewTextForm
from desktop.forms.ocr_form import OcrForm
from desktop.forms.offers_form import OffersForm
from desktop.forms.seen_form import SeenForm
from desktop.pages.case import CasePage
from desktop.settings import Look, Settings
from desktop.theme import Theme
from desktop.widgets.ask import Ask, Confirm
from desktop.widgets.choice import Choice
from desktop.widgets.compare_pictures import ComparePictures
from desktop.widgets.custody_page import CustodyPage
from desktop.widgets.gallery import Gallery
from desktop.widgets.mark import Mark
from desktop.widgets.news_view import NewsView
from desktop.widgets.notice import Notice
from desktop.widgets.picture_desk import PictureDesk
from desktop.widgets.texts import Label, Line, Text
from desktop.widgets.told import Told
from desktop.widgets.viewer import Viewer
from desktop.window import Window
from desktop.workspace import Workspace

Field = Line | Text | QComboBox | QCheckBox
D = TypeVar("D", bound=QWidget)
_LONG = 30_000
_EXACTLY = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
_KEYED = 60  # longer texts come in at once, as by an input method


class Desk:
    """A person at the window: fills in fields by their labels, uses verbs by their names, reads what is shown."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    # The whole window

    def close(self) -> None:
        """Close the window as one leaves for the day."""
        self.window.close()

    @property
    def title(self) -> str:
        """What the window is called now."""
        return self.window.windowTitle()

    def do(self, name: str) -> None:
        """Use a verb of the menu bar by its name."""
        action = self.verb(name)
        assert action.isEnabled(), f"“{name}” cannot be done now"
        action.trigger()

    def verb(self, name: str) -> QAction:
        """The verb of that name in the menu bar."""
        found = [action for action in self.verbs() if plain(action) == name]
        assert len(found) == 1, f"“{name}” among {[plain(a) for a in self.verbs()]}"
        return found[0]

    def verbs(self) -> list[QAction]:
        """Every verb that the menu bar offers."""
        return [action for top in self.window.menuBar().actions() for action in _in(top.menu())]  # type: ignore[arg-type]

    def press(self, keys: str) -> None:
        """Press keys where the focus is."""
        self._activate(self.window)
        focus = QApplication.focusWidget() or self.window
        QTest.keySequence(focus, QKeySequence(keys))

    @property
    def told(self) -> list[str]:
        """What notices say that stand open."""
        notices = [w for w in QApplication.topLevelWidgets() if isinstance(w, Notice) and w.isVisible()]
        return ["\n".join(label.text() for label in notice.findChildren(Label)) for notice in notices]

    def dismiss(self) -> None:
        """Close the notices."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, Notice) and widget.isVisible():
                widget.close()

    def answer(self, button: str) -> None:
        """Choose a way to go on, where the window asks for one."""
        self._push(button, self._dialog(Choice))

    @property
    def asked(self) -> str:
        """What the window asks, in all its words."""
        return "\n".join(label.text() for label in self._dialog(Choice).findChildren(Label))

    @property
    def status(self) -> str:
        """What the status bar says."""
        return self.window.statusBar().currentMessage()

    def wait(self, holds: Callable[[], object]) -> None:
        """Look until something holds."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=_LONG)

    def rest(self) -> None:
        """Wait until no job is under way."""
        self.wait(lambda: not self.window.jobs.busy)

    # Casebooks

    def new_casebook(self, path: Path, desk: str = "Kabul desk", code: str = "KBL", analyst: str = "Amina") -> None:
        """Make a casebook and open it."""
        self.do("New casebook")
        form = self._dialog(CasebookForm)
        self.fill("Desk", desk, form)
        self.fill("Code", code, form)
        self.fill("Analyst", analyst, form)
        self.fill("File", str(path), form)
        self._push("Create the casebook", form)
        self.wait(lambda: self.window.workspace)

    def open(self, path: Path) -> None:
        """Open a casebook through the file chooser."""
        self.do("Open casebook")
        self._choose(path)

    def leave_casebook(self) -> None:
        """Go back to the welcome page; what showed the casebook is gone then."""
        self.do("Close casebook")
        self.wait(self.window.welcome.isVisible)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]

    def look_at_backups(self) -> list[str]:
        """Open the backups; returns when and why each was made, the newest first."""
        self.do("Backups")
        self.rest()
        entries = self._dialog(BackupsForm).list.entries
        return [f"{entry.title} {entry.subtitle} {entry.badge}".strip() for entry in entries]

    def choose_backup(self, number: int) -> str:
        """Choose a backup in the list, 0 for the newest; returns what is said of it."""
        form = self._dialog(BackupsForm)
        form.list.choose(form.list.entries[number].id)
        self.rest()
        rows = form.losses.model
        told = [
            "  ".join(str(rows.index(r, c).data()) for c in range(rows.columnCount())) for r in range(rows.rowCount())
        ]
        labels = [label.text() for label in form.losses.findChildren(Label) if label.isVisible()]
        return "\n".join(labels + told)

    def close_backups(self) -> None:
        """Go on without restoring any."""
        self._dialog(BackupsForm).reject()
        self.rest()

    def restore_backup(self) -> None:
        """Put the chosen backup in the place of the casebook, which is shown again."""
        form = self._dialog(BackupsForm)
        self._push("Restore this one", form)
        self.wait(lambda: gone(form) and not self.window.jobs.busy and self.window.workspace)

    # Cases

    def new_case(
        self,
        claim: str,
        *,
        title: str = "",
        claimant: str = "",
        language: str = "",
        claimed_on: str = "",
        tags: str = "",
    ) -> None:
        """Open a case on a claim; its page is shown."""
        self.do("New case")
        form = self._dialog(NewCaseForm)
        values = {
            "Claim": claim, "Title": title, "Claimant": claimant, "Language": language, "Claimed on": claimed_on,
            "Tags": tags,
        }  # fmt: skip
        for name, value in values.items():
            if value:
                self.fill(name, value, form)
        self._push("Open the case", form)
        self.wait(lambda: self.on_case)

    @property
    def on_case(self) -> bool:
        """Whether the page of a case is in sight."""
        return self._workspace.stack.currentWidget() is self._page and self._page.isVisible()

    @property
    def reference(self) -> str:
        """The reference of the case in sight."""
        return self._page.reference.text()

    @property
    def listed(self) -> list[str]:
        """The references in the list of cases, in its order."""
        model = self._workspace.cases.model
        return [model.index(row, 0).data().strip("\u2066\u2069") for row in range(model.rowCount())]

    def choose_cases(self, *references: str) -> None:
        """Choose cases in the list."""
        view = self._workspace.cases.view
        view.clearSelection()
        view.setSelectionMode(view.SelectionMode.MultiSelection)
        for row, reference in enumerate(self.listed):
            if reference in references:
                view.selectRow(row)
        view.setSelectionMode(view.SelectionMode.ExtendedSelection)

    def open_case(self, reference: str) -> None:
        """Go to the page of a case in the list."""
        if not self._workspace.cases.isVisible():
            self.do("All cases")
        view = self._workspace.cases.view
        view.selectRow(self.listed.index(reference))
        view.setFocus()
        self.qtbot.keyClick(view, Qt.Key.Key_Return)
        self.wait(lambda: self.on_case)

    def turn_to(self, name: str) -> None:
        """Bring a part of the case page to the front."""
        tabs = [action for action in self.verbs() if plain(action).endswith(f" {name}") and plain(action)[0].isdigit()]
        assert len(tabs) == 1
        tabs[0].trigger()

    # What belongs to a case

    def add(self, name: str, fields: dict[str, str]) -> None:
        """Make a new thing, such as a source, and fill in its fields by their labels."""
        self.do(f"New {name}")
        for label, value in fields.items():
            self.fill(label, value)
        self.leave()

    def add_source(self, title: str, **fields: str) -> None:
        """Cite a new source; the names of the fields are those of their labels, with _ for a space."""
        self.add("source", {"Source": title} | {name.replace("_", " "): value for name, value in fields.items()})

    def entries(self) -> list[str]:
        """The titles in the list of the part in front."""
        return [entry.title for entry in self._page.panel.list.entries]  # type: ignore[attr-defined]

    def badges(self) -> list[str]:
        """What the badges say in the list of the part in front."""
        return [entry.badge for entry in self._page.panel.list.entries]  # type: ignore[attr-defined]

    def choose_entry(self, number: int) -> None:
        """Choose an entry of the list in front."""
        entries = self._page.panel.list  # type: ignore[attr-defined]
        entries.setFocus()
        entries.setCurrentIndex(entries.model().index(number, 0))

    def paste_screenshot(self, image: QImage, *, of_source: bool = False) -> None:
        """Paste a picture from the clipboard to the case, or to the chosen source."""
        self.turn_to("Evidence")
        gallery = self._gallery(of_source)
        before = len(self.files(of_source=of_source))
        gallery.view.setFocus()
        QGuiApplication.clipboard().setImage(image)
        self.press("Ctrl+V")
        self.wait(lambda: len(self.files(of_source=of_source)) > before)
        self.rest()

    def attach(self, *paths: Path) -> None:
        """Attach files to the case through the file chooser."""
        self.turn_to("Evidence")
        self._gallery(False).view.setFocus()
        self.do("Attach files")
        self._choose(*paths)
        self.rest()

    def files(self, *, of_source: bool = False) -> list[str]:
        """The names of the files shown."""
        model = self._gallery(of_source).view.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def choose_file(self, name: str, *, of_source: bool = False) -> None:
        """Choose one of the files shown."""
        self.turn_to("Evidence")
        view = self._gallery(of_source).view
        view.setFocus()
        view.clearSelection()
        view.setCurrentIndex(view.model().index(self.files(of_source=of_source).index(name), 0))

    def choose_all_files(self) -> None:
        """Choose every file of the case."""
        self.turn_to("Evidence")
        view = self._gallery(False).view
        view.setFocus()
        view.selectAll()

    def paste(self, offered: QMimeData, *, of_source: bool = False) -> None:
        """Paste what another program copied."""
        self.turn_to("Evidence")
        self._gallery(of_source).view.setFocus()
        QGuiApplication.clipboard().setMimeData(offered)
        self.press("Ctrl+V")

    def fill_record(self, **fields: str) -> str:
        """Fill in the collection record of the chosen file, and close it; returns how complete it is said to be."""
        self.do("Collection record")
        sheet = self._dialog(CollectionSheet)
        for name, value in fields.items():
            self.fill(name.replace("_", " "), value, sheet)
        self.leave()
        said = sheet.state.text()
        self._push("Close", sheet)
        self.wait(lambda: gone(sheet))
        return said

    def explain_gap(self, name: str, reason: str) -> None:
        """Say in the record of the chosen file why something is missing."""
        self.fill_record(**{f"{name}: missing because": reason})

    def say_of_all(self, **fields: str) -> None:
        """Say of all chosen files what their records have in common."""
        self.do("Collection record")
        sheet = self._dialog(SharedSheet)
        for name, value in fields.items():
            self.fill(name.replace("_", " "), value, sheet)
        self._push(sheet.button.text(), sheet)
        self.wait(lambda: gone(sheet))

    def attach_folder(self, folder: Path) -> str:
        """Attach the files of a folder to the case; returns what is said of it before."""
        self.turn_to("Evidence")
        self._gallery(False).view.setFocus()
        self.do("Attach a folder")
        self._choose(folder)
        form = self._dialog(FolderForm)
        said = form.total.text()
        self._push(form.button.text(), form)
        return said

    def doubled_files(self, button: str) -> list[tuple[str, str]]:
        """Answer the question of doubled files; returns their names, and where their bytes are."""
        form = self._dialog(DoubledForm)
        rows = range(form.model.rowCount())
        told = [(form.model.index(row, 0).data(), form.model.index(row, 1).data()) for row in rows]
        self._push(button, form)
        self.rest()
        return told

    def unpack(self, name: str, *wanted: str) -> list[str]:
        """Take files out of one of the files shown, all or those that are wanted; returns what was offered."""
        self.choose_file(name)
        self.do("Unpack")
        self.rest()
        chooser = self._dialog(PartChooser)
        offered = [str(chooser.model.index(row, 1).data()) for row in range(chooser.model.rowCount())]
        if wanted:
            chooser.list.setFocus()
            chooser.list.clearSelection()
            for row, words in enumerate(offered):
                if not words.startswith(wanted):
                    chooser.list.selectRow(row)
                    self.qtbot.keyClick(chooser.list, Qt.Key.Key_Space)
        self._push("Attach", chooser)
        self.rest()
        return offered

    def look_at(self, name: str) -> Viewer:
        """Open one of the files shown in a window of its own."""
        self.choose_file(name)
        self.do("View")
        viewer: Viewer = self.window.findChildren(Viewer)[-1]
        self.wait(lambda: not viewer._patience.isActive() and not viewer._jobs.busy)
        return viewer

    def verify(self, *names: str) -> str:
        """Verify one file, or all of the casebook; returns what is said of it."""
        for name in names:
            self.choose_file(name)
        self.do("Verify" if names else "Verify all files of the casebook")
        self.rest()
        return "\n".join(self.told_words()) or self.status

    def erase(self, name: str, reason: str) -> str:
        """Erase the bytes of a file for good; returns what was said before the answer."""
        self.choose_file(name)
        self.do("Erase for good")
        form = self._dialog(Ask)
        said = "\n".join(label.text() for label in form.findChildren(Label))
        self.fill(form.windowTitle(), reason, form)
        self._push("Erase for good", form)
        self.rest()
        return said

    def look_where_seen(self, name: str) -> list[str]:
        """Ask where a file of the case was seen before; returns how and as what, each with its case."""
        self.choose_file(name)
        self.do("Seen before")
        form = self._dialog(SeenForm)
        told = [f"{entry.badge}: {entry.subtitle}, {entry.title}" for entry in form.list.entries]
        form.close()
        return told

    def read_pictures(self) -> list[str]:
        """Have the text in the pictures read that are offered; returns the languages that were ticked."""
        self.do("Read text in pictures")
        form = self._dialog(OcrForm)
        ticked = [check.text() for check in form.languages.values() if check.isChecked()]
        self._push("Read", form)
        self.rest()
        return ticked

    def save_copy(self, name: str, path: Path) -> None:
        """Save a copy of a file."""
        self.choose_file(name)
        self.do("Save a copy")
        self._choose(path)
        self.rest()

    @contextmanager
    def custody(self, name: str = "") -> Iterator[CustodyPage]:
        """The window that tells what happened to a file, closed in the end."""
        if name:
            self.choose_file(name)
            self.do("Custody")
        page = self._dialog(CustodyPage)
        yield page
        page.close()
        self.wait(lambda: gone(page))

    def choose_files(self, *names: str) -> None:
        """Choose files of the case by their names."""
        self.turn_to("Evidence")
        view = self._gallery(False).view
        self._activate(self.window)
        view.setFocus()
        view.clearSelection()
        for row, name in enumerate(self.files()):
            if name in names:
                view.selectionModel().select(view.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)

    def picture_desk(self) -> PictureDesk:
        """Open the picture desk for the chosen file, and wait for the picture."""
        self.do("Picture desk")
        return self.on_picture_desk()

    def on_picture_desk(self) -> PictureDesk:
        """The picture desk in sight, when its picture is there."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PictureDesk) and w.isVisible()]
        (desk,) = found
        self.wait(lambda: desk.canvas.drawn)
        self._activate(desk)
        return desk

    def compared_pictures(self) -> ComparePictures:
        """The two pictures that are compared, when both are there; its window has the keys."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ComparePictures) and w.isVisible()]
        (pair,) = found
        self.wait(lambda: all(view.drawn for view in pair.views))
        self._activate(pair)
        pair.views[0].setFocus()
        return pair

    def press_in(self, window: QWidget, keys: str) -> None:
        """Press keys in a window of its own."""
        QTest.keySequence(window.focusWidget() or window, QKeySequence(keys))

    def drag(self, desk: PictureDesk, key: str, area: tuple[int, int, int, int]) -> None:
        """Take a tool by its key and drag it over the picture, from one pixel to another."""
        QTest.keySequence(desk.canvas, QKeySequence(key))
        start, end = (desk.canvas._view_point(QPointF(*at)).toPoint() for at in (area[:2], area[2:]))
        view, left = desk.canvas.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(view, start + (end - start) * share)
            QTest.qWait(1)
        QTest.mouseRelease(view, left, pos=end)

    def keep_picture(self, desk: PictureDesk) -> None:
        """Keep what is drawn as a new picture, and wait until the desk is gone."""
        QTest.keySequence(desk.canvas, QKeySequence("Ctrl+Return"))
        self.wait(lambda: gone(desk))
        self.rest()

    def give_verdict(self, rating: str, rationale: str, confidence: str = "") -> None:
        """Write a verdict and record it."""
        self.turn_to("Verdict")
        self.fill("Rating", rating)
        if confidence:
            self.fill("Confidence", confidence)
        self.fill("Rationale", rationale)
        self.do("Record verdict")

    def withdraw_verdict(self, reason: str) -> None:
        """Take the verdict back with a reason."""
        self.turn_to("Verdict")
        self.do("Withdraw verdict")
        form = self._dialog(Ask)
        self.fill("Withdraw verdict", reason, form)
        self._push("Withdraw", form)

    def choose_save(self, what: str) -> None:
        """Choose the newest save of this sort in the history."""
        self.turn_to("History")
        table = self._page.history.saves.table
        model = table.model()
        table.selectRow([model.index(row, 3).data() for row in range(model.rowCount())].index(what))

    @property
    def marks(self) -> list[str]:
        """What the marks of conflicts say that are in sight."""
        QCoreApplication.sendPostedEvents()
        return [mark.text() for mark in self.window.findChildren(Mark) if mark.isVisible()]

    def delete_case(self, reason: str = "") -> None:
        """Delete the case in sight, or the one chosen in the list."""
        self.do("Delete case")
        form = self._dialog(Ask)
        if reason:
            self.fill(form.windowTitle(), reason, form)
        self._push("Delete", form)

    def export(self, path: Path) -> None:
        """Export the dossier, and wait for it."""
        self.do("Export dossier")
        form = self._dialog(DossierForm)
        self._push("Choose the file…", form)
        self._choose(path)
        self.rest()

    def let_go(self, medium: str, path: Path, *references: str, **fields: str) -> None:
        """Export as ClaimReview, CSV or JSON: tick these cases by name, fill in the fields, and wait for the file."""
        self.do(f"Export as {medium}")
        form = self._dialog(LeavingForm)
        if form.every.isVisible() and not {case.reference for case in form.model.rows} >= set(references):
            form.every.click()
            self.rest()
        for place, case in enumerate(form.model.rows):
            if (case.reference in references) is not (case in form.model.ticked):
                form.view.selectRow(place)
                self.qtbot.keyClick(form.view, Qt.Key.Key_Space)
        for name, value in fields.items():
            self.fill(name.replace("_", " "), value, form)
        self._push("Choose the file…", form)
        self._choose(path)
        self.rest()

    def look_into(self, path: Path) -> OffersForm:
        """Import a file; returns the window that tells what it would bring."""
        self.do("Import")
        self._choose(path)
        return self._dialog(OffersForm)

    def keep(self, form: OffersForm) -> None:
        """Keep what is new in a file."""
        self._push(form.button.text(), form)
        self.wait(lambda: gone(form))
        self.rest()

    def hand_over(self) -> None:
        """Go to the page of what leaves with the chosen cases, and wait for its list."""
        self.do("Hand over")
        self.wait(lambda: self._workspace.handover.isVisible() and self._workspace.handover.contents)

    def to_leave(self) -> dict[str, bool]:
        """The titles on that page, and whether each is ticked."""
        model = self._workspace.handover.model
        tops = [model.index(row, 0) for row in range(model.rowCount())]
        lines = [*tops, *(model.index(row, 0, top) for top in tops for row in range(model.rowCount(top)))]
        ticks = {index.data(): index.data(Qt.ItemDataRole.CheckStateRole) for index in lines}
        return {title: tick is Qt.CheckState.Checked for title, tick in ticks.items() if tick is not None}

    def tick(self, title: str) -> None:
        """Go to a line of that page and press space."""
        view, model = self._workspace.handover.view, self._workspace.handover.model
        found = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, title, 1, _EXACTLY)
        view.setFocus()
        view.setCurrentIndex(found[0])
        self.qtbot.keyClick(view, Qt.Key.Key_Space)

    def push(self, name: str) -> None:
        """Push a button of the page in sight."""
        self._push(name, self.window)

    def write_hand_over(self, path: Path) -> str:
        """Write the file, and read what is said of it."""
        self.push("Write the file…")
        self._choose(path)
        self.rest()
        told = self._dialog(Told)
        words = "\n".join(label.text() for label in told.findChildren(Label))
        told.close()
        return words

    def undo(self) -> None:
        """Take the last save back."""
        self._by_name("Undo").trigger()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._by_name("Redo").trigger()

    def search(self, words: str) -> list[str]:
        """Type into the search field; returns the places found, as they are read out."""
        self.press("Ctrl+F")
        line = self._workspace.query
        self.wait(line.hasFocus)
        self.put(line, words)
        page = self._workspace.search
        self.wait(lambda: page.isVisible() and not page._typing.isActive())
        return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]

    @property
    def words(self) -> str:
        """All that can be read in the window now."""
        QCoreApplication.sendPostedEvents()
        labels = [label.text() for label in self.window.findChildren(Label) if label.isVisible()]
        fields = [w.text() for w in self.window.findChildren(QWidget) if isinstance(w, Line | Text) and w.isVisible()]
        return "\n".join(labels + fields)

    # Between desks

    def merge(self, path: Path) -> None:
        """Choose a casebook to merge, and wait until it was looked over."""
        self.do("Merge a casebook")
        self._choose(path)
        self.rest()

    @property
    def on_plan(self) -> bool:
        """Whether a plan is in sight."""
        return self._workspace.stack.currentWidget() is self._workspace.merging.__dict__.get("plan")

    @property
    def on_arrivals(self) -> bool:
        """Whether what came in is in sight."""
        return self._workspace.stack.currentWidget() is self._workspace.merging.__dict__.get("arrivals")

    @property
    def news(self) -> NewsView:
        """What came or would come, on the page in sight."""
        page = self._workspace.stack.currentWidget()
        return page.view  # type: ignore[union-attr]

    def came(self) -> dict[str, tuple[str, ...]]:
        """What is said of each case that came or would come, by its title."""
        return {row.title: tuple(row.traits) for row in self.news.list.rows.rows}

    def choose_news(self, title: str) -> list[list[str]]:
        """Choose a case that came or would come; returns its saves as the table tells them."""
        (row,) = [place for place, row in enumerate(self.news.list.rows.rows) if row.title == title]
        self.news.list.setFocus()
        self.news.list.setCurrentIndex(self.news.list.rows.index(row, 0))
        model = self.news.saves.table.model()
        return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]

    def say(self, words: str, button: str) -> None:
        """Answer the small window that asks for a text."""
        form = self._dialog(Ask)
        self.fill(form.windowTitle(), words, form)
        self._push(button, form)
        self.rest()

    def keep_plan(self) -> None:
        """Keep what the plan in sight would bring, and wait until it came."""
        self.do("Keep what it brings")
        self.rest()

    def told_words(self) -> list[str]:
        """What small windows say that stand open; they are closed."""
        said = [w for w in QApplication.topLevelWidgets() if isinstance(w, Told) and w.isVisible()]
        words = ["\n".join(label.text() for label in each.findChildren(Label)) for each in said]
        for each in said:
            each.close()
        return words

    def take_out(self) -> None:
        """Take the chosen merge out again."""
        self.do("Take this merge out")
        self._push("Take it out", self._dialog(Confirm))
        self.rest()

    # The reading room

    def paste_text(self, text: str, title: str = "") -> None:
        """Paste a text among the files, say whose it is, and read it."""
        self.turn_to("Evidence")
        self._gallery(False).view.setFocus()
        QGuiApplication.clipboard().setText(text)
        self.press("Ctrl+V")
        self.keep_text(title)

    def keep_text(self, title: str = "") -> None:
        """Keep the text that was pasted or dropped as that of a new source, and read it."""
        form = self._dialog(NewTextForm)
        if title:
            self.fill("Title of the new source", title, form)
        self._push("Read", form)
        self.wait(lambda: self.reading)
        self.take_up()

    def paste_text_for_chosen(self, text: str) -> None:
        """Take a text in for the source that is chosen, and read it."""
        QGuiApplication.clipboard().setText(text)
        self.do("New text to read")
        self._push("Read", self._dialog(NewTextForm))
        self.wait(lambda: self.reading)
        self.take_up()

    @property
    def reading(self) -> bool:
        """Whether the reader shows a text."""
        reader = self._workspace.work.reader.reader
        return reader.isVisible() and reader.sheet is not None

    def take_up(self) -> None:
        """Have the keys in the text."""
        paper = self._workspace.work.reader.reader.paper
        self._activate(paper)
        paper.setFocus()
        self.wait(paper.hasFocus)

    def select(self, words: str) -> None:
        """Select words of the text by finding them."""
        self.press("F")
        self.fill("Find in this text", words)
        self.press("Return")
        self.press("Escape")
        self.wait(self._workspace.work.reader.reader.paper.hasFocus)

    def marked(self) -> list[tuple[str, str]]:
        """What the list beside the text says: what was made, and from which words."""
        return [(entry.badge, entry.title) for entry in self._workspace.work.reader.reader.list.entries]

    def shining(self) -> list[str]:
        """The words that shine in the text when one clicks the entries of the list one by one."""
        reader, found = self._workspace.work.reader.reader, []
        for entry in reader.list.entries:
            self.click_mark(entry.title)
            shown = reader.paper.extraSelections()
            grounds = [(each.format.background().color().alpha(), each.cursor.selectedText()) for each in shown]
            found.append(max(ground for ground in grounds if ground[0] < 255)[1].replace("\u2029", "\n"))
        return found

    def click_mark(self, words: str) -> None:
        """Click the entry of these words in the list beside the text."""
        view = self._workspace.work.reader.reader.list
        row = [entry.title for entry in view.entries].index(words)
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def press_mark(self, words: str, keys: str) -> None:
        """Click the entry of these words, then press keys there."""
        self.click_mark(words)
        self.press(keys)

    def choose_claim(self, words: str) -> None:
        """Say which of several claims is meant."""
        chooser = self._dialog(ClaimChooser)
        chooser.list.choose(next(entry.id for entry in chooser.list.entries if entry.title == words))
        self.qtbot.keyClick(chooser.list, Qt.Key.Key_Return)
        self.wait(lambda: gone(chooser))
        self.take_up()

    def show_in_text(self) -> None:
        """Go from the chosen thing of the case page to the words that it was made from."""
        (button,) = [b for b in self._page.panel.findChildren(QToolButton) if b.text() == "Show in the text"]
        assert button.isVisible()
        button.click()
        self.wait(lambda: self.reading)
        self.take_up()

    @property
    def chosen_mark(self) -> str:
        """The words of the entry that is chosen beside the text."""
        view = self._workspace.work.reader.reader.list
        return next(entry.title for entry in view.entries if entry.id == view.current)

    @property
    def chosen_entry(self) -> str:
        """The title of the entry that is chosen in the part in front."""
        view = self._page.panel.list  # type: ignore[attr-defined]
        return next(entry.title for entry in view.entries if entry.id == view.current)

    # Fields

    def field(self, name: str, within: QWidget | None = None) -> Field:
        """The field with this label, in a dialog or in the part of the window in sight."""
        root = within or self.window
        found = [
            each
            for kind in (Line, Text, QComboBox, QCheckBox)
            for each in root.findChildren(kind)
            if each.accessibleName() == name and each.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} fields “{name}”"
        return found[0]  # type: ignore[return-value]

    def fill(self, name: str, value: str, within: QWidget | None = None) -> None:
        """Put a value into a field in place of what is there."""
        field = self.field(name, within)
        self._activate(field)
        field.setFocus()
        self.wait(lambda: field.hasFocus() or (field.focusProxy() and field.focusProxy().hasFocus()))
        if isinstance(field, QCheckBox):
            field.click()
        elif isinstance(field, QComboBox) and not field.isEditable():
            self._pick(field, value)
        else:
            line = field.lineEdit() if isinstance(field, QComboBox) else field
            assert line is not None
            self.put(line, value)

    def put(self, field: QLineEdit | Text, value: str) -> None:
        """Type over what a field says: letters of the keyboard one by one, others as an input method gives them."""
        field.selectAll()
        if not value:
            self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        elif value.isascii() and value.isprintable() and len(value) <= _KEYED:
            self.qtbot.keyClicks(field, value)
        else:
            event = QInputMethodEvent()
            event.setCommitString(value)
            QApplication.sendEvent(field, event)

    def leave(self) -> None:
        """Leave the field that is typed in."""
        focus = QApplication.focusWidget()
        if focus:
            self.qtbot.keyClick(focus, Qt.Key.Key_Tab)

    def _pick(self, box: QComboBox, value: str) -> None:
        place = box.findText(value)
        assert place >= 0, f"no “{value}” among {[box.itemText(n) for n in range(box.count())]}"
        box.showPopup()
        view = box.view()
        view.setCurrentIndex(box.model().index(place, 0))
        self.qtbot.keyClick(view, Qt.Key.Key_Return)
        self.wait(lambda: not view.isVisible())

    # What the fields and verbs stand in

    @property
    def _workspace(self) -> Workspace:
        workspace = self.window.workspace
        assert workspace is not None, "no casebook is open"
        return workspace

    @property
    def _page(self) -> CasePage:
        return self._workspace.case

    def _activate(self, widget: QWidget) -> None:
        """Be in the window of a widget, where no window manager has seen to it."""
        if not widget.isActiveWindow():
            widget.activateWindow()
            self.wait(widget.isActiveWindow)

    def _gallery(self, of_source: bool) -> Gallery:
        evidence = self._page.evidence
        return evidence.of_source if of_source else evidence.of_case

    def _by_name(self, beginning: str) -> QAction:
        found = [action for action in self.verbs() if plain(action).split(" ")[0] == beginning]
        assert len(found) == 1
        assert found[0].isEnabled(), plain(found[0])
        return found[0]

    def _dialog(self, kind: type[D]) -> D:
        def shown() -> list[D]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self.wait(shown)
        (dialog,) = shown()
        self._activate(dialog)
        return dialog

    def _push(self, text: str, within: QWidget) -> None:
        (button,) = [b for b in within.findChildren(QPushButton) if b.text().replace("&", "") == text]
        assert button.isEnabled(), f"“{text}” cannot be pushed"
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)

    def _choose(self, *paths: Path) -> None:
        chooser = self._dialog(QFileDialog)
        line = chooser.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setFocus()
        self.put(line, " ".join(f'"{path}"' for path in paths) if len(paths) > 1 else str(paths[0]))
        self.qtbot.keyClick(line, Qt.Key.Key_Return)
        self.wait(lambda: gone(chooser))


def gone(widget: QWidget) -> bool:
    """Whether a dialog was closed, and maybe deleted since."""
    return not isValid(widget) or not widget.isVisible()


def plain(action: QAction) -> str:
    """The name of a verb without its key marks."""
    return action.text().replace("&", "").rstrip("…")


def _in(menu: QMenu | None) -> Iterator[QAction]:
    for action in menu.actions() if menu else ():
        if action.menu():
            yield from _in(action.menu())  # type: ignore[arg-type]
        elif not action.isSeparator():
            yield action


@contextmanager
def window(qtbot: QtBot) -> Iterator[Desk]:
    """A window on the welcome page, closed in the end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    made = Window(Settings(), Theme(app, Look.LIGHT))
    try:
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        yield Desk(qtbot, made)
    finally:
        _away(made)


def _away(made: Window) -> None:
    """Close a window with all that stands before it, whatever it says of unsaved words."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.close()
    if made.workspace:
        made.workspace.settle = lambda: True  # type: ignore[method-assign]
    made.close_casebook()  # without being asked whether to merge back first
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
