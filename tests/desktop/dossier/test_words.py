"""What an analyst typed stands on the paper, in every script, and does nothing but stand there."""

from __future__ import annotations

import re

import pytest

from db import (
    actors,
    attributes,
    cases,
    citations,
    claims,
    confirmation,
    desks,
    events,
    joints,
    notes,
    sources,
    timeline,
)  # fmt: skip
from db.actors import ActorDraft
from db.attributes import AttributeDraft
from db.cases import CaseDraft
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.events import EventDraft
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Attribute, Credibility, Op, Reliability, Role, SourceKind, Stance, Tlp
from desktop.dossier.build import write
from desktop.dossier.options import Missing, Options, Unprintable
from tests import makers
from tests.desktop.dossier.conftest import objects, pages, run, seen

URDU = "وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے"
PASHTO = "ولسمشر وویل چې پوله تړل شوې ده"
DARI = "این ادعا نادرست است، می‌گوید پول پرداخت شد"
ARABIC = "هذا الادعاء كاذب تماماً"
RUSSIAN = "Вакцина ещё не одобрена"
UZBEK = "Бу даъво ёлғон, yolgʻon xabar"
HINDI = "यह दावा झूठा है"
ENGLISH = "The claim is “false”; 2,640 km & <b>more</b>"
EMOJI = "Breaking 🚨 100 % true 🟠 ✅"


def test_every_typed_string_is_found_in_the_pdf(book, tmp_path):
    typed = _everything_typed(book)
    out = tmp_path / "dossier.pdf"
    write(book, [_only_case(book)], out)
    text = seen("".join(pages(out)))
    for each in typed:
        assert found(each, text), each
    assert "/JavaScript" not in objects(out)


def test_words_of_a_vocabulary_and_grades_are_printed_in_words(book, tmp_path):
    _everything_typed(book)
    out = tmp_path / "dossier.pdf"
    write(book, [_only_case(book)], out)
    text = seen("".join(pages(out)))
    for words in ("B2", "Usually reliable", "Probably true", "Amplification", "TLP:AMBER+STRICT", "Unproven"):
        assert seen(words) in text, words


def test_events_stand_among_the_appearances_in_the_order_of_time(book, tmp_path):
    case_id = makers.make_case(book, ENGLISH)
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case_id, AppearanceDraft(channel="Radio", seen_on="2025-03-06"))
        timeline.add(change, case_id, AppearanceDraft(channel="Paper", seen_on="2025-03-04"))
    write(book, [case_id], tmp_path / "without.pdf")
    assert "Timeline" not in "".join(pages(tmp_path / "without.pdf"))
    with book.change(Op.ADD_EVENT) as change:
        events.add(change, case_id, EventDraft(RUSSIAN, "2025-03-05", "Habibabad, Kasur", HINDI))
    write(book, [case_id], tmp_path / "dossier.pdf")
    text = seen("".join(pages(tmp_path / "dossier.pdf")))
    assert seen("2 appearances, 1 event") in text
    line = text[text.rindex("Timeline") :]
    assert line.index("Paper") < line.index(seen("Habibabad, Kasur")) < line.index("Radio")
    assert all(found(words, line) for words in (RUSSIAN, HINDI))


def test_origins_are_counted_and_derivations_told(book, tmp_path):
    case_id = makers.make_case(book, ENGLISH)
    wire = makers.make_source(book, [], HINDI)
    first = makers.make_source(book, [case_id], "First", derived_from=wire, derivation="wire copy")
    makers.make_source(book, [case_id], "Second", derived_from=first, derivation="repost")
    makers.make_source(book, [case_id], "Third")
    with book.change(Op.EDIT_CITATION) as change:
        cited = citations.of_case(book, case_id)[0]
        confirmation.edit(change, cited.id, CitationDraft(Stance.REFUTES, Reliability.B, Credibility.CONFIRMED))
    write(book, [case_id], tmp_path / "dossier.pdf")
    text = seen("".join(pages(tmp_path / "dossier.pdf")))
    told = ("3 sources, 2 independent origins", "3 from 2 independent origins", "Repost of [1]")
    for words in told:
        assert seen(words) in text, words
    assert found(HINDI, text)
    assert seen("no longer holds") not in text
    with book.change(Op.DELETE_CITATION) as change:
        citations.delete(change, citations.of_case(book, case_id)[2].id)
    write(book, [case_id], tmp_path / "after.pdf")
    assert seen("1 no longer holds: no other independent origin") in seen("".join(pages(tmp_path / "after.pdf")))


