"""What is drawn on a picture and not kept yet, as it is put by in case of a crash."""

from __future__ import annotations

import json
from dataclasses import dataclass

from db import drafts
from db.casebook import Casebook
from db.errors import Invalid
from db.pictures import steps
from db.pictures.steps import Steps


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """The steps, the original that they are on, and the name of what is to be made of it."""

    original: str
    name: str
    steps: Steps

    def put_by(self, book: Casebook, of: str) -> None:
        """Keep this for the attachment that the desk was opened for."""
        body = {"original": self.original, "name": self.name, "steps": steps.as_json(self.steps)}
        drafts.keep(book, _name(of), json.dumps(body))


def read(book: Casebook, of: str) -> DeskDraft | None:
    """What was put by for an attachment, where there is anything that can be read."""
    body = drafts.read(book, _name(of))
    try:
        found = json.loads(body) if body else None
        return DeskDraft(found["original"], found["name"], steps.from_json(found["steps"])) if found else None
    except (ValueError, KeyError, TypeError, Invalid):
        return None


def drop(book: Casebook, of: str) -> None:
    """Let go of what was put by for an attachment."""
    drafts.keep(book, _name(of), "")


def _name(of: str) -> str:
    return f"retouch {of}"
