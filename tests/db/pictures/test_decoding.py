"""Pictures from elsewhere are drawn as they are meant, or said not to be drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from db.pictures import decoding
from db.pictures.decoding import Drawable
from db.progress import Cancelled
from tests import makers


def saved(picture: Image.Image, kind: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, kind)
    out.seek(0)
    return out


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(orientation: int) -> None:
    data = makers.picture(30, 20, "red", "JPEG", orientation)
    size = (20, 30) if orientation >= 5 else (30, 20)
    whole = decoding.pixels(io.BytesIO(data), "image/jpeg")
    small = decoding.thumbnail(io.BytesIO(data), "image/jpeg")
    assert (whole.width, whole.height) == (small.width, small.height) == size


def test_gray_of_sixteen_bits_is_not_cut_off_to_white() -> None:
    deep = Image.new("I;16", (4, 1))
    for place, value in enumerate((0, 64 * 257, 128 * 257, 65535)):
        deep.putpixel((place, 0), value)
    assert list(decoding.pixels(saved(deep), "image/png").rgb[::3]) == [0, 64, 128, 255]


def test_what_is_transparent_stands_on_white() -> None:
    clear = Image.new("RGBA", (1, 1), (200, 0, 0, 0))
    assert decoding.pixels(saved(clear), "image/png").rgb == b"\xff\xff\xff"


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (makers.bomb(), Drawable.TOO_LARGE),
        (makers.bomb(8000, 8000), Drawable.TOO_LARGE),
        (makers.picture(80, 80)[:80], Drawable.BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Drawable.BROKEN),
        (b"", Drawable.BROKEN),
    ],
)
def test_bombs_and_broken_files_are_said_to_be_so(data: bytes, state: Drawable) -> None:
    assert decoding.pixels(io.BytesIO(data), "image/png").state is state
    assert decoding.thumbnail(io.BytesIO(data), "image/png").state is state


def test_drawing_can_be_stopped_in_the_middle() -> None:
    class Stopping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 1000:
                raise Cancelled
            return super().read(size)

    data = saved(Image.effect_noise((300, 300), 90)).getvalue()
    with pytest.raises(Cancelled):
        decoding.pixels(Stopping(data), "image/png")
