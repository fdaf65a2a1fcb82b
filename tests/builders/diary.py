"""A clerk's diary: stories of tickets that happen in the same weeks, at one store, each told from begin to end.

A story is a generator: it does something, then says until when it waits. All stories are carried out together, in the
order of their moments, through the services of the program; afterwards each ticket's time line, money and papers are
what the story says.
"""

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pypdf import PdfReader
from sqlalchemy import select

from crmdesk.core.errors import CrmdeskError
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.documents.pdf.papers import render
from crmdesk.models.charge import Charge
from crmdesk.models.paper import Paper
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries import ticket_detail, ticket_papers
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import charges, members, paper_register, ticket_intake
from crmdesk.services.charges import WaiveCharge
from crmdesk.services.members import MemberFacts
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.services.ticket_intake import TakeIn
from crmdesk.services.ticket_steps import Step
from tests.builders.shop import Shop

T = TypeVar("T")
YEAR: Final = 2026
ZONE: Final = ZoneInfo("Asia/Shanghai")
CLERK, MANAGER, HEAD_OFFICE, OWNER = Role.CLERK, Role.MANAGER, Role.HEAD_OFFICE, Role.OWNER

Until = datetime
Story = Generator[Until, None, "Told"]
_FACTS: Final[dict[PaperKind, Callable[..., Any]]] = {
    PaperKind.SERVICE_SLIP: ticket_papers.service_slip,
    PaperKind.QUOTE: ticket_papers.quote,
    PaperKind.PICKUP_NOTE: ticket_papers.pickup_note,
}


@dataclass(frozen=True)
class Told:
    """How a story ends: the ticket, what was paid and is still open, and where the goods are."""

    ticket: int
    paid: str = "0.00"
    owed: str = "0.00"
    place: str = "customer"


def day(text: str) -> date:
    """Give a day of the diary's year: ``11-02``."""
    month, of_month = map(int, text.split("-"))
    return date(YEAR, month, of_month)


def at(text: str) -> datetime:
    """Give a moment of the diary's year on the wall of the store: ``11-02 09:10``."""
    on, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day(on), datetime.min.time(), ZONE).replace(hour=hour, minute=minute).astimezone(UTC)


