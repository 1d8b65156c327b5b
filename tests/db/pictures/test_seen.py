"""A picture that was in the casebook before is found, wherever it stands and whatever was done to it meanwhile."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from db import attachments, cases
from db.casebook import Casebook
from db.pictures import drawn
from db.pictures.seen import How, seen_before
from db.vocabulary import Op
from tests import drawings
from tests.makers import attach, encoded, make_case, picture

_OF_EACH = 10


def originals() -> list[Image.Image]:
    kinds = (drawings.landscape, drawings.portrait, drawings.texture, drawings.post)
    return [draw(seed) for draw in kinds for seed in range(_OF_EACH)]


def scaled(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2))


def attach_all(book: Casebook, case_id: str, pictures: list[bytes]) -> list[str]:
    with attachments.Depot(book.path) as depot:
        ready = [depot.picture(data, f"{n}.jpg") for n, data in enumerate(pictures)]
    with book.change(Op.ADD_ATTACHMENT) as change:
        return [attachments.attach(change, case_id, each) for each in ready]


def draw_all(book: Casebook) -> None:
    attachments.draw_small(book.path, [attachments.one(book, each) for each in drawn.waiting(book)])


def test_copies_are_found_and_others_are_not(book: Casebook) -> None:
    """The labelled set: every picture has five copies in other cases; whatever else is found is a mistake."""
    ways = {
        "scaled": lambda image, seed: encoded(scaled(image)),
        "recompressed": lambda image, seed: encoded(image, quality=35),
        "cropped": lambda image, seed: encoded(drawings.cropped(image, seed), quality=70),
        "mirrored": lambda image, seed: encoded(ImageOps.mirror(image), quality=70),
        "retouched": lambda image, seed: encoded(drawings.retouched(image, seed), quality=70),
    }
    case_id = make_case(book)
    images = originals()
    asked = attach_all(book, case_id, [encoded(image, quality=90) for image in images])
    kinds = [(n, way) for n in range(len(images)) for way in ways]
    copies = attach_all(book, make_case(book), [ways[way](images[n], n) for n, way in kinds])
    label = dict(zip(copies, kinds, strict=True))
    draw_all(book)
    found = {(n, each.attachment_id) for n, one in enumerate(asked) for each in seen_before(book, one)}
    right = {(n, each) for each, (n, _) in label.items()}
    recall, precision = len(found & right) / len(right), len(found & right) / len(found)
    print(f"\nseen before: {len(right)} pairs, precision {precision:.3f}, recall {recall:.3f}")
    for way in ways:
        of_way = {pair for pair in right if label[pair[1]][1] == way}
        print(f"  {way}: recall {len(found & of_way) / len(of_way):.3f}")
    assert precision >= 0.95
    assert recall >= 0.9


def test_how_it_is_the_same_and_where_it_stands_is_told(book: Casebook) -> None:
    scene = drawings.landscape(3)
    here, there = make_case(book), make_case(book, title="An old flood")
    asked = attach(book, here, encoded(scene, quality=90), "new.jpg")
    cut = scene.crop((90, 60, 800, 540))
    attach(book, there, encoded(scene, quality=90), "again.jpg")
    attach(book, there, encoded(scaled(scene)), "small.jpg")
    attach(book, there, encoded(cut), "cut.jpg")
    attach(book, there, encoded(ImageOps.mirror(scene)), "turned.jpg")
    attach(book, here, encoded(ImageOps.mirror(cut)), "both.jpg")
    attach(book, there, encoded(drawings.landscape(4)), "other.jpg")
    assert [each.name for each in seen_before(book, asked)] == ["again.jpg"], "equal bytes need no drawing"
    draw_all(book)
    found = {each.name: each for each in seen_before(book, asked)}
    assert {name: each.how for name, each in found.items()} == {
        "again.jpg": How.EXACT,
        "small.jpg": How.SAME,
        "cut.jpg": How.CROPPED,
        "turned.jpg": How.MIRRORED,
        "both.jpg": How.MIRRORED_CROPPED,
    }
    assert (found["small.jpg"].case_id, found["small.jpg"].title) == (there, "An old flood")
    assert found["both.jpg"].case_id == here
    distances = [each.distance for each in seen_before(book, asked)]
    assert distances == sorted(distances)
    assert distances[0] == 0
    assert all(0 < each < 1 for each in distances[1:])


def test_it_is_found_from_either_side(book: Casebook) -> None:
    scene, case_id, other = drawings.portrait(5), make_case(book), make_case(book)
    whole = attach(book, case_id, encoded(scene), "whole.jpg")
    part = attach(book, other, encoded(ImageOps.mirror(drawings.cropped(scene, 1))), "part.jpg")
    draw_all(book)
    assert [each.attachment_id for each in seen_before(book, whole)] == [part]
    assert [each.attachment_id for each in seen_before(book, part)] == [whole]


def test_what_was_removed_is_not_found(book: Casebook) -> None:
    data, case_id, other = encoded(drawings.texture(1)), make_case(book), make_case(book)
    asked, copy = attach(book, case_id, data), attach(book, other, data)
    assert [each.attachment_id for each in seen_before(book, asked)] == [copy]
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, copy)
    assert seen_before(book, asked) == ()
    book.undo()
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, other)
    assert seen_before(book, asked) == ()


def test_a_page_with_other_words_is_another_page(book: Casebook) -> None:
    case_id = make_case(book)
    asked = [attach(book, case_id, encoded(drawings.post(seed)), f"{seed}.jpg") for seed in range(12)]
    draw_all(book)
    assert [seen_before(book, each) for each in asked] == [()] * len(asked)


@pytest.mark.parametrize("data", [picture(1, 1), picture(40, 40), picture(3000, 2), b"no picture", b""])
def test_what_shows_nothing_is_found_by_its_bytes_alone(book: Casebook, data: bytes) -> None:
    case_id, other = make_case(book), make_case(book)
    asked = attach(book, case_id, data or b"x")
    attach(book, other, picture(41, 40))
    same = attach(book, other, data or b"x")
    draw_all(book)
    assert [(each.attachment_id, each.how) for each in seen_before(book, asked)] == [(same, How.EXACT)]


def test_what_was_dropped_leaves_no_trace(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, encoded(drawings.texture(2)))
    draw_all(book)
    draw_again = attachments.of_case(book, case_id)
    attachments.draw_small(book.path, draw_again)
    assert book.value("SELECT count(*) FROM anchor") > 10
    with book.repair() as writer:
        drawn.forget(writer, draw_again[0].sha256)
    assert book.value("SELECT count(*) FROM anchor") == 0
    assert len(drawn.waiting(book)) == 1
