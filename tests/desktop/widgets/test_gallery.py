"""The gallery shows what is attached, says what is not drawn, and takes what is dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from db import attachments
from db.attachments import Attachment
from db.formats import Drawable
from db.vocabulary import Method, Op
from desktop import filetypes
from desktop.widgets.gallery import Gallery
from desktop.widgets.mime import Offer
from tests import makers
from tests.desktop.desk import Desk, wait_for


@pytest.fixture
def gallery(desk: Desk, qtbot: QtBot) -> Gallery:
    gallery = Gallery(desk.context)
    qtbot.addWidget(gallery)
    gallery.resize(700, 400)
    gallery.show()
    return gallery


def drop(gallery: Gallery, mime: QMimeData) -> tuple[bool, bool]:
    """Drag and let go; returns whether it was welcome, and whether it was taken."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(QPoint(9, 9), actions, mime, left, none)
    gallery.view.dragEnterEvent(enter)
    let_go = QDropEvent(QPointF(9, 9), actions, mime, left, none)
    gallery.view.dropEvent(let_go)
    assert let_go.dropAction() == Qt.DropAction.CopyAction, "what is dropped stays where it was"
    return enter.isAccepted(), let_go.isAccepted()


def close_to(name: str, found: QColor) -> bool:
    wanted = QColor(name)
    pairs = zip(wanted.getRgb(), found.getRgb(), strict=True)
    return all(abs(int(a) - int(b)) <= 8 for a, b in pairs)  # type: ignore[call-overload]


def test_a_picture_is_drawn_in_its_colors(desk: Desk, gallery: Gallery, qtbot: QtBot) -> None:
    makers.attach(desk.book, desk.case_id, makers.picture(400, 300, "#12ab34"))
    attachments.draw_small(desk.book.path, desk.attachments())
    gallery.show_attachments(desk.attachments())

    def drawn() -> bool:
        image = gallery.view.viewport().grab().toImage()
        return any(close_to("#12ab34", image.pixelColor(x, 50)) for x in range(0, 160, 4))

    wait_for(qtbot, drawn)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (makers.bomb(), "a.png", "Too large to draw"),
        (makers.picture(60, 60)[:70], "b.png", "Broken picture"),
        (b"%PDF-1.7", "c.pdf", "PDF"),
        (b"\0\0\0\x18ftypisom", "d.mp4", "MP4 video"),
        ("متن".encode(), "e.txt", "Text"),
        (b"<svg xmlns='x'/>", "f.png", "SVG drawing"),
        (b"MZ\0", "g.jpg", "Program"),
    ],
)
def test_what_is_not_drawn_says_why(desk: Desk, gallery: Gallery, data: bytes, name: str, words: str) -> None:
    makers.attach(desk.book, desk.case_id, data, name)
    attachments.draw_small(desk.book.path, desk.attachments())
    gallery.show_attachments(desk.attachments())
    (shown,) = desk.attachments()
    assert filetypes.not_drawn(shown) == words
    index = gallery.view.model().index(0, 0)
    assert words in index.data(Qt.ItemDataRole.AccessibleTextRole)
    gallery.view.viewport().grab()
    assert not desk.reported


def test_a_caption_in_the_tool_tip_is_text_not_markup(desk: Desk, gallery: Gallery) -> None:
    one = makers.attach(desk.book, desk.case_id, makers.picture())
    with desk.book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.edit(change, one, name="<img src=x>.png", caption="<b>bold</b>")
    gallery.show_attachments(desk.attachments())
    tip = gallery.view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b>bold" in tip
    assert "&lt;img" in tip


def test_enter_opens_and_the_selection_survives_new_rows(desk: Desk, gallery: Gallery, qtbot: QtBot) -> None:
    ids = [makers.attach(desk.book, desk.case_id, makers.picture(color=c), f"{c}.png") for c in ("red", "blue", "lime")]
    gallery.show_attachments(desk.attachments())
    gallery.select(ids[1])
    assert [each.id for each in gallery.selected] == [ids[1]]
    with qtbot.waitSignal(gallery.opened) as opened:
        qtbot.keyClick(gallery.view, Qt.Key.Key_Return)
    assert opened.args == [ids[1]]
    makers.attach(desk.book, desk.case_id, makers.picture(color="black"), "new.png")
    with qtbot.assertNotEmitted(gallery.selected_changed):
        gallery.show_attachments(desk.attachments())
    assert [each.id for each in gallery.selected] == [ids[1]]
    with qtbot.waitSignal(gallery.selected_changed):
        gallery.show_attachments([each for each in desk.attachments() if each.id != ids[1]])
    assert gallery.selected == ()
    assert gallery.view.currentIndex().row() == 1, "the keys stay where the removed one stood"


def test_files_dropped_are_told_and_pictures_where_there_are_none(
    desk: Desk, gallery: Gallery, qtbot: QtBot, tmp_path: Path
) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "عکس.png")), QUrl("https://example.org/x.png")])
    with qtbot.waitSignal(gallery.dropped) as dropped:
        assert drop(gallery, files) == (True, True)
    assert dropped.args == [Offer((tmp_path / "عکس.png",))]

    image = QMimeData()
    image.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    image.setData("chromium/x-source-url", b"https://x.com/a/status/1")
    with qtbot.waitSignal(gallery.dropped) as dropped:
        assert drop(gallery, image) == (True, True)
    assert dropped.args[0].picture.name.startswith("dropped ")
    assert dropped.args[0].picture.origin.page == "https://x.com/a/status/1"


def test_an_address_and_a_text_can_be_dropped_and_nothing_cannot(gallery: Gallery, qtbot: QtBot) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://tolonews.com/a")])
    with qtbot.waitSignal(gallery.dropped) as dropped:
        assert drop(gallery, link) == (True, True)
    assert dropped.args[0].link.page == "https://tolonews.com/a"

    text = QMimeData()
    text.setText("only words")
    with qtbot.waitSignal(gallery.dropped) as dropped:
        assert drop(gallery, text) == (True, True)
    assert (dropped.args[0].link.page, dropped.args[0].text) == ("", "only words")

    color = QMimeData()
    color.setColorData("red")
    assert drop(gallery, color) == (False, False)


def test_a_casebook_for_reading_takes_nothing(reading_desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    gallery = Gallery(reading_desk.context)
    qtbot.addWidget(gallery)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(1, 1), Qt.DropAction.CopyAction, files, left, none)
    gallery.view.dragEnterEvent(enter)
    assert not enter.isAccepted()
    assert not gallery.view.acceptDrops()


def test_ten_thousand_scroll(desk: Desk, gallery: Gallery, qtbot: QtBot) -> None:
    one = Attachment(
        "", desk.case_id, "", "0" * 64, 5, "image/png", "", "", Method.FILE, "", "", "", Drawable.YES, 9, 9, "", False
    )  # fmt: skip
    many = [replace(one, id=str(n), sha256=f"{n:064x}", name=f"{n}.png") for n in range(10_000)]
    gallery.show_attachments(many)
    gallery.view.viewport().grab()
    bar = gallery.view.verticalScrollBar()
    for place in range(20):
        bar.setValue(bar.maximum() * place // 20)
        gallery.view.viewport().grab()
    assert gallery.view.indexAt(gallery.view.viewport().rect().center()).row() > 9_000
    assert len(gallery._thumbnails._wanted) < 1000, "only what is in sight is read"
