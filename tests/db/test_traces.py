"""What a picture says beside what it shows, and nothing that crafted data could do by being looked into."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from db import traces
from db.traces import Traces
from tests.makers import bomb, photo, picture


def look(data: bytes, media_type: str = "image/jpeg") -> Traces:
    return traces.read(io.BytesIO(data), media_type)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_place_time_camera_and_names_are_found(kind: str) -> None:
    found = look(photo(kind), f"image/{kind.lower()}")
    assert found == Traces(True, "34.52500, 69.17000", "2026-03-01 10:20:30", "FairPhone 5", ("Gul Agha",))


def test_south_and_west_are_negative() -> None:
    assert look(photo(south=True)).place == "-34.52500, 69.17000"


def test_the_place_that_a_program_wrote_is_found() -> None:
    out = io.BytesIO()
    xmp = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="34,31.5N" exif:GPSLongitude="69,10.2E"/></x:xmpmeta>'
    Image.new("RGB", (4, 4)).save(out, "JPEG", xmp=xmp)
    assert look(out.getvalue()).place == "34,31.5N, 69,10.2E"


def test_what_is_written_in_a_png_is_found() -> None:
    out, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_itxt("Author", "گل آغا")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=said)
    assert look(out.getvalue(), "image/png").words == ("گل آغا",)


def test_a_picture_without_any_says_so() -> None:
    assert look(picture(), "image/png") == Traces(looked=True)


@pytest.mark.parametrize("media_type", ["image/heic", "video/mp4", "application/pdf", "text/html"])
def test_what_cannot_be_looked_into_is_not_called_clean(media_type: str) -> None:
    assert not look(photo(), media_type).looked


def test_a_bomb_is_not_looked_into() -> None:
    assert not look(bomb(), "image/png").looked


@given(st.binary(max_size=300), st.integers(0, 3000), st.sampled_from(["JPEG", "PNG", "TIFF"]))
def test_no_data_break_it(noise: bytes, at: int, kind: str) -> None:
    data = bytearray(photo(kind))
    data[at : at + len(noise)] = noise
    found = look(bytes(data), f"image/{kind.lower()}")
    assert all(isinstance(each, str) and "\0" not in each for each in (found.place, found.camera, *found.words))
