"""The whole job in the window, from a new casebook to a dossier, read back from the disk and from the paper."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from db import actors, attachments, blobs, cards, citations, claims, notes, sources, timeline, verdicts
from db.casebook import Casebook
from db.check import check
from db.verdicts import Standing
from db.vocabulary import Confidence, Credibility, Method, Reliability, Stance
from tests import makers
from tests.desk import Desk

CLAIM = f"{makers.URDU}۔ {makers.RUSSIAN}. {makers.EMOJI}"
TITLE = "Vaccine «لقاح» и вакцина"
CLAIMANT = "زلمی خلیلزاد"
QUOTATION = f"{makers.PASHTO}؛ the officials said: “not true” – {makers.RUSSIAN}"
SECOND = "Отчёт министерства 2025"
PART = "پوله تړل شوې ده 🇦🇫"
RATIONALE = f"The recording was cut. {makers.RUSSIAN}; {makers.URDU}\nSecond line 👩‍⚕️ ½ № 7."
NOTE = "Ask the ministry again ☎"
DROPPED = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe0f\u200d\u200c\u00ad]")


def screenshot() -> QImage:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    for x in range(64):
        for y in range(48):
            image.setPixelColor(x, y, QColor(x * 4, y * 5, (x * y) % 256))
    return image


def do_the_job(desk: Desk, book: Path, out: Path) -> None:
    desk.new_casebook(book)
    desk.new_case(CLAIM, title=TITLE, claimant=CLAIMANT, language="Urdu", claimed_on="2025-11-17", tags="vaccine, مرز")
    desk.add("part of the claim", {"Claim, word for word": PART})
    desk.add("appearance", {"Actor": "Ariana News", "When": "2025-11-18", "Channel": "X", "Quotation": makers.EMOJI})
    desk.add_source(
        "Statement of the ministry",
        Stance_to_the_claim="Refutes",
        Reliability_of_the_source="B – Usually reliable",
        Credibility_of_the_information="2 – Probably true",
        Quotation=QUOTATION,
        Locator="p. 4",
        Publisher="وزارت خارجہ",
        Published="2025-11-19",
    )
    desk.add_source(SECOND, Stance_to_the_claim="Supports", Kind="Report")
    desk.add("note", {"Note": NOTE})
    desk.paste_screenshot(screenshot())
    desk.give_verdict("Misleading context", RATIONALE, "High")
    desk.export(out)
    assert desk.told == []
    assert str(out) in desk.status


def test_from_a_claim_to_a_dossier(desk: Desk, tmp_path: Path) -> None:
    book, out = tmp_path / "Kabul.casebook", tmp_path / "out.pdf"
    do_the_job(desk, book, out)
    assert desk.reference in desk.title
    desk.close()
    is_on_the_disk(book)
    is_on_paper(out)


def is_on_the_disk(path: Path) -> None:
    with Casebook.open(path) as book:
        (card,) = cards.page(book, cards.Sort.CHANGED)
        assert card.title == TITLE
        assert card.reference.startswith("KBL-")
        whole, part = claims.of_case(book, card.case_id)
        assert (whole.text, whole.language, whole.claimant, whole.claimed_on) == (CLAIM, "ur", CLAIMANT, "2025-11-17")
        assert (part.text, part.parent_id) == (PART, whole.id)
        (appearance,) = timeline.of_case(book, card.case_id)
        assert (appearance.actor, appearance.seen_on, appearance.quotation) == (
            "Ariana News",
            "2025-11-18",
            makers.EMOJI,
        )
        first, second = sources.of_case(book, card.case_id)
        assert (first.title, first.publisher, second.title) == ("Statement of the ministry", "وزارت خارجہ", SECOND)
        refuting, supporting = citations.of_case(book, card.case_id)
        assert (refuting.stance, supporting.stance) == (Stance.REFUTES, Stance.SUPPORTS)
        assert (refuting.reliability, refuting.credibility) == (Reliability.B, Credibility.PROBABLY_TRUE)
        assert (refuting.quotation, refuting.locator) == (QUOTATION, "p. 4")
        assert notes.tags_of_case(book, card.case_id) == ("vaccine", "مرز")
        assert [note.text for note in notes.of_case(book, card.case_id)] == [NOTE]
        (attachment,) = attachments.of_case(book, card.case_id)
        assert attachment.method is Method.PASTED
        assert pixels(blobs.reader(book, attachment.sha256).read()) == expected_pixels()
        (verdict,) = verdicts.of_case(book, card.case_id)
        assert (verdict.rating, verdict.rationale, verdict.confidence) == (
            "Misleading context",
            RATIONALE,
            Confidence.HIGH,
        )
        assert (verdict.analyst, verdict.standing, verdict.stale) == ("Amina", Standing.STANDS, False)
        assert {actor.name for actor in actors.everyone(book)} == {CLAIMANT, "Ariana News"}
        assert check(book).problems == ()


def is_on_paper(pdf: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not here")
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    there, signs = set(words_of(text)), set(unicodedata.normalize("NFKC", text))
    typed = (CLAIM, TITLE, CLAIMANT, PART, QUOTATION, "Statement of the ministry", SECOND, RATIONALE, "Ariana News")
    for each in (*typed, "وزارت خارجہ", "Misleading context", "p. 4", "vaccine", "مرز", makers.EMOJI):
        missing = [word for word in words_of(each) if word not in there]
        assert not missing, f"not found on paper: {missing}"
        assert set(DROPPED.sub("", unicodedata.normalize("NFKC", each))) <= signs
    pictures = pdf.parent / "pictures"
    subprocess.run(["pdfimages", "-png", pdf, pictures], check=True)
    found = [pixels(path.read_bytes()) for path in sorted(pdf.parent.glob("pictures-*.png"))]
    assert expected_pixels() in found


def words_of(text: str) -> list[str]:
    """Words as a reader compares them: compatibility forms, marks of direction and vowel signs aside.

    Poppler reads a page in one direction, and then sets points and vowel signs of the other beside the wrong letter.
    """
    plain = DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return re.findall(r"[^\W_]+", "".join(c for c in plain if unicodedata.category(c) != "Mn"))


def pixels(data: bytes | None) -> tuple[tuple[int, int], bytes]:
    image = Image.open(io.BytesIO(data or b"")).convert("RGB")
    return image.size, image.tobytes()


def expected_pixels() -> tuple[tuple[int, int], bytes]:
    image = screenshot()
    rgb = bytearray()
    for y in range(48):
        for x in range(64):
            color = image.pixelColor(x, y)
            rgb += bytes((color.red(), color.green(), color.blue()))
    return (64, 48), bytes(rgb)
