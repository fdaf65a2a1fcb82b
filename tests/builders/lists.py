"""Lists as stores have them, imported the way the program does it."""

from collections.abc import Sequence
from pathlib import Path

from crmdesk.core.roles import Role
from crmdesk.exchange.fields import ImportKind
from crmdesk.services.imports import import_members, rehearse_members
from crmdesk.services.imports_file import open_mapped
from crmdesk.services.imports_purchases import import_purchases, rehearse_purchases
from crmdesk.services.imports_report import ImportReport
from tests.builders.outside_files import write_text
from tests.builders.shop import Shop

Lines = Sequence[Sequence[str]]


def members_file(folder: Path, *lines: str, name: str = "m.csv", encoding: str = "utf-8") -> Path:
    """Write a member list; each line is one row with commas."""
    return write_text(folder / name, [line.split(",") for line in lines], encoding)


def take_members(shop: Shop, path: Path, role: Role = Role.MANAGER) -> ImportReport:
    """Import a member list."""
    return shop.do(import_members, open_mapped(path, ImportKind.MEMBERS, None), shop.context(role))


def try_members(shop: Shop, path: Path) -> ImportReport:
    """Rehearse a member list."""
    with shop.reading() as session:
        return rehearse_members(session, open_mapped(path, ImportKind.MEMBERS, None), shop.context(Role.MANAGER))


def take_purchases(shop: Shop, path: Path) -> ImportReport:
    """Import a till's list."""
    return shop.do(import_purchases, open_mapped(path, ImportKind.PURCHASES, None), shop.context(Role.MANAGER))


def try_purchases(shop: Shop, path: Path) -> ImportReport:
    """Rehearse a till's list."""
    with shop.reading() as session:
        return rehearse_purchases(session, open_mapped(path, ImportKind.PURCHASES, None), shop.context(Role.MANAGER))


def counted(report: ImportReport) -> tuple[int, int, int, int]:
    """Give created, updated, skipped, refused."""
    return report.created, report.updated, report.skipped, len(report.refused)


def whole_store(shop: Shop, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table, to compare before and after."""
    ours = {"audit_entry", "change", "import_run", "imported_row", "counter", "alembic_version"} | without
    with shop.reading() as session:
        connection = session.connection()
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        names = [name for name in named if name not in ours and not name.startswith(("sqlite_", "member_search"))]
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1")]  # noqa: S608
            for name in names
        }
