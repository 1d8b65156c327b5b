"""Attachments: what they are is told by their bytes, and a picture is drawn only when that is safe."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from db import attachments, check
from db.attachments import Attachment
from db.casebook import Casebook
from db.errors import Invalid
from db.pictures import decoding
from db.pictures.decoding import Drawable
from db.progress import Cancelled
from db.vocabulary import Method, Op
from tests import papers
from tests.makers import attach, bomb, make_case, make_source, picture, take

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'


def drawn(book: Casebook, case_id: str) -> tuple[Attachment, ...]:
    attachments.draw_small(book.path, attachments.of_case(book, case_id))
    return attachments.of_case(book, case_id)


def test_an_attachment_tells_what_came_in(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    source_id = make_source(book, [case_id])
    file = tmp_path / "снимок экрана.png"
    file.write_bytes(picture(40, 30))
    with attachments.Depot(book.path) as depot:
        ready = depot.file(file)
    with book.change(Op.ADD_ATTACHMENT) as change:
        attachments.attach(change, case_id, ready, source_id=source_id, caption="As posted")
    (found,) = attachments.of_case(book, case_id)
    assert (found.name, found.media_type, found.method) == ("снимок экрана.png", "image/png", Method.FILE)
    assert (found.source_id, found.caption, found.size) == (source_id, "As posted", file.stat().st_size)
    assert (found.created_by, found.drawable) == ("Amina", Drawable.UNSEEN)
    (found,) = drawn(book, case_id)
    assert (found.drawable, found.width, found.height) == (Drawable.YES, 40, 30)


@pytest.mark.parametrize(
    ("data", "name", "media_type", "drawable"),
    [
        (picture(kind="JPEG"), "a.jpg", "image/jpeg", Drawable.YES),
        (picture(kind="GIF"), "a.gif", "image/gif", Drawable.YES),
        (picture(kind="WEBP"), "a.webp", "image/webp", Drawable.YES),
        (picture(kind="BMP"), "a.txt", "image/bmp", Drawable.YES),
        (picture(), "video.mp4", "image/png", Drawable.YES),
        (bomb(), "bomb.png", "image/png", Drawable.TOO_LARGE),
        (bomb(8000, 8000), "bomb.png", "image/png", Drawable.TOO_LARGE),
        (picture(400, 400, kind="JPEG")[:-400], "torn.jpg", "image/jpeg", Drawable.BROKEN),
        (picture()[:30], "torn.png", "image/png", Drawable.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "torn.png", "image/png", Drawable.BROKEN),
        (SVG, "drawing.png", "image/svg+xml", Drawable.NOT_A_PICTURE),
        (picture(kind="TIFF"), "scan.png", "image/tiff", Drawable.NOT_A_PICTURE),
        (b"%PDF-1.7\n", "paper.png", "application/pdf", Drawable.NOT_A_PICTURE),
        (b"", "empty.png", "application/octet-stream", Drawable.NOT_A_PICTURE),
    ],
)
def test_a_picture_is_what_its_bytes_say_and_drawn_when_it_is_safe(
    book: Casebook, data: bytes, name: str, media_type: str, drawable: Drawable
) -> None:
    case_id = make_case(book)
    attach(book, case_id, data, name)
    (found,) = drawn(book, case_id)
    assert (found.media_type, found.drawable, found.name) == (media_type, drawable, name)
    assert bool(attachments.thumbnails(book, [found.sha256])) is (drawable is Drawable.YES)
    assert (decoding.whole(data, media_type) != b"") is (drawable is Drawable.YES)
    assert decoding.pixels(io.BytesIO(data), media_type).state is drawable
    assert check.check(book).problems == ()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("width", "height"), [(60, 30), (30, 60), (1000, 999)])
def test_a_picture_stands_upright(book: Casebook, orientation: int, width: int, height: int) -> None:
    """EXIF orientations 5 to 8 lie on their side."""
    case_id = make_case(book)
    data = picture(width, height, kind="JPEG", orientation=orientation)
    attach(book, case_id, data, "a.jpg")
    (found,) = drawn(book, case_id)
    upright = (width, height) if orientation < 5 else (height, width)
    assert (found.width, found.height) == upright
    small = Image.open(io.BytesIO(attachments.thumbnails(book, [found.sha256])[found.sha256]))
    assert max(small.size) <= decoding.THUMBNAIL
    assert small.width / small.height == pytest.approx(upright[0] / upright[1], rel=0.05)
    assert Image.open(io.BytesIO(decoding.whole(data, "image/jpeg"))).size == upright
    assert decoding.pixels(io.BytesIO(data), "image/jpeg").width == upright[0]


def test_what_shines_through_stands_on_white_on_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(decoding.whole(out.getvalue(), "image/png"))).getpixel((5, 5)) == (255, 255, 255)


def test_torn_metadata_does_not_hide_a_picture() -> None:
    data = picture(kind="JPEG", orientation=6)
    torn = data.replace(b"Exif\0\0MM\0*\0\0\0\x08", b"Exif\0\0MM\0*\0\0\xff\xff")
    torn = torn if torn != data else data.replace(b"Exif\0\0II*\0\x08\0\0\0", b"Exif\0\0II*\0\xff\xff\0\0")
    assert torn != data
    assert decoding.thumbnail(io.BytesIO(torn), "image/jpeg").state is Drawable.YES


def test_drawing_stops_when_it_is_told_to(book: Casebook) -> None:
    case_id = make_case(book)
    for n in range(3):
        attach(book, case_id, picture(4, 4 + n), f"{n}.png")

    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        attachments.draw_small(book.path, attachments.of_case(book, case_id), Stop())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\shot.png", "shot.png"),
        (".hidden", "hidden"),
        ("a\nb\x07c\u202egnp.exe", "abcgnp.exe"),
        ("عکس\u200cها.jpg", "عکس\u200cها.jpg"),
        ("\udcff.png", "?.png"),
    ],
)
def test_a_name_holds_no_path_and_no_control(book: Casebook, given: str, kept: str) -> None:
    assert take(book.path, b"x", given).name == kept


@pytest.mark.parametrize("given", ["", "..", "/", "\u202e", " . "])
def test_a_name_of_nothing_is_refused_before_anything_is_stored(book: Casebook, given: str) -> None:
    with pytest.raises(Invalid):
        take(book.path, b"x", given)
    assert book.value("SELECT count(*) FROM blob") == 0


def test_an_attachment_changes_its_name_and_its_place_never_its_bytes(book: Casebook) -> None:
    case_id = make_case(book)
    source_id = make_source(book, [case_id])
    attachment = attach(book, case_id, b"x", "a.txt")
    before = attachments.one(book, attachment)
    with book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.edit(change, attachment, name="b.txt", caption="A letter")
        attachments.file_under(change, attachment, source_id)
    after = attachments.one(book, attachment)
    assert (after.name, after.caption, after.source_id) == ("b.txt", "A letter", source_id)
    assert (after.sha256, after.captured_at) == (before.sha256, before.captured_at)
    book.undo()
    assert attachments.one(book, attachment) == before


def test_a_pdf_is_known_by_its_first_page(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, papers.pdf("Words"), "a.pdf")
    (found,) = drawn(book, case_id)
    assert (found.drawable, found.width) == (Drawable.YES, 0)
    small = Image.open(io.BytesIO(attachments.thumbnails(book, [found.sha256])[found.sha256]))
    assert max(small.size) == decoding.THUMBNAIL
    assert small.convert("L").getextrema()[0] < 100
