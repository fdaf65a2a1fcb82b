"""The day's returns: one article above the manager's limit, and three at once that end each in its own way."""

from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason, TicketKind
from crmdesk.demo.day_desk import DayDesk
from crmdesk.queries import return_case, return_note
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import desk_intake, return_decisions, return_execution
from crmdesk.services.desk_intake import DeskIntake, ReturnPiece
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from crmdesk.services.ticket_intake import TakeIn

RETURN = "6 return"
SEVERAL = "6 three pieces"
_LOST = "小票遗失，已核对监控"


def take_return_back(desk: DayDesk) -> None:
    """Take an article of 欧阳晓明's last receipt back: above the manager's limit, the owner decides."""
    desk.at(13, 40)
    member_id = desk.member("欧阳晓明")
    wanted = TakeIn(TicketKind.RETURN, member_id, "拉链第二天就坏了，要求退货。", subject="质量问题")
    piece = ReturnPiece(
        ReturnReason.QUALITY,
        name="双肩电脑包 黑色",
        price_paid=Money.yuan(698),
        no_receipt_reason="小票遗失，已核对监控",
    )
    made = desk.do(desk.manager, desk_intake.save, DeskIntake(wanted, pieces=(piece,)), desk.manager)
    key = made.ticket.id
    line = desk.ask(return_case.case, key, desk.manager).lines[0].id
    checked = CheckLines(key, desk.ask(version_of, key), (LineCheck(line, GoodsCondition.TRIED),))
    desk.do(desk.clerk, return_decisions.check, checked, desk.clerk)
    refund = LineDecision(line, ReturnDecision.REFUND, refund=Money.yuan(698))
    decision = DecideLines(key, desk.ask(version_of, key), (refund,))
    refusal = desk.refused(AboveLimitError, desk.manager, return_decisions.decide, decision, desk.manager)
    desk.do(desk.owner, return_decisions.decide, decision, desk.owner)
    carried = CarryOut(key, desk.ask(version_of, key), "", "wechat")
    state = desk.do(desk.clerk, return_execution.carry_out, carried, desk.clerk)
    note = desk.ask(return_note.return_note, key, desk.clerk, desk.language)
    desk.paper(note, PaperKind.RETURN_NOTE, note.number)
    desk.book.rows.update(ticket=1, return_line=1, payment=1)
    desk.book.note(RETURN, ticket=made.ticket.number, above_the_managers_limit=refusal, refund="698.00")
    desk.book.note(RETURN, decided_by=desk.owner.actor.name, state=state.value)


def take_three_back(desk: DayDesk) -> None:
    """Take three articles of 仇英 back: one for money, one for a dearer one, one to be repaired."""
    desk.at(13, 50)
    wanted = TakeIn(TicketKind.RETURN, desk.member("仇英"), "一次退换三件，袖扣、腰带和钱包。", subject="一次退换三件")
    bought = (("真皮腰带", 329), ("钱包 棕色", 429), ("单肩斜挎包 驼色", 890))
    pieces = tuple(
        ReturnPiece(ReturnReason.QUALITY, name=name, price_paid=Money.yuan(yuan), no_receipt_reason=_LOST)
        for name, yuan in bought
    )
    made = desk.do(desk.manager, desk_intake.save, DeskIntake(wanted, pieces=pieces), desk.manager)
    key = made.ticket.id
    lines = [line.id for line in desk.ask(return_case.case, key, desk.manager).lines]
    looked = tuple(LineCheck(line, GoodsCondition.TRIED) for line in lines)
    desk.do(desk.clerk, return_decisions.check, CheckLines(key, desk.ask(version_of, key), looked), desk.clerk)
    decisions = (
        LineDecision(lines[0], ReturnDecision.REFUND, refund=Money.yuan(329)),
        LineDecision(lines[1], ReturnDecision.EXCHANGE, exchanged_for="长款钱包", exchange_price=Money.yuan(459)),
        LineDecision(lines[2], ReturnDecision.REPAIR),
    )
    decided = DecideLines(key, desk.ask(version_of, key), decisions)
    desk.do(desk.manager, return_decisions.decide, decided, desk.manager)
    # The money first, the rest when the other wallet has been found.
    first = CarryOut(key, desk.ask(version_of, key), "", "wechat", frozenset(lines[:1]))
    desk.do(desk.clerk, return_execution.carry_out, first, desk.clerk)
    rest = CarryOut(key, desk.ask(version_of, key), "", "wechat")
    state = desk.do(desk.clerk, return_execution.carry_out, rest, desk.clerk)
    note = desk.ask(return_note.return_note, key, desk.clerk, desk.language)
    desk.paper(note, PaperKind.RETURN_NOTE, note.number)
    desk.book.rows.update(ticket=2, return_line=3, payment=2)
    desk.book.note(SEVERAL, ticket=made.ticket.number, state=state.value, refund="329.00", to_pay="30.00")
