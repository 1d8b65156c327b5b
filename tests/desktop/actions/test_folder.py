"""A folder comes in as one step, counted before, with doubled files asked about and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from db import blobs, collecting
from db.vocabulary import Method
from desktop.actions.attachments import AttachmentVerbs
from desktop.actions.folder import FolderVerb
from desktop.actions.intake import Place
from desktop.forms.doubled_form import DoubledForm
from desktop.forms.folder_form import FolderForm
from desktop.jobs import Job
from desktop.widgets.mime import Offer
from desktop.widgets.notice import Notice
from tests import makers
from tests.desktop.desk import Desk, Pulse, wait_for


class Bench:
    """A window with the verbs of attachments and folders."""

    def __init__(self, desk: Desk, window: QMainWindow, qtbot: QtBot) -> None:
        self.desk, self.window, self.qtbot = desk, window, qtbot
        self.told: list[str] = []
        self.place = Place(desk.case_id)
        self.attaching = AttachmentVerbs(desk.context, window, lambda: self.place, lambda: ())
        self.attaching.told.connect(self.told.append)
        self.verb = FolderVerb(desk.context, window, self.attaching, lambda: self.place)

    def form(self, kind: type) -> object:
        def shown() -> list[object]:
            return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]

        wait_for(self.qtbot, lambda: bool(shown()))
        return shown()[0]

    def look_into(self, folder: Path) -> FolderForm:
        self.verb.look_into(folder, self.place)
        found = self.form(FolderForm)
        assert isinstance(found, FolderForm)
        return found

    def doubled(self) -> DoubledForm:
        found = self.form(DoubledForm)
        assert isinstance(found, DoubledForm)
        return found

    def names(self) -> list[str]:
        return [each.name for each in self.desk.attachments()]

    def rest(self) -> None:
        self.desk.settle(self.qtbot)


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    window = QMainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    bench = Bench(desk, window, qtbot)
    yield bench
    bench.attaching.close()
    for notice in window.findChildren(Notice):
        notice.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "shots"
    (root / "sub").mkdir(parents=True)
    for number in (10, 9, 1):
        (root / f"shot {number}.png").write_bytes(makers.picture(color=f"rgb({number},9,9)"))
    (root / "sub" / "deep.txt").write_text("deep")
    return root


def test_what_is_chosen_comes_in_by_one_save_in_natural_order(bench: Bench, folder: Path) -> None:
    form = bench.look_into(folder)
    assert form.total.text().startswith("3 files, ")
    assert not form.deep.isChecked()
    form.deep.click()
    assert form.total.text().startswith("4 files, ")
    form.deep.click()
    form.button.click()
    wait_for(bench.qtbot, lambda: bench.told == ["Attached 3 files."])
    assert bench.names() == ["shot 1.png", "shot 9.png", "shot 10.png"]
    assert {each.method for each in bench.desk.attachments()} == {Method.FOLDER}
    records = collecting.of_case(bench.desk.book, bench.desk.case_id)
    assert len(records) == 3
    assert all(record.file_time and not record.captured_on for record in records.values())
    bench.desk.book.undo()
    assert bench.names() == []
    assert collecting.of_case(bench.desk.book, bench.desk.case_id) == {}


def test_a_folder_with_nothing_but_folders_is_taken_with_them(bench: Bench, folder: Path) -> None:
    (folder / "sub").rename(folder.parent / "outer")
    form = bench.look_into(folder.parent / "outer")
    form.close()
    (folder.parent / "top").mkdir()
    (folder.parent / "outer").rename(folder.parent / "top" / "outer")
    form = bench.look_into(folder.parent / "top")
    assert form.deep.isChecked()
    form.button.click()
    wait_for(bench.qtbot, lambda: bench.names() == ["deep.txt"])


def test_an_empty_folder_is_said_to_be_empty(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    form = bench.look_into(tmp_path / "empty")
    assert not form.button.isEnabled()
    assert form.total.text() == "No file to attach"
    form.close()


@pytest.fixture
def doubled(bench: Bench, folder: Path) -> DoubledForm:
    """The question that comes when one file is in this case, one in another, and two in the folder are equal."""
    book = bench.desk.book
    other = makers.make_case(book, "Another")
    makers.attach(book, bench.desk.case_id, (folder / "shot 1.png").read_bytes(), "here.png")
    makers.attach(book, other, (folder / "shot 9.png").read_bytes(), "there.png")
    (folder / "shot 11.png").write_bytes((folder / "shot 10.png").read_bytes())
    bench.look_into(folder).button.click()
    return bench.doubled()


def test_doubled_files_are_named_with_the_place_of_their_bytes(bench: Bench, doubled: DoubledForm) -> None:
    model = doubled.model
    told = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    plain = [(name, where.replace("\u2066", "").replace("\u2069", "")) for name, where in told]
    reference = next(each.copy.reference for each in model.rows if each.copy and each.copy.name == "there.png")
    assert plain == [
        ("shot 1.png", "in this case as here.png"),
        ("shot 9.png", f"in {reference} as there.png"),
        ("shot 11.png", "twice in the folder, first as shot 10.png"),
    ]
    doubled.reject()
    bench.rest()


def test_doubled_files_can_be_left_out(bench: Bench, doubled: DoubledForm) -> None:
    doubled.skip.click()
    wait_for(bench.qtbot, lambda: bench.told == ["Attached 1 file."])
    bench.rest()
    assert bench.names() == ["here.png", "shot 10.png"]
    for each in bench.desk.attachments():
        assert blobs.read(bench.desk.book, each.sha256)


def test_doubled_files_can_be_attached_all_the_same(bench: Bench, doubled: DoubledForm) -> None:
    doubled.keep.click()
    wait_for(bench.qtbot, lambda: bench.told == ["Attached 4 files."])
    assert bench.names() == ["here.png", "shot 1.png", "shot 9.png", "shot 10.png", "shot 11.png"]


def test_leaving_the_question_leaves_nothing_in_the_file(bench: Bench, doubled: DoubledForm) -> None:
    before = bench.desk.book.value("SELECT count(*) FROM blob")
    bench.qtbot.keyClick(doubled, Qt.Key.Key_Escape)
    bench.rest()
    assert bench.told == ["Cancelled: nothing was attached."]
    assert bench.names() == ["here.png"]
    assert bench.desk.book.value("SELECT count(*) FROM blob") == before - 1


def test_a_file_that_became_a_link_meanwhile_is_named_and_not_followed(bench: Bench, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    form = bench.look_into(folder)
    (folder / "shot 9.png").unlink()
    (folder / "shot 9.png").symlink_to(folder.parent / "secret.txt")
    form.button.click()
    wait_for(bench.qtbot, lambda: bool(bench.window.findChildren(Notice)))
    words = "".join(label.text() for label in bench.window.findChildren(Notice)[0].findChildren(QLabel))
    assert "shot 9.png" in words
    assert bench.names() == ["shot 1.png", "shot 10.png"]


def test_a_dropped_folder_is_asked_about_and_files_beside_it_come_in(
    bench: Bench, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "beside.txt").write_text("beside")
    bench.attaching.take(Offer((folder, tmp_path / "beside.txt")), bench.place)
    form = bench.form(FolderForm)
    wait_for(bench.qtbot, lambda: bench.names() == ["beside.txt"])
    form.close()  # type: ignore[attr-defined]


def test_many_files_come_in_while_the_window_lives_and_are_one_step_back(bench: Bench, tmp_path: Path) -> None:
    root = tmp_path / "many"
    root.mkdir()
    for number in range(120):
        (root / f"{number}.txt").write_text(f"text {number}")
    form = bench.look_into(root)
    with Pulse() as pulse:
        form.button.click()
        wait_for(bench.qtbot, lambda: bench.told == ["Attached 120 files."])
    assert pulse.beats > 5
    assert bench.names() == [f"{number}.txt" for number in range(120)]
    bench.desk.book.undo()
    assert bench.names() == []
    assert not bench.desk.reported


def test_cancelling_attaches_nothing(bench: Bench, tmp_path: Path) -> None:
    root = tmp_path / "many"
    root.mkdir()
    for number in range(30):
        (root / f"{number}.txt").write_text(f"text {number}")
    form = bench.look_into(root)

    def cancel(job: Job[None]) -> None:
        job.cancel()  # at its first step: told of its progress later, the window may come too late

    bench.desk.context.jobs.started.connect(cancel)
    form.button.click()
    bench.rest()
    wait_for(bench.qtbot, lambda: bench.told == ["Cancelled: nothing was attached."])
    bench.desk.context.jobs.started.disconnect(cancel)
    wait_for(bench.qtbot, lambda: not bench.desk.context.jobs.busy)
    assert bench.names() == []
