"""What is drawn on a picture and not kept yet: the steps, and the way back through what was done to them."""

from __future__ import annotations

from db.pictures.steps import Steps


class Sketch:
    """A list of steps with undo and redo of its own."""

    def __init__(self, first: Steps = ()) -> None:
        self._states: list[Steps] = [first]
        self._at = 0
        self._run = ""

    @property
    def steps(self) -> Steps:
        """The steps as they stand."""
        return self._states[self._at]

    @property
    def changed(self) -> bool:
        """Whether they are others than those it began with."""
        return self.steps != self._states[0]

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether anything was taken back."""
        return self._at + 1 < len(self._states)

    def put(self, steps: Steps, run: str = "") -> None:
        """Make these the steps. What belongs to one run, such as typing one text, is taken back in one."""
        if steps == self.steps:
            return
        keep = self._at if run and run == self._run and self._at else self._at + 1
        self._states[keep:] = [steps]
        self._at, self._run = keep, run

    def end_run(self) -> None:
        """What comes now is taken back by itself."""
        self._run = ""

    def undo(self) -> None:
        """Go one state back."""
        self._at, self._run = max(0, self._at - 1), ""

    def redo(self) -> None:
        """Go one state on again."""
        self._at, self._run = min(len(self._states) - 1, self._at + 1), ""
