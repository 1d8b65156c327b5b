"""Pictures that were seen before are named when they come in, shown beside each other, and their text is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import ImageOps
from PySide6.QtWidgets import QApplication

from db import attachments, cases, extracts
from desktop.forms.ocr_form import OcrForm
from desktop.forms.seen_form import SeenForm
from tests import drawings, makers, tesseract
from tests.desk import Desk

SCENE = drawings.landscape(3)


@pytest.fixture
def seen(on_case: Desk) -> Desk:
    """The evidence of a case, with a picture that another case has in the mirror."""
    book = on_case.window.workspace.context.book
    here = cases.find(book, on_case.reference).id
    other = makers.make_case(book, title="An old flood")
    makers.attach(book, other, makers.encoded(ImageOps.mirror(SCENE)), "turned.jpg")
    makers.attach(book, here, makers.encoded(SCENE), "new.jpg")
    on_case.turn_to("Evidence")
    on_case.rest()
    gallery(on_case).select(attachments.of_case(book, here)[0].id)
    return on_case


def gallery(desk: Desk):
    return desk.window.workspace.case.evidence.of_case


def dialog(desk: Desk, kind: type):
    desk.wait(lambda: [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()])
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def reference_of(desk: Desk, title: str) -> str:
    book = desk.window.workspace.context.book
    return str(book.value('SELECT reference FROM "case" WHERE title = :title', title=title))


def test_where_it_was_seen_is_shown_beside_it(seen: Desk) -> None:
    seen.do("Seen before")
    form = dialog(seen, SeenForm)
    reference = reference_of(seen, "An old flood")
    (entry,) = form.list.entries
    assert reference in entry.title
    assert "An old flood" in entry.title
    assert (entry.subtitle, entry.badge) == ("turned.jpg", "Mirrored")
    seen.wait(lambda: not form.here.picture.pixmap().isNull() and not form.there.picture.pixmap().isNull())
    form.button.click()
    seen.wait(lambda: seen.reference == reference)


def test_the_status_bar_names_it_and_the_gallery_marks_it(seen: Desk) -> None:
    seen.do("Seen before")
    form = dialog(seen, SeenForm)
    assert seen.status == f"Seen before: \u2066{reference_of(seen, 'An old flood')}\u2069, mirrored"
    assert gallery(seen)._cell.seen == {each.id for each in gallery(seen).selected}
    form.close()


def test_what_comes_in_is_looked_for_by_itself(seen: Desk, tmp_path: Path) -> None:
    file = tmp_path / "again.jpg"
    file.write_bytes(makers.encoded(drawings.cropped(SCENE, 2)))
    seen.window.workspace.work.attaching.attach_paths([file], seen.window.workspace.work._place())
    seen.wait(lambda: "Seen before" in seen.status)
    assert "in this case, cropped" in seen.status


def test_of_one_that_is_nowhere_else_that_is_said(seen: Desk) -> None:
    book = seen.window.workspace.context.book
    here = cases.find(book, seen.reference).id
    alone = makers.attach(book, here, makers.encoded(drawings.portrait(9)), "alone.jpg")
    seen.rest()
    gallery(seen).select(alone)
    seen.do("Seen before")
    form = dialog(seen, SeenForm)
    assert form.list.entries == ()
    assert not form.button.isEnabled()
    form.close()


def test_the_verbs_are_off_without_a_picture(on_case: Desk) -> None:
    assert not on_case.verb("Seen before").isEnabled()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line for POSIX")
def test_the_text_of_pictures_is_read_by_the_program_of_this_computer(
    seen: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract.install(tmp_path / "bin", monkeypatch, "eng", "rus", "urd")
    seen.do("Read text in pictures")
    form = dialog(seen, OcrForm)
    assert set(form.languages) == {"eng", "rus", "urd"}
    form.languages["rus"].setChecked(True)
    form.button.click()
    seen.wait(lambda: "Read 1 picture: text in 1." in seen.status)
    book = seen.window.workspace.context.book
    read = extracts.of(book, gallery(seen).selected[0].sha256)
    assert read
    assert "граница не закрыта" in read.text


def test_what_is_missing_is_told_with_what_to_do(seen: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract.remove(tmp_path / "empty", monkeypatch)
    seen.do("Read text in pictures")
    seen.wait(lambda: seen.told)
    assert "Tesseract, which is not installed" in seen.told[0]
    assert "carry them here" in seen.told[0]
    seen.dismiss()
