"""The keys of this installation, and the card by which another desk knows them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from db import desks, incarnation
from db.errors import Damaged, DiskFailed, Invalid, NeedsExtra
from db.store import Store

_FIRST_LINE = "Claimdesk desk card 1"
_LINES = (("Desk", "name"), ("Id", "desk"), ("Signing key", "signing_key"), ("Sealing key", "recipient"))
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SHAPES = (
    ("desk", re.compile(r"[0-9a-zA-Z-]{1,64}")),
    ("signing_key", re.compile(r"[0-9a-f]{64}")),
    ("recipient", RECIPIENT),
)
_LONGEST_NAME, _LONGEST_CARD, _SHORTEST = 200, 10_000, 12


@dataclass(frozen=True, slots=True)
class Card:
    """What another desk needs to seal for this one and to know its hand: the public halves of its keys."""

    desk: str
    name: str
    signing_key: str
    recipient: str

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over both keys, to be read aloud and compared."""
        digest = sha256(f"claimdesk {self.signing_key} {self.recipient}".encode()).digest()
        groups = (int.from_bytes(digest[at : at + 4], "big") % 100_000 for at in range(0, 32, 4))
        return " ".join(f"{group:05d}" for group in groups)

    @property
    def text(self) -> str:
        """The card as text that can be sent."""
        lines = (f"{label}: {getattr(self, name)}" for label, name in _LINES)
        return "\n".join((_FIRST_LINE, *lines, f"Fingerprint: {self.fingerprint}", ""))


def read_card(text: str) -> Card:
    """The card in a text that somebody sent; raises `Invalid` when it is none, or not whole."""
    if len(text) > _LONGEST_CARD or _FIRST_LINE not in text:
        raise Invalid("card", "card")
    said = dict(re.findall(r"^[ \t>]*([A-Z][a-z]+(?: key)?):[ \t]*(.*?)[ \t\r]*$", text, re.MULTILINE))
    card = Card(**{name: said.get(label, "") for label, name in _LINES})
    if not all(shape.fullmatch(getattr(card, name)) for name, shape in _SHAPES):
        raise Invalid("card", "card")
    if said.get("Fingerprint") != card.fingerprint:  # a letter was lost on its way
        raise Invalid("card", "fingerprint")
    return Card(card.desk, plain_name(card.name), card.signing_key, card.recipient)


def plain_name(name: str) -> str:
    """The name of a desk on one line, with no controls in it."""
    return " ".join("".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in name).split())[:_LONGEST_NAME]


def strong(passphrase: str) -> str:
    """The passphrase, where it can keep anybody out; raises `Invalid`."""
    plain = passphrase.strip()
    if len(plain) < _SHORTEST:
        raise Invalid("passphrase", "short", str(_SHORTEST))
    return plain


@dataclass(frozen=True, slots=True)
class Keys:
    """Both pairs of keys of this installation; the secret halves are never shown."""

    signing_key: str
    recipient: str
    signing_secret: bytes = field(repr=False)
    identity: str = field(repr=False)


def possible() -> bool:
    """Whether the libraries that sign and seal are installed."""
    return all(find_spec(name) for name in ("cryptography", "pyrage"))


def own() -> Keys:
    """The keys of this installation, made when they are first wanted; raises `NeedsExtra` without the libraries."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 (an extra)
        from pyrage import x25519  # noqa: PLC0415
    except ImportError as error:
        raise NeedsExtra("share") from error
    folder = incarnation.home() / "keys"
    signing = _kept(folder, "signing", lambda: Ed25519PrivateKey.generate().private_bytes_raw().hex())
    sealing = _kept(folder, "sealing", lambda: str(x25519.Identity.generate()))
    try:
        secret = bytes.fromhex(signing)
        public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
        recipient = str(x25519.Identity.from_str(sealing).to_public())
    except Exception as error:
        raise Damaged(folder, "keys") from error
    return Keys(public.hex(), recipient, secret, sealing)


def own_card(store: Store) -> Card:
    """The card of the desk of this casebook, with the keys of this installation."""
    desk, keys = desks.home(store), own()
    return Card(desk.id, plain_name(desk.name), keys.signing_key, keys.recipient)


def _kept(folder: Path, name: str, make: Callable[[], str]) -> str:
    """A secret that is kept for nobody else to read, made where there is none yet."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / "lock"):  # two windows may want their first key at once
            if not path.exists():
                _write(path, make())
            return path.read_text("ascii").strip()
    except UnicodeDecodeError as error:
        raise Damaged(path, "keys") from error
    except OSError as error:
        raise DiskFailed(path, error.strerror or "") from error


def _write(path: Path, secret: str) -> None:
    partial = path.with_suffix(".new")
    partial.unlink(missing_ok=True)
    number = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(f"{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
