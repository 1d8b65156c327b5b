"""What is blacked out is gone: from the new bytes, from what is told of them, and from the file that is handed over."""

from __future__ import annotations

import io
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from db import actors, attachments, blobs, custody, log, timeline
from db.actors import ActorDraft
from db.attachments import Attachment
from db.casebook import Casebook
from db.change import present
from db.check import check
from db.errors import Invalid, NameStands
from db.exchange import contents, handover, survey
from db.exchange.contents import Order
from db.kinds import Kind
from db.pictures import retouch, steps
from db.pictures.retouch import Drawn, Patch
from db.pictures.steps import Area, Arrow, BlackOut, Blur, Box, Crop, Highlight, Step, Steps, Turn, Words
from db.progress import Cancelled
from db.timeline import AppearanceDraft
from db.vocabulary import Custody, Method, Op, Tlp
from tests import makers

SIZE = (96, 64)
SECRET = BlackOut(20, 10, 60, 40)


def noise(seed: int = 7, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture in which no two rows are alike, and nothing can be guessed."""
    return Image.frombytes("RGB", size, Random(seed).randbytes(size[0] * size[1] * 3))


def plate(words: Words, width: int, height: int) -> Patch:
    """Words as a plain square of their color."""
    side = min(words.size, width, height)
    color = bytes.fromhex(words.color[1:])
    return Patch(side, side, (color + b"\xff") * (side * side))


def burn(picture: Image.Image, done: Steps, kind: str = "PNG") -> tuple[Image.Image, Drawn]:
    out = io.BytesIO()
    picture.save(out, kind)
    out.seek(0)
    drawn = retouch.draw(out, f"image/{kind.lower()}", done, plate)
    return Image.open(io.BytesIO(drawn.png)), drawn


edges = st.tuples(st.integers(0, SIZE[0] + 20), st.integers(0, SIZE[1] + 20), st.integers(1, 50), st.integers(1, 50))
areas = edges.map(lambda e: (e[0], e[1], e[0] + e[2], e[1] + e[3]))
any_step = st.one_of(
    st.builds(lambda a: BlackOut(*a), areas),
    st.builds(lambda a: Blur(*a), areas),
    st.builds(lambda a: Highlight(*a, "#ffee00"), areas),
    st.builds(lambda a, w: Box(*a, w, "#d92d20"), areas, st.integers(1, 30)),
    st.builds(lambda a, w: Arrow(*a, w, "#1f6fd0"), areas, st.integers(1, 12)),
    st.builds(lambda a, size: Words(a[0], a[1], size, "#ffffff", "words"), areas, st.integers(1, 40)),
)


def square(words: Words, by: int, size: tuple[int, int]) -> Area:
    """What a plate covers of the original: it stands upright in the finished picture, of that size."""
    at = steps.turned(words, by, *SIZE)
    return steps.turned(Area(at.x, at.y, at.x + at.size, at.y + at.size), 4 - by, *size)


@given(st.lists(any_step, max_size=6), st.integers(0, 3))
def test_black_is_black_and_what_no_step_touches_is_as_it_was(done: list[Step], by: int) -> None:
    original = noise()
    found, _ = burn(original, steps.turn(done, by))
    back = found.rotate(by * 90, expand=True)
    assert back.size == original.size
    touched = Image.new("1", SIZE)
    for step in done:
        touched.paste(1, steps.rect(square(step, by, found.size) if isinstance(step, Words) else step))  # type: ignore[arg-type]
    then, now, free = original.load(), back.load(), touched.load()
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            black = any(isinstance(s, BlackOut) and s.x <= x < s.x2 and s.y <= y < s.y2 for s in done)
            if black:
                assert now[x, y] == (0, 0, 0)  # type: ignore[index]
            elif not free[x, y]:  # type: ignore[index]
                assert now[x, y] == then[x, y]  # type: ignore[index]


def test_what_is_hidden_does_not_shine_through_a_blur_over_it() -> None:
    """A blur takes the average of what is around: were the black not there first, it would carry the hidden along."""
    shapes: Steps = (SECRET, Blur(10, 0, 90, 60), Highlight(0, 0, 90, 60, "#ffee00"))
    first, second = noise(), noise()
    second.paste(noise(8, (40, 30)), (20, 10))
    assert burn(first, shapes)[0].tobytes() == burn(second, shapes)[0].tobytes()


def test_a_blur_leaves_few_spots_in_few_shades() -> None:
    found, _ = burn(noise(size=(400, 300)), (Blur(0, 0, 400, 300),))
    centers = {found.getpixel((x, y)) for x in range(25, 400, 50) for y in range(25, 300, 50)}
    assert len(centers) <= 8 * 6
    assert all(value % 8 in (0, 1, 7) for color in centers for value in color)  # type: ignore[union-attr]


def test_a_crop_is_all_that_is_left() -> None:
    found, drawn = burn(noise(), (Crop(5, 6, 45, 36),))
    assert found.tobytes() == noise().crop((5, 6, 45, 36)).tobytes()
    assert (drawn.width, drawn.height) == (40, 30)
    with pytest.raises(Invalid):
        burn(noise(), (Crop(500, 500, 510, 510),))


def test_a_picture_is_upright_before_anything_is_counted() -> None:
    sideways = makers.picture(40, 20, "white", "JPEG", orientation=6)
    drawn = retouch.draw(io.BytesIO(sideways), "image/jpeg", (BlackOut(0, 0, 20, 5),), plate)
    found = Image.open(io.BytesIO(drawn.png))
    assert found.size == (20, 40)
    assert found.getpixel((3, 2)) == (0, 0, 0)
    assert found.getpixel((3, 10)) == (255, 255, 255)


def test_nothing_but_pixels_is_in_the_new_bytes() -> None:
    shot = Image.open(io.BytesIO(makers.photo(author="Gul Agha")))
    out = io.BytesIO()
    small = io.BytesIO()
    noise(9, (40, 30)).save(small, "JPEG")
    exif = shot.getexif().tobytes() + small.getvalue()  # cameras put a small picture of all of it there
    shot.save(out, "JPEG", exif=exif, icc_profile=b"a profile of Gul Agha", comment=b"taken by Gul Agha", dpi=(72, 72))
    drawn = retouch.draw(io.BytesIO(out.getvalue()), "image/jpeg", (BlackOut(0, 0, 5, 5),), plate)
    assert [name for name, _ in chunks(drawn.png)] == [b"IHDR", *[b"IDAT"] * (drawn.png.count(b"IDAT")), b"IEND"]
    assert b"Gul Agha" in out.getvalue()
    for gone in (b"Gul Agha", b"FairPhone", b"Exif", b"JFIF"):
        assert gone not in drawn.png


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG; there is nothing behind the last."""
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length
    assert at == len(png)


def test_colors_under_a_transparent_place_are_gone() -> None:
    ghost = noise().convert("RGBA")
    ghost.putalpha(0)
    found, _ = burn(ghost, (Box(0, 0, 9, 9, 1, "#000000"),))
    assert found.mode == "RGB"
    assert found.getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("over", "told"),
    [(BlackOut(0, 0, 12, 12), False), (BlackOut(40, 40, 50, 50), True), (Crop(15, 0, 60, 60), False), (Turn(1), True)],
)
def test_words_that_are_hidden_are_not_told_of(over: Step, told: bool) -> None:
    words = Words(10, 10, 8, "#ffffff", "the name of the witness")
    _, drawn = burn(noise(), (words, over))
    assert (words in drawn.steps) is told
    assert over in drawn.steps


