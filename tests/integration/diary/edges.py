"""Repairs that end otherwise: dearer, scrapped, turned, posted, come back, forgotten, handed out in parts."""

from datetime import timedelta
from typing import Any

from crmdesk.core.charges import ChargeKind
from crmdesk.core.desk_errors import LoanerOutError, MoneyOpenError
from crmdesk.core.errors import IllegalMoveError, NotAllowedError
from crmdesk.core.goods_errors import RemindedRecentlyError, TooEarlyError
from crmdesk.core.loaners import LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy, TellChannel, TicketKind
from crmdesk.services import (
    charges,
    hand_overs,
    loan_fees,
    loan_returns,
    loans,
    reminders,
    repair,
    repair_ends,
    repair_links,
    settings,
)
from crmdesk.services.charges import MakeCharge
from crmdesk.services.hand_overs import HandOverGoods
from crmdesk.services.loan_fees import PayFees
from crmdesk.services.loan_returns import LoseLoaner, TakeBack
from crmdesk.services.loans import LendLoaner, MoveDueDay
from crmdesk.services.reminders import Remind
from crmdesk.services.repair_ends import PostBack, Scrap
from crmdesk.services.repair_links import ComeBack, TurnInto
from crmdesk.services.settings import ChangeSettings
from crmdesk.services.undelivered import ParcelBack, take_parcel_back
from tests.builders.diary import MANAGER, OWNER, Diary, Story, Told, at, day
from tests.builders.loaners import SUITCASE, add_loaner
from tests.integration.diary.ordinary import (
    BAG,
    COAT,
    SHOE,
    answered,
    handed_back,
    judged,
    paid,
    quoted,
    repair_of,
    told,
    worked,
)


def only_the_price(diary: Diary) -> Story:
    """王芳 only wants to know what it would cost; the look costs 20 yuan and the bag goes back as it came."""
    yield at("11-09 09:00")
    ticket = repair_of(diary, "王芳", "想换整条拉链，先问价", BAG, estimate_only=True)
    quoted(diary, ticket, 260)
    answered(diary, ticket, 260, agreed=False)
    diary.step(repair.make_ready, ticket, "只问价", shelf="C2", examination=Money.yuan(20))
    told(diary, ticket)
    yield at("11-11 17:00")
    diary.refused(MoneyOpenError, lambda: handed_back(diary, ticket, "王芳"))
    paid(diary, ticket, 20)
    handed_back(diary, ticket, "王芳")
    return Told(ticket, paid="20.00")


def it_grew(diary: Diary) -> Story:
    """李翔 agreed to 80; inside, the frame is broken too: 150 needs a new yes before work goes on."""
    yield at("11-09 10:00")
    ticket = repair_of(diary, "李翔", "轮子坏", faults=("wheel_broken",))
    quoted(diary, ticket, 60, 20)
    answered(diary, ticket, 80)
    diary.step(repair.start_work, ticket)
    yield at("11-10 11:00")
    quoted(diary, ticket, 120, 30)
    diary.refused(IllegalMoveError, lambda: diary.step(repair.finish_work, ticket))
    yield at("11-10 15:00")
    answered(diary, ticket, 150)
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-12 12:00")
    paid(diary, ticket, 150)
    handed_back(diary, ticket, "李翔")
    return Told(ticket, paid="150.00")


def scrapped(diary: Diary) -> Story:
    """张伟's shell cannot be saved; he signs that the shop may throw it away. A clerk alone may not do that."""
    yield at("11-10 09:20")
    ticket = repair_of(diary, "张伟", "箱壳碎裂", faults=("shell_crack",))
    judged(diary, ticket, Liability.CUSTOMER_USE, Remedy.REPAIR_PAID, cause="无法修复")
    consent: dict[str, Any] = {"person": "张伟", "words": "同意门店代为报废，不再取回"}
    diary.refused(NotAllowedError, lambda: diary.ask(repair_ends.scrap, Scrap, ticket, **consent))
    diary.ask(repair_ends.scrap, Scrap, ticket, MANAGER, **consent)
    return Told(ticket, place="none")


