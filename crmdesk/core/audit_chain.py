"""The hash that ties each audit row to the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Final, Protocol

FIRST_HASH: Final = "0" * 64  # what the first row of a chain names as the hash before it


class AuditFacts(Protocol):
    """The facts of one audit row that its hash covers."""

    @property
    def chain(self) -> int:
        """The chain (one per store)."""
        ...

    @property
    def ordinal(self) -> int:
        """Place in the chain, from 1."""
        ...

    @property
    def at(self) -> datetime:
        """When it happened, aware."""
        ...

    @property
    def staff_id(self) -> int:
        """Who did it."""
        ...

    @property
    def desk(self) -> str:
        """On which computer."""
        ...

    @property
    def act(self) -> str:
        """What was done, a verb such as ``ticket.judge``."""
        ...

    @property
    def entity_kind(self) -> str:
        """To what kind of thing."""
        ...

    @property
    def entity_id(self) -> int:
        """To which one."""
        ...

    @property
    def detail(self) -> str:
        """Facts as JSON text."""
        ...

    @property
    def previous_hash(self) -> str:
        """The hash of the row before."""
        ...


def audit_hash(row: AuditFacts) -> str:
    """Give the SHA-256, in hexadecimal, over the row's facts and the hash before it."""
    facts = [
        row.chain,
        row.ordinal,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.staff_id,
        row.desk,
        row.act,
        row.entity_kind,
        row.entity_id,
        row.detail,
        row.previous_hash,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
