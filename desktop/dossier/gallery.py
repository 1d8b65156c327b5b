"""The pictures of one document: each is read, verified and written once, however often it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from db.formats import Drawable
from db.store import Store
from desktop.dossier.output import Output
from desktop.dossier.pictures import Picture, Unshown, load


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture that is in the document: its name there, its size in pixels, and how it is turned upright."""

    name: str
    width: int
    height: int
    turn: tuple[int, int, int, int, int, int]


class Gallery:
    """Reads pictures from a casebook into a document."""

    def __init__(self, store: Store, output: Output) -> None:
        self._store, self._output = store, output
        self._known: dict[str, Hung | Drawable | Unshown] = {}

    def hang(self, digest: str) -> Hung | Drawable | Unshown:
        """Bring the picture with this SHA-256 into the document, or say why it cannot be shown."""
        if digest not in self._known:
            found = load(self._store, digest)
            self._known[digest] = self._hung(digest, found) if isinstance(found, Picture) else found
        return self._known[digest]

    def _hung(self, digest: str, picture: Picture) -> Hung:
        name = f"picture-{digest}"
        self._output.hang(name, picture)
        return Hung(name, picture.width, picture.height, picture.turn)


class Shown(Flowable):
    """A picture, or with `above` and `below` a strip of it, drawn with this width in a fine frame."""

    def __init__(self, hung: Hung, width: float, line: str, *, above: float = 0, below: float = 0) -> None:
        super().__init__()
        self._hung, self._line = hung, line
        self._whole = width * hung.height / hung.width
        self._above, self._below = above, below
        self.width, self.height = width, self._whole - above - below
        self.keepWithNext = True

    def scaled(self, factor: float) -> Shown:
        """The same, larger or smaller."""
        above, below = self._above * factor, self._below * factor
        return Shown(self._hung, self.width * factor, self._line, above=above, below=below)

    def draw(self) -> None:
        """Clip to the strip and draw the whole picture behind it."""
        canvas = self.canv
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, self.width, self.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.transform(self.width, 0, 0, self._whole, 0, -self._below)
        canvas.transform(*self._hung.turn)
        canvas.doForm(self._hung.name)
        canvas.restoreState()
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(self._line)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
