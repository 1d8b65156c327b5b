"""Thousands of files broken at random: none crashes or hangs the helper, and none is let in for what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.hostile import fuzz


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_five_thousand_mutants(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_HOME", str(quick_folder / "home"))
    figures = fuzz.run(5000, quick_folder, 1, 2, lambda _: None)
    assert figures.wrong == []
    assert figures.count == 5000
    assert figures.accepted.total() > 1000
    assert figures.refused.total() > 1500
    assert len(figures.refused) > 50, "they were refused for few reasons"
