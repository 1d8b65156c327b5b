"""Files sealed for a passphrase in the age format (age-encryption.org/v1), piece by piece.

pyrage does this only with the whole file in memory, and takes a gigabyte beside it. A test reads with the one what the
other wrote.
"""

from __future__ import annotations

import base64
import hmac
import itertools
import re
import unicodedata
from hashlib import scrypt, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.errors import NeedsExtra, SealBroken, WrongKey
from db.identity import new_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

VERSION = b"age-encryption.org/v1\n"
_LABEL = b"age-encryption.org/v1/scrypt"
_WORK, _MOST_WORK = 18, 20  # powers of two: 18 takes 256 MB and half a second, as with the stock age tool
_CHUNK, _TAG, _KEY = 1 << 16, 16, 16
_MOST_HEADER = 1000
_DETAIL = "passphrase"
_HEADER = re.compile(
    VERSION + rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)


class Reads(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many as wanted unless there are no more."""

    def seek(self, offset: int, /) -> int:
        """Go to a place."""


class Writes(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""


def encrypt(source: Reads, target: Writes, passphrase: str) -> None:
    """Write what `source` holds so that the passphrase opens it."""
    key, salt, nonce = new_secret(_KEY), new_secret(_KEY), new_secret(_KEY)
    wrapped = _cipher(_stretched(passphrase, salt, _WORK)).encrypt(bytes(12), key, None)
    header = b"%s-> scrypt %s %d\n%s\n---" % (VERSION, _base64(salt), _WORK, _base64(wrapped))
    target.write(b"%s %s\n%s" % (header, _base64(_mac(key, header)), nonce))
    cipher = _cipher(_derived(key, nonce, b"payload"))
    data = source.read(_CHUNK)
    for number in itertools.count():
        following = source.read(_CHUNK)
        target.write(cipher.encrypt(_nonce(number, last=not following), data, None))
        if not following:
            return
        data = following


def decrypt(path: Path, source: Reads, target: Writes, passphrase: str) -> None:
    """Open what was sealed; raises `WrongKey`, or `SealBroken` where it was changed or cut off. `path` is named."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 (an extra)

    key = _file_key(path, source, passphrase)
    cipher = _cipher(_derived(key, source.read(_KEY), b"payload"))
    sealed = source.read(_CHUNK + _TAG)
    for number in itertools.count():
        following = source.read(_CHUNK + _TAG)
        try:
            data = cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except InvalidTag as error:
            raise SealBroken(path, _DETAIL) from error
        if number and not data:  # a whole file never ends in an empty piece
            raise SealBroken(path, _DETAIL)
        target.write(data)
        if not following:
            return
        sealed = following


def _file_key(path: Path, source: Reads, passphrase: str) -> bytes:
    """The key of the file, unwrapped with the passphrase; `source` stands behind the header then."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 (an extra)

    header = _HEADER.match(source.read(_MOST_HEADER))
    if header is None or int(header[2]) > _MOST_WORK:
        raise SealBroken(path, _DETAIL)
    source.seek(header.end())
    try:
        wrapping = _cipher(_stretched(passphrase, _unbase64(header[1]), int(header[2])))
        key = wrapping.decrypt(bytes(12), _unbase64(header[3]), None)
    except InvalidTag as error:
        raise WrongKey(path, _DETAIL) from error
    if not hmac.compare_digest(_mac(key, header[0].rpartition(b" ")[0]), _unbase64(header[4])):
        raise SealBroken(path, _DETAIL)
    return key


def _cipher(key: bytes) -> ChaCha20Poly1305:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise NeedsExtra("share") from error
    return ChaCha20Poly1305(key)


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    """The passphrase as a key, however the keyboard composed its letters."""
    plain = unicodedata.normalize("NFC", passphrase.strip()).encode()
    return scrypt(plain, salt=_LABEL + salt, n=1 << work, r=8, p=1, maxmem=(1 << work) * 1024 + (1 << 24), dklen=32)


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, one block."""
    return hmac.digest(hmac.digest(salt, key, sha256), info + b"\1", sha256)


def _mac(key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(key, b"", b"header"), header, sha256)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unbase64(data: bytes) -> bytes:
    return base64.b64decode(data + b"=" * (-len(data) % 4))
