"""Others who come to the counter on the day: their tickets stay open at different steps."""

from datetime import timedelta

from crmdesk.core.loaners import SizeClass
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import ItemCategory, Liability, Payer, Remedy, TellChannel, TicketKind
from crmdesk.demo.day_desk import DayDesk
from crmdesk.demo.words import STORIES
from crmdesk.queries import loaners, ticket_papers
from crmdesk.queries.loaners import LoanWish
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import desk_intake, judgement, pickup, quotes, repair
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.desk_intake import DeskIntake, LoanChoice
from crmdesk.services.judgement import Judge
from crmdesk.services.quotes import MakeQuote
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

STEP = "4 others at the counter"


def wait_for_answer(desk: DayDesk, ticket_id: int) -> None:
    """Judge and quote a bag; the customer has not answered when the day ends."""
    desk.at(10, 0)
    price = Money.yuan(45)
    judged = Judge(ticket_id, _version(desk, ticket_id), Liability.WEAR, Remedy.REPAIR_PAID, "拉链头磨损", "")
    desk.do(desk.manager, judgement.judge, judged, desk.manager)
    offer = MakeQuote(ticket_id, _version(desk, ticket_id), "更换拉链头并修齿", labour=price, days=3)
    desk.do(desk.clerk, quotes.quote, offer, desk.clerk)
    desk.book.rows.update(judgement=1, quote=1)


def leave_to_be_judged(desk: DayDesk) -> None:
    """Take in 曾小贤's suitcase; nobody has looked at it yet, and no loaner went along."""
    desk.at(13, 0)
    suitcase = ItemFacts(
        ItemCategory.SUITCASE,
        "拉杆箱 24寸 黑色",
        model="LX2401",
        colour="黑色",
        size="24寸",
        size_class=SizeClass.MEDIUM,
        serial="SN-60417",
        purchased_on=desk.clerk.today() - timedelta(days=75),
        price=Money.yuan(1580),
    )
    wanted = TakeIn(
        TicketKind.REPAIR,
        desk.member("曾小贤"),
        STORIES["rod_jam"],
        item=suitcase,
        faults=("rod_jam",),
        accessories=("密码锁",),
        marks=(MarkFacts(0.5, 0.12, "rod_jam"),),
        declared_value=Money.yuan(1580),
        promised_on=desk.clerk.today() + timedelta(days=8),
    )
    made = desk.do(desk.clerk, desk_intake.save, DeskIntake(wanted), desk.clerk)
    desk.book.rows["ticket"] += 1
    desk.book.note(STEP, to_be_judged=made.ticket.number)


def repair_while_lent(desk: DayDesk) -> None:
    """Repair 林婉清's bag free of charge within the day; her loaner is still out when it is ready."""
    desk.at(13, 20)
    member_id, until = desk.member("林婉清"), desk.clerk.today() + timedelta(days=6)
    wish = LoanWish(ItemCategory.BAG, SizeClass.MEDIUM, desk.clerk.today(), until, member_id)
    free = desk.ask(loaners.propose, wish, desk.clerk)
    bag = ItemFacts(ItemCategory.BAG, "真皮手袋 酒红", model="SD1102", colour="酒红", size_class=SizeClass.MEDIUM)
    wanted = TakeIn(TicketKind.REPAIR, member_id, STORIES["handle"], item=bag, faults=("handle",), promised_on=until)
    loan = LoanChoice(free[0].loaner_id, until) if free else None
    made = desk.do(desk.clerk, desk_intake.save, DeskIntake(wanted, loan=loan), desk.clerk)
    key = made.ticket.id
    shares = {Payer.SUPPLIER: Money.yuan(30)}
    judged = Judge(
        key, _version(desk, key), Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE, "提手铆钉未压实", shares=shares
    )
    desk.do(desk.manager, judgement.judge, judged, desk.manager)
    desk.do(desk.clerk, repair.start_work, _step(desk, key), desk.clerk)
    desk.at(14, 30)
    desk.do(desk.clerk, repair.finish_work, _step(desk, key), desk.clerk)
    desk.do(desk.manager, repair.check_quality, _step(desk, key), desk.manager, passed=True, shelf="A5")
    desk.do(desk.clerk, pickup.tell, _step(desk, key), desk.clerk, channel=TellChannel.MESSAGE)
    slip = desk.ask(ticket_papers.service_slip, key, desk.clerk, desk.language)
    desk.paper(slip, PaperKind.SERVICE_SLIP, made.ticket.number)
    taken = made.loan is not None and bool(made.loan.deposit)
    desk.book.rows.update(ticket=1, judgement=1, loan=int(made.loan is not None), deposit_entry=int(taken))
    desk.book.note(STEP, ready_while_lent=made.ticket.number, loaner=made.loan.loaner_code if made.loan else "")


def _version(desk: DayDesk, ticket_id: int) -> int:
    return desk.ask(version_of, ticket_id)


def _step(desk: DayDesk, ticket_id: int) -> Step:
    return Step(ticket_id, _version(desk, ticket_id))
