"""Who may ask: keys, their scopes, and the rule that without keys only this machine is answered."""

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Literal, Protocol, get_args

from graph.models import ApiKey

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

_IMPLIED: Mapping[str, frozenset[str]] = {
    "read": frozenset({"read"}),
    "write": frozenset({"read", "write"}),
    "admin": frozenset({"read", "write", "admin"}),
}
_SECRET_BYTES = 32


class KeySource(Protocol):
    """What holds the keys: the store."""

    def list_keys(self) -> Sequence[ApiKey]:
        """Return all keys, revoked ones too."""
        ...


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret, in hex; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def generate_secret() -> str:
    """Return a new key's secret: 256 random bits behind `ag_`, by which scanners can tell a leaked one."""
    return "ag_" + secrets.token_urlsafe(_SECRET_BYTES)


def expand_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """Return the scopes given and those they imply: `admin` may write, `write` may read."""
    return frozenset().union(*(_IMPLIED.get(scope, frozenset()) for scope in scopes))


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine; a port is allowed, `[::1]:8000` too."""
    name = host.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class ActiveKey:
    """What a key in force says of whoever sends it.

    Attributes:
        name: Who or what uses it, as it was named when it was made.
        scopes: What it allows, implied scopes included.
    """

    name: str
    scopes: frozenset[str]


class KeyRing:
    """The active keys, by the hash of their secret; read again from the store when older than `max_age_s`.

    A lookup by hash needs no constant-time comparison: the hash of a guess tells nothing about a secret.
    """

    def __init__(self, source: KeySource, max_age_s: float) -> None:
        self._source = source
        self._max_age_s = max_age_s
        self._lock = Lock()
        self._keys: dict[str, ActiveKey] = {}
        self._read_at = float("-inf")

    @property
    def is_stale(self) -> bool:
        """Whether the next look reads the database, and so belongs off the event loop."""
        return time.monotonic() - self._read_at > self._max_age_s

    def refresh(self) -> None:
        """Read the keys again if they are stale. Cost: one small query."""
        with self._lock:
            if not self.is_stale:
                return
            active = (key for key in self._source.list_keys() if key.revoked_at is None)
            self._keys = {
                key.secret_hash: ActiveKey(key.name, expand_scopes(key.scopes.split())) for key in active
            }
            self._read_at = time.monotonic()

    @property
    def is_empty(self) -> bool:
        """Whether no key is active, so that only this machine may ask."""
        return not self._keys

    def find_key(self, secret: str) -> ActiveKey | None:
        """Return the active key that a secret belongs to, if any."""
        return self._keys.get(hash_secret(secret))
