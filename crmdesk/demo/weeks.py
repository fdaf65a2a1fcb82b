"""The weeks before the day, as the desk knows them: each story goes its way and is somewhere on the last morning."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from crmdesk.core.charges import ChargeKind
from crmdesk.core.loaners import NoLoanReason, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory, Liability, Payer, Priority, Remedy, TellChannel
from crmdesk.demo.cases import Cases
from crmdesk.demo.people import Bought, People
from crmdesk.demo.repairs import Repairs
from crmdesk.demo.shop import DemoShop
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.words import GOODS
from crmdesk.queries.loaners import LoanWish, propose
from crmdesk.queries.saved_views import write_wanted
from crmdesk.queries.ticket_filter import TicketFilter
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    charges,
    judgement,
    loan_reminders,
    loan_reservations,
    loan_returns,
    pickup,
    reminders,
    repair,
    saved_views,
    settings,
    ticket_intake,
)
from crmdesk.services.charges import MakeCharge
from crmdesk.services.judgement import Judge
from crmdesk.services.loan_reservations import ReserveLoaner
from crmdesk.services.loan_returns import TakeBack
from crmdesk.services.reminders import Remind
from crmdesk.services.saved_views import KeepView
from crmdesk.services.settings import ChangeSettings

# A story waits until so many days before the last morning.
Story = Iterator[float]
_BOUGHT_BEFORE: Final = 60
_RULES: Final = {
    "uncollected.fee_per_day": Money.yuan(1),
    "uncollected.disposal_days": 90,
    "loaners.late_fee_per_day": Money.yuan(5),
}
_REMINDER: Final = "您的物品已修好，一直为您保管着，方便的话请带上服务单来取。"


class Weeks:
    """Tells stories; ``kept`` holds what the day needs of them, by name."""

    def __init__(
        self, shop: DemoShop, timetable: Timetable, end: datetime, repairs: Repairs, people: People, cases: Cases
    ) -> None:
        """Take the store, its timetable with its end, and who takes in and buys."""
        self.shop = shop
        self.repairs = repairs
        self.cases = cases
        self.kept: dict[str, int] = {}
        self._timetable = timetable
        self._end = end
        self._people = people

    def plan(self, told_elsewhere: Sequence[Callable[["Weeks"], Story]]) -> None:
        """Put the first moment of every story down: of those told in other modules, and of its own."""
        stories = [tell(self) for tell in told_elsewhere]
        stories += [
            self._house_rules(),
            self._never_fetched(),
            self._just_forgotten(),
            self._to_be_posted(),
            self._fetched_in_parts(),
            self._keeps_the_loaner(),
            self._brings_it_back_broken(),
            self._wants_a_loaner_soon(),
        ]
        for story in stories:
            self.tell(story)

    def tell(self, story: Story) -> None:
        """Carry a story on to where it waits, and put its next part down."""
        days = next(story, None)
        if days is not None:
            self._timetable.at(self._end - timedelta(days=days), lambda: self.tell(story))

    # -- what stories are made of ------------------------------------------------------------

    def customer(self, style: str) -> Bought:
        """Let somebody new join and buy goods of a style."""
        goods = next(one for one in GOODS if one.style == style)
        return self._people.buy(self._people.join(), goods=goods)

    def take(self, bought: Bought, fault: str, **facts: Any) -> int:  # noqa: ANN401 - fields of TakeIn
        """Take in what was bought, without a loaner; gives the ticket."""
        request = replace(self.repairs.request(bought, fault, 10), no_loan_reason=NoLoanReason.NOT_NEEDED)
        return self.shop.run(ticket_intake.take_in, replace(request, **facts), self.shop.clerk).id

    def mend(self, ticket_id: int, shelf: str, *, tell: bool = True) -> None:
        """Judge it a fault of the goods, repair it and tell the customer."""
        shop, shares = self.shop, {Payer.SUPPLIER: Money.yuan(40)}
        seen = version_of(shop.session, ticket_id)
        request = Judge(ticket_id, seen, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE, rule="三包期内", shares=shares)
        shop.run(judgement.judge, request, shop.manager)
        step = self.repairs.step
        shop.run(repair.start_work, step(ticket_id), shop.clerk)
        shop.run(repair.finish_work, step(ticket_id), shop.clerk)
        shop.run(repair.check_quality, step(ticket_id), shop.manager, passed=True, shelf=shelf)
        if tell:
            shop.run(pickup.tell, step(ticket_id), shop.clerk, channel=TellChannel.MESSAGE)

    def _remind(self, ticket_id: int) -> None:
        seen = version_of(self.shop.session, ticket_id)
        request = Remind(ticket_id, seen, TellChannel.MESSAGE, _REMINDER)
        self.shop.run(reminders.remind, request, self.shop.clerk)

    # -- the stories -------------------------------------------------------------------------

    def _house_rules(self) -> Story:
        """What the owner sets and people keep: fees, views of the list."""
        yield _BOUGHT_BEFORE
        shop = self.shop
        shop.run(settings.change_settings, ChangeSettings(_RULES), shop.people["何老板"])
        express = KeepView("加急", write_wanted(TicketFilter(priority=Priority.EXPRESS)), shared=True)
        shop.run(saved_views.keep, express, shop.manager)
        wheels = KeepView("轮子断裂", write_wanted(TicketFilter(fault="wheel_broken")))
        shop.run(saved_views.keep, wheels, shop.manager)

    def _never_fetched(self) -> Story:
        """A bag that nobody fetches: reminded twice, the letter is due on the day."""
        yield 52 + _BOUGHT_BEFORE
        bought = self.customer("GW0701")
        yield 52
        ticket = self.take(bought, "lock_fault")
        yield 46
        self.mend(ticket, "C2")
        for day in (38, 33):
            yield day
            self._remind(ticket)
        self.kept["letter"] = ticket

    def _just_forgotten(self) -> Story:
        """Shoes of which the customer was told twelve days ago: the first reminder is due."""
        yield 16 + _BOUGHT_BEFORE
        bought = self.customer("XZ4208")
        yield 16
        ticket = self.take(bought, "glue")
        yield 12
        self.mend(ticket, "C3")

    def _to_be_posted(self) -> Story:
        """Boots whose owner lives elsewhere: on the day they go by courier."""
        yield 9 + _BOUGHT_BEFORE
        bought = self.customer("DX3705")
        yield 9
        self.kept["post"] = self.take(bought, "heel", accessories=("防尘袋",))
        yield 4
        self.mend(self.kept["post"], "C4")

    def _fetched_in_parts(self) -> Story:
        """A suitcase whose lock was put elsewhere: on the day it is fetched without it. It was wanted quickly."""
        yield 8 + _BOUGHT_BEFORE
        bought = self.customer("LX2401")
        yield 8
        facts = {"accessories": ("密码锁", "防尘袋"), "priority": Priority.EXPRESS}
        self.kept["parts"] = self.take(bought, "wheel_broken", **facts)
        yield 3
        ticket = self.kept["parts"]
        self.mend(ticket, "A2")
        seen = version_of(self.shop.session, ticket)
        fee = MakeCharge(ticket, seen, ChargeKind.OTHER, Money.yuan(30), "加急费")
        self.shop.run(charges.charge, fee, self.shop.clerk)

    def _keeps_the_loaner(self) -> Story:
        """A loaner that should have been back two weeks ago; reminded once."""
        yield 30 + _BOUGHT_BEFORE
        bought = self.customer("LX2801")
        yield 30
        ticket = self.take(bought, "rod_jam", promised_on=self.shop.clerk.today() + timedelta(days=14))
        self.repairs.lend(ticket, bought.goods.size_class)
        yield 12
        for loan in self.repairs.see(ticket).loans:
            words = loan_reminders.Remind(loan.id, TellChannel.PHONE, "请尽快归还备用箱")
            self.shop.run(loan_reminders.remind, words, self.shop.clerk)
        self.mend(ticket, "A6")

    def _brings_it_back_broken(self) -> Story:
        """A loaner that came back late and broken: what the deposit does not cover is paid on the day."""
        yield 20 + _BOUGHT_BEFORE
        bought = self.customer("XK0903")
        yield 20
        ticket = self.take(bought, "seam_break", promised_on=self.shop.clerk.today() + timedelta(days=9))
        self.repairs.lend(ticket, bought.goods.size_class)
        yield 2
        late, damage = Money.yuan(35), Money.yuan(420)
        for loan in self.repairs.see(ticket).loans:
            back = TakeBack(loan.id, ReturnGrade.DAMAGED, "肩带扣断裂，内衬撕开", late, damage, kept=loan.deposit)
            self.shop.run(loan_returns.take_back, back, self.shop.clerk)
            self.kept["fee"] = loan.id
        self.mend(ticket, "A8", tell=False)

    def _wants_a_loaner_soon(self) -> Story:
        """Somebody travels next week and keeps a loaner for it."""
        yield 2
        bought, shop = self.customer("LX2401"), self.shop
        first = shop.clerk.today() + timedelta(days=5)
        last = first + timedelta(days=6)
        wish = LoanWish(ItemCategory.SUITCASE, bought.goods.size_class, first, last, bought.person.id, most=1)
        for one in propose(shop.session, wish, shop.clerk):
            kept = ReserveLoaner(one.loaner_id, bought.person.id, first, last)
            shop.run(loan_reservations.reserve, kept, shop.clerk)