@pytest.mark.parametrize("data", [makers.bomb(), b"no picture", makers.picture(60, 60)[:70]])
def test_what_cannot_be_drawn_is_not_retouched(data: bytes) -> None:
    with pytest.raises(Invalid):
        retouch.draw(io.BytesIO(data), "image/png", (SECRET,), plate)


def test_drawing_can_be_stopped() -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            if done * 10 > total * 4:
                raise Cancelled

    out = io.BytesIO()
    noise(size=(700, 500)).save(out, "PNG")
    with pytest.raises(Cancelled):
        retouch.draw(io.BytesIO(out.getvalue()), "image/png", (SECRET,), plate, Impatient())


# Kept in a casebook


def kept(book: Casebook, original: Attachment, done: Steps, name: str = "redacted.png") -> str:
    with book.reader() as store:
        drawn = retouch.draw(io.BytesIO(blobs.read(store, original.sha256)), original.media_type, done, plate)
    with attachments.Depot(book.path) as depot:
        ready = depot.picture(drawn.png, name, method=Method.DERIVED)
    with book.change(Op.RETOUCH_ATTACHMENT) as change:
        return retouch.keep(change, original, ready, drawn.steps)


def secret_rows() -> list[bytes]:
    """The rows of pixels under the black-out, as they lie in memory."""
    pixels = noise().crop((SECRET.x, SECRET.y, SECRET.x2, SECRET.y2)).tobytes()
    width = (SECRET.x2 - SECRET.x) * 3
    return [pixels[at : at + width] for at in range(0, len(pixels), width)]


