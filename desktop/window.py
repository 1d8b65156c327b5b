"""The window: puts pages and menus together, and does nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from db.casebook import Casebook
from desktop.actions.backups import BackupVerbs
from desktop.actions.book import BookVerbs
from desktop.actions.file import FileVerbs
from desktop.actions.verb import MenuPlan, fill, verb
from desktop.actions.view import ViewVerbs
from desktop.context import Bulletin, Context
from desktop.failure import Failure
from desktop.jobs import Jobs
from desktop.pages.welcome import WelcomePage
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.job_strip import JobStrip
from desktop.workspace import Workspace

_WIDTH, _HEIGHT = 1320, 720
_TELL_MS = 8000


class Window(QMainWindow):
    """One window on one casebook, or on the welcome page."""

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.settings, self.theme = settings, theme
        self.failure = Failure(self)
        self.jobs = Jobs(self.failure.show, self)
        self.workspace: Workspace | None = None
        self._book_verbs: BookVerbs | None = None
        self.stack = QStackedWidget(self)
        self.setCentralWidget(self.stack)
        self.welcome = WelcomePage(settings, theme)
        self.stack.addWidget(self.welcome)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(JobStrip(self.jobs))
        self.files = FileVerbs(self, settings, theme, self.jobs, self.show_casebook, self._book, self.failure.show)
        self.files.told.connect(self._on_told)
        self.views = ViewVerbs(self, settings, theme)
        self.backups = BackupVerbs(
            self, theme, self.jobs, self._book, self.welcome.marked, self.close_casebook, self.failure.show
        )
        self.backups.told.connect(self._on_told)
        self.backups.wanted.connect(self.open_path)
        self.welcome.view.addAction(self.backups.look)
        self.leave = verb(self, "&Close casebook", partial(self._leave, self.close_casebook), "Ctrl+W")
        self.quit = verb(self, "&Quit", self.close, "Ctrl+Q")
        self.welcome.wanted_new.connect(self.files.new.trigger)
        self.welcome.wanted_open.connect(self.files.open.trigger)
        self.welcome.wanted_demonstration.connect(self.files.demonstration.trigger)
        self.welcome.chosen.connect(self.files.open_path)
        self.setWindowIcon(QIcon(theme.icon("scale", "accent")))
        self.resize(_WIDTH, _HEIGHT)
        state = settings.state("window")
        if state:
            self.restoreGeometry(state)
        self._lay_menus()
        self._entitle("")

    def _lay_menus(self) -> None:
        bar = self.menuBar()
        bar.clear()
        files, book = self.files, self._book_verbs.all if self._book_verbs else ()
        casebooks = (files.new, files.open, files.recent.menuAction(), files.demonstration)
        fill(bar.addMenu("&File"), (*casebooks, None, *book, self.backups.look, None, self.leave, self.quit))
        self.leave.setEnabled(self.workspace is not None)
        plans = self.workspace.menus() if self.workspace else (MenuPlan("Vie&w", ()),)
        for plan in plans:
            menu: QMenu = bar.addMenu(plan.title)
            fill(menu, plan.actions)
        menu.addSeparator()  # the last one is View
        menu.addActions(self.views.looks)
        bar.addMenu("&Help").addActions([self.views.shortcuts, self.views.about])

    def _book(self) -> Casebook | None:
        return self.workspace.context.book if self.workspace else None

    def show_casebook(self, book: Casebook) -> None:
        """Show an open casebook in place of what the window shows now."""
        if not self.close_casebook():
            book.close()
            return
        context = Context(book, Bulletin(book, self), self.jobs, self.settings, self.theme, self.failure.show)
        self.workspace = Workspace(context, self)
        self._book_verbs = BookVerbs(context, self.workspace, self.workspace.copies.all)
        self.workspace.told.connect(self._on_told)
        self.workspace.titled.connect(self._entitle)
        self.workspace.copies.made.connect(self.open_path)
        self.files.wanted_in.connect(self.workspace.merging.verbs.take)
        self.workspace.completed.connect(self._lay_menus)
        self.stack.addWidget(self.workspace)
        self.stack.setCurrentWidget(self.workspace)
        self._lay_menus()
        self.workspace.show_list()
        self.workspace.complete_later()

    def close_casebook(self) -> bool:
        """Leave the casebook for the welcome page; returns whether nothing unsaved held it back."""
        workspace = self.workspace
        if workspace is None:
            return True
        if not workspace.settle():
            return False
        workspace.shut()
        self.jobs.finish()
        workspace.schedule.close()
        self.workspace, self._book_verbs = None, None
        self.stack.removeWidget(workspace)
        workspace.context.bulletin.close()
        workspace.context.book.close()
        workspace.hide()
        workspace.deleteLater()
        self.welcome.refresh()
        self._lay_menus()
        self._entitle("")
        return True

    def _leave(self, go_on: Callable[[], object]) -> None:
        if not (self.workspace and self.workspace.copies.hold(go_on)):
            go_on()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the casebook first; what cannot be saved keeps the window open."""
        if (self.workspace and self.workspace.copies.hold(self.close)) or not self.close_casebook():
            event.ignore()
            return
        self.settings.keep_state("window", self.saveGeometry())
        self.jobs.close()
        self.failure.close()
        super().closeEvent(event)

    def _entitle(self, reference: str) -> None:
        book = self._book()
        name = book.origin.stem if book else ""
        self.setWindowTitle(" – ".join(part for part in (reference, name, "Claimdesk") if part))

    def _on_told(self, words: str) -> None:
        self.statusBar().showMessage(words, _TELL_MS)

    def open_path(self, path: Path) -> None:
        """Open a casebook file in this window."""
        self.files.open_path(path)
