"""Ordinary repairs: paid, free, express, with a loaner, unrepaired."""

from dataclasses import replace

from crmdesk.core.desk_errors import LoanerOutError, MoneyOpenError, QuoteExpiredError
from crmdesk.core.errors import IllegalMoveError, StaleError
from crmdesk.core.loaners import NoLoanReason, ReturnGrade
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import (
    ApprovalChannel,
    ItemCategory,
    Liability,
    Payer,
    Priority,
    Remedy,
    TellChannel,
    TicketKind,
)
from crmdesk.services import judgement, loan_returns, loans, pickup, quotes, repair
from crmdesk.services.judgement import Judge
from crmdesk.services.loan_returns import TakeBack
from crmdesk.services.loans import LendLoaner
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from tests.builders.diary import MANAGER, Diary, Story, Told, at, day
from tests.builders.loaners import SUITCASE, add_loaner

CASE = ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20寸 银色", brand="途远", model="TY-20", purchased_on=day("09-18"))
BAG = ItemFacts(ItemCategory.BAG, "手提包 酒红", brand="云织", model="YZ-08", purchased_on=day("10-06"))
SHOE = ItemFacts(ItemCategory.SHOE, "乐福鞋 38", brand="步间", model="BJ-3", purchased_on=day("06-01"))
COAT = ItemFacts(ItemCategory.JACKET, "短款羽绒服 M 米色", brand="霜野", model="SY-2", purchased_on=day("10-20"))
NOTHING = Money(0)


def repair_of(diary: Diary, name: str, words: str, goods: ItemFacts = CASE, **more: object) -> int:
    """Take in a repair, promised in ten days unless said otherwise, and print its slip."""
    request = TakeIn(
        TicketKind.REPAIR,
        diary.person(name),
        words,
        subject=words[:12],
        item=goods,
        promised_on=diary.in_days(10),
    )
    ticket = diary.takes_in(replace(request, **more))  # type: ignore[arg-type]
    diary.prints(ticket, PaperKind.SERVICE_SLIP, name, words, goods.name)
    return ticket


def quoted(diary: Diary, ticket: int, parts: int, labour: int = 0) -> None:
    """Tell the price."""
    diary.ask(quotes.quote, MakeQuote, ticket, work="更换配件", parts=Money.yuan(parts), labour=Money.yuan(labour))


def answered(diary: Diary, ticket: int, amount: int, *, agreed: bool = True, person: str = "本人") -> None:
    """Keep the answer on the phone."""
    diary.ask(
        quotes.record_answer,
        RecordAnswer,
        ticket,
        agreed=agreed,
        channel=ApprovalChannel.PHONE,
        person=person,
        amount=Money.yuan(amount),
        words="可以" if agreed else "太贵了",
    )


def judged(diary: Diary, ticket: int, liability: Liability, remedy: Remedy, **facts: object) -> None:
    """Let the manager judge."""
    diary.ask(judgement.judge, Judge, ticket, by=MANAGER, liability=liability, remedy=remedy, **facts)


def worked(diary: Diary, ticket: int, shelf: str = "A1") -> None:
    """Repair, check, put on the shelf."""
    diary.step(repair.start_work, ticket)
    diary.step(repair.finish_work, ticket)
    diary.step(repair.check_quality, ticket, passed=True, shelf=shelf)


def told(diary: Diary, ticket: int) -> None:
    """Call the customer."""
    diary.step(pickup.tell, ticket, "可以来取", channel=TellChannel.PHONE)


def paid(diary: Diary, ticket: int, amount: int) -> None:
    """Take money."""
    diary.ask(pickup.pay, Pay, ticket, amount=Money.yuan(amount), method="微信")


def handed_back(diary: Diary, ticket: int, person: str) -> None:
    """Give everything back against a signature, and print what went."""
    accessories = frozenset(one.id for one in diary.seen(ticket).accessories)
    diary.ask(pickup.hand_back, HandBack, ticket, person=person, item_back=True, signed=True, accessories=accessories)
    diary.prints(ticket, PaperKind.PICKUP_NOTE, person)


def wheel(diary: Diary) -> Story:
    """周建国's suitcase came off the belt without a wheel; he flies on Friday and gets the silver one meanwhile."""
    yield at("11-02 09:10")
    loaner = add_loaner(diary.shop, "L-101", SUITCASE)
    diary.person("周建国", "13805715678", CardTier.GOLD)
    ticket = repair_of(
        diary, "周建国", "机场托运后左前轮断裂", faults=("wheel_broken",), accessories=("密码锁", "防尘套")
    )
    loan = diary.do(loans.lend, LendLoaner(loaner.id, ticket, diary.person("周建国"), due_on=day("11-14"), signed=True))
    yield at("11-02 15:40")
    judged(diary, ticket, Liability.TRANSPORT, Remedy.REPAIR_PAID, shares={Payer.CARRIER: Money.yuan(80)})
    quoted(diary, ticket, 60, 20)
    diary.prints(ticket, PaperKind.QUOTE, "80.00")
    yield at("11-02 16:05")
    answered(diary, ticket, 80, person="周建国")
    yield at("11-06 11:00")
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-07 14:20")
    diary.refused(LoanerOutError, lambda: handed_back(diary, ticket, "周建国"))
    diary.do(loan_returns.take_back, TakeBack(loan.id, ReturnGrade.AS_LENT, returned=loan.deposit))
    diary.refused(MoneyOpenError, lambda: handed_back(diary, ticket, "周建国"))
    paid(diary, ticket, 80)
    handed_back(diary, ticket, "周建国")
    return Told(ticket, paid="80.00")


def zip_free(diary: Diary) -> Story:
    """林婉清's coat lost its zip after two weeks: our fault, free, nothing to approve."""
    yield at("11-03 10:00")
    ticket = repair_of(
        diary, "林婉清", "拉链头脱落", COAT, faults=("zip_fault",), no_loan_reason=NoLoanReason.NOT_NEEDED
    )
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE, shares={Payer.STORE: Money.yuan(30)})
    yield at("11-04 10:00")
    worked(diary, ticket, "B2")
    told(diary, ticket)
    yield at("11-05 18:30")
    handed_back(diary, ticket, "林婉清")
    return Told(ticket)


def too_dear(diary: Diary) -> Story:
    """钱芳 hears the price and does not want it; the bag goes back as it came and she owes nothing."""
    yield at("11-03 11:15")
    ticket = repair_of(diary, "钱芳", "包边开裂", BAG)
    quoted(diary, ticket, 200, 80)
    yield at("11-04 09:30")
    answered(diary, ticket, 280, agreed=False, person="钱芳")
    diary.step(repair.make_ready, ticket, "原样退回", shelf="C1")
    told(diary, ticket)
    yield at("11-06 12:00")
    handed_back(diary, ticket, "钱芳")
    return Told(ticket)


def silence(diary: Diary) -> Story:
    """尉迟明 does not answer for eight days; the quote runs out, is made again, and he says yes at once."""
    yield at("11-04 13:00")
    ticket = repair_of(diary, "尉迟明", "鞋跟磨损", SHOE)
    quoted(diary, ticket, 40)
    yield at("11-12 10:00")
    diary.refused(QuoteExpiredError, lambda: answered(diary, ticket, 40, person="尉迟明"))
    diary.step(quotes.expire_quote, ticket)
    quoted(diary, ticket, 45)
    answered(diary, ticket, 45, person="尉迟明")
    yield at("11-13 16:00")
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-14 11:00")
    paid(diary, ticket, 45)
    handed_back(diary, ticket, "尉迟明")
    return Told(ticket, paid="45.00")


def failed_check(diary: Diary) -> Story:
    """单雪芹's handle fails the check once; she needs it for a wedding, so it is express."""
    yield at("11-05 09:00")
    ticket = repair_of(diary, "单雪芹", "提手松动", BAG, priority=Priority.EXPRESS, promised_on=day("11-07"))
    quoted(diary, ticket, 50)
    answered(diary, ticket, 50)
    diary.step(repair.start_work, ticket)
    diary.step(repair.finish_work, ticket)
    yield at("11-06 17:00")
    diary.step(repair.check_quality, ticket, "缝线仍松", passed=False)
    diary.refused(IllegalMoveError, lambda: handed_back(diary, ticket, "单雪芹"))
    diary.step(repair.finish_work, ticket)
    diary.step(repair.check_quality, ticket, passed=True, shelf="A2")
    told(diary, ticket)
    yield at("11-07 10:10")
    paid(diary, ticket, 50)
    handed_back(diary, ticket, "单雪芹")
    return Told(ticket, paid="50.00")


def two_desks(diary: Diary) -> Story:
    """Two desks judge 何雨桐's shell crack at once; the second sees that she is late."""
    yield at("11-05 14:00")
    ticket = repair_of(diary, "何雨桐", "箱壳开裂", faults=("shell_crack",))
    seen = diary.version(ticket)
    judged(diary, ticket, Liability.CUSTOMER_USE, Remedy.REPAIR_PAID)
    late = Judge(ticket, seen, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    diary.refused(StaleError, lambda: diary.do(judgement.judge, late, MANAGER))
    quoted(diary, ticket, 120, 30)
    answered(diary, ticket, 150)
    yield at("11-09 15:00")
    worked(diary, ticket, "A3")
    told(diary, ticket)
    yield at("11-10 19:00")
    paid(diary, ticket, 150)
    handed_back(diary, ticket, "何雨桐")
    return Told(ticket, paid="150.00")


def refused(diary: Diary) -> Story:
    """The manager refuses 方宁's claim with the reason; the shoes wait on the shelf and go back."""
    yield at("11-06 10:30")
    ticket = repair_of(diary, "方宁", "鞋底断裂，穿了两年", replace(SHOE, purchased_on=day("01-05")))
    judged(diary, ticket, Liability.WEAR, Remedy.REFUSE, cause="超过质保，正常磨损")
    diary.step(repair.put_on_shelf, ticket, shelf="C3")
    told(diary, ticket)
    yield at("11-08 10:00")
    handed_back(diary, ticket, "方宁")
    return Told(ticket)


def changed_mind(diary: Diary) -> Story:
    """欧阳晓明 changes his mind at the counter: cancelled before anybody looked at it."""
    yield at("11-06 16:45")
    ticket = repair_of(diary, "欧阳晓明", "拉杆卡住", faults=("rod_jam",))
    yield at("11-06 16:50")
    diary.step(repair.cancel, ticket, "客户当场取消，箱子已带走")
    return Told(ticket, place="counter")


STORIES = (wheel, zip_free, too_dear, silence, failed_check, two_desks, refused, changed_mind)
