"""What the clipboard, or what is dragged in, holds that can be attached."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from db import origins
from db.identity import now
from db.origins import Origin
from db.vocabulary import Method

_CASEBOOK = ".casebook"
_AS_BYTES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_NOWHERE = Origin()
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the very bytes where they are offered, else what the screen made of them, to be kept as PNG.

    `origin` is what was told of where it came from.
    """

    data: bytes | QImage
    name: str
    origin: Origin = _NOWHERE
    method: Method = Method.PASTED


def local_files(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer that are offered; to look at one of another would call it up."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and not url.host())


def casebook(mime: QMimeData) -> Path | None:
    """The one casebook that is offered, by the ending of its name."""
    files = local_files(mime)
    return files[0] if len(files) == 1 and files[0].suffix.lower() == _CASEBOOK else None


def holds_anything(mime: QMimeData | None) -> bool:
    """Whether a picture, local files, a web address or a text are offered; asks for no bytes."""
    return mime is not None and (mime.hasImage() or mime.hasUrls() or mime.hasText())


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be taken of what is offered: files, else a picture, else a web address or a text.

    An address that is all there is, is the `page` of `link`; nobody opens it. `origin` is what is told of the text.
    """

    files: tuple[Path, ...] = ()
    picture: Picture | None = None
    link: Origin = _NOWHERE
    text: str = ""
    origin: Origin = _NOWHERE

    def __bool__(self) -> bool:
        return bool(self.files or self.picture or self.link or self.text)


def offered(mime: QMimeData, verb: str = "pasted") -> Offer:
    """What is offered, read once."""
    if files := local_files(mime):
        return Offer(files)
    if shown := picture(mime, verb):
        return Offer(picture=shown)
    beside, text = _beside(mime), mime.text()
    origin = Origin(origins.of_offer(beside).page)
    return Offer(link=origins.link(beside, text), text=text if text.strip() else "", origin=origin)


def _beside(mime: QMimeData) -> dict[str, bytes]:
    """What a browser says beside what it offers."""
    return {kind: bytes(mime.data(kind).data()) for kind in origins.OFFERED if mime.hasFormat(kind)}


def picture(mime: QMimeData, verb: str = "pasted") -> Picture | None:
    """The picture that is offered, with a name that says how and when it came."""
    moment = now().astimezone().strftime("%Y-%m-%d %H-%M-%S")
    for media_type in _AS_BYTES:
        if mime.hasFormat(media_type) and (data := mime.data(media_type).data()):
            name = f"{verb} {moment}.{_ENDINGS[media_type]}"
            return Picture(bytes(data), name, origins.of_offer(_beside(mime)))
    if not mime.hasImage():
        return None
    image = QImage(mime.imageData())
    return None if image.isNull() else Picture(image, f"{verb} {moment}.png", origins.of_offer(_beside(mime)))
