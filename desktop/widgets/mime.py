"""What the clipboard, or what is dragged in, holds that can be attached."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from db.identity import now

_CASEBOOK = ".casebook"
_AS_BYTES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the very bytes where they are offered, else what the screen made of them, to be kept as PNG."""

    data: bytes | QImage
    name: str


def local_files(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer that are offered."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def casebook(mime: QMimeData) -> Path | None:
    """The one casebook that is offered, by the ending of its name."""
    files = local_files(mime)
    return files[0] if len(files) == 1 and files[0].suffix.lower() == _CASEBOOK else None


def holds_anything(mime: QMimeData | None) -> bool:
    """Whether a picture or local files are offered; asks for no bytes."""
    return mime is not None and (mime.hasImage() or bool(local_files(mime)))


def picture(mime: QMimeData, verb: str = "pasted") -> Picture | None:
    """The picture that is offered, with a name that says how and when it came."""
    moment = now().astimezone().strftime("%Y-%m-%d %H-%M-%S")
    for media_type in _AS_BYTES:
        if mime.hasFormat(media_type) and (data := mime.data(media_type).data()):
            return Picture(bytes(data), f"{verb} {moment}.{_ENDINGS[media_type]}")
    if not mime.hasImage():
        return None
    image = QImage(mime.imageData())
    return None if image.isNull() else Picture(image, f"{verb} {moment}.png")
