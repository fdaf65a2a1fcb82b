"""Lists as stores have them, imported the way the program does it."""

from collections.abc import Sequence
from pathlib import Path

from crmdesk.core.roles import Role
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.policy import Policy
from crmdesk.services.imports_file import open_mapped
from crmdesk.services.imports_parts import rehearse, take_in
from crmdesk.services.imports_report import ImportReport
from tests.builders.outside_files import write_text
from tests.builders.shop import Shop

Lines = Sequence[Sequence[str]]


def members_file(folder: Path, *lines: str, name: str = "m.csv", encoding: str = "utf-8") -> Path:
    """Write a member list; each line is one row with commas."""
    return write_text(folder / name, [line.split(",") for line in lines], encoding)


def take(shop: Shop, path: Path, kind: ImportKind, policy: Policy | None = None) -> ImportReport:
    """Import a list of any kind."""
    file = open_mapped(path, kind, None)
    return take_in(shop.database, shop.context(Role.MANAGER), file.under(policy or file.policy))


def try_list(shop: Shop, path: Path, kind: ImportKind, policy: Policy | None = None) -> ImportReport:
    """Rehearse a list of any kind."""
    file = open_mapped(path, kind, None)
    with shop.reading() as session:
        return rehearse(session, file.under(policy or file.policy), shop.context(Role.MANAGER))


def take_members(shop: Shop, path: Path, role: Role = Role.MANAGER) -> ImportReport:
    """Import a member list."""
    return take_in(shop.database, shop.context(role), open_mapped(path, ImportKind.MEMBERS, None))


def try_members(shop: Shop, path: Path) -> ImportReport:
    """Rehearse a member list."""
    return try_list(shop, path, ImportKind.MEMBERS)


def take_purchases(shop: Shop, path: Path) -> ImportReport:
    """Import a till's list."""
    return take(shop, path, ImportKind.PURCHASES)


def try_purchases(shop: Shop, path: Path) -> ImportReport:
    """Rehearse a till's list."""
    return try_list(shop, path, ImportKind.PURCHASES)


def counted(report: ImportReport) -> tuple[int, int, int, int]:
    """Give created, updated, skipped, refused."""
    return report.created, report.updated, report.skipped, len(report.refused)


def whole_store(shop: Shop, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table, to compare before and after."""
    ours = {
        "audit_entry",
        "change",
        "import_run",
        "imported_row",
        "counter",
        "alembic_version",
        "dirty_member",
    } | without
    with shop.reading() as session:
        connection = session.connection()
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        names = [name for name in named if name not in ours and not name.startswith(("sqlite_", "member_search"))]
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1")]  # noqa: S608
            for name in names
        }
