"""Complaints and returns: approved by amount, a second round, handed up; lines with different ends, no receipt."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from crmdesk.core.care import CallOutcome
from crmdesk.core.desk_errors import AboveLimitError, ClosingIncompleteError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.tickets import (
    Compensation,
    GoodsCondition,
    Level3,
    ReturnDecision,
    ReturnReason,
    RootCause,
    TellChannel,
    TicketKind,
)
from crmdesk.models.purchase import PurchaseLine
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaint_rounds,
    complaint_tasks,
    complaints,
    ledger,
    purchases,
    return_decisions,
    return_execution,
    return_lines,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_rounds import Escalate
from crmdesk.services.complaint_tasks import Corrective, GiveTask
from crmdesk.services.complaints import Assess, Investigate, Satisfaction, Tell
from crmdesk.services.purchases import LineFacts, PurchaseFacts
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from crmdesk.services.return_lines import AddLine
from crmdesk.services.ticket_intake import TakeIn
from tests.builders.diary import HEAD_OFFICE, MANAGER, OWNER, Diary, Story, Told, at
from tests.builders.shop import staff_id

_REFUND = ReturnDecision.REFUND


def complaint_of(diary: Diary, name: str, words: str, wanted: str) -> int:
    """Take a complaint in and acknowledge it at once."""
    ticket = diary.takes_in(TakeIn(TicketKind.COMPLAINT, diary.person(name), words, subject=words[:10], wanted=wanted))
    diary.step(complaints.acknowledge, ticket, "已电话告知受理")
    return ticket


def looked_into(diary: Diary, ticket: int, cause: RootCause, findings: str) -> None:
    """Assess and investigate."""
    diary.ask(complaints.assess, Assess, ticket, impact=Level3.MEDIUM, complexity=Level3.MEDIUM)
    diary.ask(complaints.investigate, Investigate, ticket, root_cause=cause, findings=findings)


def proposed(diary: Diary, ticket: int, what: Compensation, amount: int, words: str) -> None:
    """Put a remedy on the table."""
    diary.ask(
        complaint_proposals.propose, Propose, ticket, compensation=what, proposal=words, amount=Money.yuan(amount)
    )


def settled(diary: Diary, ticket: int, words: str, evidence: str) -> None:
    """Decide, tell, carry out."""
    diary.step(complaint_proposals.decide, ticket, words, MANAGER)
    diary.ask(complaints.tell, Tell, ticket, channel=TellChannel.PHONE, words=words)
    diary.step(complaint_remedies.carry_out, ticket, evidence)


def rude_word(diary: Diary) -> Story:
    """罗敏 was spoken to rudely: 200 yuan within the manager's limit, told, asked, closed, and a lesson drawn."""
    yield at("11-10 09:00")
    ticket = complaint_of(diary, "罗敏", "店员态度差，当众大声说话", "道歉并补偿")
    diary.ask(complaint_tasks.give_task, GiveTask, ticket, MANAGER, what="看监控", owner_id=staff_id(MANAGER))
    looked_into(diary, ticket, RootCause.SERVICE_ATTITUDE, "监控证实，新员工培训不足")
    proposed(diary, ticket, Compensation.VOUCHER, 200, "道歉并送 200 元券")
    yield at("11-11 09:00")
    diary.refused(ClosingIncompleteError, lambda: diary.step(complaints.close, ticket))
    settled(diary, ticket, "致歉，赠 200 元券", "券号 V20261111")
    yield at("11-14 10:00")
    diary.ask(complaints.ask_satisfaction, Satisfaction, ticket, outcome=CallOutcome.SATISFIED, note="满意")
    action: dict[str, Any] = {"action": "每月服务礼仪培训", "owner_id": staff_id(MANAGER), "due": diary.in_days(16)}
    diary.ask(complaint_tasks.set_corrective, Corrective, ticket, MANAGER, **action)
    diary.step(complaints.close, ticket)
    return Told(ticket, place="none")


def two_rounds(diary: Diary) -> Story:
    """梁静 wants 2,000 for a ruined coat: the manager may not, head office may; she is not content, a second round."""
    yield at("11-10 14:00")
    ticket = complaint_of(diary, "梁静", "皮衣掉色染坏大衣", "赔 3000")
    looked_into(diary, ticket, RootCause.PRODUCT, "固色不足，同批 2 件")
    proposed(diary, ticket, Compensation.REFUND, 2000, "退款并赔清洗")
    diary.refused(AboveLimitError, lambda: diary.step(complaint_proposals.approve, ticket, "同意", MANAGER))
    diary.step(complaint_proposals.approve, ticket, "同意 2000", HEAD_OFFICE)
    settled(diary, ticket, "退款并赔偿共 2000 元", "转账 20261110-7")
    yield at("11-13 10:00")
    diary.ask(complaints.ask_satisfaction, Satisfaction, ticket, outcome=CallOutcome.DISSATISFIED, note="不够")
    diary.step(complaint_rounds.reopen, ticket, "客户提供大衣发票 3200 元")
    diary.ask(complaints.investigate, Investigate, ticket, root_cause=RootCause.PRODUCT, findings="发票核实")
    proposed(diary, ticket, Compensation.REFUND, 1000, "再补 1000")
    diary.step(complaint_proposals.approve, ticket, "同意补 1000", OWNER)
    settled(diary, ticket, "再补偿 1000 元", "转账 20261113-2")
    diary.step(complaints.close, ticket)
    return Told(ticket, paid="-3,000.00", place="none")


