"""The press: blocks onto pages, with a head and a foot on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from desktop.dossier.blocks import Extra, stays
from desktop.dossier.output import Output
from desktop.dossier.page import Running, page_number, place_running, prepare_running
from desktop.dossier.style import Setter

_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A block with the gap above it and its height."""

    block: Flowable
    gap: float
    height: float


class Press:
    """Fills the pages of one document from top to bottom. `turned` is called at the end of each page."""

    def __init__(self, output: Output, setter: Setter, turned: Callable[[], None]) -> None:
        self._output, self._setter, self._turned = output, setter, turned
        self._page = setter.page
        self._running = ""
        self._number_at = 0.0
        self._left = 0.0
        self._after = 0.0
        self._turn_next = False
        self.pages = 0

    def begin(self, running: Running) -> int:
        """Begin a new page, and from here on pages with this head and foot; returns its number."""
        self.end()
        self._running = f"running-{self.pages + 1}"
        self._number_at = prepare_running(self._output, self._setter, running, self._running)
        self._turn()
        return self.pages

    def turn_next(self) -> None:
        """Put what comes next on a page of its own."""
        self._turn_next = True

    def place(self, blocks: Iterable[Flowable]) -> None:
        """Put blocks on the pages. A block that is kept with the next never ends a page."""
        waiting: list[Flowable] = []
        for block in blocks:
            waiting.append(block)
            if not stays(block):
                self._put(waiting)
                waiting = []
        self._put(waiting)

    def end(self) -> None:
        """End the page, if one is begun."""
        if self._running:
            self._output.showPage()
            self._turned()
        self._running = ""

    def number_pages(self) -> None:
        """Write the number of each page, once it is known how many there are."""
        for number in range(1, self.pages + 1):
            page_number(self._output, self._setter, number, self.pages)

    def _turn(self) -> None:
        self.pages += 1
        self._turn_next = False
        self._left, self._after = self._page.room, 0.0
        place_running(self._output, self._running, self._number_at, self.pages)

    def _next_page(self) -> None:
        self._output.showPage()
        self._turned()
        self._turn()

    def _put(self, group: Sequence[Flowable]) -> None:
        todo = list(group)
        if todo and self._turn_next:
            self._next_page()
        while todo:
            wrapped = self._wrap(todo)
            if sum(each.gap + each.height for each in wrapped) <= self._left + _TOLERANCE:
                self._draw(wrapped)
                return
            heads, last = wrapped[:-1], wrapped[-1]
            room = self._left - sum(each.gap + each.height for each in heads) - last.gap
            parts = last.block.split(self._page.measure, room) if room > 0 else []
            if len(parts) > 1:
                self._draw([*heads, _Wrapped(parts[0], last.gap, parts[0].wrap(self._page.measure, room)[1])])
                todo = [part for part in parts[1:] if part.wrap(self._page.measure, room)[1]]
            elif isinstance(last.block, Extra):
                return
            elif self._left >= self._page.room:  # they cannot stay together: more than a page
                self._draw(wrapped[:1])
                todo = todo[1:]
            if todo:
                self._next_page()

    def _wrap(self, group: Sequence[Flowable]) -> list[_Wrapped]:
        wrapped, after, first = [], self._after, self._left >= self._page.room
        for block in group:
            gap = 0.0 if first else max(after, block.getSpaceBefore())
            wrapped.append(_Wrapped(block, gap, block.wrap(self._page.measure, self._page.room)[1]))
            after, first = block.getSpaceAfter(), first and not wrapped[-1].height
        return wrapped

    def _draw(self, wrapped: Sequence[_Wrapped]) -> None:
        for each in wrapped:
            self._left -= each.gap + each.height
            each.block.drawOn(self._output, self._page.left, self._page.bottom + self._left)
            self._after = each.block.getSpaceAfter()
