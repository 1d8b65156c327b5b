"""A screenshot with a name in it: pasted, blacked out, handed over without the original, and read from the disk."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from db import attachments, blobs, custody
from db.casebook import Casebook
from db.change import present
from db.check import check
from db.exchange import passphrase
from db.exchange.age import Secret, opened
from db.kinds import Kind
from db.pictures import retouch, steps
from db.pictures.steps import BlackOut
from db.vocabulary import Custody, Method, Tlp
from desktop.widgets.picture import PictureView
from desktop.wording import word
from tests.desk import Desk

SIZE = (240, 160)
HIDDEN = (40, 30, 140, 90)


def screenshot() -> QImage:
    """Noise, so that any part of it can be known again for certain."""
    width, height = SIZE
    image = QImage(Random(4).randbytes(width * height * 4), width, height, width * 4, QImage.Format.Format_RGB32)
    return image.copy()


def test_what_is_blacked_out_with_the_mouse_does_not_leave(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    book, target = tmp_path / "Kabul.casebook", tmp_path / "for Herat.handover.casebook.age"
    desk.new_casebook(book)
    desk.new_case("The mill burned down", title="Mill")
    desk.paste_screenshot(screenshot())
    (original,) = desk.files()
    desk.choose_files(original)
    window = desk.picture_desk()
    desk.drag(window, "K", HIDDEN)
    assert window.drawing.steps == (BlackOut(*HIDDEN),)
    desk.keep_picture(window)
    redacted = original.replace(".png", " (redacted).png")
    assert desk.files() == [original, redacted]
    assert redacted in desk.status
    reference = desk.reference
    desk.do("All cases")
    desk.choose_cases(reference)
    desk.hand_over()
    desk.push(f"They may see {word(Tlp.AMBER)}")
    desk.tick(original)
    assert {title for title, leaves in desk.to_leave().items() if not leaves} == {original}
    words = desk.field("Passphrase").text()  # type: ignore[union-attr]
    desk.write_hand_over(target)
    desk.close()
    nothing_left(opened(target, Secret(passphrase=words), tmp_path), is_on_the_disk(book))


def is_on_the_disk(path: Path) -> bytes:
    """The original is as it was pasted, and the new picture is that, with black in it; returns the original bytes."""
    with Casebook.open(path) as book:
        case_id = book.value('SELECT id FROM "case"')
        original, made = attachments.of_case(book, case_id)
        assert (original.method, made.method) == (Method.PASTED, Method.DERIVED)
        assert (made.derived_from, made.media_type) == (original.id, "image/png")
        assert steps.from_json(present(book, Kind.ATTACHMENT, made.id)["steps"]) == (BlackOut(*HIDDEN),)
        assert retouch.base_of(book, made).attachment == original
        assert [event.what for event in custody.of_attachment(book, original.id)][1] is Custody.REDACTED
        was = blobs.read(book, original.sha256)
        expected = Image.open(io.BytesIO(was)).convert("RGB")
        expected.paste((0, 0, 0), HIDDEN)
        found = Image.open(io.BytesIO(blobs.read(book, made.sha256)))
        assert (found.mode, found.size, found.info) == ("RGB", SIZE, {})
        assert found.tobytes() == expected.tobytes()
        assert check(book).problems == ()
        return was


def nothing_left(path: Path, was: bytes) -> None:
    """The hand-over has one picture, and no row of hidden pixels, packed or not."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        pieces = [row[0] for row in connection.execute("SELECT data FROM piece ORDER BY blob, number")]
        assert connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)
    finally:
        connection.close()
    hidden = Image.open(io.BytesIO(was)).convert("RGB").crop(HIDDEN)
    width = hidden.width * 3
    rows = [hidden.tobytes()[at : at + 30] for at in range(0, width * hidden.height, width)]
    packed = b"".join(pieces)
    pixels = Image.open(io.BytesIO(packed)).tobytes()
    for data in (path.read_bytes(), packed, pixels):
        assert not [row for row in rows if row in data]
    assert was[200:264] not in path.read_bytes()


def test_two_pictures_are_held_against_each_other_and_one_that_is_hard_to_bear_is_hidden(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "Kabul.casebook"
    desk.new_casebook(path)
    desk.new_case("The mill burned down", title="Mill")
    desk.paste_screenshot(screenshot())
    (original,) = desk.files()
    desk.choose_files(original)
    window = desk.picture_desk()
    desk.drag(window, "K", HIDDEN)
    desk.keep_picture(window)
    desk.choose_files(desk.files()[1])
    desk.press("Shift+F12")
    pair = desk.compared_pictures()
    view = pair.views[0]
    assert colors(view, (20, 20), (90, 60))[1] != "#000000", "the original"
    desk.press_in(pair, "F")
    desk.press_in(pair, "Space")
    assert colors(view, (20, 20), (90, 60))[1] == "#000000", "what was made of it"
    desk.press_in(pair, "D")
    assert colors(view, (20, 20), (90, 60))[0] == "#000000", "nothing differs there"
    desk.press_in(pair, "Esc")
    desk.choose_files(*desk.files())
    desk.press("Ctrl+G")
    assert "hold Space" in desk.status
    desk.press("Shift+F12")
    again = desk.compared_pictures()
    assert all(each.veiled for each in again.views)
    desk.press_in(again, "Esc")
    desk.close()
    with Casebook.open(path) as book:
        assert all(each.graphic for each in attachments.of_case(book, book.value('SELECT id FROM "case"')))


def colors(view: PictureView, *places: tuple[int, int]) -> list[str]:
    """The colors that are seen at places of a picture."""
    image = view.viewport().grab().toImage()
    found = [view._view_point(QPointF(x + 0.5, y + 0.5)) * image.devicePixelRatio() for x, y in places]
    return [image.pixelColor(at.toPoint()).name() for at in found]
