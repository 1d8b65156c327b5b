"""What a picture says of itself is shown as it stands there, with what speaks against believing it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from db.pictures import metadata
from db.pictures.metadata import Doubt, Metadata, Preview
from tests import makers


def look(data: bytes, media_type: str = "image/jpeg", *, whole: bool = True) -> Metadata:
    return metadata.read(io.BytesIO(data), media_type, whole=whole)


def shot(picture: Image.Image, *, preview: Image.Image | None = None, **tags: object) -> bytes:
    """A JPEG as a phone writes it, with a small picture of itself inside."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Fairphone", "FP5", str(tags.get("software", "FP5 camera 2.1"))
    exif[0x0112] = 6
    exif.get_ifd(0x8769).update({0x9003: "2026:03:01 10:20:30", 0x9011: str(tags.get("offset", "+04:30"))})
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 31.0, 30.0), 3: "E", 4: (69.0, 10.0, 12.0), 5: b"\1", 6: 12.0})
    data = exif.tobytes()
    if preview:
        data = with_preview(data.removeprefix(b"Exif\0\0"), makers.encoded(preview, "JPEG"))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture.save(out, "JPEG", exif=data, icc_profile=profile)
    return out.getvalue()


def with_preview(tiff: bytes, small: bytes) -> bytes:
    """EXIF data with a second directory that holds a small picture; Pillow itself writes none."""
    order = "big" if tiff.startswith(b"MM") else "little"
    first = int.from_bytes(tiff[4:8], order)
    link = first + 2 + 12 * int.from_bytes(tiff[first : first + 2], order)
    at = len(tiff)
    entries = [(0x0103, 3, 6), (0x0201, 4, at + 2 + 3 * 12 + 4), (0x0202, 4, len(small))]
    packed = b"".join(
        tag.to_bytes(2, order) + kind.to_bytes(2, order) + (1).to_bytes(4, order)
        + (value.to_bytes(4, order) if kind == 4 else value.to_bytes(2, order) + b"\0\0")
        for tag, kind, value in entries
    )  # fmt: skip
    directory = len(entries).to_bytes(2, order) + packed + b"\0" * 4
    return b"Exif\0\0" + tiff[:link] + at.to_bytes(4, order) + tiff[link + 4 :] + directory + small


def test_all_that_a_phone_writes_is_read() -> None:
    whole = makers.scene(3)
    found = look(shot(whole, preview=whole.resize((160, 107))))
    assert (found.camera, found.software) == ("Fairphone FP5", "FP5 camera 2.1")
    assert (found.taken_at, found.offset) == ("2026-03-01 10:20:30", "+04:30")
    assert (found.place, found.altitude) == ("34.52500, 69.17000", "-12 m")
    assert (found.orientation, found.width, found.height) == (6, 900, 600)
    assert found.profile == "sRGB built-in"
    assert found.preview is Preview.SAME


def test_a_small_picture_that_shows_something_else_is_a_doubt() -> None:
    """The face that was blurred later, and the crop that was made of a larger picture, are often still in it."""
    found = look(shot(makers.scene(3), preview=makers.scene(4).resize((160, 107))))
    assert found.preview is Preview.DIFFERS
    assert Doubt.PREVIEW in metadata.doubts(found)


def test_bars_beside_a_small_picture_are_no_difference() -> None:
    whole = makers.scene(5)
    small = ImageOps.pad(whole.resize((160, 107)), (160, 120), color="black")
    assert look(shot(whole, preview=small)).preview is Preview.SAME


@pytest.mark.parametrize(
    ("captured", "offset", "differs"),
    [
        ("2026-03-01T05:50:40Z", "+04:30", False),
        ("2026-03-01", "+04:30", False),
        ("2026-03-02", "+04:30", True),
        ("2026-03-01T22:00:00Z", "", False),  # a clock somewhere on earth says so
        ("2026-03-03", "", True),
        ("2025-03-01", "", True),
        ("some day in spring", "", False),
        ("", "", False),
    ],
)
def test_a_time_that_cannot_be_that_of_the_capture_is_a_doubt(captured: str, offset: str, differs: bool) -> None:
    found = Metadata(looked=True, taken_at="2026-03-01 10:20:30", offset=offset)
    assert (Doubt.TIME in metadata.doubts(found, captured)) is differs


@pytest.mark.parametrize("name", ["Adobe Photoshop 25.0 (Windows)", "GIMP 2.10.36", "Snapseed 2.0", "Canva"])
def test_a_program_that_edits_pictures_is_a_doubt(name: str) -> None:
    assert Doubt.EDITED in metadata.doubts(look(shot(makers.scene(1), software=name)))
    assert Doubt.EDITED not in metadata.doubts(look(shot(makers.scene(1))))


def test_what_a_program_that_makes_pictures_up_wrote_into_a_png_is_a_doubt() -> None:
    out, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_itxt("parameters", "a crowd in Kabul, Steps: 20, Sampler: Euler")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=said)
    found = look(out.getvalue(), "image/png")
    assert found.texts == (("parameters", "a crowd in Kabul, Steps: 20, Sampler: Euler"),)
    assert metadata.doubts(found) == (Doubt.EDITED,)


def test_the_tool_is_found_in_xmp_too() -> None:
    out = io.BytesIO()
    xmp = b'<x:xmpmeta><rdf:Description xmp:CreatorTool="Adobe Photoshop Lightroom"/></x:xmpmeta>'
    Image.new("RGB", (4, 4)).save(out, "JPEG", xmp=xmp)
    assert look(out.getvalue()).software == "Adobe Photoshop Lightroom"


def test_a_screenshot_says_nothing_and_there_is_nothing_to_doubt() -> None:
    found = look(makers.picture(30, 20), "image/png")
    assert found == replace(Metadata(), looked=True, width=30, height=20)
    assert metadata.doubts(found, "2026-03-01") == ()


_PHONE = shot(makers.scene(3, 90, 60), preview=makers.scene(3).resize((80, 54)))


@given(st.binary(max_size=200), st.integers(0, 4500))
def test_no_data_break_it_and_all_is_text_on_one_line(noise: bytes, at: int) -> None:
    data = bytearray(_PHONE)
    data[at : at + len(noise)] = noise
    found = look(bytes(data))
    told = [found.camera, found.software, found.taken_at, found.place, found.altitude, found.profile]
    for each in (*told, *(part for pair in found.texts for part in pair)):
        assert len(each) <= 700
        assert "\0" not in each
        assert "\n" not in each
    metadata.doubts(found, "2026-03-01")


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=30))
def test_no_time_breaks_the_doubts(taken: str, offset: str, captured: str) -> None:
    metadata.doubts(Metadata(looked=True, taken_at=taken, offset=offset), captured)
