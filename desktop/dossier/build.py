"""From a casebook to a PDF: whole under its name, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable

from db.blobs import whole_file
from db.errors import Exists, Invalid
from db.progress import SILENT, Progress
from db.store import Store
from db.verdicts import Standing
from db.vocabulary import Tlp
from desktop import wording
from desktop.dossier.brief import Brief, first_line, title_of
from desktop.dossier.content import Dossier, gather, strings
from desktop.dossier.gallery import Gallery
from desktop.dossier.options import DEFAULT, Missing, Options, Unprintable
from desktop.dossier.output import Output
from desktop.dossier.page import Running
from desktop.dossier.parts import contents, custody, evidence, exhibits, finding, imprint, sources, timeline, verdicts
from desktop.dossier.press import Press
from desktop.dossier.style import Setter, own

_RUNNING_TITLE = 56
# What follows the claim and the finding, which have a page of their own.
_PARTS = (
    timeline.story,
    evidence.story,
    exhibits.story,
    sources.story,
    verdicts.story,
    custody.story,
)


def write(
    store: Store, case_ids: Sequence[str], out: Path, options: Options = DEFAULT, progress: Progress = SILENT
) -> None:
    """Print these cases into one PDF file.

    The same casebook and options give the same bytes. Raises `Unprintable` for characters that no font has,
    `NotFound` for a case that is not there, `Exists` where the casebook itself would be written over, `DiskFailed`
    where the file cannot be written, `Cancelled`.
    """
    if not case_ids:
        raise Invalid("case_id", "empty")
    if out.exists() and out.samefile(store.path):
        raise Exists(out)
    dossier = gather(store, case_ids)
    setter = Setter(options)
    if options.missing is Missing.REFUSE:
        _refuse_missing(dossier, setter)
    with whole_file(out) as file:
        output = Output(file, (setter.page.width, setter.page.height), dossier.state, _seed(dossier, options))
        _describe(output, dossier)
        _print(dossier, setter, output, Gallery(store, output), progress)


def _refuse_missing(dossier: Dossier, setter: Setter) -> None:
    missing = {name for text in strings(dossier) for name in setter.fonts.missing(text)}
    if missing:
        raise Unprintable(tuple(sorted(missing)))


def _print(dossier: Dossier, setter: Setter, output: Output, gallery: Gallery, progress: Progress) -> None:
    briefs = [Brief(dossier, file, setter, gallery, f"case-{n}") for n, file in enumerate(dossier.cases, 1)]
    several = len(briefs) > 1
    steps = _Steps(progress, sum(map(_weight, briefs)) + 2)
    press = Press(output, setter, steps.hold)
    if several:
        press.begin(_running(dossier))
        press.place(contents.story(dossier, briefs, setter))
    for brief in briefs:
        first = press.begin(_running(dossier, brief))
        if several:
            contents.note_page(output, setter, brief, first)
        press.place(steps.counted(finding.story(brief)))
        if _goes_on(brief):
            press.turn_next()
        for part in _PARTS:
            press.place(steps.counted(part(brief)))
    if several:
        press.begin(_running(dossier))
    press.place([imprint.story(dossier, setter)])
    press.end()
    press.number_pages()
    output.finish(steps.hold)
    steps.end()


@dataclass(slots=True)
class _Steps:
    """How far the printing is, in blocks; the total is an estimate that is never passed."""

    progress: Progress
    total: int
    done: int = 0

    def hold(self) -> None:
        """Give the person a chance to cancel."""
        self.progress.step(self.done, self.total)

    def counted(self, blocks: Iterator[Flowable]) -> Iterator[Flowable]:
        """The same blocks, each a step."""
        for block in blocks:
            yield block
            self.done = min(self.done + 1, self.total - 1)
            self.hold()

    def end(self) -> None:
        """Tell that all is done."""
        self.progress.step(self.total, self.total)


def _goes_on(brief: Brief) -> bool:
    """Whether there is more to print of a case than its claim and that nothing is found."""
    file = brief.file
    return bool(file.actors or file.moments or file.citations or file.exhibits or file.verdicts)


def _weight(brief: Brief) -> int:
    """About how many blocks a case makes."""
    file = brief.file
    blocks = len(file.moments) + len(file.actors) + len(file.citations) + 2 * len(file.sources)
    return blocks + 2 * len(file.exhibits) + len(file.verdicts) + 24


def _running(dossier: Dossier, brief: Brief | None = None) -> Running:
    """Head and foot of the pages of a case, or of the pages that belong to all."""
    state = f"State of {wording.when(dossier.state)}"
    if brief:
        case = brief.file.case
        return Running(
            case.reference, own(first_line(brief.title(), _RUNNING_TITLE)), own(dossier.desk.name), state, case.tlp
        )
    strictest = max((file.case.tlp for file in dossier.cases), key=list(Tlp).index)
    return Running(contents.title(dossier), "", own(dossier.desk.name), state, strictest)


def _describe(output: Output, dossier: Dossier) -> None:
    """The metadata: title, author, subject, keywords."""
    first = dossier.cases[0]
    references = [file.case.reference for file in dossier.cases]
    claims = [first_line(claim.text, 300) for claim in first.claims[:1]]
    one = len(references) == 1
    output.setTitle(f"{references[0]}: {title_of(first)}" if one else contents.title(dossier))
    output.setAuthor(", ".join(filter(None, (dossier.desk.analyst, dossier.desk.name))))
    output.setSubject("".join(claims) if one else ", ".join(references))
    output.setCreator("Claimdesk")
    words = [*references]
    for file in dossier.cases:
        words += [given.verdict.rating for given in file.verdicts if given.verdict.standing is Standing.STANDS]
        words += file.tags
    output.setKeywords(", ".join(dict.fromkeys(words)))


def _seed(dossier: Dossier, options: Options) -> str:
    """What the identity of the document is drawn from."""
    ends = [head.operation for head in dossier.heads]
    return repr((options, ends, [file.case.id for file in dossier.cases]))
