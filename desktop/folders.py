"""Where this person's casebooks are kept when nothing else is said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from db import incarnation, places


def documents() -> Path:
    """A folder on this computer alone: the documents, or the home where those are kept in step with other computers."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (Path(named) if named else Path.home(), Path.home()):
        if folder.is_dir() and not places.of(folder / "Casebook").shared:
            return folder
    own = incarnation.home() / "casebooks"
    own.mkdir(parents=True, exist_ok=True)
    return own
