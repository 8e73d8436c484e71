"""Keys to the service: made, found by hash, listed, revoked."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import exists, insert, select, update

from graph.errors import RecordNotFound
from graph.models import ApiKey
from graph.store.database import Database
from graph.store.tables import API_KEY


class KeyStore(Database):
    """What is stored of keys; the secret itself never is."""

    def add_key(self, name: str, secret_hash: str, scopes: Sequence[str]) -> ApiKey:
        """Store a new key.

        Args:
            name: Whose it is, for people.
            secret_hash: SHA-256 of the secret, in hex.
            scopes: Of `read`, `write`, `admin`.
        """
        key = ApiKey(
            id=f"k-{secrets.token_hex(5)}", name=name, secret_hash=secret_hash, scopes=" ".join(scopes)
        )
        with self.writing() as connection:
            connection.execute(insert(API_KEY).values(key.model_dump()))
        return key

    def find_key_by_hash(self, secret_hash: str) -> ApiKey | None:
        """Return the key with this hash unless it is revoked or unknown. One index look-up."""
        statement = select(API_KEY).where(
            API_KEY.c.secret_hash == secret_hash, API_KEY.c.revoked_at.is_(None)
        )
        with self.reading() as connection:
            row = connection.execute(statement).mappings().first()
        return None if row is None else ApiKey(**row)

    def list_keys(self) -> tuple[ApiKey, ...]:
        """Return all keys, revoked ones included, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(select(API_KEY).order_by(API_KEY.c.created_at, API_KEY.c.id)).mappings()
            return tuple(ApiKey(**row) for row in rows)

    def revoke_key(self, key_id: str) -> None:
        """Make a key useless from now on; revoking twice keeps the first moment.

        Raises:
            RecordNotFound: There is no such key.
        """
        with self.writing() as connection:
            if connection.execute(select(API_KEY.c.id).where(API_KEY.c.id == key_id)).first() is None:
                raise RecordNotFound("key", key_id)
            connection.execute(
                update(API_KEY)
                .where(API_KEY.c.id == key_id, API_KEY.c.revoked_at.is_(None))
                .values(revoked_at=datetime.now(tz=UTC))
            )

    def has_keys(self) -> bool:
        """Say whether any key is in force."""
        with self.reading() as connection:
            return bool(connection.execute(select(exists().where(API_KEY.c.revoked_at.is_(None)))).scalar())
