"""Attaching, pasting, saving, moving and removing, as the analyst does it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db import attachments, blobs, cases
from db.attachments import Attachment
from db.cases import CaseDraft
from db.formats import Drawable
from db.origins import Origin
from db.vocabulary import Method, Op
from desktop.actions.attachments import AttachmentVerbs, Place
from desktop.jobs import Job
from desktop.widgets.notice import Notice
from desktop.widgets.texts import Line, Text
from tests import makers
from tests.desktop.desk import Desk, Pulse, wait_for


@dataclass
class Bench:
    """A window with two text fields and the verbs of attachments."""

    desk: Desk
    window: QMainWindow
    line: Line
    text: Text
    verbs: AttachmentVerbs
    place: Place
    chosen: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def choose(self, *ids: str) -> None:
        self.chosen[:] = ids
        self.verbs.refresh()

    def notices(self) -> list[str]:
        shown = [each for each in self.window.findChildren(Notice) if each.isVisible()]
        return ["\n".join(label.text() for label in each.findChildren(QLabel)) for each in shown]


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    window, line, text = QMainWindow(), Line(), Text()
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.addWidget(line)
    box.addWidget(text)
    window.setCentralWidget(inside)
    qtbot.addWidget(window)
    place, chosen = Place(desk.case_id), []

    def selected() -> tuple[Attachment, ...]:
        return tuple(each for each in desk.attachments() if each.id in chosen)

    verbs = AttachmentVerbs(desk.context, window, lambda: place, selected)
    bench = Bench(desk, window, line, text, verbs, place, chosen)
    verbs.told.connect(bench.told.append)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    wait_for(qtbot, window.isActiveWindow)
    yield bench
    verbs.close()
    for notice in window.findChildren(Notice):
        notice.close()


def screenshot(width: int = 120, height: int = 80) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y) % 256))
    return image


def dialog(bench: Bench) -> QFileDialog:
    return next(each for each in bench.window.findChildren(QFileDialog) if each.isVisible())


def leftover(desk: Desk) -> tuple[int, int, int]:
    """Blobs, pieces and small pictures in the file."""
    tables = ("blob", "piece", "thumbnail")
    counted = [desk.book.value(f"SELECT count(*) FROM {table}") for table in tables]
    return counted[0], counted[1], counted[2]


def test_a_pasted_picture_is_attached_with_equal_pixels(bench: Bench, qtbot: QtBot) -> None:
    image = screenshot()
    QGuiApplication.clipboard().setImage(image)
    bench.window.setFocus()
    qtbot.keyClick(bench.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: len(bench.desk.attachments()) == 1)
    (one,) = bench.desk.attachments()
    kept = QImage.fromData(blobs.read(bench.desk.book, one.sha256)).convertToFormat(QImage.Format.Format_RGB32)
    assert kept == image
    assert one.media_type == "image/png"
    assert one.name.startswith("pasted 20")
    assert one.name.endswith(".png")
    assert ":" not in one.name
    assert bench.told == ["Attached 1 file."]


def test_png_bytes_on_the_clipboard_are_kept_as_they_are(bench: Bench, qtbot: QtBot) -> None:
    data, mime = makers.picture(30, 20, "teal"), QMimeData()
    mime.setData("image/png", data)
    QGuiApplication.clipboard().setMimeData(mime)
    bench.verbs.paste.trigger()
    wait_for(qtbot, lambda: len(bench.desk.attachments()) == 1)
    assert blobs.read(bench.desk.book, bench.desk.attachments()[0].sha256) == data


@pytest.mark.parametrize("name", ["line", "text"])
def test_a_text_field_pastes_words_and_leaves_a_lone_picture_to_the_window(
    bench: Bench, qtbot: QtBot, name: str
) -> None:
    editor: Line | Text = getattr(bench, name)
    editor.setFocus()
    both = QMimeData()
    both.setText("words")
    both.setImageData(screenshot())
    QGuiApplication.clipboard().setMimeData(both)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "words"
    assert not bench.desk.context.jobs.busy
    QGuiApplication.clipboard().setImage(screenshot())
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: len(bench.desk.attachments()) == 1)
    assert editor.text() == "words"


def test_files_on_the_clipboard_are_attached_and_nothing_is_said_to_be_nothing(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "گزارش.pdf"
    file.write_bytes(b"%PDF-1.7")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(mime)
    bench.verbs.paste.trigger()
    wait_for(qtbot, lambda: [each.name for each in bench.desk.attachments()] == ["گزارش.pdf"])
    nothing = QMimeData()
    nothing.setData("application/x-strange", b"\0")
    QGuiApplication.clipboard().setMimeData(nothing)
    bench.verbs.paste.trigger()
    assert "no picture, no file and no text" in bench.told[-1]


def test_a_text_on_the_clipboard_is_handed_on_to_be_read(bench: Bench, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("لقاح 🚨\nwords")
    with qtbot.waitSignal(bench.verbs.words_pasted) as told:
        bench.verbs.paste.trigger()
    assert told.args == ["لقاح 🚨\nwords", "", Origin()]
    assert bench.desk.attachments() == ()


def test_what_cannot_be_taken_is_named_and_the_rest_is_attached_in_one_save(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    good = [tmp_path / name for name in ("a.txt", "b.txt")]
    for each in good:
        each.write_text(each.name)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    wanted = [good[0], tmp_path / "gone.png", tmp_path / "folder", tmp_path / "pipe", bench.desk.book.path, good[1]]
    bench.verbs.attach_paths(wanted, bench.place)
    wait_for(qtbot, lambda: bool(bench.notices()))
    assert [each.name for each in bench.desk.attachments()] == ["a.txt", "b.txt"]
    words = bench.notices()[0].replace("\u2069", "")
    assert "4 files could not be attached" in words
    for name in ("gone.png", "folder: a folder", "pipe: a pipe", "desk.casebook"):
        assert name in words
    assert "The other 2 files are attached" in words
    bench.desk.book.undo()
    assert bench.desk.attachments() == ()


def test_cancel_leaves_nothing_in_the_file(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.bin" for n in range(6)]
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) * (8 << 20))
    kept = makers.attach(bench.desk.book, bench.desk.case_id, paths[0].read_bytes(), "kept.bin")
    before = leftover(bench.desk)

    def cancel_halfway(job: Job[None]) -> None:
        job.progressed.connect(lambda done, total: job.cancel() if done * 2 > total else None)

    bench.desk.context.jobs.started.connect(cancel_halfway)
    bench.verbs.attach_paths(paths, bench.place)
    bench.desk.settle(qtbot)
    wait_for(qtbot, lambda: leftover(bench.desk) == before and not bench.desk.context.jobs.busy)
    assert [each.id for each in bench.desk.attachments()] == [kept]
    assert bench.told == ["Cancelled: nothing was attached."]
    assert not bench.desk.reported


def test_a_case_that_went_away_meanwhile_gets_nothing(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with bench.desk.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, bench.desk.case_id)
    bench.verbs.attach_paths([tmp_path / "a.txt"], bench.place)
    wait_for(qtbot, lambda: len(bench.desk.reported) == 1)
    wait_for(qtbot, lambda: leftover(bench.desk)[0] == 0)


def test_the_window_lives_and_saves_while_a_large_file_comes_in(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(os.urandom(1 << 20) * 64)
    bench.verbs.attach_paths([large], bench.place)
    saves = 0
    with Pulse() as pulse:
        while bench.desk.context.jobs.busy:
            with bench.desk.book.change(Op.EDIT_CASE) as change:
                cases.edit(change, bench.desk.case_id, CaseDraft(title=f"Title {saves}"))
            saves += 1
            qtbot.wait(20)
    assert bench.desk.attachments()[0].size == 64 << 20
    assert saves > 3, "saves get in between"
    assert pulse.beats > 10


def test_pictures_that_cannot_be_drawn_are_stored_whole(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    data = {"bomb.png": makers.bomb(), "torn.png": makers.picture(90, 90)[:77]}
    for name, content in data.items():
        (tmp_path / name).write_bytes(content)
    bench.verbs.attach_paths([tmp_path / name for name in data], bench.place)
    wait_for(qtbot, lambda: len(bench.desk.attachments()) == 2)
    for each in bench.desk.attachments():
        assert blobs.read(bench.desk.book, each.sha256) == data[each.name]
    assert not bench.desk.reported


def test_a_copy_has_equal_bytes_and_a_safe_name(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    one = makers.attach(bench.desk.book, bench.desk.case_id, data, "con.png")
    bench.choose(one)
    bench.verbs.save.trigger()
    chooser = dialog(bench)
    assert [Path(name).name for name in chooser.selectedFiles()] == ["_con.png"]
    target = tmp_path / "نسخه.bin"
    chooser.fileSelected.emit(str(target))
    chooser.close()
    wait_for(qtbot, lambda: bool(bench.told))
    assert target.read_bytes() == data
    assert not stat.S_IMODE(target.stat().st_mode) & 0o111
    assert "نسخه.bin" in bench.told[0]


def test_several_copies_never_replace_a_file(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"mine")
    data = [makers.picture(color=color) for color in ("red", "blue")]
    bench.choose(*[makers.attach(bench.desk.book, bench.desk.case_id, each, "a.png") for each in data])
    bench.verbs.save.trigger()
    chooser = dialog(bench)
    chooser.fileSelected.emit(str(folder))
    chooser.close()
    wait_for(qtbot, lambda: bool(bench.told))
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {
        "a.png": b"mine",
        "a (2).png": data[0],
        "a (3).png": data[1],
    }


def test_a_copy_never_replaces_the_casebook(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(makers.attach(bench.desk.book, bench.desk.case_id, makers.picture()))
    bench.verbs.save.trigger()
    chooser = dialog(bench)
    chooser.fileSelected.emit(str(bench.desk.book.path))
    chooser.close()
    wait_for(qtbot, lambda: len(bench.desk.reported) == 1)
    assert len(bench.desk.attachments()) == 1


def test_removing_several_is_one_step_back(bench: Bench) -> None:
    ids = [makers.attach(bench.desk.book, bench.desk.case_id, makers.picture(color=c)) for c in ("red", "blue")]
    bench.choose(*ids)
    bench.verbs.remove.trigger()
    assert bench.desk.attachments() == ()
    assert "Undo brings them back" in bench.told[0]
    bench.desk.book.undo()
    assert [each.id for each in bench.desk.attachments()] == ids


def test_moving_to_a_source_and_back(bench: Bench) -> None:
    source = makers.make_source(bench.desk.book, [bench.desk.case_id], "A & B " + "long " * 40)
    one = makers.attach(bench.desk.book, bench.desk.case_id, makers.picture())
    bench.choose(one)
    bench.verbs.move_menu.aboutToShow.emit()
    case, to_source = bench.verbs.move_menu.actions()
    assert case.isChecked()
    assert to_source.text().startswith("1. A && B long")
    assert to_source.text().endswith("…")
    to_source.trigger()
    assert bench.desk.attachments()[0].source_id == source
    bench.desk.book.undo()
    assert bench.desk.attachments()[0].source_id == ""


def test_the_hash_is_copied(bench: Bench) -> None:
    bench.choose(makers.attach(bench.desk.book, bench.desk.case_id, makers.picture()))
    bench.verbs.copy.trigger()
    assert QGuiApplication.clipboard().text() == bench.desk.attachments()[0].sha256


def test_view_opens_a_viewer_that_close_shuts(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(makers.attach(bench.desk.book, bench.desk.case_id, makers.picture()))
    bench.verbs.view.trigger()
    (viewer,) = bench.verbs._viewers
    wait_for(qtbot, lambda: viewer.picture.drawn)
    assert bench.verbs.settle()
    bench.verbs.close()
    assert bench.verbs._viewers == []


def test_a_chooser_attaches_what_was_chosen(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    bench.verbs.attach.trigger()
    chooser = dialog(bench)
    chooser.filesSelected.emit([str(tmp_path / "a.txt")])
    chooser.close()
    wait_for(qtbot, lambda: len(bench.desk.attachments()) == 1)


def test_reading_only_allows_looking_and_copying_alone(reading_desk: Desk, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    facts = ("a", reading_desk.case_id, "", "0" * 64, 1, "image/png", "a.png", "", Method.FILE, "", "", "")
    seen = attachments.Attachment(*facts, Drawable.UNSEEN, 0, 0, "", False)
    verbs = AttachmentVerbs(reading_desk.context, window, lambda: Place(reading_desk.case_id), lambda: (seen,))
    allowed = {action.text() for action in verbs.all if action and action.isEnabled()}
    assert allowed == {"&View", "&Save a copy…", "Copy SHA-&256"}
