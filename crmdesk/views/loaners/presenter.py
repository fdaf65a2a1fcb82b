"""Between the loaner screens and the services: gathers requests, submits jobs, shows papers; no widgets."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanerState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.tickets import ItemCategory
from crmdesk.queries import loaner_rows
from crmdesk.queries.lend_start import LendStart, lend_start, lend_start_by_number, lend_start_of_reservation
from crmdesk.queries.loan_events import ReminderStart, reminder_start
from crmdesk.queries.loaner_calendar import CalendarRow, calendar
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerRow, LoanerTotals
from crmdesk.queries.loaner_shelf import ShelfRow, shelf_rows
from crmdesk.queries.loaner_use import UseRow, use_of_loaners
from crmdesk.queries.loaners import LoanProposal, LoanWish, propose
from crmdesk.queries.loans import LoanerDetail, LoanOut, detail, loan_out
from crmdesk.services import loan_fees, loan_reminders, loan_reservations, loan_returns, loaner_count, loaners, loans
from crmdesk.services.loan_fees import FeesPaid, PayFees, TakeBackFee, WaiveFee
from crmdesk.services.loan_reminders import Remind, Reminded
from crmdesk.services.loan_reservations import GiveUp, MoveReservation, ReserveLoaner
from crmdesk.services.loan_returns import LoanEnded, LoseLoaner, TakeBack
from crmdesk.services.loaner_count import CountShelf, ShelfCounted
from crmdesk.services.loaners import EditLoaner, Inspect, LoanerFacts, LoanerMade, MoveLoaner
from crmdesk.services.loans import LendLoaner, LoanMade, MoveDueDay
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class LoanerPresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self.desk = desk
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self.desk.signin.context()

    def today(self) -> date:
        """Give the store's day."""
        return self.context().today()

    # -- reading -----------------------------------------------------------------------------

    def source(self, chosen: LoanerFilter) -> RowSource[LoanerRow]:
        """Give the list of one filter."""
        return RowSource(
            first=lambda session, context, order, limit: _first(session, context, order, (chosen, limit)),
            ids=lambda session, context, order: loaner_rows.ids(session, chosen, context, order),
            rows=lambda session, context, wanted: loaner_rows.rows(session, wanted, context),
        )

    def read_ids(self, chosen: LoanerFilter, done: Done[list[int]]) -> None:
        """Ask for the keys of a filter."""
        self.desk.jobs.read(
            self._owner, lambda session, context: loaner_rows.ids(session, chosen, context), done, key="ids"
        )

    def read_totals(self, done: Done[LoanerTotals]) -> None:
        """Ask for the figures above the list."""
        self.desk.jobs.read(self._owner, loaner_rows.totals, done, key="totals", background=True)

    def read_detail(self, loaner_id: int, done: Done[LoanerDetail]) -> None:
        """Ask for one loaner."""
        self.desk.jobs.read(self._owner, lambda session, context: detail(session, loaner_id, context), done, key="one")

    def read_loan(self, loan_id: int, done: Done[LoanOut]) -> None:
        """Ask for one loan."""
        self.desk.jobs.read(self._owner, lambda session, context: loan_out(session, loan_id, context), done, key="loan")

    def read_start(self, ticket: int | str, done: Done[LendStart], failed: Failed | None = None) -> None:
        """Ask what lending to a ticket begins from; the ticket by key or by its number as typed."""

        def work(session: "Session", context: Context) -> LendStart:
            if isinstance(ticket, int):
                return lend_start(session, ticket, context)
            return lend_start_by_number(session, ticket, context)

        self.desk.jobs.read(self._owner, work, done, failed, key="start")

    def read_proposals(self, wish: LoanWish, done: Done[tuple[LoanProposal, ...]]) -> None:
        """Ask what fits."""
        self.desk.jobs.read(self._owner, lambda session, context: propose(session, wish, context), done, key="fits")

    def read_codes(self, done: Done[list[str]]) -> None:
        """Ask for the codes in use."""
        self.desk.jobs.read(self._owner, loaner_rows.codes, done, key="codes")

    def read_reservation(self, loan_id: int, done: Done[LendStart]) -> None:
        """Ask what lending from a reservation begins from."""
        work = partial(_with_context, lend_start_of_reservation, loan_id)
        self.desk.jobs.read(self._owner, work, done, key="start")

    def read_reminder(self, loan_id: int, done: Done[ReminderStart]) -> None:
        """Ask what a reminder begins from."""
        self.desk.jobs.read(self._owner, partial(_with_context, reminder_start, loan_id), done, key="reminder")

    def read_shelf(self, done: Done[tuple[ShelfRow, ...]]) -> None:
        """Ask what a count begins from."""
        self.desk.jobs.read(self._owner, shelf_rows, done, key="shelf")

    def read_calendar(
        self, weeks: tuple[date, int], kind: ItemCategory | None, done: Done[tuple[CalendarRow, ...]]
    ) -> None:
        """Ask for the calendar: first day and number of days, of one category or all."""
        first, days = weeks
        self.desk.jobs.read(
            self._owner, lambda session, context: calendar(session, first, days, context, kind), done, key="calendar"
        )

    def read_use(self, period: tuple[date, date], done: Done[tuple[UseRow, ...]]) -> None:
        """Ask how much the loaners are used in a period, both days included."""
        self.desk.jobs.read(
            self._owner, lambda session, context: use_of_loaners(session, *period, context), done, key="use"
        )

    # -- writing -----------------------------------------------------------------------------

    def register(self, facts: LoanerFacts, done: Done[LoanerMade], failed: Failed) -> None:
        """Add a loaner."""
        self._write(lambda session, context: loaners.register(session, facts, context), done, failed)

    def edit(self, request: EditLoaner, done: Done[LoanerMade], failed: Failed) -> None:
        """Change a loaner's facts."""
        self._write(lambda session, context: loaners.edit(session, request, context), done, failed)

    def move(self, row: LoanerRow, wanted: LoanerState, done: Done[LoanerMade], reason: str = "") -> None:
        """Bring a loaner to another state."""
        request = MoveLoaner(row.id, row.version, wanted, reason)
        self._write(lambda session, context: loaners.move_loaner(session, request, context), done)

    def inspect(self, request: Inspect, done: Done[LoanerMade], failed: Failed) -> None:
        """Note what an inspection found."""
        self._write(lambda session, context: loaners.inspect(session, request, context), done, failed)

    def clean(self, row: LoanerRow, done: Done[LoanerMade]) -> None:
        """Note that a loaner was cleaned."""
        cleaned = partial(loaners.clean, seen_version=row.version)
        self._write(lambda session, context: cleaned(session, row.id, context), done)

    def lend(self, request: LendLoaner, done: Done[LoanMade], failed: Failed) -> None:
        """Lend."""
        self._write(lambda session, context: loans.lend(session, request, context), done, failed)

    def reserve(self, request: ReserveLoaner, done: Done[LoanMade], failed: Failed) -> None:
        """Reserve ahead."""
        self._write(lambda session, context: loan_reservations.reserve(session, request, context), done, failed)

    def give_up(self, request: GiveUp, done: Done[LoanMade], *, nobody_came: bool = False) -> None:
        """Give a reservation up, or note that nobody came for it."""
        verb = loan_reservations.not_fetched if nobody_came else loan_reservations.cancel
        self._write(lambda session, context: verb(session, request, context), done)

    def move_reservation(self, request: MoveReservation, done: Done[LoanMade], failed: Failed) -> None:
        """Keep a loaner for other days."""
        self._write(
            lambda session, context: loan_reservations.move_reservation(session, request, context), done, failed
        )

    def remind(self, request: Remind, done: Done[Reminded], failed: Failed) -> None:
        """Note a reminder."""
        self._write(lambda session, context: loan_reminders.remind(session, request, context), done, failed)

    def pay(self, request: PayFees, done: Done[FeesPaid], failed: Failed) -> None:
        """Take money for fees."""
        self._write(lambda session, context: loan_fees.pay(session, request, context), done, failed)

    def waive(self, request: WaiveFee, done: Done[Money]) -> None:
        """Ask no longer for a fee."""
        self._write(lambda session, context: loan_fees.waive(session, request, context), done)

    def take_fee_back(self, request: TakeBackFee, done: Done[Money], failed: Failed) -> None:
        """Take a wrong payment of fees back."""
        self._write(lambda session, context: loan_fees.take_back(session, request, context), done, failed)

    def count(self, request: CountShelf, done: Done[ShelfCounted], failed: Failed) -> None:
        """Write a count down."""
        self._write(lambda session, context: loaner_count.count_shelf(session, request, context), done, failed)

    def sign(self, loan_id: int, done: Done[LoanMade]) -> None:
        """Note the borrower's signature."""
        self._write(lambda session, context: loans.sign(session, loan_id, context), done)

    def extend(self, request: MoveDueDay, done: Done[LoanMade], failed: Failed) -> None:
        """Give more time."""
        self._write(lambda session, context: loans.extend(session, request, context), done, failed)

    def take_over(self, request: MoveDueDay, done: Done[LoanMade], failed: Failed) -> None:
        """Let a manager answer for the loan."""
        self._write(lambda session, context: loans.take_over(session, request, context), done, failed)

    def take_back(self, request: TakeBack, done: Done[LoanEnded], failed: Failed) -> None:
        """Take a loaner back."""
        self._write(lambda session, context: loan_returns.take_back(session, request, context), done, failed)

    def lose(self, request: LoseLoaner, done: Done[LoanEnded], failed: Failed) -> None:
        """Give a lent loaner up."""
        self._write(lambda session, context: loan_returns.lose(session, request, context), done, failed)

    def _write(
        self,
        work: "Callable[[Session, Context], Outcome[T]]",
        done: Done[T],
        failed: Failed | None = None,
    ) -> None:
        self.desk.jobs.write(self._owner, work, done, failed)


def _with_context(read: "Callable[[Session, int, Context], T]", key: int, session: "Session", context: Context) -> T:
    return read(session, key, context)


def _first(
    session: "Session", context: Context, order: Order | None, wanted: tuple[LoanerFilter, int]
) -> list[LoanerRow]:
    chosen, limit = wanted
    return loaner_rows.first(session, chosen, context, order, limit)
