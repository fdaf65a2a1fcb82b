"""Complaints and returns of the demonstration store, through the steps of the services."""

from crmdesk.core.care import CallOutcome
from crmdesk.core.money import Money
from crmdesk.core.tickets import (
    Compensation,
    GoodsCondition,
    ItemCategory,
    Level3,
    ReturnDecision,
    ReturnReason,
    RootCause,
    TellChannel,
    TicketKind,
)
from crmdesk.demo.people import Bought
from crmdesk.demo.shop import DemoShop
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.words import COMPLAINTS
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaints,
    return_decisions,
    return_execution,
    return_lines,
    ticket_intake,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaints import Assess, Investigate, Satisfaction, Tell
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_lines import AddLine
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

_REMEDIES = (
    (Compensation.VOUCHER, 100, 0, "赠 100 元代金券一张，并致歉"),
    (Compensation.REPAIR, 60, 0, "免费护理一次"),
    (Compensation.REFUND, 200, 0, "退差价 200 元"),
    (Compensation.APOLOGY, 0, 0, "店长当面致歉"),
    (Compensation.POINTS, 50, 500, "补 500 积分"),
)


class Cases:
    """Takes in complaints and returns and follows them."""

    def __init__(self, shop: DemoShop, timetable: Timetable) -> None:
        """Take the store and its timetable."""
        self._shop = shop
        self._timetable = timetable

    def version(self, ticket_id: int) -> int:
        """Give the ticket's version as it stands."""
        return version_of(self._shop.session, ticket_id)

    def complain(self, bought: Bought, kind: int | None = None) -> int:
        """Take in a complaint about what somebody bought."""
        shop = self._shop
        subject, words, _cause, _finding = COMPLAINTS[shop.rng.randrange(len(COMPLAINTS)) if kind is None else kind]
        goods = bought.goods
        request = TakeIn(
            TicketKind.COMPLAINT,
            bought.person.id,
            words,
            subject=subject,
            item=ItemFacts(goods.category, f"{goods.name} {bought.colour}", model=goods.style, colour=bought.colour),
            wanted="退货或补偿",
        )
        made = shop.run(ticket_intake.take_in, request, shop.clerk)
        shop.run(complaints.acknowledge, Step(made.id, made.version, "当场告知受理"), shop.clerk)
        return made.id

    def follow_complaint(self, ticket_id: int, kind: int | None = None) -> None:
        """Put the rest of the complaint's way on the timetable."""
        chosen = self._shop.rng.randrange(len(COMPLAINTS)) if kind is None else kind
        self._timetable.later(self._shop.rng.uniform(0.1, 1), lambda: self._assess(ticket_id, chosen))

    def _assess(self, ticket_id: int, kind: int) -> None:
        shop, rng = self._shop, self._shop.rng
        levels = tuple(Level3)
        request = Assess(ticket_id, self.version(ticket_id), rng.choice(levels), rng.choice(levels))
        shop.run(complaints.assess, request, shop.clerk)
        self._timetable.later(rng.uniform(0.2, 1.5), lambda: self._investigate(ticket_id, kind))

    def _investigate(self, ticket_id: int, kind: int) -> None:
        shop = self._shop
        _subject, _words, cause, finding = COMPLAINTS[kind]
        request = Investigate(ticket_id, self.version(ticket_id), RootCause(cause), finding)
        shop.run(complaints.investigate, request, shop.clerk)
        self._timetable.later(0.2, lambda: self._settle(ticket_id))

    def _settle(self, ticket_id: int) -> None:
        shop, rng = self._shop, self._shop.rng
        compensation, yuan, points, words = rng.choice(_REMEDIES)
        proposal = Propose(ticket_id, self.version(ticket_id), compensation, words, Money.yuan(yuan), points)
        shop.run(complaint_proposals.propose, proposal, shop.clerk)
        shop.run(complaint_proposals.approve, Step(ticket_id, self.version(ticket_id)), shop.manager)
        shop.run(complaint_proposals.decide, Step(ticket_id, self.version(ticket_id), words), shop.manager)
        channel = rng.choice((TellChannel.PHONE, TellChannel.LETTER, TellChannel.MESSAGE))
        shop.run(complaints.tell, Tell(ticket_id, self.version(ticket_id), channel, words), shop.manager)
        shop.run(complaint_remedies.carry_out, Step(ticket_id, self.version(ticket_id), words), shop.clerk)
        self._timetable.later(rng.uniform(3, 5), lambda: self._ask(ticket_id))

    def _ask(self, ticket_id: int) -> None:
        shop = self._shop
        outcome = shop.rng.choice((CallOutcome.SATISFIED, CallOutcome.SATISFIED, CallOutcome.NEUTRAL))
        shop.run(complaints.ask_satisfaction, Satisfaction(ticket_id, self.version(ticket_id), outcome), shop.manager)
        shop.run(complaints.close, Step(ticket_id, self.version(ticket_id)), shop.manager)

    def give_back(self, bought: Bought, line_id: int | None = None) -> int:
        """Take goods in for return or exchange."""
        shop = self._shop
        name = f"{bought.goods.name} {bought.colour}"
        request = TakeIn(
            TicketKind.RETURN,
            bought.person.id,
            shop.rng.choice(("尺码不合，想换大一号。", "颜色和图片差太多，退货。", "质量有问题，要求退换。")),
            subject=shop.rng.choice(("尺码不合", "颜色不符", "质量问题")),
            item=ItemFacts(ItemCategory(bought.goods.category), name, colour=bought.colour),
        )
        made = shop.run(ticket_intake.take_in, request, shop.clerk)
        reason = shop.rng.choice((ReturnReason.SIZE, ReturnReason.COLOUR, ReturnReason.QUALITY))
        price = Money.yuan(bought.goods.yuan)
        line = (
            AddLine(made.id, made.version, reason, purchase_line_id=line_id)
            if line_id is not None
            else AddLine(
                made.id, made.version, reason, name=name, price_paid=price, no_receipt_reason="小票遗失，店长核对监控"
            )
        )
        shop.run(return_lines.add_line, line, shop.manager)
        return made.id

    def follow_return(self, ticket_id: int) -> None:
        """Put the rest of the return's way on the timetable."""
        self._timetable.later(self._shop.rng.uniform(0.2, 3), lambda: self._decide_return(ticket_id))

    def _decide_return(self, ticket_id: int) -> None:
        shop = self._shop
        line_id, paid = next((line.id, line.price_paid) for line in return_lines.lines_of(shop.session, ticket_id))
        check = CheckLines(ticket_id, self.version(ticket_id), (LineCheck(line_id, GoodsCondition.UNUSED),))
        shop.run(return_decisions.check, check, shop.clerk)
        refunded = shop.rng.random() < 0.5  # noqa: PLR2004 - half want their money
        decision = (
            LineDecision(line_id, ReturnDecision.REFUND, refund=paid)
            if refunded
            else LineDecision(line_id, ReturnDecision.EXCHANGE, exchanged_for="同款大一号")
        )
        who = shop.people["何老板"] if refunded else shop.manager
        shop.run(return_decisions.decide, DecideLines(ticket_id, self.version(ticket_id), (decision,)), who)
        shop.run(return_execution.carry_out, Step(ticket_id, self.version(ticket_id)), shop.clerk)