def test_what_sources_say_of_an_actor_stands_side_by_side_under_its_names(book, tmp_path):
    case_id, other = makers.make_case(book, ENGLISH), makers.make_case(book, "another")
    source = makers.make_source(book, [case_id], "A post")
    with book.change(Op.ADD_ATTRIBUTE) as change:
        hasan, same = actors.add(change, ActorDraft("Hasan")), actors.add(change, ActorDraft(ARABIC))
        for actor, case, value, of in (
            (hasan, case_id, "Khyber Pakhtunkhwa", source), (same, case_id, "Achin, Nangarhar", ""),
            (hasan, other, "told elsewhere", ""),
        ):  # fmt: skip
            attributes.add(change, case, actor, AttributeDraft(Attribute.ORIGIN, value, source_id=of))
        timeline.add(change, case_id, AppearanceDraft(actor_id=same, channel="X"))
        joints.join(change, same, hasan)
    write(book, [case_id], tmp_path / "dossier.pdf")
    text = seen("".join(pages(tmp_path / "dossier.pdf")))
    assert seen("Khyber Pakhtunkhwa [1] · Achin, Nangarhar") in text
    assert found(ARABIC, text)
    assert seen("told elsewhere") not in text
    assert text.count(seen("Person")) == 1, "one actor"


PAYLOADS = [
    '<img src="/etc/passwd"/>',
    '<a href="javascript:alert(1)">x</a>',
    "<para><font color='red'>&amp; &lt;unclosed",
    "file:///etc/passwd",
    "javascript:alert(1)",
    r"\\host\share\x.png",
    "(unbalanced) \\) /JS (x) endobj stream",
    "%PDF-1.7 %%EOF",
    "\u202eevil\u202c \u2067isolated",
    "{{7*7}} ${x} =1+1",
]


def test_typed_text_never_becomes_markup_a_link_an_image_or_an_action(book, tmp_path):
    case_id = makers.make_case(book, "\n".join(PAYLOADS), title=PAYLOADS[0])
    good = "https://example.org/a?b=(c)&d=\\e"
    with book.change(Op.ADD_SOURCE) as change:
        for payload in [*PAYLOADS, good]:
            draft = SourceDraft(payload, url=payload, archived_url=payload, author=payload, note=payload)
            source_id = sources.add(change, draft)
            citations.cite(change, case_id, source_id, CitationDraft(quotation=payload, locator=payload, note=payload))
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case_id, AppearanceDraft(url=PAYLOADS[4], channel=PAYLOADS[1], seen_on=PAYLOADS[0]))
    makers.give_verdict(book, case_id, rationale=PAYLOADS[1])
    out = tmp_path / "dossier.pdf"
    write(book, [case_id], out)
    inside = objects(out)
    assert set(re.findall(r"/URI \((.*)\)\n", inside)) == {"https://example.org/a?b=\\(c\\)&d=%5Ce"}
    assert set(re.findall(r"/S /(\w+)", inside)) <= {"URI", "GoTo", "Transparency"}
    assert "/Subtype /Image" not in inside
    assert not re.search(r"/(JS|JavaScript|Launch|OpenAction|AA|EmbeddedFile|SubmitForm)\b", inside)
    text = seen("".join(pages(out)))
    for payload in PAYLOADS:
        assert "\u202e" in payload or found(payload, text)


def test_a_character_that_no_font_has_is_refused_by_name_and_leaves_the_old_file(book, tmp_path):
    case_id = makers.make_case(book, "Old Persian 𐎠 and Linear A 𐘀")
    out = tmp_path / "dossier.pdf"
    out.write_bytes(b"what was here before")
    with pytest.raises(Unprintable) as refused:
        write(book, [case_id], out)
    assert refused.value.characters == ("U+103A0 OLD PERSIAN SIGN A", "U+10600 LINEAR A SIGN AB001")
    assert out.read_bytes() == b"what was here before"


def test_a_character_that_no_font_has_is_printed_as_its_number_by_choice(book, tmp_path):
    case_id = makers.make_case(book, "Linear A 𐘀 sign")
    out = tmp_path / "dossier.pdf"
    write(book, [case_id], out, Options(missing=Missing.CODE_POINT))
    assert "⟨U+10600⟩" in pages(out)[0]


