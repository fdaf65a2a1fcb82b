"""Any order of steps on one complaint and one return: no illegal move, no money above what was paid."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from typing_extensions import override

from crmdesk.core.care import CallOutcome
from crmdesk.core.complaint_rules import missing_for_closing
from crmdesk.core.complaints import ProposalState
from crmdesk.core.errors import RefusedError
from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.roles import APPROVE_UP_TO, Role
from crmdesk.core.tickets import (
    COMPLAINT_TRANSITIONS,
    RETURN_TRANSITIONS,
    Compensation,
    GoodsCondition,
    Level3,
    ReturnDecision,
    ReturnReason,
    RootCause,
    TellChannel,
    TicketState,
)
from crmdesk.core.transitions import Table
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintProposal, ComplaintRemedy, ComplaintRound
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaint_rounds,
    complaints,
    ledger,
    repair,
    return_decisions,
    return_execution,
    return_lines,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaints import Assess, Investigate, Satisfaction, Tell
from crmdesk.services.purchases import LineFacts
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_lines import AddLine, RemoveLine
from tests.builders.cases import add_complaint, add_purchase, add_return, step, version
from tests.builders.loaners import add_member
from tests.builders.shop import Shop, open_shop

_S = TicketState
WHO = st.sampled_from([Role.CLERK, Role.MANAGER, Role.HEAD_OFFICE, Role.OWNER])
YUAN = st.sampled_from([0, 100, 500, 501, 5_000, 5_001])
VERBS = {
    "acknowledge": complaints.acknowledge,
    "close": complaints.close,
    "carry_out": complaint_remedies.carry_out,
    "approve": complaint_proposals.approve,
    "refuse": complaint_proposals.refuse,
    "decide": complaint_proposals.decide,
    "reopen": complaint_rounds.reopen,
    "escalate": complaint_rounds.escalate,
    "cancel": repair.cancel,
}
PLAIN = st.sampled_from(["acknowledge", "close"])
WITH_WORDS = st.sampled_from(["carry_out", "approve", "refuse", "decide", "reopen", "escalate", "cancel"])


class _OneTicket(RuleBasedStateMachine):
    """A shop with one ticket; every step may be refused, never anything else."""

    shop: Shop
    ticket_id: int
    transitions: Table[TicketState]

    def open_folder(self) -> None:
        self.folder = TemporaryDirectory()
        self.shop = open_shop(Path(self.folder.name))
        self.seen = TicketState.RECEIVED

    @override
    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.close()
            self.folder.cleanup()

    def attempt(self, act: Callable[[], object]) -> None:
        """Carry out a step; a typed refusal is an answer, anything else a defect."""
        with contextlib.suppress(RefusedError):
            act()

    def state(self) -> TicketState:
        with self.shop.reading() as session:
            return session.get_one(Ticket, self.ticket_id).state

    def check_moves(self, hops: int) -> None:
        now = self.state()
        reached = {self.seen}
        for _hop in range(hops):
            reached |= {after for before in reached for after in self.transitions[before]}
        assert now in reached
        self.seen = now


class OneComplaint(_OneTicket):
    """The desk, head office and one complaint."""

    transitions = COMPLAINT_TRANSITIONS

    @initialize()
    def open(self) -> None:
        self.open_folder()
        self.ticket_id = add_complaint(self.shop)

    @rule(name=PLAIN, who=WHO)
    def plain(self, name: str, who: Role) -> None:
        verb: Any = VERBS[name]
        self.attempt(lambda: self.shop.do(verb, step(self.shop, self.ticket_id), self.shop.context(who)))

    @rule(name=WITH_WORDS, who=WHO, words=st.sampled_from(["", "客户要求"]))
    def with_words(self, name: str, who: Role, words: str) -> None:
        verb: Any = VERBS[name]
        self.attempt(lambda: self.shop.do(verb, step(self.shop, self.ticket_id, words), self.shop.context(who)))

    @rule(impact=st.sampled_from(Level3), complexity=st.sampled_from(Level3))
    def assess(self, impact: Level3, complexity: Level3) -> None:
        request = Assess(self.ticket_id, version(self.shop, self.ticket_id), impact, complexity)
        self.attempt(lambda: self.shop.do(complaints.assess, request, self.shop.context()))

    @rule()
    def investigate(self) -> None:
        request = Investigate(self.ticket_id, version(self.shop, self.ticket_id), RootCause.PRODUCT, "已查")
        self.attempt(lambda: self.shop.do(complaints.investigate, request, self.shop.context()))

    @rule(yuan=YUAN, compensation=st.sampled_from(Compensation))
    def propose(self, yuan: int, compensation: Compensation) -> None:
        points = yuan if compensation is Compensation.POINTS else 0
        amount = Money.yuan(yuan)
        request = Propose(self.ticket_id, version(self.shop, self.ticket_id), compensation, "方案", amount, points)
        self.attempt(lambda: self.shop.do(complaint_proposals.propose, request, self.shop.context()))

    @rule(who=WHO, yuan=YUAN)
    def go_on(self, who: Role, yuan: int) -> None:
        """Take the step a clerk would take next, so that the far end is reached too."""
        state = self.state()
        if state is _S.ACKNOWLEDGED:
            self.assess(Level3.HIGH, Level3.LOW)
        elif state in (_S.ASSESSED, _S.REOPENED):
            self.investigate()
        elif state in (_S.INVESTIGATING, _S.ESCALATED):
            self.propose(yuan, Compensation.REFUND)
        elif state is _S.DECIDED:
            self.tell()
        elif state is _S.PROPOSED:
            self.with_words("approve", who, "")
        elif state is _S.PROPOSAL_APPROVED:
            self.with_words("decide", who, "照办")
        elif state is _S.COMMUNICATED:
            self.with_words("carry_out", Role.CLERK, "收据 88")
        else:
            self.plain("acknowledge" if state is _S.RECEIVED else "close", Role.CLERK)

    @rule()
    def tell(self) -> None:
        request = Tell(self.ticket_id, version(self.shop, self.ticket_id), TellChannel.PHONE, "已告知")
        self.attempt(lambda: self.shop.do(complaints.tell, request, self.shop.context()))

    @rule(outcome=st.sampled_from([CallOutcome.SATISFIED, CallOutcome.DISSATISFIED]))
    def ask(self, outcome: CallOutcome) -> None:
        request = Satisfaction(self.ticket_id, version(self.shop, self.ticket_id), outcome)
        self.attempt(lambda: self.shop.do(complaints.ask_satisfaction, request, self.shop.context()))

    @invariant()
    def moves_by_the_table(self) -> None:
        if hasattr(self, "shop"):
            self.check_moves(1)

    @invariant()
    def nothing_closed_is_incomplete(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            case = session.execute(select(Complaint)).scalar_one()
            if self.seen is TicketState.CLOSED:
                assert missing_for_closing(case) == ()

    @invariant()
    def remedies_never_cost_more_than_was_approved(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            case = session.execute(select(Complaint)).scalar_one()
            chosen = session.scalars(
                select(ComplaintProposal).where(ComplaintProposal.state == ProposalState.CHOSEN)
            ).all()
            assert len({one.round for one in chosen}) <= case.round
            for number in range(1, case.round + 1):
                remedies = session.scalars(select(ComplaintRemedy).where(ComplaintRemedy.round == number)).all()
                allowed = Money.total(one.amount for one in chosen if one.round == number)
                assert Money.total(one.amount for one in remedies) <= allowed
            earlier = session.scalars(select(ComplaintRound.number).order_by(ComplaintRound.number)).all()
            assert list(earlier) == list(range(1, case.round))

    @invariant()
    def points_are_posted_once_for_every_remedy(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            done = session.scalars(select(ComplaintRemedy).where(ComplaintRemedy.done_at.is_not(None))).all()
            member = session.scalars(select(Ticket.member_id)).first()
            assert member is not None
            assert ledger.balance(session, member, LedgerKind.POINTS) == sum(one.points for one in done)

    @invariant()
    def whoever_decided_might(self) -> None:
        """A decided amount was within the limit of who approved it or of who decided it."""
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            case = session.execute(select(Complaint)).scalar_one()
            if case.decided_at is None:
                return
            roles = [
                session.get_one(Staff, who).role for who in (case.approved_by_id, case.decided_by_id) if who is not None
            ]
            limits = [APPROVE_UP_TO[role] for role in roles]
            assert any(limit is None or case.compensation_amount <= limit for limit in limits)


class OneReturn(_OneTicket):
    """The desk and one return of a receipt with two lines."""

    transitions = RETURN_TRANSITIONS

    @initialize()
    def open(self) -> None:
        self.open_folder()
        self.member = add_member(self.shop)
        self.bought = add_purchase(
            self.shop, self.member, LineFacts("大衣", Money.yuan(400)), LineFacts("棉袜", Money.yuan(100), quantity=3)
        )
        self.ticket_id = add_return(self.shop, self.member)

    def line_ids(self) -> list[int]:
        with self.shop.reading() as session:
            return [line.id for line in return_lines.lines_of(session, self.ticket_id)]

    @rule(place=st.integers(0, 1), pieces=st.integers(0, 3), who=WHO)
    def add(self, place: int, pieces: int, who: Role) -> None:
        request = AddLine(
            self.ticket_id,
            version(self.shop, self.ticket_id),
            ReturnReason.SIZE,
            purchase_line_id=self.bought[place],
            quantity=pieces,
        )
        self.attempt(lambda: self.shop.do(return_lines.add_line, request, self.shop.context(who)))

    @rule(place=st.integers(0, 5))
    def remove(self, place: int) -> None:
        lines = self.line_ids()
        if lines:
            request = RemoveLine(self.ticket_id, version(self.shop, self.ticket_id), lines[place % len(lines)])
            self.attempt(lambda: self.shop.do(return_lines.remove_line, request, self.shop.context()))

    @rule(skip=st.integers(0, 4))
    def check(self, skip: int) -> None:
        checks = [LineCheck(line, GoodsCondition.UNUSED) for place, line in enumerate(self.line_ids()) if place != skip]
        request = CheckLines(self.ticket_id, version(self.shop, self.ticket_id), tuple(checks))
        self.attempt(lambda: self.shop.do(return_decisions.check, request, self.shop.context()))

    @rule(who=WHO, decision=st.sampled_from(ReturnDecision), yuan=st.sampled_from([0, 33, 100, 400, 401]))
    def decide(self, who: Role, decision: ReturnDecision, yuan: int) -> None:
        decisions = tuple(LineDecision(line, decision, Money.yuan(yuan), "大一号", "理由") for line in self.line_ids())
        request = DecideLines(self.ticket_id, version(self.shop, self.ticket_id), decisions)
        self.attempt(lambda: self.shop.do(return_decisions.decide, request, self.shop.context(who)))

    @rule()
    def carry_out(self) -> None:
        self.attempt(
            lambda: self.shop.do(return_execution.carry_out, step(self.shop, self.ticket_id), self.shop.context())
        )

    @rule()
    def cancel(self) -> None:
        self.attempt(
            lambda: self.shop.do(repair.cancel, step(self.shop, self.ticket_id, "不退了"), self.shop.context())
        )

    @invariant()
    def moves_by_the_table(self) -> None:
        if hasattr(self, "shop"):
            self.check_moves(2)  # carrying out also closes

    @invariant()
    def money_is_never_above_what_was_paid(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            lines = return_lines.lines_of(session, self.ticket_id)
            assert all(Money(0) <= line.refund <= line.price_paid for line in lines)
            for place, paid, pieces in ((0, Money.yuan(400), 1), (1, Money.yuan(100), 3)):
                same = [line for line in lines if line.purchase_line_id == self.bought[place]]
                assert sum(line.quantity for line in same) <= pieces
                assert Money.total(line.price_paid for line in same) <= paid
            assert ledger.balance(session, self.member, LedgerKind.POINTS) >= 0

    @invariant()
    def everything_carried_out_was_decided_and_looked_at(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            done = [line for line in return_lines.lines_of(session, self.ticket_id) if line.executed_at is not None]
            assert all(line.decision is not None and line.condition is not None for line in done)


SETTINGS = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOneComplaint = OneComplaint.TestCase
TestOneComplaint.settings = SETTINGS
TestOneReturn = OneReturn.TestCase
TestOneReturn.settings = SETTINGS
