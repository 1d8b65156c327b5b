"""Casebooks are kept where nobody else writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from desktop import folders


def test_the_documents_or_where_those_are_synced_a_folder_that_is_not(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "home" / "documents"
    documents.mkdir(parents=True)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert folders.documents() == documents
    (documents / ".dropbox.cache").mkdir()
    assert folders.documents() == tmp_path / "home"
    (tmp_path / "home" / ".stfolder").mkdir()
    assert folders.documents() == home / "casebooks"
