"""Chips: words with a color, in both looks, cut where they have no room."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.forms.scale_form import COLORS
from desktop.settings import Look
from desktop.theme import Theme
from desktop.widgets.chip import Chip, Mark, paint_chips


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("color", COLORS)
def test_the_words_of_a_chip_can_be_read_in_every_color(qapp: QApplication, look: Look, color: str) -> None:
    theme = Theme(qapp, look)
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    painter.setFont(qapp.font())
    paint_chips(painter, theme, image.rect(), (Mark("MMMM", color),))
    painter.end()
    ground, words = luminance(image.pixelColor(24, 5)), luminance(theme.color("text"))
    light, dark = max(ground, words), min(ground, words)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_a_chip_says_its_words_to_every_sense_and_takes_no_room_without_any(qapp: QApplication, qtbot: QtBot) -> None:
    chip = Chip(Theme(qapp, Look.LIGHT))
    qtbot.addWidget(chip)
    assert chip.sizeHint().isEmpty()
    chip.say("جزوی طور پر درست <b>", "green")
    assert chip.accessibleName() == "جزوی طور پر درست <b>"
    assert "&lt;b>" in chip.toolTip()
    assert not chip.sizeHint().isEmpty()
    assert not chip.isVisible(), "saying something is not showing it as a window of its own"


def test_chips_never_run_out_of_the_room_they_have(qapp: QApplication) -> None:
    theme = Theme(qapp, Look.LIGHT)
    image = QImage(300, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(qapp.font())
    room = image.rect().adjusted(10, 0, -150, 0)
    paint_chips(painter, theme, room, (Mark("A label that is much too long for it", "red"), Mark("Another", "blue")))
    painter.end()
    outside = [image.pixelColor(x, y) for x in range(room.right() + 2, 300) for y in range(30)]
    assert all(color == QColor("white") for color in outside)