def turned_to_complaint(diary: Diary) -> Story:
    """刘洋's coat is worse than a seam: the repair becomes a complaint and the coat goes along."""
    yield at("11-10 10:40")
    ticket = repair_of(diary, "刘洋", "袖口开线，内胆漏绒", COAT)
    turned = diary.ask(
        repair_links.turn_into,
        TurnInto,
        ticket,
        MANAGER,
        kind=TicketKind.COMPLAINT,
        reason="多处质量问题，客户要求赔偿",
    )
    assert diary.seen(turned.id).kind is TicketKind.COMPLAINT
    assert diary.place(turned.id) == "counter"
    return Told(ticket, place="none")


def posted(diary: Diary) -> Story:
    """沈佳 has moved to Ningbo: her shoes go by courier, she pays the 12 yuan."""
    yield at("11-11 14:00")
    ticket = repair_of(diary, "沈佳", "鞋跟脱落", SHOE, faults=("heel",))
    quoted(diary, ticket, 30)
    answered(diary, ticket, 30)
    worked(diary, ticket, "C4")
    told(diary, ticket)
    yield at("11-13 10:00")
    parcel: dict[str, Any] = {
        "courier": "顺丰",
        "tracking": "SF1234567890",
        "recipient": "沈佳",
        "address": "宁波市鄞州区天童北路 1 号",
        "fee": Money.yuan(12),
        "payer": Payer.CUSTOMER,
        "paid_by": "微信",
    }
    diary.refused(MoneyOpenError, lambda: diary.ask(repair_ends.post_back, PostBack, ticket, **parcel))
    paid(diary, ticket, 30)
    diary.ask(repair_ends.post_back, PostBack, ticket, **parcel)
    yield at("11-15 10:00")
    diary.step(repair_ends.note_delivery, ticket, "客户电话确认收到")
    return Told(ticket, paid="42.00")


def undelivered(diary: Diary) -> Story:
    """孟琳 is away when the courier comes: the parcel is back in the shop, she is told and fetches the bag herself."""
    yield at("11-12 14:00")
    ticket = repair_of(diary, "孟琳", "拉链坏", BAG)
    quoted(diary, ticket, 25)
    answered(diary, ticket, 25)
    worked(diary, ticket, "C5")
    told(diary, ticket)
    paid(diary, ticket, 25)
    parcel: dict[str, Any] = {
        "courier": "中通",
        "tracking": "ZT7700112233",
        "recipient": "孟琳",
        "address": "绍兴市越城区解放南路 8 号",
    }
    yield at("11-14 10:00")
    diary.ask(repair_ends.post_back, PostBack, ticket, **parcel)
    yield at("11-18 10:00")
    diary.ask(take_parcel_back, ParcelBack, ticket, note="三次派送无人签收", shelf="C6")
    told(diary, ticket)
    yield at("11-20 18:00")
    handed_back(diary, ticket, "孟琳")
    return Told(ticket, paid="25.00")


def came_back(diary: Diary) -> Story:
    """尉迟明's heel comes off again three weeks later: linked, free, and counted as a come-back."""
    yield at("12-05 10:00")
    first = diary.told["silence"].ticket
    made = diary.do(
        repair_links.come_back, ComeBack(first, "鞋跟又掉了", faults=("heel",), promised_on=diary.in_days(3))
    )
    judged(diary, made.id, Liability.STORE_HANDLING, Remedy.REPAIR_FREE, shares={Payer.STORE: Money.yuan(45)})
    yield at("12-06 16:00")
    worked(diary, made.id)
    told(diary, made.id)
    yield at("12-07 11:00")
    handed_back(diary, made.id, "尉迟明")
    return Told(made.id)


