"""Batches as lists: open ones and all, with what is sent, arrived, answered, back and missing; one in full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batch_rules import OUT
from crmdesk.core.batches import BatchLineState, BatchParty, BatchState
from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.refs import EntityKind
from crmdesk.models.batch import Batch, BatchEvent, BatchLine, Vendor
from crmdesk.models.staff import Staff
from crmdesk.queries.clock_book import calendar_of

_L = BatchLineState
OPEN = (BatchState.PACKING, BatchState.SENT, BatchState.ARRIVED)
_FINISHED = (BatchState.CLOSED, BatchState.CANCELLED)
_MOST = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How many goods of a batch, or of all, are where; ``sent`` counts all that left."""

    packed: int = 0
    sent: int = 0
    arrived: int = 0
    replied: int = 0
    back: int = 0
    missing: int = 0

    @property
    def out(self) -> int:
        """Give how many left and are not back, missing ones too."""
        return self.sent - self.back

    def plus(self, other: "Tally") -> "Tally":
        """Add the counts of another batch."""
        return Tally(
            self.packed + other.packed,
            self.sent + other.sent,
            self.arrived + other.arrived,
            self.replied + other.replied,
            self.back + other.back,
            self.missing + other.missing,
        )


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch; ``waiting_days`` are working days since it was sent, while goods are out."""

    id: int
    version: int
    number: str
    party: BatchParty
    vendor_id: int | None
    vendor_name: str
    state: BatchState
    courier: str
    tracking: str
    made_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    note: str
    tally: Tally
    waiting_days: int | None


@dataclass(frozen=True, slots=True)
class BatchEventRow:
    """One line of a batch's time line."""

    at: datetime
    act: BatchAct
    note: str
    person: str


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A repairer."""

    id: int
    version: int
    name: str
    contact: str
    phone: str
    address: str
    work: str
    active: bool


def open_batches(session: Session, context: Context) -> list[BatchRow]:
    """Give the batches that are being packed or not closed, newest first."""
    return _rows(session, context, OPEN)


def finished_batches(session: Session, context: Context, limit: int = _MOST) -> list[BatchRow]:
    """Give the latest closed and cancelled batches, newest first."""
    return _rows(session, context, _FINISHED, limit)


def batch(session: Session, batch_id: int, context: Context) -> BatchRow:
    """Give one batch.

    Raises:
        NotFoundError: there is none in this store.
    """
    found = _rows(session, context, tuple(BatchState), only=batch_id)
    if not found:
        raise NotFoundError(EntityKind.BATCH, str(batch_id))
    return found[0]


def _rows(
    session: Session, context: Context, states: Iterable[BatchState], limit: int = _MOST, only: int | None = None
) -> list[BatchRow]:
    wanted = (
        select(Batch, func.coalesce(Vendor.name, "").label("vendor_name"))
        .outerjoin(Vendor, Batch.vendor_id == Vendor.id)
        .where(Batch.store_id == context.store.id, Batch.state.in_(tuple(states)))
        .order_by(Batch.made_at.desc(), Batch.id.desc())
        .limit(limit)
    )
    if only is not None:
        wanted = wanted.where(Batch.id == only)
    found = session.execute(wanted).all()
    tallies = _tallies(session, [row.Batch.id for row in found])
    calendar = calendar_of(session, context.store.id)
    today = context.today()
    made = []
    for one, vendor_name in found:
        tally = tallies.get(one.id, Tally())
        waited = None
        if one.sent_at is not None and tally.out > 0:
            waited = calendar.count(day_in_zone(one.sent_at, context.store.zone), today)
        made.append(_row(one, vendor_name, tally, waited))
    return made


def _row(one: Batch, vendor_name: str, tally: Tally, waiting: int | None) -> BatchRow:
    return BatchRow(
        id=one.id,
        version=one.version,
        number=one.number,
        party=one.party,
        vendor_id=one.vendor_id,
        vendor_name=vendor_name,
        state=one.state,
        courier=one.courier,
        tracking=one.tracking,
        made_at=one.made_at,
        sent_at=one.sent_at,
        arrived_at=one.arrived_at,
        closed_at=one.closed_at,
        note=one.note,
        tally=tally,
        waiting_days=waiting,
    )


def _tallies(session: Session, batch_ids: Sequence[int]) -> dict[int, Tally]:
    left = (*OUT, _L.BACK)
    counted = {
        "packed": BatchLine.state != _L.TAKEN_OUT,
        "sent": BatchLine.state.in_(left),
        "arrived": BatchLine.state.in_(left) & BatchLine.arrived_at.is_not(None),
        "replied": BatchLine.state.in_(left) & BatchLine.replied_at.is_not(None),
        "back": BatchLine.state == _L.BACK,
        "missing": BatchLine.state == _L.MISSING,
    }
    sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in counted.items()]
    wanted = select(BatchLine.batch_id, *sums).where(BatchLine.batch_id.in_(batch_ids)).group_by(BatchLine.batch_id)
    return {row[0]: Tally(*(int(count) for count in row[1:])) for row in session.execute(wanted)}


def overall(rows: Iterable[BatchRow]) -> Tally:
    """Give the sums over batches."""
    total = Tally()
    for row in rows:
        total = total.plus(row.tally)
    return total


def events(session: Session, batch_id: int) -> list[BatchEventRow]:
    """Give a batch's time line, newest first."""
    wanted = (
        select(BatchEvent.at, BatchEvent.act, BatchEvent.note, Staff.name)
        .join(Staff, BatchEvent.staff_id == Staff.id)
        .where(BatchEvent.batch_id == batch_id)
        .order_by(BatchEvent.id.desc())
        .limit(_MOST)
    )
    return [BatchEventRow(at, BatchAct(act), note, name) for at, act, note, name in session.execute(wanted)]


def vendors(session: Session, context: Context, *, active_only: bool = False) -> list[VendorRow]:
    """Give the store's repairers by name."""
    wanted = select(Vendor).where(Vendor.store_id == context.store.id).order_by(Vendor.name)
    if active_only:
        wanted = wanted.where(Vendor.active)
    return [
        VendorRow(one.id, one.version, one.name, one.contact, one.phone, one.address, one.work, one.active)
        for one in session.scalars(wanted)
    ]
