"""What this computer remembers is there again at the next start, and nothing in it can keep the program from starting."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from db.bibliography import Style
from desktop.settings import Look, Settings


def casebooks(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.touch()
    return paths


def test_the_casebook_opened_last_comes_first_and_each_once(tmp_path: Path) -> None:
    a, b, c = casebooks(tmp_path, "a.casebook", "b.casebook", "c.casebook")
    for path in (a, b, c, a):
        Settings().opened(path)
    assert Settings().recent == (a, c, b)


@pytest.mark.parametrize(
    "name", ["کابل ڈیسک.casebook", "a, b; c.casebook", "100 % @Invalid().casebook", '"q" \\x.casebook']
)
def test_any_name_of_a_casebook_is_remembered(tmp_path: Path, name: str) -> None:
    (path,) = casebooks(tmp_path, name)
    Settings().opened(path)
    assert Settings().recent == (path,)


def test_only_a_dozen_is_remembered(tmp_path: Path) -> None:
    paths = casebooks(tmp_path, *(f"{n}.casebook" for n in range(20)))
    for path in paths:
        Settings().opened(path)
    assert Settings().recent == tuple(reversed(paths[-12:]))


def test_a_casebook_on_a_stick_is_offered_again_when_the_stick_is_back(tmp_path: Path) -> None:
    stick, other = casebooks(tmp_path, "stick.casebook", "other.casebook")
    Settings().opened(stick)
    stick.rename(tmp_path / "away")
    assert Settings().recent == ()
    Settings().opened(other)
    (tmp_path / "away").rename(stick)
    assert Settings().recent == (other, stick)


def test_look_analyst_and_places_are_remembered() -> None:
    settings = Settings()
    assert (settings.look, settings.analyst, settings.state("window")) == (Look.SYSTEM, "", None)
    settings.look, settings.analyst = Look.DARK, "آمنہ"
    settings.keep_state("window", QByteArray(bytes(range(256))))
    again = Settings()
    assert (again.look, again.analyst) == (Look.DARK, "آمنہ")
    state = again.state("window")
    assert state is not None
    assert state.data() == bytes(range(256))


def test_a_file_of_settings_that_somebody_spoiled_is_as_good_as_none(home: Path) -> None:
    (home / "settings.ini").write_bytes(
        b"[General]\nlook=purple\nrecent=@Variant(\\0\\0)\nanalyst=@Invalid()\n\xff\xfe["
    )
    settings = Settings()
    assert settings.look is Look.SYSTEM
    assert settings.recent == ()
    assert settings.analyst == ""
    assert settings.state("window") is None


def test_the_style_of_citations_is_remembered() -> None:
    assert Settings().citing is Style.DESK
    Settings().citing = Style.GOST
    assert Settings().citing is Style.GOST
    Settings()._store.setValue("citing", "no such style")
    assert Settings().citing is Style.DESK
