"""A list as it is seen, written to a workbook: asks for the file, writes it in the pool, says when it is there."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress
from crmdesk.core.roles import Right
from crmdesk.core.workbook_facts import CellKind, TableFacts
from crmdesk.core.workbook_facts import Column as SheetColumn
from crmdesk.db.session import Session
from crmdesk.services.access_log import note_taken, parts_of
from crmdesk.services.exports import ExportNote, note_export
from crmdesk.views.support import errors
from crmdesk.views.support.columns import ColumnKind, PeopleOf, Seen
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import save_file
from crmdesk.views.support.long_write import Step
from crmdesk.views.support.table_view import RowTableView

_KINDS: dict[ColumnKind, CellKind] = {
    ColumnKind.NUMBER: CellKind.INTEGER,
    ColumnKind.MONEY: CellKind.MONEY,
    ColumnKind.DAY: CellKind.DATE,
    ColumnKind.MOMENT: CellKind.DATETIME,
}


def export_list(page: QWidget, desk: Desk, view: RowTableView, title: str, filters: str = "") -> None:
    """Let the person choose a file and write what `view` shows to it.

    Args:
        page: the screen that asks.
        desk: jobs, toasts, who is signed in.
        view: columns, order and filter as they are seen.
        title: of the list; file and sheet are named after it.
        filters: in words, what was filtered.
    """
    context = desk.signin.context()
    if not context.may(Right.EXPORT):
        errors.show(page, NotAllowedError(Right.EXPORT, context.actor.role))
        return
    name = f"{title} {desk.signin.context().today():%Y-%m-%d}.xlsx"

    def chosen(path: Path) -> None:
        view.read_seen(lambda seen: _note(page, desk, seen, lambda: write(seen, path)))

    def write(seen: Seen, path: Path) -> None:
        _write(page, desk, table_facts(desk, seen, title, filters), path)

    save_file(page, gettext("Export this list"), name, ["Excel (*.xlsx)"], chosen)


def table_facts(desk: Desk, seen: Seen, title: str, filters: str) -> TableFacts:
    """Turn what is seen into what a sheet is made from."""
    context = desk.signin.context()
    columns = [
        SheetColumn(heading, _KINDS.get(kind, CellKind.TEXT))
        for heading, kind in zip(seen.titles, seen.kinds, strict=True)
    ]
    return TableFacts(
        title=title,
        columns=columns,
        rows=seen.rows,  # type: ignore[arg-type] # columns give cells of their kind
        made_at=context.now(),
        filters=filters,
        made_by=context.actor.name,
        zone=context.store.zone,
    )


def _note(page: QWidget, desk: Desk, seen: Seen, go_on: Callable[[], None]) -> None:
    """Enter the export in the audit, which may refuse it, and everybody on it in the log; go on when it is there."""
    note = ExportNote(listing_of(page), len(seen.rows))

    def steps() -> Iterator[Step]:
        yield lambda session, context: note_export(session, note, context)
        for people in parts_of(seen.people):
            yield partial(_took, people=people, what=(Look.EXPORTED, note.listing))

    desk.jobs.write_long(page, steps(), lambda written: go_on() if written.complete else None)


def keep_looks(page: QWidget, desk: Desk, view: RowTableView, people_of: PeopleOf[Any], where: str = "") -> None:
    """Say whom the rows of a list are about: copying and exporting them is noted as a look at each of them.

    ``where`` is the short name of the list; the screen's own when left out.
    """
    view.is_about(people_of)

    def copied(people: tuple[int, ...]) -> None:
        if people:
            work = partial(_took, people=people, what=(Look.COPIED, where or listing_of(page)))
            desk.jobs.write(page, work, lambda _count: None)

    view.copied.connect(copied)


def listing_of(page: QWidget) -> str:
    """Give the short name under which a screen's list stands in history and log."""
    return str(getattr(page, "help_page", ""))


def _took(session: Session, context: Context, people: Sequence[int], what: tuple[Look, str]) -> Outcome[int]:
    return note_taken(session, people, what, context)


def _write(page: QWidget, desk: Desk, facts: TableFacts, path: Path) -> None:
    def work(_progress: Progress) -> int:
        from crmdesk.documents.sheets.table import write_table

        return write_table(path, facts)

    desk.jobs.compute(page, work, partial(_tell, desk, path))


def _tell(desk: Desk, path: Path, rows: int) -> None:
    words = ngettext("{count} row written to {file}", "{count} rows written to {file}", rows)
    desk.toasts.show(words.format(count=rows, file=path.name))