def forgotten(diary: Diary) -> Story:
    """赵敏 forgets her bag: reminded after seven days, not twice in two days, written to after thirty, then a fee."""
    yield at("11-02 10:00")
    fee: dict[str, Any] = {"uncollected.fee_per_day": Money.yuan(1), "uncollected.disposal_days": 90}
    diary.do(settings.change_settings, ChangeSettings(fee), OWNER)
    ticket = repair_of(diary, "赵敏", "提手断", BAG)
    quoted(diary, ticket, 35)
    answered(diary, ticket, 35)
    worked(diary, ticket, "B1")
    told(diary, ticket)
    words: dict[str, Any] = {"channel": TellChannel.PHONE, "words": "您的包已修好，请来取"}
    yield at("11-05 10:00")
    diary.refused(TooEarlyError, lambda: diary.ask(reminders.remind, Remind, ticket, **words))
    yield at("11-09 10:00")
    diary.ask(reminders.remind, Remind, ticket, **words)
    yield at("11-10 10:00")
    diary.refused(RemindedRecentlyError, lambda: diary.ask(reminders.remind, Remind, ticket, **words))
    yield at("11-11 10:30")
    diary.ask(reminders.remind, Remind, ticket, **words)
    yield at("12-02 10:00")
    diary.ask(reminders.write_letter, Remind, ticket, channel=TellChannel.LETTER, words="请于 30 日内领取")
    yield at("12-12 10:00")
    diary.step(reminders.charge_fee, ticket)
    paid(diary, ticket, 45)
    handed_back(diary, ticket, "赵敏")
    return Told(ticket, paid="45.00")


def never_fetched(diary: Diary) -> Story:
    """A pair of shoes that nobody fetches: after the letter and ninety days the owner decides, nobody else."""
    yield at("09-01 10:00")
    ticket = repair_of(diary, "孙涛", "鞋底开胶", SHOE)
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    worked(diary, ticket, "D1")
    told(diary, ticket)
    yield at("10-02 10:00")
    diary.ask(reminders.write_letter, Remind, ticket, channel=TellChannel.LETTER, words="请领取")
    yield at("12-01 10:00")
    diary.refused(NotAllowedError, lambda: diary.step(reminders.decide, ticket, "捐给慈善商店", MANAGER))
    diary.step(reminders.decide, ticket, "捐给慈善商店", OWNER)
    return Told(ticket, place="none")


def in_two_parts(diary: Diary) -> Story:
    """吴静's son fetches the suitcase; its lock and cover were put elsewhere and follow two days later."""
    yield at("11-12 09:00")
    ticket = repair_of(diary, "吴静", "拉杆卡住", accessories=("密码锁", "防尘套"))
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-14 15:00")
    son: dict[str, Any] = {
        "person": "吴小松",
        "stands_for": "儿子",
        "seen": "身份证",
        "item_back": True,
        "on_paper": True,
    }
    left = diary.ask(hand_overs.hand_over, HandOverGoods, ticket, **son).left
    assert left == ("密码锁", "防尘套")
    yield at("11-16 15:00")
    rest = frozenset(one.id for one in diary.seen(ticket).accessories)
    facts: dict[str, Any] = {"person": "吴静", "item_back": False, "on_paper": True, "accessories": rest}
    diary.ask(hand_overs.hand_over, HandOverGoods, ticket, **facts)
    return Told(ticket)


