"""What the pick-up page reads and writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.queries import hand_overs as handed
from crmdesk.queries import reminders as waiting
from crmdesk.queries import ticket_detail
from crmdesk.queries.hand_overs import HandOverRow
from crmdesk.queries.loan_fees import LoanFees, fees_of_ticket
from crmdesk.queries.reminders import WaitingRow
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_money import ChargeRow, TicketMoney, charges_of, ticket_money
from crmdesk.services import pickup, reminders
from crmdesk.services.hand_overs import HandedOver, HandOverGoods, hand_over
from crmdesk.services.pickup import Pay
from crmdesk.services.ticket_steps import Step
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class PickUp:
    """Everything about goods that somebody wants to take."""

    ticket: TicketDetail
    context: Context
    handed: tuple[HandOverRow, ...]
    money: TicketMoney
    charges: tuple[ChargeRow, ...]
    waiting: WaitingRow | None
    loan_fees: LoanFees = field(default_factory=LoanFees)

    @property
    def item_went(self) -> bool:
        """Tell whether the item itself went before."""
        return any(one.item_back for one in self.handed)

    @property
    def fee_due(self) -> Money:
        """Give the storage fee that nobody has charged yet."""
        return self.waiting.fee_due if self.waiting is not None else Money(0)


def read(session: "Session", context: Context, *, ticket_id: int) -> PickUp:
    """Read what the page shows of a ticket."""
    return PickUp(
        ticket_detail.detail(session, ticket_id, context),
        context,
        tuple(handed.of_ticket(session, ticket_id)),
        ticket_money(session, ticket_id),
        charges_of(session, ticket_id),
        waiting.row(session, ticket_id, context),
        fees_of_ticket(session, ticket_id),
    )


def read_code(session: "Session", context: Context, *, code: str) -> PickUp:
    """Read what the page shows of the ticket whose slip was scanned.

    Raises:
        UnknownCodeError: no ticket has this number.
    """
    return read(session, context, ticket_id=handed.ticket_by_code(session, code, context))


class PickUpPresenter:
    """Jobs of the page."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Read and write for ``page``."""
        self._desk = desk
        self._page = page

    def find(self, code: str, done: Callable[[PickUp], None], failed: Failed) -> None:
        """Look up a scanned or typed number."""
        self._desk.jobs.read(self._page, partial(read_code, code=code), done, failed, key="pick_up")

    def show(self, ticket_id: int, done: Callable[[PickUp], None], failed: Failed) -> None:
        """Read a ticket."""
        self._desk.jobs.read(self._page, partial(read, ticket_id=ticket_id), done, failed, key="pick_up")

    def pay(self, request: Pay, done: Callable[[Money], None], failed: Failed) -> None:
        """Take money."""

        def work(session: "Session", context: Context) -> Outcome[Money]:
            return pickup.pay(session, request, context)

        self._desk.jobs.write(self._page, work, done, failed)

    def charge_fee(self, request: Step, done: Callable[[Money], None], failed: Failed) -> None:
        """Charge the storage fee that is due."""

        def work(session: "Session", context: Context) -> Outcome[Money]:
            return reminders.charge_fee(session, request, context)

        self._desk.jobs.write(self._page, work, done, failed)

    def hand_over(self, request: HandOverGoods, done: Callable[[HandedOver], None], failed: Failed) -> None:
        """Hand the goods over."""

        def work(session: "Session", context: Context) -> Outcome[HandedOver]:
            return hand_over(session, request, context)

        self._desk.jobs.write(self._page, work, done, failed)
