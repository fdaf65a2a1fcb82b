"""What the intake form asks and writes: people, goods, loaners, pictures, the one save, and the papers after it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketKind
from crmdesk.queries import intake, intake_come_back, intake_goods, item_alerts, loaners
from crmdesk.queries.intake import Found, IntakeRules, PersonFacts
from crmdesk.queries.intake_come_back import ComeBack
from crmdesk.queries.intake_goods import GoodsRow
from crmdesk.queries.item_alerts import BatchAlert, Model
from crmdesk.queries.loaners import LoanProposal, LoanWish
from crmdesk.queries.staff import ColleagueRow, who_may
from crmdesk.services import desk_intake, ticket_numbers
from crmdesk.services.desk_intake import DeskIntake, IntakeMade
from crmdesk.services.ticket_numbers import ReserveNumber
from crmdesk.views.service.photo_taking import PictureTaker
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session


class IntakePresenter:
    """Requests of one intake page."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Work for `owner`; answers are dropped when it is gone."""
        self._desk = desk
        self._owner = owner
        self.pictures = PictureTaker(desk.jobs, desk.photos, owner)

    def is_busy(self) -> bool:
        """Tell whether the page waits for an answer."""
        return self._desk.jobs.is_busy(self._owner)

    def watch_busy(self, changed: Callable[[QObject, bool], None]) -> None:
        """Let a method of a QObject be called when a page begins or ends to wait for answers."""
        self._desk.jobs.busy_changed.connect(changed)

    def today(self) -> date:
        """Give the store's day."""
        return self._desk.signin.context().today()

    def read_rules(self, done: Callable[[IntakeRules], None]) -> None:
        """Ask for the store's lengths of time."""
        self._desk.jobs.read(self._owner, intake.rules, done, key="rules")

    def find_person(self, typed: str, done: Callable[[Found], None]) -> None:
        """Ask who answers to `typed`."""

        def work(session: "Session", context: Context) -> Found:
            return intake.who(session, typed, context)

        self._desk.jobs.read(self._owner, work, done, key="who")

    def read_person(self, member_id: int, done: Callable[[PersonFacts], None]) -> None:
        """Ask what is known of a member."""

        def work(session: "Session", context: Context) -> PersonFacts:
            return intake.person(session, member_id, context)

        self._desk.jobs.read(self._owner, work, done, key="person")

    def read_goods(self, member_id: int, done: Callable[[tuple[GoodsRow, ...]], None], *, key: str = "goods") -> None:
        """Ask for a member's goods; `key` tells who asks, as a newer question drops the older one."""

        def work(session: "Session", context: Context) -> tuple[GoodsRow, ...]:
            return intake_goods.goods(session, member_id, context)

        self._desk.jobs.read(self._owner, work, done, key=key)

    def find_alerts(
        self, model: Model, faults: tuple[str, ...], item_id: int | None, done: Callable[[tuple[BatchAlert, ...]], None]
    ) -> None:
        """Ask whether the goods belong to a model that came with the same fault again and again."""

        def work(session: "Session", context: Context) -> tuple[BatchAlert, ...]:
            return item_alerts.at_intake(session, model, faults, item_id, context)

        self._desk.jobs.read(self._owner, work, done, key="alerts", background=True)

    def find_serial(self, serial: str, done: Callable[[ComeBack | None], None]) -> None:
        """Ask whether the thing with this serial number was repaired lately."""

        def work(session: "Session", context: Context) -> ComeBack | None:
            return intake_come_back.by_serial(session, serial, context)

        self._desk.jobs.read(self._owner, work, done, key="serial")

    def read_loaners(self, wish: LoanWish, done: Callable[[tuple[LoanProposal, ...]], None]) -> None:
        """Ask which free loaners fit."""

        def work(session: "Session", context: Context) -> tuple[LoanProposal, ...]:
            return loaners.propose(session, wish, context)

        self._desk.jobs.read(self._owner, work, done, key="loaners")

    def reserve_number(
        self, kind: TicketKind, done: Callable[[str], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take the number that the ticket will have."""

        def work(session: "Session", context: Context) -> Outcome[str]:
            return ticket_numbers.reserve(session, ReserveNumber(kind), context)

        self._desk.jobs.write(self._owner, work, done, failed)

    def needs_approval(self, request: DeskIntake) -> bool:
        """Tell whether somebody else has to approve before the save."""
        return request.needs_approval(self._desk.signin.context())

    def read_approvers(self, done: Callable[[list[ColleagueRow]], None]) -> None:
        """Ask who may approve what comes back without a receipt."""
        self._desk.jobs.read(self._owner, _approvers, done, key="approvers")

    def save(
        self, request: DeskIntake, done: Callable[[IntakeMade], None], failed: Callable[[Exception], None]
    ) -> None:
        """Write everything, or nothing."""
        write = partial(_write, request=request, desk=self._desk)
        self._desk.jobs.write(self._owner, write, done, failed)


def _approvers(session: "Session", context: Context) -> list[ColleagueRow]:
    return who_may(session, Right.OVERRIDE, context)


def _write(session: "Session", context: Context, *, request: DeskIntake, desk: Desk) -> Outcome[IntakeMade]:
    return desk_intake.save(session, request, context, photo_store=desk.photos)
