"""Web addresses: one form for the many ways in which the same page is pointed at, and who else points there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from db import search
from db.pictures.fingerprints import COMMON
from db.progress import SILENT, Progress
from db.store import Store
from db.texts.folding import fold

_ARCHIVED = re.compile(r"^(?:https?://)?web\.archive\.org/web/\d+\w*/(?=.)", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|touch)\.(?=.+\..)")
_POST = re.compile(r"^/[^/]+/status(?:es)?/(\d+).*")
_SAME_HOST: Mapping[str, str] = MappingProxyType(
    {
        "twitter.com": "x.com",
        "nitter.net": "x.com",
        "fb.com": "facebook.com",
        "telegram.me": "t.me",
        "telegram.dog": "t.me",
        "old.reddit.com": "reddit.com",
        "vkontakte.ru": "vk.com",
    }
)
_TRACKING = re.compile(
    r"utm_\w+|[a-z]*clid|msclkid|igshi?d?|mc_[ce]id|_ga|_gl|ref|ref_src|ref_url|referrer|source|feature|share|sfnsn|mibextid"
    r"|spm|cmpid|ocid|at_\w+|__twitter_impression|amp|outputtype|si"
)
_OF_HOST: Mapping[str, frozenset[str]] = MappingProxyType({"x.com": frozenset("st")})
_LEAST = 3  # what the index by parts of words can look up
_LOOK_AT = 2000


def plain(address: str) -> str:
    """A web address without what makes no difference to the page; empty for none, and for a bare host.

    Scheme, www and mobile hosts, tracking parameters, the order of parameters, trailing slashes and the copy that
    the Wayback Machine keeps: all lead to the same page.
    """
    try:
        host, path, query = _parts(_ARCHIVED.sub("", address.strip()))
    except ValueError:  # a port or an IPv6 address that is none
        return ""
    if not host or "." not in host or not (path or query):
        return ""
    return f"{host}{path}{'?' + query if query else ''}"


def _parts(address: str) -> tuple[str, str, str]:
    scheme, found, rest = address.partition("://")
    if found and scheme.lower() not in ("http", "https"):
        return "", "", ""
    parts = urlsplit(f"//{rest if found else address.removeprefix('//')}")
    host = _host(parts.hostname or "") + ("" if parts.port in (None, 80, 443) else f":{parts.port}")
    path = re.sub(r"/+", "/", unquote(parts.path)).rstrip("/")
    if host == "youtu.be":
        return "youtube.com", "/watch", f"v={path.strip('/')}"
    if host == "x.com":
        path = _POST.sub(r"/status/\1", path)
    if host == "t.me":
        path = path.removeprefix("/s") if path.startswith("/s/") else path
    path = re.sub(r"/(?:amp|index\.(?:html?|php))$", "", path)
    kept = sorted(pair for pair in parse_qsl(parts.query) if not _tracks(host, pair[0]))
    return host, path, "&".join(f"{name}={value}" for name, value in kept)


def _host(name: str) -> str:
    host = _PREFIX.sub("", name.lower().rstrip("."))
    if "xn--" in host:
        with suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
    return _SAME_HOST.get(host, host)


def _tracks(host: str, name: str) -> bool:
    return bool(_TRACKING.fullmatch(name.lower())) or name in _OF_HOST.get(host, ())


def find(store: Store, case_id: str, progress: Progress = SILENT) -> Mapping[str, tuple[str, ...]]:
    """For each other case the web addresses of this one that its appearances and sources have too."""
    progress.step(0, 1)
    mine = list(dict.fromkeys(filter(None, map(plain, _of_case(store, case_id)))))
    telling: list[dict[str, str]] = []
    for place, address in enumerate(mine):
        progress.step(place, len(mine))
        others = {other: address for other, raw in _elsewhere(store, case_id, address) if plain(raw) == address}
        if len(others) <= COMMON:
            telling.append(others)
    return {other: tuple(each[other] for each in telling if other in each) for other in chain(*telling)}


def _of_case(store: Store, case_id: str) -> Iterator[str]:
    sql = """SELECT url FROM appearance WHERE case_id = :case AND deleted = 0 AND url <> ''
        UNION ALL SELECT s.url FROM citation c JOIN source s ON s.id = c.source_id
            WHERE c.case_id = :case AND c.deleted = 0 AND s.deleted = 0 AND s.url <> ''"""
    return (row[0] for row in store.select(sql, case=case_id))


def _elsewhere(store: Store, case_id: str, address: str) -> list[tuple[str, str]]:
    """The cases whose appearances or sources have the most telling part of an address in them, and what they have."""
    part = _telling_part(address)
    sql = f"""SELECT s.case_id, coalesce(a.url, w.url, '') FROM (SELECT rowid AS id FROM search_part
            WHERE search_part MATCH :part ORDER BY rowid DESC LIMIT {_LOOK_AT}) f
        CROSS JOIN search_text s ON s.id = f.id
        LEFT JOIN appearance a ON s.kind = 'appearance' AND a.id = s.thing
        LEFT JOIN source w ON s.kind = 'source' AND w.id = s.thing
        WHERE s.kind IN ('appearance', 'source') AND s.case_id NOT IN ('', :case)"""
    either = " OR ".join({search.phrase(fold(part)), search.phrase(fold(quote(part)))})
    return [(row[0], row[1]) for row in store.select(sql, part=either, case=case_id)]


def _telling_part(address: str) -> str:
    """The part of an address that stands the same in every form of it and in the fewest others: its longest."""
    host, _, rest = address.partition("/")
    parts = [part for part in re.split(r"[/?&=]", rest) if len(fold(part)) >= _LEAST]
    return max(parts, key=len, default=host)
