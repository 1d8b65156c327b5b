"""This computer's settings: recent casebooks, window geometry, look."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from db.bibliography import Style
from db.incarnation import home

_MOST_RECENT = 12


class Look(StrEnum):
    """Which palette the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings:
    """What is remembered between sessions, in a plain file of this person's Claimdesk folder."""

    def __init__(self) -> None:
        self._store = QSettings(str(home() / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The casebooks opened last, newest first; those that are not there now are left out."""
        return tuple(path for path in self._opened if path.exists())

    @property
    def _opened(self) -> tuple[Path, ...]:
        """Those on a stick that is not plugged in are among them, for the day it is."""
        stored = self._store.value("recent")
        names: Sequence[object] = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return tuple(Path(name) for name in names if isinstance(name, str) and name)

    def opened(self, path: Path) -> None:
        """Remember a casebook as the one opened last."""
        names = [str(path), *(str(p) for p in self._opened if p != path)]
        self._store.setValue("recent", names[:_MOST_RECENT])

    @property
    def look(self) -> Look:
        """The look that was chosen."""
        stored = str(self._store.value("look"))
        return next((look for look in Look if look == stored), Look.SYSTEM)

    @look.setter
    def look(self, look: Look) -> None:
        self._store.setValue("look", str(look))

    @property
    def citing(self) -> Style:
        """The style in which citations are copied."""
        stored = str(self._store.value("citing"))
        return next((style for style in Style if style == stored), Style.DESK)

    @citing.setter
    def citing(self, style: Style) -> None:
        self._store.setValue("citing", str(style))

    @property
    def analyst(self) -> str:
        """The name that was last typed as analyst on this computer."""
        return str(self._store.value("analyst") or "")

    @analyst.setter
    def analyst(self, name: str) -> None:
        self._store.setValue("analyst", name)

    @property
    def steps_aside(self) -> bool:
        """Whether the windows are hidden while a part of the screen is captured."""
        return str(self._store.value("steps-aside")) != "no"

    @steps_aside.setter
    def steps_aside(self, aside: bool) -> None:
        self._store.setValue("steps-aside", "yes" if aside else "no")

    @property
    def tessdata(self) -> Path | None:
        """The folder that was chosen as the one with the language data of Tesseract, while it is there."""
        stored = str(self._store.value("tessdata") or "")
        return Path(stored) if stored and Path(stored).is_dir() else None

    @tessdata.setter
    def tessdata(self, folder: Path) -> None:
        self._store.setValue("tessdata", str(folder))

    def state(self, name: str) -> QByteArray | None:
        """Where a window or a splitter was left, if it was kept."""
        value = self._store.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Keep where a window or a splitter was left."""
        self._store.setValue(f"state/{name}", state)
