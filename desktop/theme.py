"""The look: named colors, palette, style sheet, fonts and tinted icons from resources/."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.assets import resource
from desktop.settings import Look

FAMILIES = (
    "Noto Sans",
    "Vazirmatn",
    "Noto Sans Devanagari",
    "Twemoji Mozilla",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
)
_FILES = (
    "NotoSans_400Regular.ttf",
    "NotoSans_700Bold.ttf",
    "Vazirmatn_400Regular.ttf",
    "Vazirmatn_700Bold.ttf",
    "NotoSansDevanagari_400Regular.ttf",
    "NotoSansDevanagari_700Bold.ttf",
    "TwemojiCOLR.ttf",
    "NotoSansSymbols_400Regular.ttf",
    "NotoSansSymbols2_400Regular.ttf",
    "NotoSansMath_400Regular.ttf",
)
_SIGNS = ("chevron", "check")
_POINTS = 10.5
_ICON = 20
_DARK_BELOW = 128


class Theme(QObject):
    """The look in use; `changed` comes when another is put on."""

    changed = Signal()

    def __init__(self, app: QApplication, look: Look) -> None:
        super().__init__()
        self._app = app
        self._colors: Mapping[str, str] = {}
        app.setStyle("Fusion")
        self._system_is_dark = app.palette().window().color().lightness() < _DARK_BELOW
        _load_fonts()
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(_POINTS)
        app.setFont(font)
        self.wear(look)

    def wear(self, look: Look) -> None:
        """Put a look on every window."""
        self.dark = look is Look.DARK or (look is Look.SYSTEM and self._system_is_dark)
        name = "dark" if self.dark else "light"
        self._colors = tomllib.loads(resource("styles", f"{name}.toml").read_text("utf-8"))
        _tinted.cache_clear()
        self._app.setPalette(self._palette())
        sheet = resource("styles", "window.qss").read_text("utf-8")
        names = {**self._colors, **{sign: resource("styles", f"{sign}-{name}.svg").as_posix() for sign in _SIGNS}}
        self._app.setStyleSheet(re.sub(r"@([a-z-]+)", lambda m: names[m.group(1)], sheet))
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """The color of that name in this look."""
        return QColor(self._colors.get(name, self._colors["gray"]))

    def icon(self, name: str, color: str = "text-soft") -> QIcon:
        """A one-color icon in a named color, dimmed where it is disabled."""
        icon = QIcon(_tinted(name, self._colors[color]))
        icon.addPixmap(_tinted(name, self._colors["line-strong"]), QIcon.Mode.Disabled)
        return icon

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for where, name in (
            (role.Window, "window"),
            (role.WindowText, "text"),
            (role.Base, "surface"),
            (role.AlternateBase, "raised"),
            (role.Text, "text"),
            (role.Button, "surface"),
            (role.ButtonText, "text"),
            (role.BrightText, "danger"),
            (role.ToolTipBase, "text"),
            (role.ToolTipText, "surface"),
            (role.PlaceholderText, "text-faint"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on-accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "violet"),
            (role.Mid, "line"),
            (role.Light, "raised"),
            (role.Dark, "line-strong"),
        ):
            palette.setColor(where, self.color(name))
        for where in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, self.color("text-faint"))
        return palette


def _load_fonts() -> None:
    """Add the bundled fonts to the application, once a process."""
    if FAMILIES[0] in QFontDatabase.families() and FAMILIES[3] in QFontDatabase.families():
        return
    for file in _FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", file)))


@lru_cache(maxsize=256)
def _tinted(name: str, color: str) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    pixmap = QPixmap(_ICON * 2, _ICON * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, _ICON * 2, _ICON * 2))
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap
