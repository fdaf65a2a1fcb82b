"""The figures of the value page as a workbook: one line for each bar and cell."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.progress import Progress
from crmdesk.core.roles import Right
from crmdesk.core.value_groups import SCORES
from crmdesk.core.workbook_facts import Cell, CellKind, Column, TableFacts
from crmdesk.queries.value_charts import ValueCharts
from crmdesk.services.exports import ExportNote, note_export
from crmdesk.views.members.value_words import Line, age_lines, cycle_lines, gender_lines, tier_lines
from crmdesk.views.support import errors
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import save_file

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session


def export_charts(page: QWidget, desk: Desk, found: ValueCharts) -> None:
    """Ask where to, note the export, write the file."""
    context = desk.signin.context()
    if not context.may(Right.EXPORT):
        errors.show(page, NotAllowedError(Right.EXPORT, context.actor.role))
        return
    facts = chart_facts(found, desk)
    name = f"{facts.title} {context.today():%Y-%m-%d}.xlsx"
    note = ExportNote("value", len(list(facts.rows)))

    def work(session: "Session", context: "Context") -> "Outcome[int]":
        return note_export(session, note, context)

    def chosen(path: Path) -> None:
        desk.jobs.write(page, work, lambda _count: _write(page, desk, facts, path))

    save_file(page, gettext("Export this list"), name, ["Excel (*.xlsx)"], chosen)


def chart_facts(found: ValueCharts, desk: Desk) -> TableFacts:
    """Give every bar and cell with its share of the chart."""
    context = desk.signin.context()
    charts = (
        (gettext("Life cycle"), cycle_lines(found)),
        (gettext("Age"), age_lines(found)),
        (gettext("Level"), tier_lines(found)),
        (gettext("Gender"), gender_lines(found)),
    )
    rows = [_row(chart, one, sum(each.count for each in lines)) for chart, lines in charts for one in lines]
    rows += [
        _cells(gettext("Recency × frequency"), f"R{recency} F{frequency}", count, found.buyers)
        for recency in reversed(SCORES)
        for frequency in SCORES
        for count in [found.matrix.get((recency, frequency), 0)]
    ]
    return TableFacts(
        gettext("Value of members"),
        [
            Column(gettext("Chart"), width=22),
            Column(gettext("Group"), width=22),
            Column(gettext("Members"), CellKind.INTEGER),
            Column(gettext("Share"), CellKind.PERCENT),
        ],
        rows,
        context.now(),
        gettext("scores as of {day}").format(day=day_text(found.as_of)) if found.as_of else "",
        context.actor.name,
        context.store.zone,
    )


def _row(chart: str, line: Line, whole: int) -> list[Cell]:
    return _cells(chart, line.label, line.count, whole)


def _cells(chart: str, words: str, count: int, whole: int) -> list[Cell]:
    return [chart, words, count, count / whole if whole else None]


def _write(page: QWidget, desk: Desk, facts: TableFacts, path: Path) -> None:
    def work(_progress: Progress) -> int:
        from crmdesk.documents.sheets.table import write_table

        return write_table(path, facts)

    desk.jobs.compute(page, work, partial(_tell, desk, path))


def _tell(desk: Desk, path: Path, rows: int) -> None:
    words = ngettext("{count} row written to {file}", "{count} rows written to {file}", rows)
    desk.toasts.show(words.format(count=rows, file=path.name))