def late_loaner(diary: Diary) -> Story:
    """陈晨 brings the loaner back nine days late and dented: 45 late, 300 damage, of which 255 stay to be paid."""
    yield at("11-03 09:00")
    diary.do(settings.change_settings, ChangeSettings({"loaners.late_fee_per_day": Money.yuan(5)}), OWNER)
    loaner = add_loaner(diary.shop, "L-102", SUITCASE)
    ticket = repair_of(diary, "陈晨", "滑轮异响")
    lent = LendLoaner(
        loaner.id, ticket, diary.person("陈晨"), day("11-10"), Money.yuan(90), paid_by="现金", signed=True
    )
    loan = diary.do(loans.lend, lent, MANAGER)
    judged(diary, ticket, Liability.WEAR, Remedy.REPAIR_FREE)
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-19 18:00")
    diary.refused(LoanerOutError, lambda: handed_back(diary, ticket, "陈晨"))
    fees: dict[str, Any] = {"late_fee": Money.yuan(45), "damage_fee": Money.yuan(300), "kept": Money.yuan(90)}
    ended = diary.do(loan_returns.take_back, TakeBack(loan.id, ReturnGrade.DAMAGED, "侧面凹陷", **fees))
    assert ended.to_pay == Money.yuan(255)
    diary.do(loan_fees.pay, PayFees(loan.id, Money.yuan(255), "微信"))
    handed_back(diary, ticket, "陈晨")
    return Told(ticket)


def taken_over(diary: Diary) -> Story:
    """郑浩 flies tonight with the loaner; the manager takes the loan over with a new date, and he gets his suitcase."""
    yield at("11-16 09:00")
    loaner = add_loaner(diary.shop, "L-103", SUITCASE)
    ticket = repair_of(diary, "郑浩", "锁扣失灵")
    lent = LendLoaner(loaner.id, ticket, diary.person("郑浩"), diary.in_days(7), signed=True)
    loan = diary.do(loans.lend, lent)
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-18 17:00")
    diary.refused(LoanerOutError, lambda: handed_back(diary, ticket, "郑浩"))
    wanted = MoveDueDay(loan.id, "今晚出差，周五归还", diary.in_days(4))
    diary.refused(NotAllowedError, lambda: diary.do(loans.take_over, wanted))
    diary.do(loans.take_over, wanted, MANAGER)
    handed_back(diary, ticket, "郑浩")
    yield at("11-22 10:00")
    diary.do(loan_returns.take_back, TakeBack(loan.id, ReturnGrade.AS_LENT, returned=loan.deposit))
    return Told(ticket)


def lost_loaner(diary: Diary) -> Story:
    """冯雪 lost the loaner at the station: the deposit is kept, the rest is charged and paid."""
    yield at("11-17 09:00")
    loaner = add_loaner(diary.shop, "L-104", SUITCASE)
    ticket = repair_of(diary, "冯雪", "万向轮坏")
    lent = LendLoaner(loaner.id, ticket, diary.person("冯雪"), diary.in_days(10), paid_by="微信", signed=True)
    loan = diary.do(loans.lend, lent)
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-20 12:00")
    loss = LoseLoaner(loan.id, "火车站遗失", Money.yuan(600), kept=loan.deposit)
    ended = diary.do(loan_returns.lose, loss)
    diary.do(loan_fees.pay, PayFees(loan.id, ended.to_pay, "微信"))
    handed_back(diary, ticket, "冯雪")
    assert LoanState.LOST in {one.state for one in diary.seen(ticket).loans}
    return Told(ticket)


def charged_and_waived(diary: Diary) -> Story:
    """A courier fee of 18 yuan that the manager waives, because the shop had promised too much."""
    yield at("11-18 10:00")
    ticket = repair_of(diary, "韩梅", "拉链坏", BAG)
    judged(diary, ticket, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE)
    diary.ask(charges.charge, MakeCharge, ticket, kind=ChargeKind.COURIER, amount=Money.yuan(18), note="加急取件")
    worked(diary, ticket)
    told(diary, ticket)
    yield at("11-18 10:00") + timedelta(days=2)
    diary.refused(MoneyOpenError, lambda: handed_back(diary, ticket, "韩梅"))
    diary.waives(ticket, "已答应免费取件", MANAGER)
    handed_back(diary, ticket, "韩梅")
    return Told(ticket)


STORIES = (
    only_the_price,
    it_grew,
    scrapped,
    turned_to_complaint,
    posted,
    undelivered,
    came_back,
    forgotten,
    never_fetched,
    in_two_parts,
    late_loaner,
    taken_over,
    lost_loaner,
    charged_and_waived,
)
