"""The signature of a hand-over: one over all that is in it, so that nothing can be added, taken out or relabeled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from db.errors import NeedsExtra, SealBroken
from db.exchange.keys import RECIPIENT, Card, Keys, plain_name
from db.kinds import canonical
from db.store import Store

_SIGNED = (
    "format", "casebook", "desk", "purpose", "made_at", "tlp", "desk_name", "signer", "recipient",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a hand-over; that the signature is true has been looked at."""

    card: Card


def content(facts: Mapping[str, str], operations: Iterable[bytes], digests: Iterable[str]) -> bytes:
    """What is signed: what the file says of itself (`facts`, its table meta), and the ids of all that is in it.

    The ids of the operations, and the digests of the blobs, are folded into one hash each, in their order.
    """
    said = {name: facts.get(name, "") for name in _SIGNED}
    of_ops, of_blobs = _fold(operations), _fold(digest.encode() for digest in digests)
    return canonical({**said, "operations": of_ops, "blobs": of_blobs}).encode()


def _fold(ids: Iterable[bytes]) -> str:
    ordered = sorted(ids)
    return f"{len(ordered)} {sha256(b''.join(ordered)).hexdigest()}"


def signed_content(store: Store) -> bytes:
    """What the signature of a file in the exchange form is over."""
    facts: dict[str, str] = dict(store.select("SELECT name, value FROM meta"))
    operations = (row[0] for row in store.stream("SELECT id FROM op"))
    return content(facts, operations, (row[0] for row in store.stream("SELECT sha256 FROM blob WHERE sha256 NOT NULL")))


def sign(keys: Keys, signed: bytes) -> str:
    """The signature of this installation."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 (an extra)

    return Ed25519PrivateKey.from_private_bytes(keys.signing_secret).sign(signed).hex()


def verify_signature(store: Store) -> Signature | None:
    """Whose signature a file in the exchange form carries, if any; raises `SealBroken` when it is not true."""
    facts: dict[str, str] = dict(store.select("SELECT name, value FROM meta"))
    if not facts.get("signature"):
        return None
    found = verify(facts, signed_content(store))
    if found is None:
        raise SealBroken(store.path, "signature")
    return found


def verify(facts: Mapping[str, str], signed: bytes) -> Signature | None:
    """Whose signature `facts` carries, if it is one over `signed`; raises `NeedsExtra` without the library."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (an extra)
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415
    except ImportError as error:
        raise NeedsExtra("share") from error
    try:
        signer, signature = bytes.fromhex(facts["signer"]), bytes.fromhex(facts["signature"])
        Ed25519PublicKey.from_public_bytes(signer).verify(signature, signed)
    except (KeyError, ValueError, InvalidSignature):
        return None
    name, recipient = plain_name(facts.get("desk_name", "")), facts.get("recipient", "")
    if not RECIPIENT.fullmatch(recipient):
        return None
    return Signature(Card(facts["desk"], name, signer.hex(), recipient))
