"""The look: whatever is written can be read, in both looks, and nothing that the look names is missing."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from itertools import chain, product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

import desktop
from desktop import theme as theme_module
from desktop.assets import resource
from desktop.settings import Look
from desktop.theme import FAMILIES, Theme
from desktop.widgets.cards_model import _FLAGS

LOOKS = (Look.LIGHT, Look.DARK)
GROUNDS = ("window", "surface", "raised")
# What is written on what: pages and dialogs, rows under the pointer and chosen ones, banners, buttons.
WRITTEN = (
    *product(("text", "text-soft", "text-faint", "danger", "warning", "accent", "violet"), GROUNDS),
    *product(("text", "text-soft"), ("sunken", "accent-soft", "selection", "warning-soft", "danger-soft")),
    ("warning", "warning-soft"),
    ("danger", "danger-soft"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("surface", "text"),
)
BADGES = ("accent", "red", "orange", "amber", "lime", "green", "gray", "violet", "blue")
_BADGE_ALPHA = 30 / 255


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def tinted(color: QColor, ground: QColor, share: float) -> QColor:
    pairs = zip(color.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(a * share + b * (1 - share) for a, b in pairs))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Look.LIGHT)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_every_text_stands_out_from_its_ground(theme: Theme, look: Look, ink: str, ground: str) -> None:
    theme.wear(look)
    assert contrast(theme.color(ink), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("color", BADGES)
def test_badges_and_chips_can_be_read(theme: Theme, look: Look, color: str) -> None:
    theme.wear(look)
    badge = tinted(theme.color(color), theme.color("surface"), _BADGE_ALPHA)
    assert contrast(theme.color(color), badge) >= 4.5
    chip = tinted(theme.color(color), theme.color("surface"), 0.13)
    assert contrast(theme.color("text"), chip) >= 4.5
    assert contrast(theme.color(color), chip) >= 3  # the dot


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive])
def test_what_no_style_sheet_reaches_can_be_read_too(theme: Theme, look: Look, group: QPalette.ColorGroup) -> None:
    theme.wear(look)
    palette, role = QApplication.palette(), QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.PlaceholderText, role.Base), (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase), (role.Link, role.Base), (role.LinkVisited, role.Base),
    ]  # fmt: skip
    poor = [pair for pair in pairs if contrast(palette.color(group, pair[0]), palette.color(group, pair[1])) < 4.5]
    assert not poor


def colors(look: Look) -> dict[str, str]:
    return tomllib.loads(resource("styles", f"{look}.toml").read_text("utf-8"))


def test_both_looks_have_the_same_names() -> None:
    assert colors(Look.LIGHT).keys() == colors(Look.DARK).keys()


def test_the_style_sheet_names_only_colors_that_there_are() -> None:
    sheet = resource("styles", "window.qss").read_text("utf-8")
    assert set(re.findall(r"@([a-z-]+)", sheet)) <= {*colors(Look.LIGHT), "chevron", "check"}
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", sheet), "a color of its own"


def test_changing_the_look_changes_colors_icons_and_is_told(theme: Theme, qtbot: object) -> None:
    light, icon = theme.color("surface"), theme.icon("plus").pixmap(QSize(20, 20)).toImage()
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.dark))
    theme.wear(Look.DARK)
    assert told == [True]
    assert theme.color("surface") != light
    assert theme.icon("plus").pixmap(QSize(20, 20)).toImage() != icon
    assert QApplication.palette().window().color() == theme.color("window")


def test_every_bundled_font_is_loaded_and_is_what_is_written_with(theme: Theme) -> None:
    assert set(FAMILIES) <= set(QFontDatabase.families())
    assert tuple(QApplication.font().families()) == FAMILIES
    for file in theme_module._FILES:
        assert resource("fonts", file).is_file()


@pytest.mark.parametrize("text", ["Kabul", "ې ټ ڼ وزیرِ خارجہ", "Вакцина", "oʻzbek Ўзбек", "लाल किला", "№ → ✓ ★"])
def test_every_script_of_the_desk_has_a_bundled_font(theme: Theme, text: str) -> None:
    fonts = [QRawFont(str(resource("fonts", file)), 16) for file in theme_module._FILES]
    missing = [c for c in text if not any(font.supportsCharacter(ord(c)) for font in fonts)]
    assert not missing


def test_emoji_are_drawn_in_color(theme: Theme) -> None:
    from PySide6.QtGui import QImage, QPainter

    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QApplication.font()
    font.setPixelSize(48)
    painter.setFont(font)
    painter.drawText(image.rect(), "\U0001f6a8")
    painter.end()
    shades = {image.pixel(x, y) & 0xFFFFFF for x in range(64) for y in range(64)}
    assert any(abs((c >> 16 & 255) - (c & 255)) > 80 for c in shades)


@cache
def _calls() -> list[ast.Call]:
    folder = Path(desktop.__file__).parent
    nodes = chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in folder.rglob("*.py"))
    return [node for node in nodes if isinstance(node, ast.Call)]


def _named_icons() -> set[str]:
    """Names given to `icon()`, and second or first words of what draws one."""
    found: set[str] = set()
    for call in _calls():
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        place = {"icon": 0, "Saying": 1, "EmptyState": 1, "Start": 1}.get(name)
        if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
            found.add(str(call.args[place].value))
    return found


def test_every_icon_that_is_named_exists() -> None:
    there = {path.stem for path in resource("icons").glob("*.svg")}
    named = _named_icons()
    assert len(named) > 15
    assert named <= there


def test_every_color_that_is_named_in_code_exists() -> None:
    assert set(_FLAGS.values()) <= colors(Look.LIGHT).keys()
    for call in _calls():
        if getattr(call.func, "attr", "") == "color" and call.args:
            names = [
                n.value for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            ]
            assert {name for name in names if re.fullmatch(r"[a-z-]{3,}", name)} <= colors(Look.LIGHT).keys()
