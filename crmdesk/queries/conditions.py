"""The condition of goods or a loaner at each gate, and what came in between (product S3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crmdesk.core.condition_compare import came_in_between
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.tickets import Gate
from crmdesk.models.condition import ConditionSheet, DamageMark, Photo
from crmdesk.models.staff import Staff

TICKET_GATES: Final = (Gate.INTAKE, Gate.TO_HEAD_OFFICE, Gate.FROM_HEAD_OFFICE, Gate.HAND_BACK)
LOAN_GATES: Final = (Gate.LOAN_OUT, Gate.LOAN_BACK)
_SCALE: Final = 10_000


@dataclass(frozen=True, slots=True)
class GateMark:
    """One mark; ``new`` when the sheet before does not have it."""

    number: int
    x: float
    y: float
    code: str
    note: str
    new: bool = False

    def words(self, language: str | None = None) -> str:
        """Give what the mark says."""
        return self.note or (fault_name(self.code, language) if self.code else "")


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo kept under ``name``."""

    name: str
    gate: Gate
    caption: str


@dataclass(frozen=True, slots=True)
class GateSheet:
    """One gate; ``at`` is None when nobody looked there, ``skipped`` when a later gate was looked at all the same."""

    gate: Gate
    at: datetime | None = None
    person: str = ""
    note: str = ""
    marks: tuple[GateMark, ...] = ()
    photos: tuple[PhotoRow, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """All gates in their order; ``shape`` names the drawing, empty when there is no sheet at all."""

    shape: str
    gates: tuple[GateSheet, ...] = field(default=())

    @property
    def made(self) -> tuple[GateSheet, ...]:
        """The gates somebody looked at."""
        return tuple(one for one in self.gates if one.at is not None)

    @property
    def latest(self) -> GateSheet | None:
        """The last look."""
        return self.made[-1] if self.made else None


def of_ticket(session: Session, ticket_id: int) -> Sheets:
    """Give the four gates of a ticket's goods."""
    return _sheets(session, ConditionSheet.ticket_id == ticket_id, TICKET_GATES, photos(session, ticket_id))


def of_loan(session: Session, loan_id: int) -> Sheets:
    """Give how a loaner went out and came back."""
    found = session.execute(
        select(Photo.sha256, Photo.gate, Photo.caption).where(Photo.loan_id == loan_id).order_by(Photo.id)
    )
    return _sheets(session, ConditionSheet.loan_id == loan_id, LOAN_GATES, [PhotoRow(*row) for row in found])


def photos(session: Session, ticket_id: int) -> tuple[PhotoRow, ...]:
    """Give a ticket's photos in the order they were taken."""
    found = session.execute(
        select(Photo.sha256, Photo.gate, Photo.caption).where(Photo.ticket_id == ticket_id).order_by(Photo.id)
    )
    return tuple(PhotoRow(*row) for row in found)


def _sheets(
    session: Session, which: ColumnElement[bool], gates: Sequence[Gate], pictures: Sequence[PhotoRow]
) -> Sheets:
    found = session.execute(
        select(ConditionSheet, Staff.name)
        .join(Staff, ConditionSheet.staff_id == Staff.id)
        .where(which)
        .order_by(ConditionSheet.made_at, ConditionSheet.id)
    ).all()
    newest = {sheet.gate: (sheet, person) for sheet, person in found}
    marks = _marks(session, [sheet.id for sheet, _person in newest.values()])
    made: list[GateSheet] = []
    before: tuple[GateMark, ...] | None = None
    for gate in gates:
        shown = tuple(one for one in pictures if one.gate is gate)
        if gate not in newest:
            made.append(GateSheet(gate, photos=shown))
            continue
        sheet, person = newest[gate]
        of_gate = _compared(before, marks.get(sheet.id, ()))
        made.append(GateSheet(gate, sheet.made_at, person, sheet.note, of_gate, shown))
        before = of_gate
    shape = next(iter(newest.values()))[0].shape if newest else ""
    return Sheets(shape, _with_gaps(made))


def _marks(session: Session, sheet_ids: Sequence[int]) -> dict[int, tuple[GateMark, ...]]:
    found: dict[int, tuple[GateMark, ...]] = {}
    rows = session.scalars(
        select(DamageMark).where(DamageMark.sheet_id.in_(sheet_ids)).order_by(DamageMark.sheet_id, DamageMark.ordinal)
    )
    for row in rows:
        mark = GateMark(row.ordinal, row.x / _SCALE, row.y / _SCALE, row.code, row.note)
        found[row.sheet_id] = (*found.get(row.sheet_id, ()), mark)
    return found


def _compared(before: tuple[GateMark, ...] | None, now: tuple[GateMark, ...]) -> tuple[GateMark, ...]:
    """Mark what is new; the first look has nothing to be compared with."""
    if before is None:
        return now
    new = came_in_between([(one.x, one.y) for one in before], [(one.x, one.y) for one in now])
    return tuple(
        GateMark(one.number, one.x, one.y, one.code, one.note, fresh) for one, fresh in zip(now, new, strict=True)
    )


def _with_gaps(made: Sequence[GateSheet]) -> tuple[GateSheet, ...]:
    last = max((place for place, one in enumerate(made) if one.at is not None), default=-1)
    return tuple(
        GateSheet(one.gate, photos=one.photos, skipped=True) if one.at is None and place < last else one
        for place, one in enumerate(made)
    )
