"""The file: the same each time, whole or not at all, with outline, links, metadata and marking."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from db import cases, citations, claims, erasing, links, sources, timeline
from db.cases import CaseDraft
from db.citations import CitationDraft
from db.errors import DiskFailed, Exists, NotFound
from db.progress import Cancelled
from db.vocabulary import Op, Relation, Tlp
from desktop.dossier.build import write
from desktop.dossier.options import Options, Paper
from tests import makers
from tests.db.union import unite
from tests.desktop.dossier.conftest import objects, pages, run, seen

URDU = makers.URDU


class Watch:
    """Progress that remembers, and cancels at one of its steps."""

    def __init__(self, cancel_at: int = -1) -> None:
        self.steps: list[tuple[int, int]] = []
        self._cancel_at = cancel_at

    def step(self, done: int, total: int) -> None:
        self.steps.append((done, total))
        if len(self.steps) == self._cancel_at:
            raise Cancelled


@pytest.fixture
def case_id(book):
    """A case with a little of everything."""
    case_id = makers.make_case(book, URDU, title="The closed border")
    makers.make_source(book, [case_id], "First source", url="https://example.org/1")
    makers.make_source(book, [case_id], "Second source")
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case_id, timeline.AppearanceDraft(seen_on="2024-05-01", quotation=makers.EMOJI))
    makers.attach(book, case_id, makers.picture(400, 300), "shot.png")
    makers.attach(book, case_id, makers.picture(400, 300, "blue", "JPEG"), "photo.jpg")
    makers.give_verdict(book, case_id)
    return case_id


def test_the_same_casebook_gives_the_same_bytes_in_any_process_on_any_day(book, case_id, tmp_path):
    write(book, [case_id], tmp_path / "one.pdf")
    write(book, [case_id], tmp_path / "two.pdf")
    first = (tmp_path / "one.pdf").read_bytes()
    assert (tmp_path / "two.pdf").read_bytes() == first
    code = (
        "import sys; from pathlib import Path; from db.casebook import Casebook; from desktop.dossier.build import write\n"
        "with Casebook.open(Path(sys.argv[1]), write=False) as book: write(book, [sys.argv[2]], Path(sys.argv[3]))"
    )
    changed = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kabul", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"}
    command = [sys.executable, "-c", code, str(book.path), case_id, str(tmp_path / "three.pdf")]
    root = Path(__file__).parents[3]
    subprocess.run(command, env={**os.environ, **changed}, check=True, cwd=root)
    assert (tmp_path / "three.pdf").read_bytes() == first


def test_a_new_save_gives_another_document_that_names_its_time(book, case_id, tmp_path):
    write(book, [case_id], tmp_path / "one.pdf")
    makers.edit_case(book, case_id, "Another title")
    write(book, [case_id], tmp_path / "two.pdf")
    identities = [re.search(r"/ID \[(\S+)", objects(tmp_path / name))[1] for name in ("one.pdf", "two.pdf")]
    assert identities[0] != identities[1]
    moment = book.value("SELECT max(made_at) FROM op")
    assert f"/CreationDate (D:{re.sub('[^0-9]', '', moment)[:14]}" in objects(tmp_path / "two.pdf")
    assert f"{moment[11:16]} UTC" in pages(tmp_path / "two.pdf")[0]


def test_cancelling_at_any_step_leaves_the_old_file_and_nothing_beside_it(book, case_id, tmp_path):
    whole = Watch()
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "dossier.pdf"
    write(book, [case_id], out, progress=whole)
    before = out.read_bytes()
    for at in {1, 2, len(whole.steps) // 3, len(whole.steps) // 2, len(whole.steps) - 1}:
        with pytest.raises(Cancelled):
            write(book, [case_id], out, progress=Watch(at))
        assert [file.name for file in folder.iterdir()] == ["dossier.pdf"]
        assert out.read_bytes() == before


def test_progress_only_grows_and_ends_at_its_total(book, case_id, tmp_path):
    watch = Watch()
    write(book, [case_id], tmp_path / "out.pdf", progress=watch)
    done = [step[0] for step in watch.steps]
    assert done == sorted(done)
    assert watch.steps[-1][0] == watch.steps[-1][1]
    assert all(step[0] < step[1] for step in watch.steps[:-1])
    assert len({step[1] for step in watch.steps}) == 1


def test_a_case_or_a_folder_that_is_not_there_leaves_no_file(book, case_id, tmp_path):
    with pytest.raises(NotFound):
        write(book, [case_id, "0" * 36], tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
    with pytest.raises(DiskFailed):
        write(book, [case_id], tmp_path / "no" / "such" / "out.pdf")


def test_a_dossier_never_takes_the_place_of_its_casebook(book, case_id):
    with pytest.raises(Exists):
        write(book, [case_id], book.path)
    assert cases.one(book, case_id).title == "The closed border"


def test_each_page_says_its_number_its_case_and_its_marking_at_head_and_foot(book, case_id, tmp_path):
    with book.change(Op.EDIT_CASE) as change:
        cases.edit(change, case_id, CaseDraft("The closed border", tlp=Tlp.RED))
    write(book, [case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert text.count("TLP:RED") == 2
        assert "KBL-" in text
        assert "Kabul desk" in text


def test_the_outline_leads_to_every_part_of_every_case(book, case_id, tmp_path):
    other = makers.make_case(book, "Another claim")
    write(book, [case_id, other], tmp_path / "out.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    outline = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    document.close()
    titles = [(level, title) for level, title, _ in outline]
    reference = cases.one(book, case_id).reference
    assert titles == [
        (0, "Contents"),
        (0, f"{reference}  The closed border"),
        *((1, title) for title in ("Appearances", "Evidence", "Exhibits", "Sources", "Verdicts", "Custody")),
        (0, f"{cases.one(book, other).reference}  Another claim"),
        (0, "Imprint"),
    ]
    assert [page for *_, page in outline] == sorted(page for *_, page in outline)


def test_the_contents_of_several_cases_name_the_page_where_each_begins(book, case_id, tmp_path):
    others = [makers.make_case(book, f"Claim number {number}") for number in range(3)]
    write(book, [*others, case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    contents = texts[0].split()
    for each in (*others, case_id):
        reference = cases.one(book, each).reference
        begins = next(n for n, text in enumerate(texts[1:], 2) if "THE CLAIM" in text and reference in text)
        assert str(begins) in contents
    assert "Dossier of 4 cases" in texts[0]


def test_source_numbers_lead_to_the_list_of_sources(book, case_id, tmp_path):
    write(book, [case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    assert re.search(r"\[1\]\s+First source", "".join(texts))
    inside = objects(tmp_path / "out.pdf")
    assert inside.count("/Subtype /Link") > 6
    assert "/URI (https://example.org/1)" in inside


def test_the_metadata_name_case_desk_and_analyst(book, case_id, tmp_path):
    write(book, [case_id], tmp_path / "out.pdf")
    info = dict(line.split(":", 1) for line in run("pdfinfo", tmp_path / "out.pdf").splitlines())
    reference = cases.one(book, case_id).reference
    assert info["Title"].strip() == f"{reference}: The closed border"
    assert info["Author"].strip() == "Amina, Kabul desk"
    assert info["Subject"].strip() == URDU
    assert "Unproven" in info["Keywords"]
    assert info["JavaScript"].strip() == "no"
    assert "/Lang (en)" in objects(tmp_path / "out.pdf")


def test_the_file_is_clean_and_its_fonts_are_inside(book, case_id, tmp_path):
    write(book, [case_id], tmp_path / "out.pdf", Options(Paper.LETTER))
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", tmp_path / "out.pdf")
    fonts = run("pdffonts", tmp_path / "out.pdf").splitlines()[2:]
    assert fonts
    assert all(re.search(r"\byes +yes +yes\b", font) for font in fonts)
    assert "612 x 792" in run("pdfinfo", tmp_path / "out.pdf")


def test_a_verdict_on_evidence_that_has_changed_says_so_and_what_has_changed(book, case_id, tmp_path):
    with book.change(Op.EDIT_CLAIM) as change:
        claim = claims.of_case(change.writer, case_id)[0]
        claims.edit(change, claim.id, claims.ClaimDraft("The border is open"))
    write(book, [case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    assert "The evidence has changed since." in texts[0]
    history = "".join(texts).rpartition("Changed in the evidence since")[2]
    assert "Claim: claim" in history
    assert "The border is open" in history


def test_all_verdicts_that_stand_are_on_page_one_and_those_gone_are_told_with_their_reason(book, case_id, tmp_path):
    first = makers.give_verdict(book, case_id, "false", "Because of one.")
    second = makers.give_verdict(book, case_id, "true", "Because of two.")
    makers.withdraw_verdict(book, second, "Two was a mistake.")
    write(book, [case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    assert "False" in texts[0]
    assert "Because of one." in texts[0]
    rest = "".join(texts[1:])
    for words in ("withdrawn", "superseded", "Because of two.", "Two was a mistake.", "Nobody could tell."):
        assert words in rest, words
    makers.withdraw_verdict(book, first)
    makers.withdraw_verdict(book, book.value("SELECT min(id) FROM verdict"))
    write(book, [case_id], tmp_path / "out.pdf")
    assert "No verdict stands." in pages(tmp_path / "out.pdf")[0]


def test_verdicts_of_two_desks_and_what_they_dispute_are_on_page_one(book, case_id, tmp_path):
    with makers.make_book(tmp_path, "herat", desk="دفتر هرات", code="HRT", analyst="Bek") as herat:
        unite(herat, book.path)
        makers.give_verdict(book, case_id, "false", "Because of one.")
        makers.give_verdict(herat, case_id, "mostly true", "Because of two.")
        makers.edit_case(book, case_id, "Title of Kabul")
        makers.edit_case(herat, case_id, "Title of Herat")
        unite(book, herat.path)
    other = makers.make_case(book, "another")
    write(book, [case_id, other], tmp_path / "out.pdf")
    contents, first, *_ = pages(tmp_path / "out.pdf")
    assert "verdicts differ" in contents
    for words in ("False", "Mostly true", "Because of one.", "Because of two.", "they differ", "Amina", "Kabul desk",
                  "Bek", "دفتر هرات", "1 field in conflict", "Case, Title", "Title of"):  # fmt: skip
        assert seen(words) in seen(first), words
    makers.give_verdict(book, case_id, "half true", "Because of both.")
    makers.edit_case(book, case_id, "Settled")
    write(book, [case_id, other], tmp_path / "out.pdf")
    contents, first, *rest = pages(tmp_path / "out.pdf")
    assert "differ" not in contents + first
    assert "in conflict" not in first
    assert "".join(rest).count("superseded") == 3


def test_a_text_of_any_length_is_printed_whole_and_quickly(book, tmp_path):
    case_id = makers.make_case(book, "word " * 40_000 + "ENDOFCLAIM")
    with book.change(Op.ADD_SOURCE) as change:
        source = sources.add(change, sources.SourceDraft("title " * 900))
        draft = CitationDraft(quotation="x" * 40_000 + " ENDOFQUOTE", note="\n" * 300 + "ENDOFNOTE")
        citations.cite(change, case_id, source, draft)
    write(book, [case_id], tmp_path / "out.pdf")
    texts = pages(tmp_path / "out.pdf")
    assert "".join(texts).count("word") >= 40_000
    for end in ("ENDOFCLAIM", "ENDOFQUOTE", "ENDOFNOTE"):
        assert end in "".join(texts)
    for text in texts:
        assert f"of {len(texts)}" in text


def test_cases_with_the_same_claim_are_named_and_nothing_else_of_them_is_told(book, case_id, tmp_path):
    other = makers.make_case(book, "Words of the other claim", title="Title of the other")
    makers.give_verdict(book, other, "False", "Rationale of the other")
    with book.change(Op.LINK_CASES) as change:
        links.link(change, other, case_id, Relation.SAME, "Reason for the link")
    reference = cases.one(book, other).reference
    write(book, [case_id], tmp_path / "out.pdf")
    (told,) = re.findall(
        f"Same claim as {reference}[^.]*[.]", run("pdftotext", "-f", "1", "-l", "1", tmp_path / "out.pdf", "-")
    )
    assert "False" in told
    whole = run("pdftotext", tmp_path / "out.pdf", "-")
    assert not [words for words in ("Words", "Title", "Rationale") if f"{words} of the other" in whole]
    assert "Reason for the link" not in whole
    write(book, [case_id, other], tmp_path / "both.pdf")
    assert f"Same claim as {cases.one(book, case_id).reference}" in run("pdftotext", tmp_path / "both.pdf", "-")


def test_the_verdict_of_a_case_with_a_stricter_marking_is_not_told(book, case_id, tmp_path):
    other = makers.make_case(book, "Words of the other claim", tlp=Tlp.RED)
    makers.give_verdict(book, other, "False", "Rationale of the other")
    with book.change(Op.LINK_CASES) as change:
        links.link(change, case_id, other, Relation.SAME)
    write(book, [case_id], tmp_path / "out.pdf")
    told = run("pdftotext", tmp_path / "out.pdf", "-")
    assert f"Same claim as {cases.one(book, other).reference}." in told
    assert "False" not in told


def test_what_was_erased_is_printed_as_erased_by_whom_and_why(book, case_id, tmp_path):
    shot = book.value("SELECT id FROM attachment WHERE name = 'shot.png'")
    with book.change(Op.ERASE_ATTACHMENT) as change:
        erasing.erase(change, erasing.plan(book, [shot]), "The witness asked for it")
    write(book, [case_id], tmp_path / "out.pdf")
    text = seen("".join(pages(tmp_path / "out.pdf")))
    assert seen("by Amina: The witness asked for it") in text
    assert text.count(seen("Erased on")) == 2  # beside the exhibits, and in the custody list
    assert seen("not in this casebook") not in text