def camera_picture() -> bytes:
    """Noise as a PNG with words, and with a small picture of itself in the data of the camera."""
    small, out = io.BytesIO(), io.BytesIO()
    noise(size=SIZE).save(small, "JPEG", quality=95)
    exif = Image.Exif()
    exif[0x013B] = "Gul Agha of Herat"
    noise().save(out, "PNG", exif=exif.tobytes() + small.getvalue())
    return out.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path) as book:
        case_id = makers.make_case(book, title="Mill")
        one = makers.attach(book, case_id, camera_picture(), "mill at Herat.png")
        with book.change(Op.EDIT_ATTACHMENT) as change:
            attachments.edit(change, one, name="mill at Herat.png", caption=makers.URDU)
        attachments.draw_small(book.path, attachments.of_case(book, case_id))
        yield book


def the_case(book: Casebook) -> str:
    return str(book.value('SELECT id FROM "case"'))


def the_original(book: Casebook) -> Attachment:
    return attachments.of_case(book, the_case(book))[0]


def test_the_original_stays_as_it_is_and_the_new_one_knows_its_steps(book: Casebook) -> None:
    before = the_original(book)
    ops = [op.id for op in log.of_thing(book, before.id)]
    made = attachments.one(book, kept(book, before, (SECRET,)))
    assert the_original(book) == before
    assert [op.id for op in log.of_thing(book, before.id)] == ops
    assert (made.derived_from, made.method, made.caption) == (before.id, Method.DERIVED, makers.URDU)
    assert made.media_type == "image/png"
    fields = present(book, Kind.ATTACHMENT, made.id)
    assert steps.from_json(fields["steps"]) == (SECRET,)
    for told, of, other in ((made.id, 0, before.name), (before.id, 1, made.name)):
        event = custody.of_attachment(book, told)[of]
        assert (event.what, event.name, event.analyst) == (Custody.REDACTED, other, "Amina")
    assert check(book).problems == ()


def test_the_desk_opens_the_original_again_with_the_steps_where_it_is_here(book: Casebook) -> None:
    original = the_original(book)
    made = attachments.one(book, kept(book, original, (SECRET,)))
    assert retouch.base_of(book, original) == retouch.Base(original)
    assert retouch.base_of(book, made) == retouch.Base(original, (SECRET,))
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, original.id)
    assert retouch.base_of(book, made) == retouch.Base(made)


def test_steps_of_another_version_are_left_alone(book: Casebook) -> None:
    made = attachments.one(book, kept(book, the_original(book), (SECRET,)))
    with book.change(Op.EDIT_ATTACHMENT) as change:
        change.put(Kind.ATTACHMENT, made.id, {"steps": [{"step": "of 2031"}]})
    assert retouch.base_of(book, made) == retouch.Base(made)


def handed_over(book: Casebook, held: str, target: Path) -> None:
    found = contents.decide(survey.read(book, [the_case(book)]), Order(Tlp.AMBER, frozenset([held])))
    assert not found.broken
    handover.write(book, found, target)