def test_right_to_left_claims_stand_at_the_right_and_labels_at_the_left(book, tmp_path):
    out = tmp_path / "dossier.pdf"
    write(book, [makers.make_case(book, URDU)], out)
    boxes = run("pdftotext", "-bbox", out, "-")
    found = re.findall(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(.*)</word>', boxes)
    places = [(float(left), float(right)) for left, right, word in found if word[::-1] in URDU.split()]
    label = next(float(left) for left, _, word in found if word == "CLAIMED")
    assert max(right for _, right in places) > 520
    assert label < 62


def found(typed, text):
    """Whether a text is read whole, or at least in all its words.

    A column or the end of a page may stand between two of its lines, and on a page of mostly Latin letters poppler
    changes the order of the phrases on both sides of an Arabic comma.
    """
    return seen(typed) in text or all(seen(word) in text for word in re.findall(r"\w+", typed))


def _only_case(book):
    return book.value('SELECT id FROM "case"')


def _everything_typed(book):
    """A case with something typed in every field that is printed; returns all of it."""
    with book.change(Op.EDIT_DESK) as change:
        desks.edit(change, name=f"Desk {HINDI}", code="KBL", analyst=f"Amina {PASHTO}", imprint=f"Street 1\n{UZBEK}")
    with book.change(Op.ADD_CASE) as change:
        who = actors.add(change, ActorDraft("Zalmay Khalilzad", note=f"Envoy {RUSSIAN}"))
        actors.set_aliases(change, who, ["زلمی خلیلزاد", "Залмай Халилзад"])
        draft = CaseDraft(title=f"Title {ARABIC}", tlp=Tlp.AMBER_STRICT)
        case_id = cases.add(change, draft, ClaimDraft(URDU, "Urdu", ENGLISH, who, "spring of 1402"))
        whole = claims.of_case(change.writer, case_id)[0].id
        part = claims.add(change, case_id, ClaimDraft(DARI, "Dari", "Part in words", who, "2024-05", whole))
        notes.tag(change, case_id, "برچسب")
    with book.change(Op.ADD_APPEARANCE) as change:
        appearance = AppearanceDraft(
            who, Role.AMPLIFICATION, "Telegram", "https://t.me/kanal/1", "2025-11-17T09:30", EMOJI, PASHTO
        )
        timeline.add(change, case_id, appearance)
        timeline.add(change, case_id, AppearanceDraft(seen_on="после обеда", quotation="Cut off…"))
    with book.change(Op.ADD_SOURCE) as change:
        first = sources.add(change, SourceDraft(HINDI, SourceKind.REPORT, "https://example.org/1"))
        source = SourceDraft(
            UZBEK, SourceKind.POST, "https://example.org/پښتو", "https://archive.example/2", RUSSIAN, DARI,
            "2024-05", "2024-06-01", "Uzbek", first, ENGLISH,
        )  # fmt: skip
        second = sources.add(change, source)
        grade = (Stance.REFUTES, Reliability.B, Credibility.PROBABLY_TRUE)
        citations.cite(change, case_id, second, CitationDraft(*grade, "p. 12–14", ARABIC, HINDI, URDU, part))
        citations.cite(change, case_id, first, CitationDraft(Stance.SUPPORTS, quotation=EMOJI))
    taken_back = makers.give_verdict(book, case_id, "false", f"Rationale {RUSSIAN}")
    makers.withdraw_verdict(book, taken_back, f"Reason {DARI}")
    makers.give_verdict(book, case_id, "unproven", f"{URDU}\n{ENGLISH}\n{EMOJI}")
    dates = ["spring of 1402", "May 2024", "17 Nov 2025", "09:30 UTC", "1 Jun 2024", "после обеда"]
    return [
        URDU, PASHTO, DARI, ARABIC, RUSSIAN, UZBEK, HINDI, ENGLISH, EMOJI, *dates, "Zalmay Khalilzad", "زلمی خلیلزاد",
        "Залмай Халилзад", "برچسب", "Telegram", "https://t.me/kanal/1", "Cut off…", "https://example.org/1", "Street 1",
        "https://archive.example/2", "p. 12–14", "Part in words", "https://example.org/پښتو",
    ]  # fmt: skip
