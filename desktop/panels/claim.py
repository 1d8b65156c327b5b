"""The claim of a case, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from db import actors, claims
from db.change import Change
from db.claims import ClaimDraft
from db.kinds import Kind
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.drafts import ClaimText
from desktop.forms.things import ClaimForm
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry


class ClaimPanel(MasterPanel[ClaimText]):
    """The whole claim first, then its parts."""

    shows = (Kind.CLAIM, Kind.ACTOR)
    saying = Saying("Claim", "quote", "No claim", "Write the claim down in the words it was made in.")
    add_op, edit_op, delete_op = Op.ADD_CLAIM, Op.EDIT_CLAIM, Op.DELETE_CLAIM

    def __init__(self, context: Context) -> None:
        self._claims: dict[str, claims.Claim] = {}
        self._form = ClaimForm()
        super().__init__(context, self._form)

    def entries(self) -> Sequence[Entry]:
        """The claim and its parts."""
        found = claims.of_case(self.context.book, self.case_id)
        self._claims = {claim.id: claim for claim in found}
        self._form.claimant.offer(actors.names(self.context.book))
        return [
            Entry(c.id, c.text, _line(c), "Part" if c.parent_id else "Claim", "gray" if c.parent_id else "accent")
            for c in found
        ]

    def blank(self) -> ClaimText:
        """A new part of the claim."""
        return ClaimText()

    def draft(self, thing: str) -> ClaimText | None:
        """A claim as the form shows it."""
        claim = self._claims.get(thing)
        return drafts.of(ClaimText, claim) if claim else None

    def put(self, change: Change, thing: str, draft: ClaimText) -> str:
        """Write a claim; a new one is a part of the whole."""
        old = self._claims.get(thing)
        claimant = actors.named_instead(change, old.claimant_id if old else "", draft.claimant)
        whole = next((claim.id for claim in self._claims.values() if not claim.parent_id), "")
        new = ClaimDraft(
            draft.text, draft.language, draft.translation, claimant, draft.claimed_on, old.parent_id if old else whole
        )
        if old:
            claims.edit(change, thing, new)
            return thing
        return claims.add(change, self.case_id, new)

    def remove(self, change: Change, thing: str) -> None:
        """Delete a part of the claim."""
        claims.delete(change, thing)

    @property
    def can_delete(self) -> bool:
        """Only a part can be deleted: the whole claim stays as long as its case."""
        chosen = self._claims.get(self.list.current)
        return bool(chosen and chosen.parent_id)


def _line(claim: claims.Claim) -> str:
    parts = (claim.claimant, wording.when(claim.claimed_on), wording.language(claim.language))
    return " · ".join(part for part in parts if part)
