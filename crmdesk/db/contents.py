"""What a database holds, in short: enough to tell a whole copy from one that lacks something."""

from dataclasses import dataclass

from crmdesk.core.setting_kinds import Json
from crmdesk.db.raw import RawConnection


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows per table, last audit hash of each chain, schema revision."""

    rows: dict[str, int]
    audit_heads: dict[str, str]
    revision: str

    def as_json(self) -> dict[str, Json]:
        """Give the facts as they are written into a manifest."""
        return {"rows": dict(self.rows), "audit_heads": dict(self.audit_heads), "revision": self.revision}

    @classmethod
    def from_json(cls, stored: Json) -> "Contents":
        """Read what ``as_json`` gave.

        Raises:
            ValueError: it is something else.
        """
        if not isinstance(stored, dict):
            raise ValueError("contents")  # noqa: TRY004 - one kind of error for everything unreadable
        rows, heads = stored.get("rows"), stored.get("audit_heads")
        if not isinstance(rows, dict) or not isinstance(heads, dict):
            raise ValueError("contents")  # noqa: TRY004 - one kind of error for everything unreadable
        return cls(
            {table: count for table, count in rows.items() if isinstance(count, int)},
            {chain: str(head) for chain, head in heads.items()},
            str(stored.get("revision", "")),
        )


def contents_of(connection: RawConnection) -> Contents:
    """Count everything; run it inside a transaction so that all counts are of one moment."""
    tables = table_names(connection)
    return Contents(
        {table: _count(connection, table) for table in tables}, _heads(connection, tables), revision_of(connection)
    )


def table_names(connection: RawConnection) -> list[str]:
    """List the ordinary tables (also those behind a search index), not SQLite's own."""
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [str(row[0]) for row in rows.fetchall()]


def revision_of(connection: RawConnection) -> str:
    """Give the schema revision; empty when the file has none."""
    if "alembic_version" not in table_names(connection):
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def quoted(name: str) -> str:
    """Write a table or column name so that SQL takes it literally."""
    return '"' + name.replace('"', '""') + '"'


def _count(connection: RawConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()  # noqa: S608 - the name is quoted
    return int(row[0] or 0) if row else 0


def _heads(connection: RawConnection, tables: list[str]) -> dict[str, str]:
    if "audit_entry" not in tables:
        return {}
    # SQLite takes the other columns from the row that has the maximum.
    rows = connection.execute("SELECT chain, hash, max(ordinal) FROM audit_entry GROUP BY chain").fetchall()
    return {str(chain): str(head) for chain, head, _ in rows}
