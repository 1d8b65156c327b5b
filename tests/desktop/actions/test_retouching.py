"""The verbs of pictures: when they may be used, what they keep, and what is left when a job is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication

from db import attachments
from db.attachments import Attachment
from db.casebook import Casebook
from db.pictures.steps import BlackOut
from db.vocabulary import Method
from desktop.jobs import Job
from desktop.widgets.compare_pictures import ComparePictures
from desktop.widgets.picture_desk import PictureDesk
from desktop.widgets.viewer import Viewer
from tests.desk import Desk, gone, plain

BLACK = BlackOut(1, 2, 30, 20)


@pytest.fixture
def on_evidence(on_case: Desk) -> Desk:
    for color in ("red", "blue"):
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(color)
        on_case.paste_screenshot(image)
    on_case.rest()
    return on_case


def book(desk: Desk) -> Casebook:
    assert desk.window.workspace
    return desk.window.workspace.context.book


def files(desk: Desk) -> tuple[Attachment, ...]:
    return attachments.of_case(book(desk), desk._page.case_id)


def choose(desk: Desk, *numbers: int) -> None:
    view = desk._gallery(False).view
    view.setFocus()
    view.clearSelection()
    for number in numbers:
        view.selectionModel().select(view.model().index(number, 0), view.selectionModel().SelectionFlag.Select)


def kept(desk: Desk) -> None:
    """Black something out of the first picture and keep it."""
    choose(desk, 0)
    window = desk.picture_desk()
    window.canvas.changed.emit((BLACK,))
    desk.keep_picture(window)


def windows(kind: type) -> list:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_the_verbs_are_on_where_they_apply(on_evidence: Desk, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("text")
    on_evidence.attach(path)
    verbs = [on_evidence.verb(name) for name in ("Picture desk", "Compare pictures", "Graphic material")]
    for chosen, expected in (
        ((), (False, False, False)),
        ((0,), (True, False, True)),
        ((0, 1), (False, True, True)),
        ((0, 1, 2), (False, False, True)),
        ((2,), (False, False, True)),
        ((0, 2), (False, False, True)),
    ):
        choose(on_evidence, *chosen)
        assert tuple(verb.isEnabled() for verb in verbs) == expected, chosen
    on_evidence.turn_to("Claim")
    assert not any(verb.isEnabled() for verb in verbs)


def test_the_keys_are_those_that_were_given_out(on_evidence: Desk) -> None:
    found = {name: on_evidence.verb(name).shortcut().toString() for name in ("Picture desk", "Compare pictures")}
    assert found == {"Picture desk": "F12", "Compare pictures": "Shift+F12"}
    assert on_evidence.verb("Graphic material").shortcut().toString() == "Ctrl+G"


def test_keeping_attaches_one_more_and_undo_takes_it_back(on_evidence: Desk) -> None:
    before = files(on_evidence)
    kept(on_evidence)
    made = files(on_evidence)[2]
    assert files(on_evidence)[:2] == before
    assert (made.method, made.derived_from) == (Method.DERIVED, before[0].id)
    assert book(on_evidence).value("SELECT count(*) FROM draft WHERE name LIKE 'retouch%'") == 0
    on_evidence.undo()
    assert [each.id for each in files(on_evidence)] == [each.id for each in before]


def test_a_job_that_is_stopped_leaves_nothing_and_loses_nothing(on_evidence: Desk) -> None:
    choose(on_evidence, 0)
    window = on_evidence.picture_desk()
    window.canvas.changed.emit((BLACK,))

    def stop(job: Job[object]) -> None:
        job.cancel()

    on_evidence.window.jobs.started.connect(stop)
    window.keep.trigger()
    on_evidence.wait(window.keep.isEnabled)
    on_evidence.window.jobs.started.disconnect(stop)
    assert len(files(on_evidence)) == 2
    assert window.drawing.steps == (BLACK,)
    on_evidence.keep_picture(window)
    assert len(files(on_evidence)) == 3


def test_bytes_that_could_not_be_attached_are_dropped(on_evidence: Desk) -> None:
    choose(on_evidence, 0)
    window = on_evidence.picture_desk()
    window.canvas.changed.emit((BLACK,))
    window.name.setText("///")
    window.keep.trigger()
    on_evidence.wait(window.keep.isEnabled)
    on_evidence.rest()
    assert len(files(on_evidence)) == 2
    assert book(on_evidence).value("SELECT count(*) FROM blob") == 2
    assert on_evidence.told, "it is said why"
    on_evidence.dismiss()
    window.end()


def test_one_picture_has_one_desk(on_evidence: Desk) -> None:
    choose(on_evidence, 0)
    first = on_evidence.picture_desk()
    on_evidence.do("Picture desk")
    assert windows(PictureDesk) == [first]
    first.close()
    assert gone(first)


def test_leaving_the_casebook_closes_the_desk_and_keeps_what_is_drawn(on_evidence: Desk, path: Path) -> None:
    choose(on_evidence, 0)
    window = on_evidence.picture_desk()
    window.canvas.changed.emit((BLACK,))
    choose(on_evidence, 0, 1)
    on_evidence.do("Compare pictures")
    on_evidence.leave_casebook()
    assert windows(PictureDesk) + windows(ComparePictures) == []
    on_evidence.window.open_path(path)
    on_evidence.open_case(on_evidence.listed[0])
    on_evidence.turn_to("Evidence")
    choose(on_evidence, 0)
    again = on_evidence.picture_desk()
    on_evidence.wait(lambda: again.drawing.allowed)
    assert again.drawing.steps == (BLACK,)
    again.end()


def test_two_pictures_are_compared_and_one_with_its_original(on_evidence: Desk) -> None:
    kept(on_evidence)
    choose(on_evidence, 0, 1)
    on_evidence.do("Compare pictures")
    (pair,) = windows(ComparePictures)
    assert [each.id for each in pair._pair] == [each.id for each in files(on_evidence)[:2]]
    pair.close()
    choose(on_evidence, 2)
    on_evidence.do("Compare pictures")
    (pair,) = windows(ComparePictures)
    assert [each.id for each in pair._pair] == [files(on_evidence)[0].id, files(on_evidence)[2].id]
    pair.close()


def test_an_original_that_is_not_here_cannot_be_compared_with(on_evidence: Desk) -> None:
    kept(on_evidence)
    choose(on_evidence, 0)
    on_evidence.do("Remove")
    choose(on_evidence, 1)
    on_evidence.do("Compare pictures")
    assert "original of this picture is not in this casebook" in on_evidence.status
    assert windows(ComparePictures) == []


def test_graphic_is_marked_and_unmarked_by_one_verb(on_evidence: Desk) -> None:
    choose(on_evidence, 0, 1)
    on_evidence.do("Graphic material")
    assert all(each.graphic for each in files(on_evidence))
    on_evidence.do("Not graphic")
    assert not any(each.graphic for each in files(on_evidence))
    on_evidence.undo()
    assert all(each.graphic for each in files(on_evidence))


def test_the_viewer_has_the_verbs_for_what_it_shows(on_evidence: Desk) -> None:
    choose(on_evidence, 1)
    on_evidence.do("View")
    (viewer,) = windows(Viewer)
    verbs: dict[str, QAction] = {plain(each): each for each in viewer.findChildren(QAction)}
    verbs["Graphic material"].trigger()
    assert [each.graphic for each in files(on_evidence)] == [False, True]
    on_evidence.wait(lambda: viewer.picture.drawn)
    assert viewer.picture.veiled
    verbs["Picture desk"].trigger()
    window = on_evidence.on_picture_desk()
    assert window.of.id == files(on_evidence)[1].id
    window.close()
    viewer.close()


def test_a_casebook_to_be_read_shows_pictures_and_changes_none(reading: Desk) -> None:
    reading.open_case(reading.listed[0])
    names = {plain(verb) for verb in reading.verbs()}
    assert names >= {"Picture desk", "Graphic material"}
    assert not {plain(v) for v in reading.verbs() if v.isEnabled()} & {"Picture desk", "Graphic material"}