def unpacked(path: Path) -> list[bytes]:
    """All that a file holds: its bytes, every cell of every table, and what is packed in any of these."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        cells = [cell for (name,) in tables for row in connection.execute(f'SELECT * FROM "{name}"') for cell in row]
    finally:
        connection.close()
    data = [path.read_bytes(), *(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)]
    return [*data, *(stream for each in data for stream in streams(each))]


def streams(data: bytes) -> Iterator[bytes]:
    """Everything that bytes may hold packed: what zlib opens, and every picture as its pixels."""
    for start in [found.start() for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data)]:
        try:
            yield zlib.decompressobj().decompress(data[start:])
        except zlib.error:
            continue
    for start in [found.start() for found in re.finditer(rb"\x89PNG|\xff\xd8\xff", data)]:
        try:
            with Image.open(io.BytesIO(data[start:])) as picture:
                yield picture.convert("RGB").tobytes()
        except Exception:
            continue


def test_a_file_for_another_desk_holds_nothing_of_what_was_hidden(book: Casebook, tmp_path: Path) -> None:
    original = the_original(book)
    made = kept(book, original, (SECRET, Words(30, 20, 6, "#ffffff", "Gul Agha is under this")))
    attachments.draw_small(book.path, [attachments.one(book, made)])
    small = attachments.thumbnails(book, [original.sha256])[original.sha256]
    here = unpacked(book.path)
    gone = [*secret_rows(), b"Gul Agha", b"mill at Herat", original.sha256.encode(), small[100:140]]
    assert all(any(each in data for data in here) for each in gone), "the search finds nothing"
    target = tmp_path / "out.handover.casebook"
    handed_over(book, original.id, target)
    there = unpacked(target)
    assert any(attachments.one(book, made).sha256.encode() in data for data in there)
    gone += [row[at : at + 12] for row in secret_rows() for at in range(0, len(row) - 12, 12)]
    gone += [small[at : at + 24] for at in range(0, len(small) - 24, 24)]
    assert not [each for each in gone if any(each in data for data in there)]


def test_words_on_a_picture_that_leaves_are_looked_through_for_names_that_stay(book: Casebook) -> None:
    with book.change(Op.ADD_ACTOR) as change:
        actor = actors.add(change, ActorDraft("Gul Agha of Herat"))
        timeline.add(change, the_case(book), AppearanceDraft(actor_id=actor))
    words = Words(70, 50, 6, "#ffffff", "GUL AGHA OF HERAT stands here")
    made = kept(book, the_original(book), (words,))
    read = survey.read(book, [the_case(book)])
    found = contents.decide(read, Order(Tlp.AMBER, frozenset([actor, the_original(book).id])))
    (broken,) = found.broken
    assert isinstance(broken, NameStands)
    assert broken.places == ((Kind.ATTACHMENT, made, "steps"),)
    (wording,) = [w for thing in read.things if thing.id == made for w in thing.wordings if w.field == "steps"]
    assert (wording.text, wording.now) == (words.text, True)


def test_at_the_other_desk_the_original_is_told_to_be_elsewhere(book: Casebook, tmp_path: Path) -> None:
    from db import intake, merge

    original = the_original(book)
    made = kept(book, original, (SECRET,))
    path = tmp_path / "out.handover.casebook"
    handed_over(book, original.id, path)
    with makers.make_book(tmp_path, "other", desk="Herat desk", code="HRT") as other:
        with intake.receive(path, other) as incoming:
            other.catch_up(merge.apply(other.path, incoming).notice)
        there = attachments.one(other, made)
        assert there.derived_from == original.id
        assert retouch.base_of(other, there) == retouch.Base(there)
        assert other.one("SELECT 1 FROM blob WHERE sha256 = :d", d=original.sha256) is None
        assert check(other).problems == ()


# Graphic material


def test_bytes_are_graphic_wherever_they_are_attached(book: Casebook) -> None:
    original = the_original(book)
    other = makers.make_case(book, "Another case")
    twin = makers.attach(book, other, camera_picture(), "again.png")
    with book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.mark_graphic(change, [original.sha256], graphic=True)
    assert attachments.one(book, twin).graphic
    assert the_original(book).graphic
    made = kept(book, the_original(book), (SECRET,))
    assert attachments.one(book, made).graphic, "what is made of a graphic picture is one until somebody says otherwise"
    assert attachments.graphic(book, [original.sha256, "0" * 64]) == {original.sha256}
    assert book.undo()
    assert book.undo()
    assert not the_original(book).graphic
