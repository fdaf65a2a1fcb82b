"""The repair desk under random hands: legal and illegal steps over a real store, with what must hold after each."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.errors import RefusedError
from crmdesk.core.loaners import LoanerState, LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.repair_rules import place_allowed
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    REPAIR_TRANSITIONS,
    ApprovalChannel,
    GoodsPlace,
    ItemCategory,
    Liability,
    Payer,
    Remedy,
    TellChannel,
    TicketKind,
    TicketState,
)
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment, Quote
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.ticket_money import charges_of, ticket_money
from crmdesk.services import (
    charges,
    judgement,
    loan_returns,
    pickup,
    quotes,
    repair,
    repair_ends,
    repair_links,
    ticket_intake,
    undelivered,
)
from crmdesk.services.charges import MakeCharge, WaiveCharge
from crmdesk.services.judgement import Judge
from crmdesk.services.loan_returns import TakeBack
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.repair_ends import PostBack, Scrap
from crmdesk.services.repair_links import ComeBack, TurnInto
from crmdesk.services.ticket_steps import Step
from crmdesk.services.undelivered import ParcelBack
from tests.builders.loaners import add_loaner, add_member, lend_to
from tests.builders.repairs import seen
from tests.builders.shop import open_shop

_S = TicketState
LOANERS = 2
# What a customer may be asked, in fen: nothing, little, an odd amount, more than before.
AMOUNTS = (0, 1, 3333, 8000, 12_050)
LEFT = (GoodsPlace.CUSTOMER, GoodsPlace.TRANSIT, GoodsPlace.NONE)
_ENDED = (_S.CLOSED, _S.POSTED_BACK)
# What somebody at the desk would try next; random hands alone hardly come beyond the quote.
_LIKELY: Final[dict[TicketState, tuple[str, ...]]] = {
    _S.RECEIVED: ("judge", "quote", "lend", "send", "turn"),
    _S.JUDGING: ("judge", "quote", "judge", "quote", "ready", "turn", "scrap", "send", "cancel"),
    _S.SENT: ("back", "back", "cancel"),
    _S.RECEIVED_BACK: ("judge", "quote", "finish", "ready", "cancel"),
    _S.QUOTED: ("answer", "answer", "quote", "expire"),
    _S.DECLINED: ("ready", "quote", "scrap", "turn"),
    _S.EXPIRED: ("ready", "quote", "cancel"),
    _S.APPROVED: ("start", "start", "start", "quote", "pay", "send", "cancel"),
    _S.IN_WORK: ("finish", "finish", "finish", "quote", "pay", "ready", "cancel"),
    _S.QUALITY_CHECK: ("check",),
    _S.READY: ("tell", "pay", "charge", "hand_back", "post", "scrap", "turn", "loan_back"),
    _S.NOTIFIED: ("pay", "hand_back", "hand_back", "post", "scrap", "turn", "waive", "loan_back"),
    _S.POSTED_BACK: ("deliver", "undelivered"),
    _S.CLOSED: ("come_back",),
    _S.CANCELLED: ("hand_out", "pay", "post", "loan_back", "deliver", "undelivered"),
}


class RepairDesk:
    """A store with one customer, two loaners and several repairs; ``chance`` decides what a step is about."""

    def __init__(self, seed: int = 0) -> None:
        """Open a store in a folder of its own."""
        self._folder = TemporaryDirectory()
        self.shop = open_shop(Path(self._folder.name))
        self.chance = random.Random(seed)
        self.member_id = add_member(self.shop)
        self.loaner_ids = [add_loaner(self.shop, f"L-00{number}").id for number in range(LOANERS)]
        self.tickets: list[int] = []
        self.done = self.refused = 0

    def close(self) -> None:
        """Close the store and remove it."""
        self.shop.close()
        self._folder.cleanup()

    # -- steps ---------------------------------------------------------------------------

    def take_in(self) -> None:
        """Take in one more suitcase."""
        request = ticket_intake.TakeIn(
            kind=TicketKind.REPAIR,
            member_id=self.member_id,
            customer_words="轮子断了",
            item=ticket_intake.ItemFacts(ItemCategory.SUITCASE, "拉杆箱"),
            accessories=("密码锁",),
            faults=("wheel_broken",),
        )
        self.tickets.append(self.shop.do(ticket_intake.take_in, request, self.shop.context()).id)

    def steps(self) -> dict[str, Callable[[int], None]]:
        """Give every step that can be tried on a ticket, by its name."""
        return {
            "judge": self._judge,
            "quote": self._quote,
            "answer": self._answer,
            "expire": lambda key: self._plain(quotes.expire_quote, key),
            "start": lambda key: self._plain(repair.start_work, key),
            "finish": lambda key: self._plain(repair.finish_work, key),
            "check": self._check,
            "ready": self._ready,
            "tell": self._tell,
            "send": lambda key: self._plain(repair.send_away, key),
            "back": lambda key: self._plain(repair.receive_back, key),
            "pay": self._pay,
            "charge": self._charge,
            "waive": self._waive,
            "lend": self._lend,
            "loan_back": self._loan_back,
            "hand_back": self._hand_back,
            "hand_out": self._hand_out,
            "scrap": self._scrap,
            "turn": self._turn,
            "post": self._post,
            "deliver": lambda key: self._plain(repair_ends.note_delivery, key),
            "undelivered": self._undelivered,
            "come_back": self._come_back,
            "cancel": lambda key: self._plain(repair.cancel, key),
        }

    def attempt(self, name: str, ticket_id: int) -> bool:
        """Try a step; a refused one must leave everything as it was. Tells whether it was done."""
        before = self._fingerprint()
        try:
            self.steps()[name](ticket_id)
        except RefusedError:
            self.refused += 1
            assert self._fingerprint() == before, f"{name} was refused and wrote"
            return False
        self.done += 1
        return True

    def likely(self, ticket_id: int) -> str:
        """Give a step that would be tried next on a ticket."""
        return self.chance.choice(_LIKELY[seen(self.shop, ticket_id).state])

    def wait(self, days: int) -> None:
        """Let days go by."""
        self.shop.clock.advance(timedelta(days=days))

    def _fingerprint(self) -> tuple[object, ...]:
        with self.shop.reading() as session:
            found = session.execute(select(Ticket.id, Ticket.version, Ticket.state, Ticket.goods_place)).all()
            events = session.scalars(select(TicketEvent.id)).all()
            return (*found, len(events))

    def _version(self, ticket_id: int) -> int:
        return seen(self.shop, ticket_id).version

    def _plain(self, verb: Callable[..., object], ticket_id: int) -> None:
        self.shop.do(verb, Step(ticket_id, self._version(ticket_id), "原因"), self.shop.context())  # type: ignore[arg-type]

    def _judge(self, ticket_id: int) -> None:
        remedy = self.chance.choice(list(Remedy))
        payer = self.chance.choice([one for one in Payer if one is not Payer.CUSTOMER or remedy is Remedy.REPAIR_PAID])
        shares = {payer: Money(self.chance.choice(AMOUNTS))}
        request = Judge(ticket_id, self._version(ticket_id), Liability.WEAR, remedy, "磨损", shares=shares)
        self.shop.do(judgement.judge, request, self.shop.context(Role.OWNER))

    def _quote(self, ticket_id: int) -> None:
        payer = self.chance.choice((Payer.CUSTOMER, Payer.CUSTOMER, Payer.SUPPLIER))
        parts, fee = (Money(self.chance.choice(AMOUNTS)) for _one in range(2))
        request = MakeQuote(ticket_id, self._version(ticket_id), "换轮组", parts, fee=fee, payer=payer)
        self.shop.do(quotes.quote, request, self.shop.context())

    def _answer(self, ticket_id: int) -> None:
        known = seen(self.shop, ticket_id)
        amount = known.quote.total if known.quote is not None else Money(1)
        if self.chance.random() < 0.1:
            amount = amount + Money(1)
        agreed = self.chance.random() < 0.75
        said = RecordAnswer(ticket_id, known.version, agreed, ApprovalChannel.PHONE, "周建国", amount)
        self.shop.do(quotes.record_answer, said, self.shop.context())

    def _check(self, ticket_id: int) -> None:
        step = Step(ticket_id, self._version(ticket_id), self.chance.choice(("", "还响")))
        passed = self.chance.random() < 0.7
        self.shop.do(repair.check_quality, step, self.shop.context(), passed=passed, shelf="A3")

    def _ready(self, ticket_id: int) -> None:
        fee = Money(self.chance.choice((0, 0, 2000)))
        step = Step(ticket_id, self._version(ticket_id))
        self.shop.do(repair.make_ready, step, self.shop.context(), shelf="B1", examination=fee)

    def _tell(self, ticket_id: int) -> None:
        step = Step(ticket_id, self._version(ticket_id))
        self.shop.do(pickup.tell, step, self.shop.context(), channel=TellChannel.PHONE)

    def _pay(self, ticket_id: int) -> None:
        known = seen(self.shop, ticket_id)
        amount = self.chance.choice((known.open_amount, Money(1), -Money(1), Money(99_999_999)))
        self.shop.do(pickup.pay, Pay(ticket_id, known.version, amount, "cash"), self.shop.context())

    def _charge(self, ticket_id: int) -> None:
        kind, amount = self.chance.choice(list(ChargeKind)), Money(self.chance.choice(AMOUNTS))
        request = MakeCharge(ticket_id, self._version(ticket_id), kind, amount)
        self.shop.do(charges.charge, request, self.shop.context())

    def _waive(self, ticket_id: int) -> None:
        with self.shop.reading() as session:
            known = charges_of(session, ticket_id)
        if known:
            one = self.chance.choice(known)
            self.shop.do(charges.waive, WaiveCharge(one.id, one.version, "老客户"), self.shop.context(Role.MANAGER))

    def _lend(self, ticket_id: int) -> None:
        lend_to(self.shop, self.chance.choice(self.loaner_ids), self.member_id, ticket_id)

    def _loan_back(self, ticket_id: int) -> None:
        with self.shop.reading() as session:
            wanted = select(Loan.id, Loan.loaner_id, Loan.deposit)
            out = session.execute(wanted.where(Loan.ticket_id == ticket_id, Loan.state == LoanState.OUT)).first()
        if out is not None:
            request = TakeBack(out.id, ReturnGrade.AS_LENT, returned=out.deposit)
            if self.chance.random() < 0.3:  # worse than the deposit covers: the rest is open when the goods are fetched
                fee = out.deposit + Money(self.chance.choice(AMOUNTS))
                request = TakeBack(out.id, ReturnGrade.DAMAGED, "轮子坏", damage_fee=fee, kept=out.deposit)
            self.shop.do(loan_returns.take_back, request, self.shop.context())
            with self.shop.database.transaction() as session:  # clean again at once
                session.get_one(Loaner, out.loaner_id).state = LoanerState.ON_SHELF

    def _given(self, ticket_id: int) -> HandBack:
        known = seen(self.shop, ticket_id)
        ticked = frozenset(one.id for one in known.accessories if self.chance.random() < 0.9)
        return HandBack(ticket_id, known.version, "周建国", item_back=True, signed=True, accessories=ticked)

    def _hand_back(self, ticket_id: int) -> None:
        self.shop.do(pickup.hand_back, self._given(ticket_id), self.shop.context())

    def _hand_out(self, ticket_id: int) -> None:
        self.shop.do(repair_ends.hand_goods_out, self._given(ticket_id), self.shop.context())

    def _scrap(self, ticket_id: int) -> None:
        request = Scrap(ticket_id, self._version(ticket_id), "周建国", "同意")
        self.shop.do(repair_ends.scrap, request, self.shop.context(Role.MANAGER))

    def _turn(self, ticket_id: int) -> None:
        kind = self.chance.choice((TicketKind.RETURN, TicketKind.COMPLAINT))
        self.shop.do(
            repair_links.turn_into, TurnInto(ticket_id, self._version(ticket_id), kind, "退"), self.shop.context()
        )

    def _post(self, ticket_id: int) -> None:
        fee, payer = Money(self.chance.choice(AMOUNTS)), self.chance.choice((Payer.CUSTOMER, Payer.STORE))
        version = self._version(ticket_id)
        request = PostBack(ticket_id, version, "顺丰", "SF1", "周建国", "杭州", fee=fee, payer=payer, paid_by="cash")
        self.shop.do(repair_ends.post_back, request, self.shop.context())

    def _undelivered(self, ticket_id: int) -> None:
        note, shelf = self.chance.choice(("查无此人", "拒收", "")), self.chance.choice(("", "C2"))
        request = ParcelBack(ticket_id, self._version(ticket_id), note, shelf)
        self.shop.do(undelivered.take_parcel_back, request, self.shop.context())

    def _come_back(self, ticket_id: int) -> None:
        made = self.shop.do(repair_links.come_back, ComeBack(ticket_id, "又坏了"), self.shop.context())
        self.tickets.append(made.id)

    # -- what must hold ------------------------------------------------------------------

    def check(self, wanted: Iterable[int] | None = None) -> None:
        """Hold every rule against tickets, those of this desk unless others are named."""
        with self.shop.reading() as session:
            for ticket_id in self.tickets if wanted is None else wanted:
                ticket = session.get_one(Ticket, ticket_id)
                _check_way(session, ticket)
                _check_place(session, ticket)
                _check_money(session, ticket)
            _check_loaners(session)

    def check_audit(self) -> None:
        """Hold that nothing in the audit was changed or lost."""
        with self.shop.reading() as session:
            assert verify_audit(session).whole


def _check_way(session: Session, ticket: Ticket) -> None:
    """The time line begins with the intake, goes only ways of the table, and ends where the ticket is."""
    lines = session.execute(
        select(TicketEvent.act, TicketEvent.state, TicketEvent.at)
        .where(TicketEvent.ticket_id == ticket.id)
        .order_by(TicketEvent.id)
    ).all()
    assert lines[0].act == TicketAct.TAKEN_IN
    assert lines[-1].state is ticket.state
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    for before, after in pairwise(lines):
        legal = after.state is before.state or after.state in REPAIR_TRANSITIONS[before.state]
        assert legal, f"{before.state} → {after.state} by {after.act}"


def _check_place(session: Session, ticket: Ticket) -> None:
    assert place_allowed(ticket.state, ticket.goods_place), f"{ticket.state} at {ticket.goods_place}"
    assert ticket.goods_place not in LEFT or not ticket.shelf or ticket.state is _S.SENT
    out = select(Loan.id).where(
        Loan.ticket_id == ticket.id, Loan.state == LoanState.OUT, Loan.taken_over_by_id.is_(None)
    )
    # Goods of a cancelled ticket may still be on the way to or from head office.
    left = ticket.goods_place is GoodsPlace.CUSTOMER or ticket.state in _ENDED
    if left and ticket.goods_place in LEFT:
        lent_before = session.scalar(out)
        assert lent_before is None, "goods left while the loaner was out"


def _check_money(session: Session, ticket: Ticket) -> None:
    """What is owed and paid is the plain sum of the rows; goods leave only when it is settled."""
    money = ticket_money(session, ticket.id)
    in_force = [
        one
        for one in session.scalars(select(Quote).where(Quote.ticket_id == ticket.id))
        if one.state is QuoteState.APPROVED
    ]
    assert len(in_force) <= 1
    agreed = Money.total(one.total for one in in_force if one.payer is Payer.CUSTOMER)
    owed = Money.total(
        one.amount for one in session.scalars(select(Charge).where(Charge.ticket_id == ticket.id)) if not one.waived_at
    )
    paid = Money.total(session.scalars(select(Payment.amount).where(Payment.ticket_id == ticket.id)))
    assert (money.agreed, money.charged, money.paid) == (agreed, owed, paid)
    assert min(agreed, owed, paid, money.loan_fees) >= Money(0)
    if ticket.state in (_S.SCRAPPED, _S.TURNED, _S.CANCELLED):
        assert not agreed


def _check_loaners(session: Session) -> None:
    """A loaner is lent exactly while one loan of it is out."""
    for loaner in session.scalars(select(Loaner)):
        out = session.scalars(select(Loan.id).where(Loan.loaner_id == loaner.id, Loan.state == LoanState.OUT)).all()
        assert len(out) == (1 if loaner.state is LoanerState.LENT else 0)
