"""Repairs of the demonstration store: each ticket goes its way through the same services that the desk uses."""

from dataclasses import replace
from datetime import timedelta

from crmdesk.core.desk_errors import LoansBlockedError
from crmdesk.core.fault_codes import codes_for
from crmdesk.core.loaners import LoanerState, LoanState, NoLoanReason, ReturnGrade, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.tickets import ApprovalChannel, Liability, Payer, Remedy, Route, TellChannel, TicketKind, TicketState
from crmdesk.demo.people import Bought
from crmdesk.demo.shop import DemoShop
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.words import ACCESSORIES, STORIES, WORK
from crmdesk.queries import loaner_rows, ticket_detail
from crmdesk.queries.loaners import LoanWish, propose
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import judgement, loan_returns, loaners, loans, pickup, quotes, repair, ticket_intake
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.judgement import Judge
from crmdesk.services.loan_returns import TakeBack
from crmdesk.services.loaners import Inspect
from crmdesk.services.loans import LendLoaner
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

_LEND_SHARE = 0.7
_HEAD_OFFICE_SHARE = 0.35
_FREE_SHARE = 0.3
_DECLINE_SHARE = 0.08
_COME_BACK_SHARE = 0.05


class Repairs:
    """Takes in and follows repairs; what is due after the end of the year stays open."""

    def __init__(self, shop: DemoShop, timetable: Timetable) -> None:
        """Take the store and its timetable."""
        self._shop = shop
        self._timetable = timetable

    def take_in(self, bought: Bought, fault: str = "", days: int = 0) -> int:
        """Take in what somebody bought; gives the ticket's key."""
        shop, rng = self._shop, self._shop.rng
        fault = fault or rng.choice([code for code in codes_for(bought.goods.category) if code in STORIES])
        request = self.request(bought, fault, days)
        if request.no_loan_reason is None and not self._fitting(bought, request):
            request = replace(request, no_loan_reason=NoLoanReason.NONE_FITS)
        made = shop.run(ticket_intake.take_in, request, shop.clerk)
        if request.no_loan_reason is None:
            self.lend(made.id, bought.goods.size_class)
        return made.id

    def _fitting(self, bought: Bought, request: TakeIn) -> bool:
        """Tell whether a loaner is free that fits, as the desk sees it before it takes the goods in."""
        shop, goods = self._shop, bought.goods
        if request.promised_on is None:
            return False
        wish = LoanWish(goods.category, goods.size_class, shop.clerk.today(), request.promised_on, request.member_id)
        return bool(propose(shop.session, wish, shop.clerk))

    def request(self, bought: Bought, fault: str, days: int) -> TakeIn:
        """Give what the clerk types when these goods come in; ``days`` 0 promises some days or other."""
        shop, rng = self._shop, self._shop.rng
        goods = bought.goods
        route = Route.HEAD_OFFICE if rng.random() < _HEAD_OFFICE_SHARE else Route.IN_STORE
        promised = shop.clerk.today() + timedelta(days=days or rng.randint(4, 14))
        return TakeIn(
            TicketKind.REPAIR,
            bought.person.id,
            STORIES[fault],
            subject="",
            item=ItemFacts(
                goods.category,
                f"{goods.name} {bought.colour}",
                model=goods.style,
                colour=bought.colour,
                size=goods.size,
                size_class=goods.size_class,
                serial=f"SN-{rng.randint(10000, 99999)}",
                purchased_on=bought.day,
                price=Money.yuan(goods.yuan),
            ),
            faults=(fault,),
            accessories=rng.choice(ACCESSORIES),
            marks=(MarkFacts(rng.uniform(0.15, 0.85), rng.uniform(0.2, 0.9), fault),),
            declared_value=Money.yuan(goods.yuan),
            promised_on=promised,
            route=route,
            no_loan_reason=None if rng.random() < _LEND_SHARE else NoLoanReason.NOT_NEEDED,
        )

    def follow(self, ticket_id: int) -> None:
        """Put the rest of the ticket's way on the timetable."""
        self._timetable.later(self._shop.rng.uniform(0.1, 1.5), lambda: self._judge(ticket_id))

    def see(self, ticket_id: int) -> TicketDetail:
        """Give the ticket as it stands."""
        return ticket_detail.detail(self._shop.session, ticket_id, self._shop.manager)

    def lend(self, ticket_id: int, size_class: SizeClass) -> bool:
        """Lend the best fitting loaner, when one is free."""
        ticket = self.see(ticket_id)
        shop = self._shop
        if ticket.category is None or ticket.promised_on is None:
            return False
        wish = LoanWish(ticket.category, size_class, shop.clerk.today(), ticket.promised_on, ticket.member_id, most=1)
        proposals = propose(shop.session, wish, shop.clerk)
        if not proposals:
            return False
        request = LendLoaner(proposals[0].loaner_id, ticket_id, ticket.member_id, signed=True)
        try:
            shop.run(loans.lend, request, shop.clerk)
        except LoansBlockedError:  # another one is out too long; the check comes before anything is written
            return False
        return True

    def step(self, ticket_id: int, note: str = "") -> Step:
        """Make a step request for the ticket as it stands."""
        return Step(ticket_id, version_of(self._shop.session, ticket_id), note)

    def _judge(self, ticket_id: int) -> None:
        shop, rng = self._shop, self._shop.rng
        ticket = self.see(ticket_id)
        if ticket.route is Route.HEAD_OFFICE and ticket.state is TicketState.RECEIVED:
            shop.run(repair.send_away, self.step(ticket_id, f"SF{rng.randint(10**11, 10**12 - 1)}"), shop.clerk)
            self._timetable.later(rng.uniform(3, 9), lambda: self._back(ticket_id))
            return
        self._decide(ticket_id)

    def _back(self, ticket_id: int) -> None:
        self._shop.run(repair.receive_back, self.step(ticket_id), self._shop.clerk)
        self._decide(ticket_id)

    def _decide(self, ticket_id: int) -> None:
        shop, rng = self._shop, self._shop.rng
        cost = Money.yuan(rng.choice((40, 60, 80, 120, 180)))
        free = rng.random() < _FREE_SHARE
        request = Judge(
            ticket_id,
            version_of(shop.session, ticket_id),
            Liability.PRODUCT_FAULT
            if free
            else rng.choice((Liability.WEAR, Liability.CUSTOMER_USE, Liability.TRANSPORT)),
            Remedy.REPAIR_FREE if free else Remedy.REPAIR_PAID,
            rule="三包期内" if free else "",
            shares={Payer.STORE if free else Payer.CUSTOMER: cost},
        )
        shop.run(judgement.judge, request, shop.manager)
        if free:
            self._timetable.later(rng.uniform(0.2, 1.5), lambda: self._work(ticket_id))
        else:
            self._timetable.later(0.05, lambda: self._quote(ticket_id, cost))

    def _quote(self, ticket_id: int, cost: Money) -> None:
        shop = self._shop
        ticket = self.see(ticket_id)
        work = WORK.get(ticket.faults[0] if ticket.faults else "", "修复")
        labour = Money.yuan(20)
        request = MakeQuote(ticket_id, ticket.version, work, parts=cost - labour, labour=labour, days=3)
        shop.run(quotes.quote, request, shop.clerk)
        self._timetable.later(shop.rng.uniform(0.05, 2), lambda: self._answer(ticket_id, cost))

    def _answer(self, ticket_id: int, cost: Money) -> None:
        shop = self._shop
        ticket = self.see(ticket_id)
        agreed = shop.rng.random() > _DECLINE_SHARE
        words = "可以，修吧" if agreed else "太贵了，不修了"
        request = RecordAnswer(
            ticket_id, ticket.version, agreed, ApprovalChannel.PHONE, ticket.member_name, cost, words=words
        )
        shop.run(quotes.record_answer, request, shop.clerk)
        if agreed:
            self._timetable.later(shop.rng.uniform(0.1, 1.5), lambda: self._work(ticket_id))
        else:
            self._timetable.later(0.3, lambda: self._ready(ticket_id))

    def _work(self, ticket_id: int) -> None:
        self._shop.run(repair.start_work, self.step(ticket_id), self._shop.clerk)
        self._timetable.later(self._shop.rng.uniform(0.5, 4), lambda: self._finish(ticket_id))

    def _finish(self, ticket_id: int) -> None:
        shop = self._shop
        shop.run(repair.finish_work, self.step(ticket_id), shop.clerk)
        shelf = f"{shop.rng.choice('ABC')}{shop.rng.randint(1, 9)}"
        shop.run(repair.check_quality, self.step(ticket_id), shop.manager, passed=True, shelf=shelf)
        self._timetable.later(shop.rng.uniform(0.05, 1), lambda: self._tell(ticket_id))

    def _ready(self, ticket_id: int) -> None:
        self._shop.run(repair.make_ready, self.step(ticket_id), self._shop.clerk, shelf="C9")
        self._timetable.later(0.2, lambda: self._tell(ticket_id))

    def _tell(self, ticket_id: int) -> None:
        self._shop.run(pickup.tell, self.step(ticket_id), self._shop.clerk, channel=TellChannel.PHONE)
        self._timetable.later(self._shop.rng.choice((0.5, 1, 2, 4, 9, 25)), lambda: self.collect(ticket_id))

    def collect(self, ticket_id: int) -> None:
        """Let the customer bring the loaner back, pay and take the goods."""
        shop = self._shop
        self.take_loaner_back(ticket_id)
        ticket = self.see(ticket_id)
        if ticket.open_amount:
            shop.run(pickup.pay, Pay(ticket_id, ticket.version, ticket.open_amount, "微信"), shop.clerk)
            ticket = self.see(ticket_id)
        taken = frozenset(one.id for one in ticket.accessories)
        request = HandBack(
            ticket_id, ticket.version, ticket.member_name, item_back=True, signed=True, accessories=taken
        )
        shop.run(pickup.hand_back, request, shop.clerk)
        if shop.rng.random() < _COME_BACK_SHARE:
            self._timetable.later(shop.rng.uniform(8, 70), lambda: self._come_back(ticket))

    def _come_back(self, first: TicketDetail) -> None:
        """Take the same goods in again with the same fault."""
        shop = self._shop
        if first.category is None or first.item_id is None:
            return
        again = TakeIn(
            TicketKind.REPAIR,
            first.member_id,
            "上次修的地方又坏了。",
            item=ItemFacts(first.category, first.item, item_id=first.item_id),
            faults=first.faults,
            promised_on=shop.clerk.today() + timedelta(days=5),
            linked_ticket_id=first.id,
            no_loan_reason=NoLoanReason.NOT_NEEDED,
        )
        self.follow(shop.run(ticket_intake.take_in, again, shop.clerk).id)

    def take_loaner_back(self, ticket_id: int) -> None:
        """Take the ticket's loaner back, give the deposit back, inspect and shelve it."""
        shop = self._shop
        for loan in self.see(ticket_id).loans:
            if loan.state is LoanState.OUT:
                back = TakeBack(loan.id, ReturnGrade.AS_LENT, "完好", returned=loan.deposit)
                ended = shop.run(loan_returns.take_back, back, shop.clerk)
                row = loaner_rows.rows(shop.session, [ended.loaner_id], shop.clerk)[0]
                looks = max(row.looks - shop.rng.choice((0, 0, 0, 1)), 6)
                inspected = Inspect(row.id, row.version, LoanerState.TO_CLEAN, looks)
                shop.run(loaners.inspect, inspected, shop.clerk)
                shop.run(loaners.clean, ended.loaner_id, shop.clerk)
