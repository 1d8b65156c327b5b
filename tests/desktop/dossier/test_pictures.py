"""Pictures in the casebook are the pictures on the paper, or the paper says why they are not."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from db.formats import Drawable
from desktop.dossier.build import write
from desktop.dossier.pictures import TURNS, Picture, prepare
from tests import makers
from tests.desktop.dossier.conftest import objects, pages, run


def noise(width: int = 40, height: int = 30, mode: str = "RGB") -> Image.Image:
    dice = random.Random(width * height)
    picture = Image.frombytes("RGB", (width, height), dice.randbytes(width * height * 3))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def printed(pdf) -> list[Image.Image]:
    """The pictures of a PDF as they are stored there, each once."""
    document = pypdfium2.PdfDocument(pdf)
    found = {}
    for page in document:
        for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            picture = each.get_bitmap(render=False).to_pil().convert("RGB")
            found[picture.tobytes()] = picture
    document.close()
    return list(found.values())


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (noise(), "PNG"),
        (noise(mode="L"), "PNG"),
        (noise(mode="P"), "PNG"),
        (noise(mode="1"), "PNG"),
        (noise(), "BMP"),
        (noise(mode="P"), "GIF"),
    ],
    ids=["rgb", "gray", "palette", "bilevel", "bmp", "gif"],
)
def test_every_pixel_of_a_picture_is_on_the_paper(book, tmp_path, picture, kind):
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, encoded(picture, kind))
    write(book, [case_id], tmp_path / "out.pdf")
    (found,) = printed(tmp_path / "out.pdf")
    assert same(found, picture)


def test_a_see_through_picture_is_laid_on_white(book, tmp_path):
    picture = noise()
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, encoded(picture))
    write(book, [case_id], tmp_path / "out.pdf")
    assert same(printed(tmp_path / "out.pdf")[0], white)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_taken_over_as_it_is_but_without_what_the_camera_wrote_into_it(book, tmp_path, progressive):
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    data = encoded(noise(), "JPEG", exif=exif, comment=b"SECRET COMMENT", progressive=progressive)
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, data + b"SECRET TAIL")
    write(book, [case_id], tmp_path / "out.pdf")
    inside = (tmp_path / "out.pdf").read_bytes()
    assert b"/DCTDecode" in inside
    assert b"SECRET" not in inside
    assert same(printed(tmp_path / "out.pdf")[0], Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("orientation", TURNS)
def test_a_photograph_stands_upright_whatever_way_the_camera_was_held(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = Image.new("RGB", (3, 2))
    lying.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (9, 9, 9), (200, 200, 0), (0, 200, 200)])
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(encoded(lying, "PNG", exif=exif))))
    found = prepare(encoded(lying.resize((48, 32), 0), "JPEG", exif=exif), "image/jpeg")
    assert isinstance(found, Picture)
    assert (found.width // 16, found.height // 16) == upright.size
    a, b, c, d, e, f = found.turn
    for x in range(3):
        for y in range(2):
            u, v = (x + 0.5) / 3, 1 - (y + 0.5) / 2
            across, up = a * u + c * v + e, b * u + d * v + f
            at = int(across * upright.width), int((1 - up) * upright.height)
            assert upright.getpixel(at) == lying.getpixel((x, y))


def test_a_picture_shown_twice_is_in_the_file_once(book, tmp_path):
    data, case_id = encoded(noise()), makers.make_case(book, "A claim")
    makers.attach(book, case_id, data, "one.png")
    makers.attach(book, case_id, data, "two.png")
    write(book, [case_id], tmp_path / "out.pdf")
    assert objects(tmp_path / "out.pdf").count("/Subtype /Image") == 1
    text = "".join(pages(tmp_path / "out.pdf"))
    assert "Exhibit 1 one.png" in text
    assert "Exhibit 2 two.png" in text


def test_a_long_picture_is_cut_into_strips_that_one_can_read_and_that_lose_nothing(book, tmp_path):
    colors = [(number, 255 - number, 77) for number in range(0, 250, 5)]
    thread = Image.new("RGB", (400, 3000))
    for place, color in enumerate(colors):
        thread.paste(color, (0, place * 60, 400, place * 60 + 60))
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, encoded(thread), "thread.png")
    out = tmp_path / "out.pdf"
    write(book, [case_id], out)
    strips = [page for page, text in enumerate(pages(out)) if "thread.png part" in text]
    assert objects(out).count("/Subtype /Image") == 1
    document = pypdfium2.PdfDocument(out)
    shown = []
    for strip in strips:
        column = document[strip].render().to_pil().convert("RGB").crop((100, 0, 101, 842)).get_flattened_data()
        shown.append([color for color in dict.fromkeys(column) if color in colors])
    document.close()
    assert len(strips) == 4
    assert sorted({color for strip in shown for color in strip}) == colors
    assert all(one[-1] == next_one[0] for one, next_one in pairwise(shown)), (
        "each strip shows a little of the one before"
    )


def test_what_cannot_be_shown_is_listed_with_the_reason(book, tmp_path):
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, b"%PDF-1.4", "record.pdf")
    makers.attach(book, case_id, encoded(noise(200, 200))[:-4000], "broken.png")
    makers.attach(book, case_id, makers.bomb(), "bomb.png")
    makers.attach(book, case_id, encoded(noise(20, 20)), "lost.png")
    makers.attach(book, case_id, encoded(noise(21, 20)), "altered.png")
    with book.repair() as writer:
        for name, sql in (
            ("lost.png", "DELETE FROM piece WHERE blob = :blob"),
            ("lost.png", "DELETE FROM blob WHERE id = :blob"),
            ("altered.png", "UPDATE piece SET data = x'89504e470d0a1a0a00' WHERE blob = :blob"),
        ):
            digest = writer.value("SELECT sha256 FROM attachment WHERE name = :name", name=name)
            writer.execute(sql, blob=writer.value("SELECT id FROM blob WHERE sha256 = :digest", digest=digest))
    write(book, [case_id], tmp_path / "out.pdf")
    text = " ".join("".join(pages(tmp_path / "out.pdf")).split())
    assert "Kept, but not shown here" in text
    for reason in (
        "No picture",
        "data are broken",
        "Too large",
        "bytes are not in this casebook",
        "not what their SHA",
    ):
        assert reason in text, reason
    assert "The bytes are not in this casebook." in text
    assert "/Subtype /Image" not in objects(tmp_path / "out.pdf")


def test_the_custody_list_tells_hash_size_way_time_and_person_of_each_file(book, tmp_path):
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, b"%PDF-1.4 one", "record.pdf")
    digest, moment = book.one("SELECT sha256, created_at FROM attachment")
    write(book, [case_id], tmp_path / "out.pdf")
    custody = "".join(pages(tmp_path / "out.pdf")).rpartition("Custody")[2]
    assert digest in "".join(custody.split())
    for fact in (
        "record.pdf",
        "application/pdf",
        "12 bytes",
        "Pasted from the clipboard",
        moment[11:16],
        "Amina",
        "Kabul desk",
    ):
        assert fact in custody, fact


@pytest.mark.parametrize("size", [(1, 1), (1, 40_000), (40_000, 1)])
def test_a_picture_of_any_shape_is_printed_on_few_pages(book, tmp_path, size):
    case_id = makers.make_case(book, "A claim")
    makers.attach(book, case_id, encoded(Image.new("RGB", size)))
    write(book, [case_id], tmp_path / "out.pdf")
    assert len(pages(tmp_path / "out.pdf")) < 40
    assert "no syntax or stream encoding errors" in run("qpdf", "--check", tmp_path / "out.pdf").lower()


def test_any_bytes_that_call_themselves_a_picture_are_looked_at_without_an_error():
    good = {"image/png": encoded(noise()), "image/jpeg": encoded(noise(), "JPEG")}
    dice = random.Random(5)
    for media_type, data in good.items():
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(dice.randint(1, 9)):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            assert isinstance(prepare(bytes(broken[: dice.randrange(1, len(broken))]), media_type), Picture | Drawable)
