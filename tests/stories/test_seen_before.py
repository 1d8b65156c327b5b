"""A picture of an old flood comes back a year later, mirrored and cut: the desk knows it at once, and finds its words."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest
from PIL import ImageOps

from desktop.cli import main
from tests import drawings, makers, tesseract
from tests.desk import Desk


@pytest.mark.skipif(sys.platform == "win32", reason="the program that stands in for Tesseract is a POSIX script")
def test_an_old_picture_comes_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tesseract.install(tmp_path / "bin", monkeypatch, "eng", "urd")
    path, scene = tmp_path / "Kabul.casebook", drawings.landscape(11)
    old, back = tmp_path / "flood.jpg", tmp_path / "today.jpg"
    old.write_bytes(makers.encoded(scene, quality=90))
    back.write_bytes(makers.encoded(ImageOps.mirror(scene.crop((70, 40, 830, 560))), quality=60))
    desk.new_casebook(path)
    desk.new_case("Floods in Nangarhar", title="The flood of last year")
    first = desk.reference
    desk.attach(old)
    desk.new_case("سرحد پر آج سیلاب آیا ہے اور سب چپ ہیں", title="A flood today", language="Urdu")
    second = desk.reference
    desk.attach(back)
    desk.wait(lambda: desk.status.startswith("Seen before"))
    assert desk.status == f"Seen before: \u2066{first}\u2069, mirrored and cropped"

    assert desk.look_where_seen("today.jpg") == [
        f"Mirrored and cropped: flood.jpg, \u2066{first}\u2069  The flood of last year"
    ]
    assert desk.read_pictures() == ["English", "Urdu"], "the claim is in Urdu"
    assert any(second in each for each in desk.search("بند نہیں"))
    desk.close()

    capsys.readouterr()
    assert main(["seen", str(path), second, "--json"]) == 0
    told = capsys.readouterr().out
    ((picture,),) = (json.loads(told),)
    assert [(each["reference"], each["how"]) for each in picture["sightings"]] == [(first, "mirrored and cropped")]
    with sqlite3.connect(path) as connection:
        ((tool, language),) = connection.execute("SELECT tool, language FROM extract WHERE tool LIKE 'tesseract%'")
    assert (tool, language) == ("tesseract 5.9.1 eng+urd", "ur")
