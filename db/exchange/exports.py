"""What leaves the desk: told first with its markings, then written to a file that is whole or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db import blobs
from db.errors import Exists
from db.exchange import casefile, claimreview, csl, ris, tables, works
from db.exchange.vocabulary import Medium, Separator, Table
from db.progress import SILENT, Progress
from db.store import Store
from db.vocabulary import Tlp


@dataclass(frozen=True, slots=True)
class Wanted:
    """How cases are to leave: `url` is where a fact check is published, `table` and `separator` are of a CSV."""

    medium: Medium
    url: str = ""
    table: Table = Table.CASES
    separator: Separator = Separator.COMMA


@dataclass(frozen=True, slots=True)
class Leaving:
    """A case that might leave, with the verdict that stands and who may see it."""

    id: str
    reference: str
    title: str
    rating: str
    tlp: Tlp

    @property
    def held_back(self) -> bool:
        """Whether its marking wants a person to say by name that it may leave."""
        return self.tlp is not Tlp.CLEAR


def leaving(store: Store, case_ids: Sequence[str] = ()) -> tuple[Leaving, ...]:
    """These cases by reference; all of the casebook where none is named."""
    some = "WHERE case_id IN (SELECT value FROM json_each(:ids))" if case_ids else ""
    sql = f"SELECT case_id AS id, reference, title, rating, tlp FROM case_card {some} ORDER BY reference_key, case_id"
    return store.records(Leaving, sql, **{"ids": json.dumps(list(case_ids))} if case_ids else {})


def export(store: Store, case_ids: Sequence[str], target: Path, wanted: Wanted, progress: Progress = SILENT) -> None:
    """Write these cases to a file; raises `Exists` where that would take the place of the casebook."""
    if target.exists() and target.samefile(store.path):
        raise Exists(target)
    with blobs.whole_file(target) as file:
        for piece in _pieces(store, case_ids, wanted, progress):
            file.write(piece.encode())


def _pieces(store: Store, case_ids: Sequence[str], wanted: Wanted, progress: Progress) -> Iterator[str]:
    match wanted.medium:
        case Medium.CLAIMREVIEW:
            return claimreview.reviews(store, case_ids, wanted.url, progress)
        case Medium.CSV:
            return tables.write(store, case_ids, wanted.table, wanted.separator, progress)
        case Medium.JSON:
            return casefile.write(store, case_ids, progress)
        case Medium.RIS:
            return ris.write(works.cited(store, case_ids, progress))
        case Medium.CSL:
            return csl.write(works.cited(store, case_ids, progress))
