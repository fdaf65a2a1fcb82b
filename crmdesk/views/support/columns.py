"""What a table shows: columns are declared, never painted by hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone

R = TypeVar("R")


class ColumnKind(StrEnum):
    """What a column holds; decides its side and how it is exported."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    PHONE = "phone"
    STATUS = "status"  # painted as a pill with icon, word and tone


RIGHT_SIDE = frozenset({ColumnKind.NUMBER, ColumnKind.MONEY})


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        key: stable name; widths and order are remembered under it.
        title: msgid, made with mark().
        text: what the cell shows; masked where it must be, for screen, copy and export alike.
        width: logical pixels at first.
        kind: what it holds.
        tone: tone of the text or pill; None for plain.
        icon: icon name of a pill.
        tooltip: exact words on hover.
        sort_key: what the query calls this order; empty when it cannot be sorted.
        value: typed value for the workbook (date, int, Money); the text when absent.
        shown: whether it is seen before the person chooses.
        stretch: whether it takes the room that is left.
        whole: whether it keeps its width where others give way (statuses, numbers and phones always do).
    """

    key: str
    title: str
    text: Callable[[R], str] = field(compare=False)
    width: int = 120
    kind: ColumnKind = ColumnKind.TEXT
    tone: Callable[[R], Tone | None] | None = field(default=None, compare=False)
    icon: Callable[[R], str] | None = field(default=None, compare=False)
    tooltip: Callable[[R], str] | None = field(default=None, compare=False)
    sort_key: str = ""
    value: Callable[[R], object] | None = field(default=None, compare=False)
    shown: bool = True
    stretch: bool = False
    whole: bool = False

    def heading(self) -> str:
        """Give the title in the current language."""
        return gettext(self.title)

    def exported(self, row: R) -> object:
        """Give the cell for a workbook."""
        return self.value(row) if self.value is not None else self.text(row)


@dataclass(frozen=True, slots=True)
class Seen:
    """A list as it is seen, for export: headings, kinds, typed cells, and whom the lines are about (keys)."""

    titles: tuple[str, ...]
    kinds: tuple[ColumnKind, ...]
    rows: list[tuple[object, ...]]
    people: tuple[int, ...] = ()

    @classmethod
    def of(cls, columns: Sequence[Column[R]], rows: Sequence[R], people_of: "PeopleOf[R] | None" = None) -> "Seen":
        """Collect the cells of `rows` in `columns`."""
        return cls(
            tuple(column.heading() for column in columns),
            tuple(column.kind for column in columns),
            [tuple(column.exported(row) for column in columns) for row in rows],
            people_in(rows, people_of),
        )


# Gives the keys of the members that a row is about.
PeopleOf = Callable[[R], Iterable[int | None]]


def people_in(rows: Iterable[R], people_of: "PeopleOf[R] | None") -> tuple[int, ...]:
    """Give the members that rows are about, each once; none for a list that is about nobody."""
    if people_of is None:
        return ()
    return tuple(dict.fromkeys(key for row in rows for key in people_of(row) if key is not None))
