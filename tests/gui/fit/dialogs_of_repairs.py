"""The dialogs of the steps of a repair, of its goods and of what waits to be collected."""

from datetime import UTC, datetime

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ReturnReason, TicketKind
from crmdesk.core.uncollected import ReminderStage
from crmdesk.queries import reminders
from crmdesk.queries.conditions import Sheets
from crmdesk.queries.staff import ColleagueRow
from crmdesk.queries.ticket_payments import PaymentRow
from crmdesk.services.desk_intake import DeskIntake, ReturnPiece
from crmdesk.services.ticket_intake import TakeIn
from crmdesk.views.service import quote_dialogs as quote
from crmdesk.views.service import repair_charge_dialogs, repair_leave_dialogs, repair_turn_dialog
from crmdesk.views.service import work_dialogs as work
from crmdesk.views.service.batch_of_ticket import SendAwayDialog
from crmdesk.views.service.case import Case
from crmdesk.views.service.condition_compare import CompareDialog
from crmdesk.views.service.condition_dialog import ConditionDialog
from crmdesk.views.service.intake_approval import NoReceiptDialog
from crmdesk.views.service.judge_dialog import JudgeDialog
from crmdesk.views.service.parcel_back_dialog import ParcelBackDialog
from crmdesk.views.service.pay_dialog import PayDialog
from crmdesk.views.service.payment_undo import UndoPaymentDialog
from crmdesk.views.service.quote_message import QuoteMessageDialog
from crmdesk.views.service.reminder_dialogs import DecideDialog, LetterDialog, RemindDialog
from crmdesk.views.service.reminder_presenter import Draft
from crmdesk.views.service.shelf_put_dialog import PutDialog, PutGoodsDialog
from crmdesk.views.service.tell_dialog import TellDialog
from tests.builders.repairs import quoted, ready
from tests.gui.fit.stage import LONG, Make, Stage

LATE = datetime(2026, 11, 21, 2, tzinfo=UTC)
_MANAGERS = (ColleagueRow(1, "周敏", Role.MANAGER), ColleagueRow(2, "林悦", Role.OWNER))
STEPS = (
    JudgeDialog,
    quote.AnswerDialog,
    TellDialog,
    work.QualityDialog,
    work.ReadyDialog,
    PutDialog,
    work.EstimateDialog,
    work.RemarkDialog,
    repair_charge_dialogs.ChargeDialog,
    repair_charge_dialogs.WaiveDialog,
    repair_charge_dialogs.PayBackDialog,
    repair_leave_dialogs.ScrapDialog,
    repair_leave_dialogs.PostDialog,
    repair_leave_dialogs.HandOutDialog,
    repair_turn_dialog.TurnDialog,
    repair_turn_dialog.ComeBackDialog,
    QuoteMessageDialog,
    SendAwayDialog,
    ParcelBackDialog,
)


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    room = stage.room
    now, done = stage.case(quoted(stage.shop)), stage.case(ready(stage.shop))
    words = work.NoteWords("Send", "Send it", "Courier's number", LONG)
    steps: list[Make] = [lambda one=one: one(room, now) for one in STEPS]  # type: ignore[misc]
    return [
        *steps,
        lambda: quote.QuoteDialog(room, now, 7),
        lambda: ConditionDialog(room, now, Sheets("suitcase")),
        lambda: CompareDialog(stage.page, "Condition", Sheets("suitcase"), stage.desk),
        lambda: work.NoteDialog(room, now, words, None),  # type: ignore[arg-type]
        lambda: PayDialog(room, done),
        lambda: UndoPaymentDialog(
            room, done, (PaymentRow(1, Money.yuan(80), "wechat", LATE, "P1", LONG, fixed=False),)
        ),
        lambda: PutGoodsDialog(room, "R-01-261121-0010", LONG),
        lambda: NoReceiptDialog(stage.page, stage.desk, _without_receipt(now), _MANAGERS, print),
        *_waiting(stage, done.ticket.id),
    ]


def _without_receipt(case: Case) -> DeskIntake:
    piece = ReturnPiece(ReturnReason.QUALITY, name=LONG, price_paid=Money.yuan(399), no_receipt_reason=LONG)
    return DeskIntake(TakeIn(TicketKind.RETURN, case.ticket.member_id, LONG), pieces=(piece,))


def _waiting(stage: Stage, ticket_id: int) -> list[Make]:
    with stage.shop.reading() as session:
        known = reminders.row(session, ticket_id, stage.context)
    assert known is not None
    draft = Draft(known, ReminderStage.FIRST, LONG)
    return [
        lambda: RemindDialog(stage.room, draft),
        lambda: LetterDialog(stage.room, draft, "zh_CN"),
        lambda: DecideDialog(stage.room, known),
    ]
