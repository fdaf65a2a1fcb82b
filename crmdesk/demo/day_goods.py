"""What else happens to goods on the day: a letter, a parcel, a part fetched, a come-back, fees, labels."""

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.goods import ShelfLabelFacts, ShelfLabelsFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.strokes import to_text
from crmdesk.core.tickets import Payer, TellChannel
from crmdesk.core.uncollected import ReminderStage
from crmdesk.demo.day_desk import DayDesk
from crmdesk.queries import (
    condition_papers,
    hand_overs,
    loan_papers,
    loaner_labels,
    loaner_rows,
    posting_note,
    reminder_words,
    reminders,
    ticket_detail,
)
from crmdesk.queries.loan_fees import fees_of_loan
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services import hand_overs as handing
from crmdesk.services import loan_fees, pickup, repair_ends, repair_links
from crmdesk.services import reminders as reminding
from crmdesk.services.hand_overs import HandOverGoods
from crmdesk.services.loan_fees import PayFees
from crmdesk.services.pickup import Pay
from crmdesk.services.reminders import Remind
from crmdesk.services.repair_ends import PostBack
from crmdesk.services.repair_links import ComeBack

STEP = "4 goods"
_NAME = (((120, 260), (220, 140), (300, 300)), ((360, 120), (380, 320)), ((440, 180), (560, 170), (470, 310)))


def write_about_uncollected(desk: DayDesk) -> None:
    """Write to the customer whose bag has waited for more than thirty days."""
    desk.at(10, 20)
    ticket = _seen(desk, "letter")
    row = desk.ask(reminders.row, ticket.id, desk.clerk)
    if row is None:
        raise LookupError(ticket.number)
    words = desk.ask(reminder_words.words, row, ReminderStage.LETTER, desk.clerk, desk.language)
    letter = Remind(ticket.id, ticket.version, TellChannel.LETTER, words)
    desk.do(desk.clerk, reminding.write_letter, letter, desk.clerk)
    facts = desk.ask(hand_overs.reminder_letter, ticket.id, desk.clerk, desk.language)
    desk.paper(facts, PaperKind.REMINDER_LETTER, facts.number)
    desk.book.rows["reminder"] += 1
    desk.book.note(STEP, letter=facts.number, waited=row.days)


def post_boots(desk: DayDesk) -> None:
    """Send boots to their owner, who pays the courier."""
    desk.at(11, 40)
    ticket = _seen(desk, "post")
    parcel = PostBack(
        ticket.id,
        ticket.version,
        "顺丰",
        "SF1387000214466",
        ticket.member_name,
        "宁波市鄞州区天童北路 1 号",
        fee=Money.yuan(12),
        payer=Payer.CUSTOMER,
        paid_by="微信",
    )
    desk.do(desk.clerk, repair_ends.post_back, parcel, desk.clerk)
    facts = desk.ask(posting_note.posting_note, ticket.id, desk.clerk, desk.language)
    desk.paper(facts, PaperKind.POSTING_NOTE, facts.number)
    desk.book.rows.update(posting=1, charge=1, payment=1)
    desk.book.note(STEP, posted=ticket.number, tracking=parcel.tracking)


def hand_over_in_parts(desk: DayDesk) -> None:
    """Let the customer's son fetch the suitcase; its lock cannot be found at once and stays. He signs on the screen."""
    desk.at(12, 10)
    ticket = _seen(desk, "parts")
    desk.do(desk.clerk, pickup.pay, Pay(ticket.id, ticket.version, ticket.open_amount, "支付宝"), desk.clerk)
    given = frozenset(one.id for one in ticket.accessories if one.name != "密码锁")
    wanted = HandOverGoods(
        ticket.id,
        _seen(desk, "parts").version,
        "小李",
        item_back=True,
        accessories=given,
        stands_for="儿子",
        seen="服务单",
        strokes=to_text(_NAME),
        note="密码锁稍后补取",
    )
    left = desk.do(desk.clerk, handing.hand_over, wanted, desk.clerk).left
    facts = desk.ask(hand_overs.pickup_note, ticket.id, desk.clerk, desk.language)
    desk.paper(facts, PaperKind.PICKUP_NOTE, facts.number)
    desk.book.rows.update(payment=1, hand_over=1, signature=1)
    desk.book.check("what stays of the suitcase", ["密码锁"], list(left))


def come_back(desk: DayDesk) -> None:
    """Take in again what head office repaired two weeks ago."""
    desk.at(12, 20)
    again = ComeBack(desk.year.weeks.kept["collected"], "拉杆又卡住了，才用了两次。")
    made = desk.do(desk.clerk, repair_links.come_back, again, desk.clerk)
    desk.book.rows["ticket"] += 1
    desk.book.note(STEP, come_back=made.number)


def settle_fee(desk: DayDesk) -> None:
    """Let the customer pay for the broken loaner what her deposit did not cover."""
    desk.at(12, 30)
    loan = desk.year.weeks.kept.get("fee", 0)
    if not loan:
        return
    owed = desk.ask(fees_of_loan, loan).open_of(loan)
    paid = desk.do(desk.clerk, loan_fees.pay, PayFees(loan, owed, "微信"), desk.clerk)
    facts = desk.ask(loan_papers.fee_receipt, paid.payment_id, desk.clerk, desk.language)
    desk.paper(facts, PaperKind.FEE_RECEIPT, facts.number)
    desk.book.rows["payment"] += 1
    desk.book.note(STEP, fee=owed.yuan_text(), receipt=paid.receipt)


def print_report_and_labels(desk: DayDesk) -> None:
    """Print how a suitcase looked at every gate, the label of a loaner and of a shelf."""
    report = desk.ask(condition_papers.ticket_report, desk.year.weeks.kept["compared"], desk.clerk, desk.language)
    desk.paper(report, PaperKind.CONDITION_REPORT, report.number)
    first = desk.ask(loaner_rows.ids, LoanerFilter(LoanerView.ALL), desk.clerk)[:1]
    labels = desk.ask(loaner_labels.labels, first, desk.clerk)
    desk.paper(labels, PaperKind.LOANER_LABEL, labels.number)
    shelf = ShelfLabelsFacts((ShelfLabelFacts("A1", "箱包架"),), desk.clerk.store.name)
    desk.paper(shelf, PaperKind.SHELF_LABEL, "A1")


def _seen(desk: DayDesk, name: str) -> TicketDetail:
    return desk.ask(ticket_detail.detail, desk.year.weeks.kept[name], desk.manager)