def handed_up(diary: Diary) -> Story:
    """谢军 called 12315; the complaint is handed up, the difference paid, and it is closed with their number."""
    yield at("11-12 10:00")
    ticket = complaint_of(diary, "谢军", "促销价与标价不符", "退差价")
    looked_into(diary, ticket, RootCause.PRICE, "价签未更换")
    up: dict[str, Any] = {"note": "客户已拨 12315", "to_whom": "市消保委", "outside_number": "12315-20261112-08"}
    diary.ask(complaint_rounds.escalate, Escalate, ticket, MANAGER, **up)
    proposed(diary, ticket, Compensation.REFUND, 60, "退差价 60 元")
    settled(diary, ticket, "退差价 60 元", "现金收据 7")
    diary.step(complaints.close, ticket)
    return Told(ticket, paid="-60.00", place="none")


def bought(diary: Diary, name: str, *lines: LineFacts) -> list[int]:
    """Let somebody buy; gives the keys of the lines."""
    number = f"S-{len(diary.people)}"
    made = diary.do(purchases.record, PurchaseFacts(number, diary.today(), lines, diary.person(name)))
    wanted = select(PurchaseLine.id).where(PurchaseLine.purchase_id == made.id).order_by(PurchaseLine.ordinal)
    with diary.shop.reading() as session:
        return list(session.scalars(wanted))


def three_ends(diary: Diary) -> Story:
    """袁芳 brings three things back: one refunded, one exchanged for a dearer one, one rejected; points go back too."""
    yield at("11-12 11:00")
    names = (("衬衫", 299), ("长裤", 399), ("围巾", 199))
    lines = bought(diary, "袁芳", *(LineFacts(name, Money.yuan(price)) for name, price in names))
    yield at("11-15 11:00")
    ticket = diary.takes_in(TakeIn(TicketKind.RETURN, diary.person("袁芳"), "尺码不合", subject="尺码不合"))
    keys = [
        diary.ask(return_lines.add_line, AddLine, ticket, reason=ReturnReason.SIZE, purchase_line_id=line)
        for line in lines
    ]
    seen = tuple(LineCheck(key, GoodsCondition.UNUSED) for key in keys)
    diary.ask(return_decisions.check, CheckLines, ticket, lines=seen)
    exchange = LineDecision(keys[1], ReturnDecision.EXCHANGE, exchanged_for="长裤 L", exchange_price=Money.yuan(459))
    reject = LineDecision(keys[2], ReturnDecision.REJECT, note="已剪吊牌")
    decisions = (LineDecision(keys[0], _REFUND, Money.yuan(299)), exchange, reject)
    diary.ask(return_decisions.decide, DecideLines, ticket, MANAGER, lines=decisions)
    request = CarryOut(ticket, diary.version(ticket), method="微信")
    diary.do(return_execution.carry_out, request)
    with diary.shop.reading() as session:
        assert ledger.balance(session, diary.person("袁芳"), LedgerKind.POINTS) == 897 - 299
    return Told(ticket, paid="-239.00", place="none")


def without_receipt(diary: Diary) -> Story:
    """潘磊 has no receipt: a clerk may not, the manager may with the reason; the refund is what he says he paid."""
    yield at("11-16 11:00") + timedelta(minutes=5)
    ticket = diary.takes_in(TakeIn(TicketKind.RETURN, diary.person("潘磊"), "开线，小票丢了", subject="开线"))
    line: dict[str, Any] = {
        "reason": ReturnReason.QUALITY,
        "name": "皮带",
        "price_paid": Money.yuan(159),
        "no_receipt_reason": "吊牌可证",
    }
    diary.refused(NotAllowedError, lambda: diary.ask(return_lines.add_line, AddLine, ticket, **line))
    key = diary.ask(return_lines.add_line, AddLine, ticket, MANAGER, **line)
    diary.ask(return_decisions.check, CheckLines, ticket, lines=(LineCheck(key, GoodsCondition.USED),))
    diary.ask(
        return_decisions.decide, DecideLines, ticket, MANAGER, lines=(LineDecision(key, _REFUND, Money.yuan(159)),)
    )
    diary.do(return_execution.carry_out, CarryOut(ticket, diary.version(ticket), method="现金"))
    return Told(ticket, paid="-159.00", place="none")


STORIES = (rude_word, two_rounds, handed_up, three_ends, without_receipt)
