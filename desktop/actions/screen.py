"""Capturing a part of the screen, where the system lets programs look at it."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from db.identity import now
from db.vocabulary import Method
from desktop.actions.attachments import AttachmentVerbs
from desktop.actions.intake import Place
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.widgets.mime import Picture
from desktop.widgets.notice import Notice
from desktop.widgets.region import Region

_UNTIL_GONE_MS = 350  # until the windows have faded from the screen
_NOT_HERE = (
    "This system does not let programs look at the screen.",
    "Take the picture with the screenshot tool of the system, and paste it here with Ctrl+V.",
)


class ScreenVerb(QObject):
    """Steps aside, takes a picture of every screen, lets a part be chosen, and attaches it."""

    def __init__(
        self, context: Context, window: QWidget, attaching: AttachmentVerbs, place: Callable[[], Place | None]
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._attaching, self._place = context, window, attaching, place
        self._regions: list[Region] = []
        self._aside: list[QWidget] = []
        self._quits = True
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.timeout.connect(self._cover)
        self._to: Place | None = None
        self.capture = verb(self, "Capture part of the scree&n", self._on_capture, "Ctrl+Shift+U")
        self.capture.setIcon(context.theme.icon("monitor"))
        self.aside = verb(self, "&Hide Claimdesk while capturing", self._on_aside)
        self.aside.setCheckable(True)
        self.aside.setChecked(context.settings.steps_aside)
        window.addAction(self.capture)

    def refresh(self) -> None:
        """Allow it where files can be attached."""
        self.capture.setEnabled(self._context.book.writable and self._place() is not None)

    def close(self) -> None:
        """Take away what lies over the screens."""
        self._come_back()

    def _on_aside(self) -> None:
        self._context.settings.steps_aside = self.aside.isChecked()

    def _on_capture(self) -> None:
        place = self._place()
        if place is None or self._regions or self._gone.isActive():
            return
        if not possible():
            Notice(self._window.window(), "The screen cannot be captured here", _NOT_HERE).show()
            return
        if self.aside.isChecked():
            self._aside = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
            self._quits = QApplication.quitOnLastWindowClosed()
            QApplication.setQuitOnLastWindowClosed(False)
            for each in self._aside:
                each.hide()
        self._to = place
        self._gone.start(_UNTIL_GONE_MS if self._aside else 0)

    def _cover(self) -> None:
        """Lay over each screen a picture of itself."""
        shots = [(screen, screen.grabWindow(0)) for screen in QGuiApplication.screens()]
        for screen, shot in shots:
            if not shot.isNull():
                self._regions.append(self._region(screen, shot))
        if not self._regions:
            self._come_back()
            Notice(self._window.window(), "The screen cannot be captured here", _NOT_HERE).show()

    def _region(self, screen: QScreen, shot: QPixmap) -> Region:
        region = Region(self._context.theme, shot)
        region.chosen.connect(self._on_chosen)
        region.left.connect(self._come_back)
        region.setScreen(screen)
        region.setGeometry(screen.geometry())
        region.showFullScreen()
        region.activateWindow()
        return region

    def _on_chosen(self, image: QImage) -> None:
        self._come_back()
        if self._to is None:
            return
        name = f"screen {now().astimezone():%Y-%m-%d %H-%M-%S}.png"
        self._attaching.attach_picture(Picture(image, name, method=Method.SCREEN), self._to)

    def _come_back(self) -> None:
        """Everything stands where it stood."""
        self._gone.stop()
        regions, self._regions = self._regions, []
        aside, self._aside = self._aside, []
        for each in aside:
            each.show()
        for region in regions:
            region.close()
            region.deleteLater()
        if aside:
            QApplication.setQuitOnLastWindowClosed(self._quits)
            self._window.window().activateWindow()


def possible() -> bool:
    """Whether the system lets a program take a picture of the screen; Wayland gives black ones, or none."""
    platform = QGuiApplication.platformName()
    behind = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return platform in ("windows", "cocoa") or (platform == "xcb" and not behind)
