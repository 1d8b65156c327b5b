"""Drawing on a picture: what the mouse and the keys make of it, in pixels of the upright original."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.pictures import steps
from db.pictures.steps import Area, Arrow, BlackOut, Blur, Box, Crop, Highlight, Step, Steps, Turn, Words
from desktop.settings import Look
from desktop.theme import Theme
from desktop.widgets import grips
from desktop.widgets.canvas import Tool
from desktop.widgets.drawing import Drawing
from desktop.widgets.picture import halved
from desktop.widgets.sketch import Sketch

SIZE = QSize(200, 120)
BLACK = BlackOut(20, 20, 60, 50)


@pytest.fixture
def drawing(qapp: QApplication, qtbot: QtBot) -> Iterator[Drawing]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Drawing(Theme(qapp, Look.LIGHT), window)
    made.canvas.setParent(window)
    made.ink.setParent(window)
    window.resize(700, 400)
    made.canvas.setGeometry(180, 0, 500, 400)
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    made.canvas.show_levels(halved(image))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.begin((), (), SIZE)
    made.allow(True)
    made.canvas.setFocus()
    yield made
    window.close()


def drag(drawing: Drawing, start: tuple[int, int], end: tuple[int, int]) -> None:
    view, left = drawing.canvas.viewport(), Qt.MouseButton.LeftButton
    a, b = (drawing.canvas._view_point(QPointF(*at)).toPoint() for at in (start, end))
    QTest.mousePress(view, left, pos=a)
    QTest.mouseMove(view, (a + b) / 2)
    QTest.qWait(1)
    QTest.mouseMove(view, b)
    QTest.qWait(1)
    QTest.mouseRelease(view, left, pos=b)


def put(drawing: Drawing, *done: Step) -> None:
    drawing.canvas.changed.emit(done)


AREAS = ((Tool.CROP, Crop), (Tool.BLACK_OUT, BlackOut), (Tool.BLUR, Blur), (Tool.HIGHLIGHT, Highlight), (Tool.BOX, Box))


@pytest.mark.parametrize(("tool", "sort"), AREAS)
def test_a_tool_draws_what_it_says_from_any_corner(drawing: Drawing, tool: Tool, sort: type[Area]) -> None:
    for start, end in (((30, 20), (90, 70)), ((90, 70), (30, 20)), ((90, 20), (30, 70))):
        put(drawing)
        drawing.take(tool)
        drag(drawing, start, end)
        (step,) = drawing.steps
        assert isinstance(step, sort)
        assert steps.rect(step) == (30, 20, 90, 70)
        assert drawing.canvas.chosen == 0


def test_an_arrow_points_to_where_the_button_was_let_go(drawing: Drawing) -> None:
    drawing.take(Tool.ARROW)
    drag(drawing, (150, 90), (30, 20))
    (step,) = drawing.steps
    assert isinstance(step, Arrow)
    assert (step.x, step.y, step.x2, step.y2) == (150, 90, 30, 20)


def test_a_click_draws_nothing_and_no_step_leaves_the_picture(drawing: Drawing) -> None:
    drawing.take(Tool.BLACK_OUT)
    drag(drawing, (50, 50), (51, 50))
    assert drawing.steps == ()
    drag(drawing, (150, 90), (280, 190))
    assert drawing.steps == (BlackOut(150, 90, 200, 120),)


def test_a_chosen_step_is_moved_pulled_and_removed(drawing: Drawing) -> None:
    put(drawing, BLACK)
    drawing.take(Tool.CHOOSE)
    drag(drawing, (40, 30), (50, 45))
    assert drawing.steps == (BlackOut(30, 35, 70, 65),)
    drag(drawing, (70, 65), (100, 90))
    assert drawing.steps == (BlackOut(30, 35, 100, 90),)
    drag(drawing, (60, 60), (-300, 60))
    assert drawing.steps == (BlackOut(0, 35, 70, 90),), "it keeps its size at the edge"
    drawing.remove.trigger()
    assert drawing.steps == ()
    for expected in (BlackOut(0, 35, 70, 90), BlackOut(30, 35, 100, 90), BlackOut(30, 35, 70, 65), BLACK):
        drawing.undo.trigger()
        assert drawing.steps == (expected,)
    drawing.redo.trigger()
    assert drawing.steps == (BlackOut(30, 35, 70, 65),)


def test_there_is_one_crop(drawing: Drawing) -> None:
    drawing.take(Tool.CROP)
    drag(drawing, (10, 10), (100, 100))
    drag(drawing, (20, 20), (90, 90))
    assert drawing.steps == (Crop(20, 20, 90, 90),)


def test_the_keys_alone_draw_move_and_resize(drawing: Drawing) -> None:
    drawing.take(Tool.BLACK_OUT)
    QTest.keyClick(drawing.canvas, Qt.Key.Key_Return)
    (step,) = drawing.steps
    assert isinstance(step, BlackOut)
    QTest.keyClick(drawing.canvas, Qt.Key.Key_Right)
    QTest.keyClick(drawing.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(drawing.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert drawing.steps == (BlackOut(step.x + 1, step.y - 10, step.x2 + 1, step.y2 - 9),)


def test_words_are_seen_while_they_are_typed_and_undone_in_one(drawing: Drawing, qtbot: QtBot) -> None:
    drawing.take(Tool.WORDS)
    drag(drawing, (40, 30), (40, 30))
    assert drawing.ink.words.hasFocus()
    assert drawing.steps == ()
    qtbot.keyClicks(drawing.ink.words, "Cut")
    (step,) = drawing.steps
    assert isinstance(step, Words)
    assert (step.x, step.y, step.text) == (40, 30, "Cut")
    qtbot.keyClick(drawing.ink.words, Qt.Key.Key_Return)
    assert drawing.canvas.hasFocus()
    drawing.undo.trigger()
    assert drawing.steps == ()
    drawing.redo.trigger()
    assert drawing.steps == (step,)
    drag(drawing, (44, 34), (44, 34))  # takes hold of what is there
    assert drawing.ink.words.text() == "Cut"
    drawing.ink.words.setFocus()
    qtbot.keyClick(drawing.ink.words, Qt.Key.Key_End)
    for _ in range(3):
        qtbot.keyClick(drawing.ink.words, Qt.Key.Key_Backspace)
    assert drawing.steps == (), "words without letters are none"
    qtbot.keyClicks(drawing.ink.words, "V")
    assert [each.text for each in drawing.steps if isinstance(each, Words)] == ["V"]


def test_another_color_and_size_go_to_what_is_chosen_and_to_what_comes(drawing: Drawing) -> None:
    drawing.take(Tool.BOX)
    drag(drawing, (10, 10), (60, 60))
    drawing.ink._colors.button(3).click()
    drawing.ink._sizes.button(2).click()
    drag(drawing, (80, 10), (120, 60))
    first, second = drawing.steps
    assert isinstance(first, Box)
    assert isinstance(second, Box)
    assert (first.color, first.width) == (second.color, second.width) == ("#1f6fd0", 2)


@pytest.mark.parametrize("by", [1, 2, 3])
def test_on_a_turned_picture_a_step_lies_where_it_was_drawn(drawing: Drawing, by: int) -> None:
    put(drawing, Turn(by))
    whole = (120, 200) if by % 2 else (200, 120)
    drawing.take(Tool.BLACK_OUT)
    drag(drawing, (10, 20), (70, 60))
    step = drawing.steps[1]
    assert isinstance(step, BlackOut)
    assert steps.turned(step, by, 200, 120) == BlackOut(10, 20, 70, 60)
    image = drawing.canvas.viewport().grab().toImage()
    for at, dark in (((40, 40), True), ((90, 100), False)):
        assert at[0] < whole[0]
        place = drawing.canvas._view_point(QPointF(*at)) * image.devicePixelRatio()
        assert (image.pixelColor(place.toPoint()) == QColor("black")) is dark


def test_what_is_seen_is_what_will_be_burnt_in(drawing: Drawing) -> None:
    put(drawing, Box(10, 10, 190, 110, 8, "#1f9d55"), Highlight(30, 30, 90, 90, "#ffd60a"), BlackOut(100, 40, 150, 80))
    drawing.canvas.choose(-1)
    image = drawing.canvas.viewport().grab().toImage()

    def at(x: int, y: int) -> str:
        place = drawing.canvas._view_point(QPointF(x + 0.5, y + 0.5)) * image.devicePixelRatio()
        return image.pixelColor(place.toPoint()).name()

    assert (at(14, 60), at(60, 60), at(120, 60), at(170, 60)) == ("#1f9d55", "#ffd60a", "#000000", "#ffffff")


def test_escape_lets_go_step_by_step(drawing: Drawing) -> None:
    put(drawing, BLACK)
    drawing.take(Tool.BOX)
    drawing.canvas.choose(0)
    assert drawing.step_back()
    assert drawing.canvas.chosen == -1
    assert drawing.step_back()
    assert drawing.canvas.tool is Tool.CHOOSE
    assert not drawing.step_back()


points = st.tuples(st.integers(-50, 260), st.integers(-50, 200))
anything: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda a, b: BlackOut(*a, *b), points, points).map(grips.ordered),
    st.builds(lambda a, b: Arrow(*a, *b, 3, "#000000"), points, points),
    st.builds(lambda a: Words(*a, 20, "#000000", "a"), points),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything, st.integers(0, 3), points, points)
def test_whatever_is_done_to_a_step_it_can_be_kept(
    step: Step, grip: int, to: tuple[int, int], by: tuple[int, int]
) -> None:
    done: list[Step] = [grips.inside(step, 200, 120)]
    done.append(grips.shifted(done[0], *by, 200, 120))
    done.append(grips.inside(grips.grown(done[0], *by), 200, 120))
    if isinstance(done[0], steps.Span):
        done.append(grips.inside(grips.dragged(done[0], grip % len(grips.grips(done[0])), to), 200, 120))
    assert steps.from_json(steps.as_json(done)) == tuple(done)
    for quarter in range(4):
        steps.from_json(steps.as_json([steps.turned(each, quarter, 200, 120) for each in done]))


@given(st.lists(st.sampled_from(["put", "undo", "redo"]), max_size=20))
def test_undo_and_redo_go_there_and_back(doings: list[str]) -> None:
    sketch, states, at = Sketch(), [()], 0
    known: list[Steps] = list(states)
    for number, doing in enumerate(doings):
        if doing == "put":
            known[at + 1 :] = [(BlackOut(number, 0, number + 1, 1),)]
            at += 1
            sketch.put(known[at])
        elif doing == "undo":
            at = max(0, at - 1)
            sketch.undo()
        else:
            at = min(len(known) - 1, at + 1)
            sketch.redo()
        assert sketch.steps == known[at]
        assert (sketch.can_undo, sketch.can_redo) == (at > 0, at + 1 < len(known))
