"""A PDF file written as it grows: pages and pictures go to the disk at once, so that none stays in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import md5
from typing import Any, BinaryIO

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.dossier.pictures import Picture

_PREAMBLE = "1 0 0 1 0 0 cm"
_VERSION = (1, 7)


class Output(Canvas):
    """A canvas over an open file. Finish it with `finish`; `save` is not for it."""

    def __init__(self, file: BinaryIO, size: tuple[float, float], state: str, seed: str) -> None:
        super().__init__(file, pagesize=size, invariant=1, pageCompression=1, pdfVersion=_VERSION, lang="en")
        self.document: Any = self._doc  # type: ignore[attr-defined]
        self.document._timeStamp = _stamp(state)  # noqa: SLF001
        self.document.signature = md5(seed.encode(), usedforsecurity=False)
        self._file = file
        self._at = 0
        self._write(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % _VERSION)

    def _make_preamble(self) -> None:
        """No font of the standard fourteen, which are not embedded."""
        self._preamble = _PREAMBLE

    def showPage(self) -> None:
        """End the page and write what stands on it."""
        name = self.document.thisPageName()
        super().showPage()
        page = self.document.idToObject[name]
        packed = zlib.compress(page.stream.encode("latin-1"), 6)
        page.Contents = self._put(f"{name} contents", "/Filter /FlateDecode", packed)
        page.stream = None

    def hang(self, name: str, picture: Picture) -> None:
        """Write a picture, which pages then show with `doForm` in the unit square."""
        self._put(self.document.getXObjectName(name), picture.entries, picture.data)

    def finish(self, step: Callable[[], None]) -> None:
        """Write all that is left; `step` is called again and again and may raise."""
        document = self.document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = 1
        catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, self)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        number = 1
        while number in document.numberToId:  # writing an object may ask for others
            name = document.numberToId[number]
            if name not in document.idToOffset:
                document.idToOffset[name] = self._at
                self._write(pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document))
                step()
            number += 1
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [document.numberToId[each] for each in range(1, number)])
        start = self._at
        self._write(table.format(document))
        self._write(pdfdoc.PDFTrailer(start, number, Root=catalog, Info=info, ID=document.ID()).format(document))

    def _put(self, name: str, entries: str, data: bytes) -> pdfdoc.PDFObjectReference:
        """Write a stream at once under a name of the document."""
        reference: pdfdoc.PDFObjectReference = self.document.Reference(_Written(), name)
        number, _ = self.document.idToObjectNumberAndVersion[name]
        self.document.idToOffset[name] = self._at
        self._write(f"{number} 0 obj\n<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii"))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")
        return reference

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class _Written(pdfdoc.PDFObject):
    """Stands for an object that is in the file already."""


def _stamp(state: str) -> TimeStamp:
    """The time of the document: that of the casebook's state, whatever the clock and the environment say."""
    stamp = TimeStamp(invariant=1)
    moment = datetime.fromisoformat(state.replace("Z", "+00:00")) if state else datetime(2000, 1, 1, tzinfo=UTC)
    stamp.t = moment.timestamp()
    stamp.lt = moment.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    return stamp
