"""Pictures as a desk gets them, drawn by dice: landscapes, faces, textures, and screens of posts in several scripts."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from desktop.assets import fonts_folder

_SAID = (
    (
        "NotoSans_400Regular.ttf",
        "minister denied that the crossing was closed since yesterday hospital officials say 42 families",
    ),
    (
        "NotoSans_400Regular.ttf",
        "вакцина министр граница закрыта вчера больница школа заявил что видео старое 2019 года",
    ),
    ("Vazirmatn_400Regular.ttf", "وزیر صحت گفت که ویدیو کهنه است و سرحد از دیروز بسته نیست هزاران خانواده"),
    ("Vazirmatn_400Regular.ttf", "وزیر نے کہا کہ یہ ویڈیو پرانی ہے اور سرحد کل سے بند نہیں ہزاروں خاندان"),
    ("NotoSansDevanagari_400Regular.ttf", "मंत्री ने कहा कि यह वीडियो पुराना है और सीमा कल से बंद नहीं हजारों परिवार"),
)


def landscape(seed: int, width: int = 900, height: int = 600) -> Image.Image:
    """A sky, ridges of hills one before the other, trees or houses, and the grain of a camera."""
    dice = Random(seed)
    made = ImageOps.colorize(Image.linear_gradient("L").resize((width, height)), _color(dice, 90), _color(dice, 200))
    draw = ImageDraw.Draw(made)
    for ridge in range(dice.randrange(2, 5)):
        level, line = height * (0.35 + 0.15 * ridge), []
        for x in range(0, width + 30, 30):
            level = min(height * 0.95, max(height * 0.25, level + dice.uniform(-28, 28)))
            line.append((x, level))
        draw.polygon([(0, height), *line, (width, height)], fill=_color(dice, 150 - 30 * ridge))
    for _ in range(dice.randrange(8, 30)):
        x, y, size = dice.randrange(width), dice.randrange(height // 2, height), dice.randrange(10, 70)
        shape = draw.ellipse if dice.random() < 0.5 else draw.rectangle
        shape((x, y - size, x + size * dice.uniform(0.4, 1.4), y), fill=_color(dice, dice.randrange(30, 200)))
    return _grain(made.filter(ImageFilter.GaussianBlur(1)), dice)


def portrait(seed: int, width: int = 700, height: int = 840) -> Image.Image:
    """A head and shoulders before something blurred."""
    dice = Random(seed)
    made = _blurred(dice, width, height, 9)
    draw = ImageDraw.Draw(made)
    x, y, size = width * dice.uniform(0.35, 0.65), height * dice.uniform(0.3, 0.45), width * dice.uniform(0.16, 0.26)
    draw.ellipse((x - size * 2, y + size * 1.1, x + size * 2, y + size * 5), fill=_color(dice, 70))
    draw.ellipse((x - size, y - size * 1.3, x + size, y + size * 1.3), fill=_color(dice, 170))
    draw.chord((x - size * 1.05, y - size * 1.5, x + size * 1.05, y + size * 0.4), 180, 360, fill=_color(dice, 40))
    for side in (-1, 1):
        eye = x + side * size * 0.4
        draw.ellipse((eye - size * 0.14, y - size * 0.12, eye + size * 0.14, y + size * 0.06), fill=_color(dice, 30))
    draw.arc((x - size * 0.4, y + size * 0.3, x + size * 0.4, y + size * 0.8), 10, 170, fill=_color(dice, 60), width=6)
    return _grain(made.filter(ImageFilter.GaussianBlur(2)), dice)


def texture(seed: int, width: int = 800, height: int = 800) -> Image.Image:
    """Rubble, water, a crowd from far away: noise of several sizes."""
    dice = Random(seed)
    made = _blurred(dice, width, height, 5)
    for coarse in (12, 30, 80):
        made = Image.blend(made, _blurred(dice, width, height, coarse), 0.4)
    return _grain(ImageOps.autocontrast(made), dice)


def post(seed: int, width: int = 720, height: int = 900) -> Image.Image:
    """A screen with a post: a round picture, a name, writing in one of the scripts, figures under it, maybe a photograph."""
    dice = Random(seed)
    dark = dice.random() < 0.3
    paper, ink = ((21, 24, 28), (230, 230, 230)) if dark else ((255, 255, 255), (20, 20, 20))
    made = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(made)
    name, words = dice.choice(_SAID)
    font = ImageFont.truetype(
        str(fonts_folder() / name), dice.choice((26, 30, 34)), layout_engine=ImageFont.Layout.BASIC
    )
    said = words.split()
    draw.ellipse((30, 30, 110, 110), fill=_color(dice, 120))
    draw.text((130, 36), " ".join(dice.sample(said, 2)), ink, font)
    top = 140
    for _ in range(dice.randrange(2, 9)):
        draw.text((30, top), " ".join(dice.choices(said, k=dice.randrange(3, 6))), ink, font)
        top += int(font.size * 1.6)
    if dice.random() < 0.4 and top < height - 300:
        made.paste(landscape(seed + 5000, width - 60, height - top - 120), (30, top + 10))
    draw.text((30, height - 70), f"{dice.randrange(9999)}    {dice.randrange(999)}    {dice.randrange(99)}", ink, font)
    return made


def retouched(image: Image.Image, seed: int) -> Image.Image:
    """Lightly retouched: lighter, a little more color, and a mark in one corner."""
    dice, made = Random(seed), ImageEnhance.Color(ImageEnhance.Brightness(image).enhance(1.12)).enhance(1.3)
    left, top = made.width * dice.choice((0.03, 0.75)), made.height * dice.choice((0.03, 0.85))
    ImageDraw.Draw(made).rectangle((left, top, left + made.width * 0.2, top + made.height * 0.08), fill="red")
    return made


def cropped(image: Image.Image, seed: int, most: float = 0.2) -> Image.Image:
    """Cut by up to that share of each side, of each another one."""
    dice = Random(seed)
    left, top, right, bottom = (dice.uniform(0, most) for _ in range(4))
    width, height = image.size
    return image.crop((int(left * width), int(top * height), int(width * (1 - right)), int(height * (1 - bottom))))


def _blurred(dice: Random, width: int, height: int, coarse: int) -> Image.Image:
    small = Image.frombytes("RGB", (coarse, coarse), dice.randbytes(coarse * coarse * 3))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def _grain(image: Image.Image, dice: Random) -> Image.Image:
    side = 128
    noise = Image.frombytes("L", (side, side), dice.randbytes(side * side)).resize(image.size).convert("RGB")
    return Image.blend(image, noise, 0.06)


def _color(dice: Random, light: int) -> tuple[int, int, int]:
    red, green, blue = (max(0, min(255, light + dice.randrange(-40, 41))) for _ in range(3))
    return red, green, blue
