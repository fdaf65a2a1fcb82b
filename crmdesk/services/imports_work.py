"""What an import of any kind consists of: units that are written together, and what becomes of each row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.topics import Topic
from crmdesk.exchange.problems import CheckedRow, RowProblem
from crmdesk.services.imports_report import Fate, FieldChange


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one row.

    Attributes:
        checked: the row.
        fate: what became of it.
        problems: all remarks.
        changes: what it changes in a record that is on file; only told by a rehearsal.
        made: the member that it made, 0 for none.
        noted_at: the row under which the records of the import note it.
    """

    checked: CheckedRow[Any]
    fate: Fate
    problems: tuple[RowProblem, ...]
    changes: tuple[FieldChange, ...] = ()
    made: int = 0
    noted_at: int = 0


class Work(Protocol):
    """One kind of import. Whatever it remembers follows the disk: `keep` is called after a part is written."""

    @property
    def topics(self) -> frozenset[Topic]:
        """Give what it changes."""
        ...

    def open(self, session: Session, context: Context) -> None:
        """Read what the whole import needs."""
        ...

    def remember(self, session: Session, run_id: int) -> None:
        """Read what earlier parts of the same import made."""
        ...

    def units(self) -> Iterator[Any]:
        """Yield what is written together, in an order that is the same every time; no database is asked."""
        ...

    def size(self, unit: Any) -> int:  # noqa: ANN401 - each kind has its own
        """Give how many rows of the file a unit has."""
        ...

    def take(self, session: Session, context: Context, units: Sequence[Any], run_id: int) -> list[Decided]:
        """Decide about units, and write them; a ``run_id`` of 0 writes nothing. May be called again after a failure."""
        ...

    def keep(self, units: Sequence[Any], decided: Sequence[Decided]) -> None:
        """Learn that a part is on disk (or, in a rehearsal, decided)."""
        ...
