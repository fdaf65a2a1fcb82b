"""What the page of batches reads: its lists with their counts, and one batch in full."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.queries import batches, batches_lines
from crmdesk.queries.batches import BatchEventRow, BatchRow, Tally, VendorRow
from crmdesk.queries.batches_lines import LineRow, PackableRow
from crmdesk.views.service.room import Room

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class BatchLists:
    """The lists of the page, and the sums over all open batches."""

    open: list[BatchRow]
    waiting: list[LineRow]
    chase: list[LineRow]
    pack: list[PackableRow]
    closed: list[BatchRow]

    @property
    def tally(self) -> Tally:
        """Give the sums over open batches."""
        return batches.overall(self.open)

    def counts(self) -> dict[str, int]:
        """Give how many rows each list has, by its chip; closed ones are not counted."""
        return {name: len(getattr(self, name)) for name in ("open", "waiting", "chase", "pack")}


@dataclass(frozen=True, slots=True)
class BatchCase:
    """One batch with its lines and its time line, and who looks at it."""

    batch: BatchRow
    lines: list[LineRow]
    events: list[BatchEventRow]
    context: Context


class BatchPresenter:
    """Asks in the database thread; a newer question replaces the older one."""

    def __init__(self, room: Room) -> None:
        """Ask for the page of ``room``."""
        self._room = room

    def ask_lists(self, done: Callable[[BatchLists], None]) -> None:
        """Read all lists."""
        self._room.desk.jobs.read(self._room.page, _lists, done, key="lists")

    def ask_batch(self, batch_id: int, done: Callable[[BatchCase], None], failed: Callable[[Exception], None]) -> None:
        """Read one batch."""
        self._room.desk.jobs.read(self._room.page, partial(_case, batch_id), done, failed, key="batch")

    def ask_vendors(self, done: Callable[[list[VendorRow]], None]) -> None:
        """Read the repairers that are in use."""
        self._room.desk.jobs.read(self._room.page, _vendors, done, key="vendors")


def _lists(session: "Session", context: Context) -> BatchLists:
    waiting = batches_lines.waiting(session, context)
    return BatchLists(
        open=batches.open_batches(session, context),
        waiting=waiting,
        chase=[row for row in waiting if row.to_chase],
        pack=batches_lines.packable(session, context),
        closed=batches.finished_batches(session, context),
    )


def _case(batch_id: int, session: "Session", context: Context) -> BatchCase:
    return BatchCase(
        batches.batch(session, batch_id, context),
        batches_lines.lines(session, batch_id, context),
        batches.events(session, batch_id),
        context,
    )


def _vendors(session: "Session", context: Context) -> list[VendorRow]:
    return batches.vendors(session, context, active_only=True)
