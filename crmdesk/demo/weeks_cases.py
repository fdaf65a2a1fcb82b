"""A complaint and a return that wait for a decision on the last morning."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, GoodsCondition, Level3, ReturnReason, RootCause, TicketKind
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    complaint_proposals,
    complaint_tasks,
    complaints,
    desk_intake,
    return_decisions,
    return_lines,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_tasks import FinishTask, GiveTask
from crmdesk.services.complaints import Assess, Investigate
from crmdesk.services.desk_intake import DeskIntake, ReturnPiece
from crmdesk.services.return_decisions import CheckLines, LineCheck
from crmdesk.services.ticket_intake import TakeIn

if TYPE_CHECKING:
    from crmdesk.demo.weeks import Weeks

Story = Iterator[float]


def two_proposals(weeks: "Weeks") -> Story:
    """A coat that lost its colour: two tasks, one done; a voucher or the money back, which only the owner approves."""
    yield 20
    bought = weeks.customer("DY3306")
    yield 5
    shop = weeks.shop
    ticket = weeks.cases.complain(bought, 0)

    def seen() -> int:
        return version_of(shop.session, ticket)

    assess = Assess(ticket, seen(), Level3.HIGH, Level3.MEDIUM, "退货或补偿")
    shop.run(complaints.assess, assess, shop.clerk)
    due = shop.clerk.today() + timedelta(days=3)
    batch = GiveTask(ticket, seen(), "查同批次大衣的质检记录", shop.manager.actor.staff_id, due)
    asked = shop.run(complaint_tasks.give_task, batch, shop.manager)
    sale = GiveTask(ticket, seen(), "问导购售卖时是否说明护理方法", shop.people["林婉"].actor.staff_id, due)
    shop.run(complaint_tasks.give_task, sale, shop.manager)
    yield 3
    done = FinishTask(ticket, seen(), "同批次另有两件褪色，总部已知", asked)
    shop.run(complaint_tasks.finish_task, done, shop.manager)
    found = Investigate(ticket, seen(), RootCause.PRODUCT, "染色固色不足，同批次已有两例", "抽检三件")
    shop.run(complaints.investigate, found, shop.clerk)
    offers = (
        (Compensation.VOUCHER, "赠 400 元代金券并免费补色一次", 400),
        (Compensation.REFUND, "全额退款，大衣退回总部", 2980),
    )
    for compensation, words, yuan in offers:
        proposal = Propose(ticket, seen(), compensation, words, Money.yuan(yuan))
        shop.run(complaint_proposals.propose, proposal, shop.clerk)


def three_pieces(weeks: "Weeks") -> Story:
    """Three pieces come back at once; their state is noted, the decisions wait."""
    yield 6
    bought = weeks.customer("FY1809")
    yield 1
    shop = weeks.shop
    words = "风衣袖子一长一短，腰带扣也松，钱包想换个颜色。"
    wanted = TakeIn(TicketKind.RETURN, bought.person.id, words, subject="一次退换三件")
    lost = "小票遗失，已核对付款记录"
    pieces = tuple(
        ReturnPiece(reason, name=name, price_paid=Money.yuan(yuan), no_receipt_reason=lost)
        for reason, name, yuan in (
            (ReturnReason.QUALITY, f"风衣 {bought.colour}", 1290),
            (ReturnReason.QUALITY, "真皮腰带", 329),
            (ReturnReason.COLOUR, "钱包 黑色", 429),
        )
    )
    ticket = shop.run(desk_intake.save, DeskIntake(wanted, pieces=pieces), shop.manager).ticket.id
    states = (GoodsCondition.TRIED, GoodsCondition.USED, GoodsCondition.UNUSED)
    lines = return_lines.lines_of(shop.session, ticket)
    looked = tuple(LineCheck(line.id, state) for line, state in zip(lines, states, strict=True))
    shop.run(return_decisions.check, CheckLines(ticket, version_of(shop.session, ticket), looked), shop.clerk)


STORIES = (two_proposals, three_pieces)
