"""What an import did or would do: counts, refused rows, warnings, and the first rows for a preview."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from crmdesk.core.workbook_facts import ImportErrorsFacts, RejectedRow
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.fields import Field
from crmdesk.exchange.problems import CheckedRow, RowProblem, Severity
from crmdesk.exchange.reasons import row_sentence
from crmdesk.exchange.table import Cell, Table

# So many rows without and with remarks are kept to be looked at.
_PLAIN_SHOWN: Final = 200
_REMARKED_SHOWN: Final = 500


class Fate(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a row does to one field of a record that is on file, in words."""

    field: Field
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row as a preview shows it."""

    number: int
    fate: Fate
    cells: list[Cell]
    problems: tuple[RowProblem, ...]
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that stays out, with its cells as they were read."""

    number: int
    cells: list[Cell]
    problems: tuple[RowProblem, ...]


@dataclass(slots=True)
class ImportReport:
    """The outcome of an import or of its rehearsal.

    Attributes:
        run_id: the import that can be undone; 0 for a rehearsal.
        rows: rows of the file that are not blank.
        created, updated, skipped: rows, not records.
        refused: rows that stay out.
        warnings: remarks about rows that came in or were passed over.
        seen: the first rows, those with remarks for longer.
        stopped: a person stopped it; what is in stays in until it goes on or is taken back.
    """

    run_id: int = 0
    rows: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    seen: list[SeenRow] = field(default_factory=list)
    stopped: bool = False
    _plain: int = 0

    def note(
        self,
        checked: CheckedRow[Any],
        fate: Fate,
        problems: tuple[RowProblem, ...],
        changes: tuple[FieldChange, ...] = (),
    ) -> None:
        """Count a row."""
        self.rows += 1
        if fate is Fate.REJECTED:
            self.refused.append(RefusedRow(checked.number, checked.cells, problems))
        elif fate is Fate.CREATED:
            self.created += 1
        elif fate is Fate.UPDATED:
            self.updated += 1
        else:
            self.skipped += 1
        self.warnings += [problem for problem in problems if problem.severity is Severity.WARNING]
        if self.shows(plain=not problems):
            self.seen.append(SeenRow(checked.number, fate, checked.cells, problems, changes))

    def shows(self, *, plain: bool) -> bool:
        """Tell whether a row without (`plain`) or with remarks is still kept to be looked at."""
        if not plain:
            return len(self.seen) < _REMARKED_SHOWN + _PLAIN_SHOWN
        self._plain += 1
        return self._plain <= _PLAIN_SHOWN

    @property
    def rejected(self) -> list[RowProblem]:
        """Give everything that keeps rows out; a row may have several."""
        return [problem for row in self.refused for problem in row.problems if problem.severity is Severity.ERROR]


def error_facts(report: ImportReport, table: Table, made_at: datetime) -> ImportErrorsFacts:
    """Give what the workbook of refused rows is written from, reasons in the current language."""
    return ImportErrorsFacts(table.origin.name, table.headers, _rejected(report), made_at)


def _rejected(report: ImportReport) -> Iterator[RejectedRow]:
    for row in report.refused:
        errors = [problem for problem in row.problems if problem.severity is Severity.ERROR]
        yield RejectedRow(row.number, [text_of(cell) for cell in row.cells], [row_sentence(one) for one in errors])