@dataclass
class Diary:
    """The store while its diary is written."""

    shop: Shop
    told: dict[str, Told] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def live(self, stories: dict[str, Callable[["Diary"], Story]]) -> None:
        """Let all stories happen, whatever is next first."""
        waiting: list[tuple[datetime, int, str, Story]] = []
        for place, (name, tell) in enumerate(stories.items()):
            heapq.heappush(waiting, (datetime.min.replace(tzinfo=UTC), place, name, tell(self)))
        while waiting:
            moment, place, name, story = heapq.heappop(waiting)
            if moment.year > 1:
                self.shop.clock.moment = moment
            try:
                heapq.heappush(waiting, (next(story), place, name, story))
            except StopIteration as end:
                self.told[name] = end.value

    def person(self, name: str, phone: str = "", tier: CardTier = CardTier.ORDINARY) -> int:
        """Give the member of this name; the first time she is registered."""
        if name not in self.people:
            digits = phone or f"138{len(self.people) + 57150000:08d}"
            facts = MemberFacts(name, phones=(normalise(digits),), tier=tier)
            self.people[name] = self.shop.do(members.register, facts, self.shop.context(MANAGER)).id
        return self.people[name]

    def takes_in(self, request: TakeIn, by: Role = CLERK) -> int:
        """Take a ticket in and give its key."""
        return self.shop.do(ticket_intake.take_in, request, self.shop.context(by)).id

    def step(self, service: Callable[..., Outcome[T]], ticket: int, note: str = "", by: Role = CLERK, **more: Any) -> T:  # noqa: ANN401
        """Carry out a plain step on the ticket as it stands."""
        return self.shop.do(service, Step(ticket, self.version(ticket), note), self.shop.context(by), **more)

    def ask(
        self,
        service: Callable[..., Outcome[T]],
        request: Callable[..., Any],
        ticket: int,
        by: Role = CLERK,
        **facts: Any,  # noqa: ANN401
    ) -> T:
        """Carry out a service whose request begins with the ticket and the version that was seen."""
        return self.do(service, request(ticket, self.version(ticket), **facts), by)

    def do(self, service: Callable[..., Outcome[T]], request: object, by: Role = CLERK, **more: Any) -> T:  # noqa: ANN401
        """Carry out a service."""
        return self.shop.do(service, request, self.shop.context(by), **more)

    def waives(self, ticket: int, reason: str, by: Role) -> None:
        """Waive all charges of a ticket."""
        with self.shop.reading() as session:
            open_charges = list(
                session.execute(
                    select(Charge.id, Charge.version).where(Charge.ticket_id == ticket, Charge.waived_at.is_(None))
                )
            )
        for key, version in open_charges:
            self.do(charges.waive, WaiveCharge(key, version, reason), by)

    def refused(self, error: type[CrmdeskError], act: Callable[[], object]) -> None:
        """See that the program says no, and that nothing moved."""
        try:
            act()
        except error:
            return
        msg = f"not refused: {error.__name__}"
        raise AssertionError(msg)

    def version(self, ticket: int) -> int:
        """Give the version of a ticket."""
        with self.shop.reading() as session:
            return version_of(session, ticket)

    def seen(self, ticket: int, by: Role = CLERK) -> TicketDetail:
        """Give the ticket as somebody sees it."""
        with self.shop.reading() as session:
            return ticket_detail.detail(session, ticket, self.shop.context(by))

    def today(self) -> date:
        """Give the store's day."""
        return self.shop.context().today()

    def in_days(self, days: int) -> date:
        """Give a day ahead."""
        return self.today() + timedelta(days=days)

    def prints(self, ticket: int, kind: PaperKind, *words: str) -> str:
        """Print a paper for real, see its number and ``words`` on it, keep it as the program does; gives its text."""
        context = self.shop.context()
        with self.shop.reading() as session:
            facts = _FACTS[kind](session, ticket, context, "zh_CN")
        content = render(facts, "zh_CN")
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        number = self.seen(ticket).number
        squeezed = "".join(text.split())
        for word in (number, *words):
            if "".join(word.split()) not in squeezed:
                msg = f"{word!r} is not on the {kind} of {number}"
                raise AssertionError(msg)
        paper = RegisterPaper(kind, number, "zh_CN", ticket_id=ticket)
        self.shop.do(paper_register.give_out, paper, GivenOut(content), context)
        return text

    def time_line(self, ticket: int) -> str:
        """Give the ticket's time line, a line each: moment, who, act, state after it, note."""
        lines = []
        with self.shop.reading() as session:
            found = session.execute(
                select(TicketEvent.at, Staff.name, TicketEvent.act, TicketEvent.state, TicketEvent.note)
                .join(Staff, Staff.id == TicketEvent.staff_id)
                .where(TicketEvent.ticket_id == ticket)
                .order_by(TicketEvent.at, TicketEvent.id)
            )
            for moment, who, act, state, note in found:
                parts = (f"{moment.astimezone(ZONE):%m-%d %H:%M}", who, act, state, note)
                lines.append(" ".join(str(part) for part in parts if part))
        return "\n".join(lines)

    def papers(self, ticket: int) -> str:
        """Give the kept papers of a ticket, in order: kind and version."""
        with self.shop.reading() as session:
            found = session.execute(
                select(Paper.kind, Paper.version).where(Paper.ticket_id == ticket).order_by(Paper.id)
            )
            return ", ".join(f"{kind} {version}" for kind, version in found)

    def money(self, ticket: int) -> tuple[str, str]:
        """Give what was paid and what is open, in yuan."""
        seen = self.seen(ticket)
        return _yuan(seen.paid), _yuan(seen.open_amount)

    def page(self, ticket: int) -> str:
        """Give what is kept of a ticket, as a page of the diary."""
        seen = self.seen(ticket)
        paid, owed = self.money(ticket)
        head = f"{seen.number} {seen.member_name} {seen.subject}\n{seen.state} · {self.place(ticket)} · {paid} / {owed}"
        return f"{head}\n{self.papers(ticket) or '-'}\n\n{self.time_line(ticket)}\n"

    def place(self, ticket: int) -> str:
        """Give where the goods are."""
        with self.shop.reading() as session:
            return str(session.scalar(select(Ticket.goods_place).where(Ticket.id == ticket)))


def _yuan(amount: Money) -> str:
    return amount.yuan_text()
