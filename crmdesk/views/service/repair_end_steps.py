"""The rarely used steps of a repair as verbs, each with the reason why it is not possible now."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.repair_rules import HERE, in_the_post, waits_for_goods
from crmdesk.core.roles import Right
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.services import repair_ends
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.common_steps import may_move, opening, refusal
from crmdesk.views.service.parcel_back_dialog import ParcelBackDialog
from crmdesk.views.service.quote_message import QuoteMessageDialog
from crmdesk.views.service.repair_charge_dialogs import ChargeDialog, PayBackDialog, WaiveDialog
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.repair_leave_dialogs import HandOutDialog, PostDialog, ScrapDialog
from crmdesk.views.service.repair_turn_dialog import ComeBackDialog, TurnDialog
from crmdesk.views.service.room import Room

_S = TicketState
# From where goods that were not judged yet are brought to whoever judges, in the same step.
_BEFORE_JUDGING = (_S.RECEIVED, _S.RECEIVED_BACK)


class EndSteps:
    """Builds the rarely used steps for one repair as it stands."""

    def __init__(self, room: Room, case: Case) -> None:
        """Keep the case."""
        self.room = room
        self.case = case

    def of_open(self) -> list[CaseStep]:
        """Give the steps of an open repair; those about a quote, charge or parcel only when there is one."""
        charged = [self.waive()] if self._charged() else []
        quoted = [self.message()] if self.case.ticket.state is _S.QUOTED else []
        posted = [self.deliver(), self.undelivered()] if self._under_way() else [self.post()]
        too_much = [self.pay_back()] if self.case.ticket.open_amount.fen < 0 else []
        return [*quoted, *too_much, self.charge(), *charged, self.turn(), self.scrap(), *posted]

    def of_ended(self) -> list[CaseStep]:
        """Give the steps of a repair that has ended."""
        steps = [self.come_back()]
        if self.waiting():
            steps += [self.hand_out(), self.post(), *([self.waive()] if self._charged() else [])]
        if self._under_way():
            steps += [self.deliver(), self.undelivered()]
        return [*steps, self.pay_back()] if self.case.ticket.open_amount.fen < 0 else steps

    def waiting(self) -> bool:
        """Tell whether the repair has ended and its goods still have to go back."""
        return waits_for_goods(self.case.ticket.state, self.case.ticket.goods_place)

    def after_end(self) -> CaseStep | None:
        """Give the one thing still to be done after the end: money back, goods back; None when nothing is."""
        if self._under_way():
            return self.deliver()
        if not self.waiting():
            return None
        return self.pay_back() if self.case.ticket.open_amount.fen < 0 else self.hand_out()

    def turn(self) -> CaseStep:
        """Let it go on as a return or a complaint."""
        why = self._here(refusal(self.case, Right.SERVE, legal=self._leads_to(_S.TURNED))) or self._lent()
        return self._dialog(gettext("Turn into another order"), "arrow-right-left", TurnDialog, why)

    def scrap(self) -> CaseStep:
        """Keep the goods for good."""
        why = refusal(self.case, Right.OVERRIDE, legal=True) and gettext("manager only")
        why = why or self._here(refusal(self.case, Right.OVERRIDE, legal=self._leads_to(_S.SCRAPPED))) or self._lent()
        return self._dialog(gettext("Keep for good"), "trash-2", ScrapDialog, why)

    def post(self) -> CaseStep:
        """Send the goods to the customer."""
        legal = may_move(self.case, _S.POSTED_BACK) or self.waiting()
        why = refusal(self.case, Right.SERVE, legal=legal) or self._lent() or self._unsettled()
        return self._dialog(gettext("Post back"), "send", PostDialog, why)

    def deliver(self) -> CaseStep:
        """Note that the parcel arrived."""
        why = refusal(self.case, Right.SERVE, legal=self._under_way())
        ticket = self.case.ticket
        request = Step(ticket.id, ticket.version)

        def said(state: TicketState) -> str:
            return gettext("{number}: {state}").format(number=ticket.number, state=label(state))

        def run() -> None:
            self.room.write(lambda session, context: repair_ends.note_delivery(session, request, context), said)

        return CaseStep(gettext("Parcel arrived"), "mail-check", run, why)

    def undelivered(self) -> CaseStep:
        """Take in the parcel that came back."""
        why = refusal(self.case, Right.SERVE, legal=self._under_way())
        return self._dialog(gettext("Parcel came back"), "undo-2", ParcelBackDialog, why)

    def hand_out(self) -> CaseStep:
        """Give back the goods of an order that has ended."""
        legal = "" if self.waiting() else gettext("the goods are not here")
        why = refusal(self.case, Right.SERVE, legal=True) or legal or self._lent() or self._unsettled()
        return self._dialog(gettext("Hand the goods back"), "hand", HandOutDialog, why)

    def come_back(self) -> CaseStep:
        """Take in again what was repaired."""
        ticket = self.case.ticket
        back = ticket.handed_back_at is not None and ticket.state is not _S.CANCELLED
        why = refusal(self.case, Right.SERVE, legal=True) or ("" if back else gettext("not handed back yet"))
        return self._dialog(gettext("Comes back"), "rotate-ccw", ComeBackDialog, why)

    def charge(self) -> CaseStep:
        """Charge something besides the quote."""
        return self._dialog(gettext("Charge"), "coins", ChargeDialog, refusal(self.case, Right.SERVE, legal=True))

    def waive(self) -> CaseStep:
        """Let a charge off."""
        why = "" if self.case.context.may(Right.OVERRIDE) else gettext("manager only")
        return self._dialog(gettext("Waive a charge"), "percent", WaiveDialog, why)

    def pay_back(self) -> CaseStep:
        """Give back what was paid too much."""
        why = refusal(self.case, Right.SERVE, legal=True)
        return self._dialog(gettext("Pay back"), "hand-coins", PayBackDialog, why)

    def message(self) -> CaseStep:
        """Send the quote in words."""
        why = refusal(self.case, Right.SERVE, legal=self.case.ticket.quote is not None)
        return self._dialog(gettext("Send the quote"), "message-circle", QuoteMessageDialog, why)

    # -- what stands in the way ----------------------------------------------------------

    def _leads_to(self, wanted: TicketState) -> bool:
        return may_move(self.case, wanted) or self.case.ticket.state in _BEFORE_JUDGING

    def _charged(self) -> bool:
        return any(not one.waived for one in known_of(self.case).charges)

    def _under_way(self) -> bool:
        ticket, parcel = self.case.ticket, known_of(self.case).parcel
        return parcel is not None and parcel.delivered_at is None and in_the_post(ticket.state, ticket.goods_place)

    def _here(self, why: str) -> str:
        away = self.case.ticket.goods_place not in HERE and self.case.ticket.goods_place is not GoodsPlace.NONE
        return why or (gettext("the goods are not here") if away else "")

    def _lent(self) -> str:
        return gettext("the loaner is not back") if self.case.ticket.loan_out is not None else ""

    def _unsettled(self) -> str:
        owed = self.case.ticket.open_amount.fen
        if owed > 0:
            return gettext("money is open")
        return gettext("money is to be paid back") if owed < 0 else ""

    def _dialog(self, text: str, icon: str, make: Callable[[Room, Case], QDialog], why: str) -> CaseStep:
        return CaseStep(text, icon, opening(self.room, self.case, make), why)
