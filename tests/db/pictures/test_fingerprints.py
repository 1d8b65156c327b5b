"""A picture is known again when it was saved anew, made smaller, cut or mirrored; others are not taken for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import combinations

import pytest
from PIL import Image, ImageDraw, ImageOps

from db import attachments, cases
from db.casebook import Casebook
from db.pictures import decoding, fingerprints
from db.pictures.fingerprints import SamePicture
from db.progress import Cancelled
from db.vocabulary import Op
from tests.makers import attach, encoded, make_case, page, picture, scene

SCENES = [scene(seed) for seed in range(24)]
PAGES = [page(seed) for seed in range(24)]


def drawn(image: Image.Image, kind: str = "JPEG", quality: int = 85) -> bytes:
    """The fingerprint as it is kept with the small picture."""
    media_type = "image/jpeg" if kind == "JPEG" else "image/png"
    return decoding.thumbnail(io.BytesIO(encoded(image, kind, quality)), media_type).dhash


def either(one: bytes, other: bytes) -> bool:
    return fingerprints.same(one, other) or fingerprints.mirrored(one, other)


def cut(image: Image.Image, share: float) -> Image.Image:
    across, down = int(image.width * share), int(image.height * share)
    return image.crop((across, down, image.width - across, image.height - down))


def captioned(image: Image.Image) -> Image.Image:
    made = image.copy()
    ImageDraw.Draw(made).rectangle((0, int(made.height * 0.9), made.width, made.height), fill="black")
    return made


RECOMPRESSED: list[Callable[[Image.Image], bytes]] = [
    lambda image: drawn(image, quality=30),
    lambda image: drawn(image, "PNG"),
    lambda image: drawn(image.resize((image.width // 2, image.height // 2))),
    lambda image: drawn(image.resize((image.width // 6, image.height // 6)), quality=50),
    lambda image: drawn(image.point(lambda value: min(255, int(value * 1.2) + 8))),
]


@pytest.mark.parametrize("way", range(len(RECOMPRESSED)))
def test_pictures_and_pages_saved_anew_are_known(way: int) -> None:
    for image in SCENES + PAGES:
        assert fingerprints.same(drawn(image), RECOMPRESSED[way](image))


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (ImageOps.mirror, 1.0),
        (captioned, 1.0),
        (lambda image: cut(image, 0.02), 1.0),
        (lambda image: cut(image, 0.04), 0.5),  # measured: 0.75 of these, 0.35 of 103 real photographs
    ],
)
def test_pictures_that_were_mirrored_or_cut_are_known(
    change: Callable[[Image.Image], Image.Image], least: float
) -> None:
    known = sum(either(drawn(image), drawn(change(image), quality=70)) for image in SCENES)
    assert known / len(SCENES) >= least


def test_other_pictures_and_other_pages_are_not_taken_for_them() -> None:
    """Screens with writing look much alike: by their layout alone one in six pairs would be the same."""
    prints = [drawn(image) for image in SCENES + PAGES]
    mirrored = [drawn(ImageOps.mirror(image)) for image in SCENES]
    assert not [pair for pair in combinations(prints, 2) if either(*pair)]
    assert not [
        (one, two)
        for one, first in enumerate(mirrored)
        for two, second in enumerate(prints)
        if one != two and either(first, second)
    ]


@pytest.mark.parametrize("color", ["white", "black", "red", (250, 250, 249)])
def test_a_blank_screen_is_like_no_other(color: str) -> None:
    blank = drawn(Image.new("RGB", (400, 300), color))
    assert blank == b""
    assert not fingerprints.same(blank, blank)


def test_what_shines_through_is_compared_on_white() -> None:
    clear = SCENES[0].convert("RGBA")
    clear.putalpha(255)
    assert fingerprints.same(drawn(clear, "PNG"), drawn(SCENES[0]))


def draw(book: Casebook, *case_ids: str) -> None:
    for case_id in case_ids:
        attachments.draw_small(book.path, attachments.of_case(book, case_id))


def test_other_cases_are_found_by_their_pictures(book: Casebook) -> None:
    case_id, equal, smaller, mirrored, other = (make_case(book) for _ in range(5))
    data = encoded(SCENES[1])
    attach(book, case_id, data, "here.jpg")
    attach(book, equal, data, "there.jpg")
    attach(book, smaller, encoded(SCENES[1].resize((300, 200))), "small.jpg")
    attach(book, mirrored, encoded(ImageOps.mirror(SCENES[1])), "turned.jpg")
    attach(book, other, encoded(SCENES[2]), "other.jpg")
    before = fingerprints.find(book, case_id)
    assert list(before) == [equal], "what was not drawn yet is compared by its bytes alone"
    assert fingerprints.not_drawn(book) == 4
    draw(book, case_id, equal, smaller, mirrored, other)
    found = fingerprints.find(book, case_id)
    assert fingerprints.not_drawn(book) == 0
    assert found.keys() == {equal, smaller, mirrored}
    assert found[equal][0].equal
    assert (found[smaller][0].equal, found[smaller][0].mirrored) == (False, False)
    assert found[mirrored] == (
        SamePicture("here.jpg", "turned.jpg", *_digests(book, case_id, mirrored), mirrored=True),
    )
    assert fingerprints.find(book, mirrored).keys() == {case_id, equal, smaller}


def _digests(book: Casebook, *case_ids: str) -> list[str]:
    return [attachments.of_case(book, case_id)[0].sha256 for case_id in case_ids]


def test_equal_files_that_are_no_pictures_are_found_too(book: Casebook) -> None:
    case_id, other = make_case(book), make_case(book)
    attach(book, case_id, b"%PDF-1.7 a leaflet", "a.pdf")
    attach(book, other, b"%PDF-1.7 a leaflet", "b.pdf")
    assert [each.other_name for each in fingerprints.find(book, case_id)[other]] == ["b.pdf"]
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, attachments.of_case(book, other)[0].id)
    assert fingerprints.find(book, case_id) == {}
    book.undo()
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, other)
    assert fingerprints.find(book, case_id) == {}


def test_a_picture_of_many_cases_such_as_a_logo_says_nothing(book: Casebook) -> None:
    case_ids = [make_case(book) for _ in range(fingerprints.COMMON + 2)]
    for case_id in case_ids:
        attach(book, case_id, picture(20, 20), "logo.png")
    assert fingerprints.find(book, case_ids[0]) == {}


def test_looking_can_be_stopped(book: Casebook) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    case_id = make_case(book)
    attach(book, case_id, encoded(SCENES[0]), "a.jpg")
    draw(book, case_id)
    with pytest.raises(Cancelled):
        fingerprints.find(book, case_id, Stop())
