"""Words on a picture are set in every script of the desk, joined and in their order, and stay within the picture."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from db.pictures.steps import Words
from desktop.settings import Look
from desktop.theme import Theme
from desktop.widgets.lettering import lettered, patch
from tests import makers

BIG = 4000


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> Theme:
    return Theme(qapp, Look.LIGHT)


def ink(image: QImage) -> list[tuple[int, int]]:
    """Where letters stand on the red plate."""
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).green() > 128 and image.pixelColor(x, y).alpha() == 255
    ]


def red(text: str, size: int = 30) -> Words:
    return Words(0, 0, size, "#d92d20", text)


@pytest.mark.parametrize("text", [makers.URDU, makers.RUSSIAN, makers.PASHTO, "हिन्दी में", "O‘zbekcha", "لقاح"])
def test_every_script_has_letters_and_no_empty_boxes(text: str) -> None:
    image = lettered(red(text), BIG, BIG)
    missing = lettered(red("\U0010fffd" * len(text)), BIG, BIG)
    assert ink(image)
    assert ink(image) != ink(missing)


@pytest.mark.parametrize("text", ["محفوظ", "لقاح", "پښتو"])
def test_letters_are_joined(text: str) -> None:
    """Letters that stand alone are wider, and the word would be as wide as all of them."""
    plate = 2 * round(100 * 0.35)
    alone = sum(lettered(red(letter, 100), BIG, BIG).width() - plate for letter in text)
    assert lettered(red(text, 100), BIG, BIG).width() - plate < alone * 0.95


def test_words_run_in_their_own_direction() -> None:
    """The point of a sentence stands at its end: on the left in Urdu, on the right in Russian."""
    for text, left in ((f"{makers.URDU}!", True), (f"{makers.RUSSIAN}!", False)):
        image, before = lettered(red(text), BIG, BIG), lettered(red(text[:-1]), BIG, BIG)
        more = image.width() - before.width()
        assert more > 0
        shift = more if left else 0
        middle = range(before.width() // 3, before.width() * 2 // 3)
        rows = range(before.height())
        assert all(image.pixel(x + shift, y) == before.pixel(x, y) for x in middle for y in rows)


def test_long_words_are_broken_and_nothing_is_larger_than_its_room() -> None:
    text = "https://example.org/" + "a" * 400
    image = lettered(red(text, 20), 300, 2000)
    assert image.width() <= 300
    assert image.height() > 100
    for width, height in ((1, 1), (5, 300), (300, 5)):
        small = patch(red(text, 200), width, height)
        assert small.width <= width
        assert small.height <= height
        assert len(small.rgba) == small.width * small.height * 4


def test_markup_is_text() -> None:
    assert lettered(red("<b>a</b>"), BIG, BIG).width() > lettered(red("a"), BIG, BIG).width() * 3


def test_letters_are_seen_on_their_plate() -> None:
    for color, letters in (("#ffd60a", "black"), ("#ffffff", "black"), ("#000000", "white"), ("#1f6fd0", "white")):
        image = lettered(Words(0, 0, 40, color, "■■■"), BIG, BIG)
        colors = {QColor(image.pixelColor(x, image.height() // 2)).name() for x in range(image.width())}
        assert QColor(letters).name() in colors
