"""The names of things on the web of data: stable, and the same in every export under one base."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote

IRI_BASE = r"^(urn:[A-Za-z0-9][A-Za-z0-9-]+:|https?://)[^\x00-\x20<>\"{}|^`\\]*$"
"""What a base must look like: a URN, or the address of a site."""

_SAFE = re.compile(r"[A-Za-z0-9._~-]*\Z")
_WEB_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+\Z")


@dataclass(frozen=True, slots=True)
class IriBase:
    """What IRIs start with: a URN such as `urn:actorgraph:`, or the address of a site, such as `https://example.org/`."""

    start: str

    def get_room(self, room: str) -> str:
        """Return what the IRIs of one sort of thing start with, such as `urn:actorgraph:entity:`."""
        base = self.start if self.start.endswith((":", "/", "#")) else f"{self.start}/"
        return f"{base}{room}{':' if base.endswith(':') else '/'}"

    def name(self, room: str, id_: str) -> str:
        """Return the IRI of one thing; what an IRI cannot hold is percent-encoded."""
        return f"{self.get_room(room)}{escape_iri(id_)}"


def escape_iri(id_: str) -> str:
    """Return an id as it stands at the end of an IRI."""
    return id_ if _SAFE.match(id_) else quote(id_, safe="")


def find_web_address(url: str | None) -> str | None:
    """Return an address if it is an http(s) one and can stand in an IRI as it is."""
    return url if url is not None and _WEB_ADDRESS.match(url) else None


def shorten(text: str) -> str:
    """Return 12 hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
