"""Where the files in `resources/` are, for the window, the paper and the terminal alike."""

from __future__ import annotations

from pathlib import Path

import resources


def resource(*parts: str) -> Path:
    """The path of a file or folder under `resources/`; it need not exist."""
    return Path(resources.__file__).parent.joinpath(*parts)


def fonts_folder() -> Path:
    """The folder that holds the bundled fonts and their licenses."""
    return resource("fonts")
