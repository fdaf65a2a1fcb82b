"""Third step: what would become of every row, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.tones import Tone
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.mapping import MappedColumn
from crmdesk.exchange.problems import RowProblem
from crmdesk.exchange.reasons import row_sentence
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_report import Fate, ImportReport, SeenRow
from crmdesk.views.members.import_words import FATES, change_lines, changes, field_words, remarks
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from crmdesk.exchange.problems import Reason

_REMARKED = "remarked"
_ALL = "all"
_SHOWN_COLUMNS = 3
_MOST_REASONS = 8


class CheckStep(QWidget):
    """Chips with counts, the rows, and beside them what was found most often."""

    def __init__(self, desk: Desk) -> None:
        """Build it empty; `show_report` fills it."""
        super().__init__()
        self._desk = desk
        self._report = ImportReport()
        self.chips = ChipBar()
        self.chips.chosen.connect(lambda _name: self._show_rows())
        self._told = Text("", "muted")
        self._holder = column(gap=0)
        self.view: RowTableView | None = None
        self.table: ListTable[SeenRow] | None = None
        self._reasons = Card(gettext("What was found"), "list-checks")
        self._lines = column(gap=2)
        self._reasons.add(self._lines)
        left = QWidget()
        left.setLayout(column(row(self.chips, None, self._told), self._holder, gap=3))
        side = QWidget()
        self._changes = Card(gettext("What changes"), "pencil")
        self._change_lines = Text("", wrap=True)
        self._changes.add(self._change_lines)
        show_if(self._changes, False)
        side.setLayout(column(self._changes, self._reasons, None, gap=3))
        layout = column(Columns(left, side, shares=(70, 30)), gap=0)
        self.setLayout(layout)

    def show_report(self, file: ImportFile, report: ImportReport) -> None:
        """Show what would become of a file."""
        self._report = report
        self._build_table(file, report)
        counts = _counts(report)
        names = [
            (_ALL, gettext("All"), None),
            *((fate.value, gettext(FATES[fate][0]), FATES[fate][1]) for fate in Fate),
        ]
        chips = [Chip(name, words, counts[name], tone) for name, words, tone in names if counts[name] or name == _ALL]
        chips.append(Chip(_REMARKED, gettext("With a remark"), counts[_REMARKED], Tone.WARN))
        self.chips.set_chips(chips)
        self.chips.choose(Fate.REJECTED.value if report.refused else _ALL)
        self._show_rows()
        self._show_reasons(report)

    def _build_table(self, file: ImportFile, report: ImportReport) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.table = ListTable(_columns(file, changes_any=report.updated > 0), self, id_of=lambda seen: seen.number)
        self.view = RowTableView(self.table, self._desk.settings, f"import.{file.kind.value}", self)
        self.view.setAccessibleName(gettext("Rows of the file"))
        self._holder.addWidget(self.view)
        self.view.current_changed.connect(self._show_changes)

    def _show_rows(self) -> None:
        if self.table is None or self.view is None:
            return
        wanted = self.chips.current
        rows = [seen for seen in self._report.seen if _fits(seen, wanted)]
        self.table.set_rows(rows)
        self.view.select_first()
        all_of_them = _counts(self._report).get(wanted, 0)
        words = ngettext("the first {count} row", "the first {count} rows", len(rows)).format(count=len(rows))
        self._told.setText(words if len(rows) < all_of_them else "")

    def _show_changes(self, number: int | None) -> None:
        """Show what the chosen row does to a record on file, a line for each field."""
        seen = next((one for one in self._report.seen if one.number == number), None)
        words = "\n".join(change_lines(seen)) if seen is not None else ""
        self._change_lines.setText(words)
        show_if(self._changes, bool(words))

    def _show_reasons(self, report: ImportReport) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        problems = [(problem, Tone.LATE) for problem in report.rejected]
        problems += [(problem, Tone.WARN) for problem in report.warnings]
        for problem, tone, count in _grouped(problems):
            self._lines.addWidget(_reason_line(problem, tone, count))
        show_if(self._reasons, bool(problems))


def _reason_line(problem: RowProblem, tone: Tone, count: int) -> QWidget:
    where = gettext("Row {row}").format(row=problem.row)
    if count > 1:
        where = ngettext("{count} row, first in row {row}", "{count} rows, first in row {row}", count).format(
            count=f"{count:,}", row=problem.row
        )
    return Banner(row_sentence(problem), where, tone, "circle-x" if tone is Tone.LATE else "triangle-alert")


def _grouped(problems: Sequence[tuple[RowProblem, Tone]]) -> list[tuple[RowProblem, Tone, int]]:
    counts: Counter[tuple[Reason, Tone]] = Counter()
    first: dict[tuple[Reason, Tone], RowProblem] = {}
    for problem, tone in problems:
        key = (problem.reason, tone)
        counts[key] += 1
        first.setdefault(key, problem)
    ordered = sorted(first, key=lambda key: (key[1] is not Tone.LATE, -counts[key]))
    return [(first[key], key[1], counts[key]) for key in ordered[:_MOST_REASONS]]


def _counts(report: ImportReport) -> dict[str, int]:
    remarked = len({problem.row for problem in report.warnings} | {row.number for row in report.refused})
    return {
        _ALL: report.rows,
        Fate.CREATED.value: report.created,
        Fate.UPDATED.value: report.updated,
        Fate.SKIPPED.value: report.skipped,
        Fate.REJECTED.value: len(report.refused),
        _REMARKED: remarked,
    }


def _fits(seen: SeenRow, wanted: str) -> bool:
    if wanted == _REMARKED:
        return bool(seen.problems)
    return wanted in {_ALL, "", seen.fate.value}


def _columns(file: ImportFile, *, changes_any: bool) -> list[Column[SeenRow]]:
    first: list[Column[SeenRow]] = [
        Column("row", mark("Row"), lambda seen: str(seen.number), 56, ColumnKind.NUMBER),
        Column(
            "fate",
            mark("What happens"),
            lambda seen: gettext(FATES[seen.fate][0]),
            110,
            ColumnKind.STATUS,
            tone=lambda seen: FATES[seen.fate][1],
            icon=lambda seen: FATES[seen.fate][2],
        ),
    ]
    order = {"name": 0, "phone": 1, "number": 0, "date": 1}
    mapped = sorted((one for one in file.mapping.columns if one.field), key=lambda one: order.get(str(one.field), 9))
    last: Column[SeenRow] = Column("remark", mark("Remark"), remarks, 260, tooltip=remarks, stretch=True)
    shown = [_value_column(one, shown=place < _SHOWN_COLUMNS) for place, one in enumerate(mapped)]
    if file.kind is ImportKind.PURCHASES or not changes_any:
        return [*first, *shown, last]
    changed: Column[SeenRow] = Column("changes", mark("What changes"), changes, 240, tooltip=changes)
    return [*first, *shown, changed, last]


def _value_column(mapped: MappedColumn, *, shown: bool) -> Column[SeenRow]:
    def text(seen: SeenRow) -> str:
        return text_of(seen.cells[mapped.index]) if mapped.index < len(seen.cells) else ""

    title = field_words(mapped.field) if mapped.field is not None else mapped.header
    return Column(f"column{mapped.index}", title, text, 110, shown=shown)


def button_words(report: ImportReport, kind: ImportKind) -> str:
    """Give what the button says: how many rows would come in."""
    count = report.created + report.updated
    if kind is ImportKind.MEMBERS:
        return ngettext("Import {count} member", "Import {count} members", count).format(count=f"{count:,}")
    if kind is ImportKind.PURCHASES:
        return ngettext("Import {count} line", "Import {count} lines", count).format(count=f"{count:,}")
    return ngettext("Import {count} row", "Import {count} rows", count).format(count=f"{count:,}")
