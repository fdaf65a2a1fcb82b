"""A complaint that is hard to settle: tasks, proposals side by side, refusals, remedies one by one, two rounds."""

from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallOutcome
from crmdesk.core.case_errors import NotDecidedError, RemedyDoneError
from crmdesk.core.complaint_errors import (
    NoProposalError,
    ProposalClosedError,
    RemediesTooHighError,
    TaskDoneError,
)
from crmdesk.core.complaints import ProposalState
from crmdesk.core.desk_errors import AboveLimitError, ClosingIncompleteError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, Level3, RootCause, Severity, TellChannel, TicketKind, TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintApproval, ComplaintProposal, ComplaintRemedy, ComplaintRound
from crmdesk.models.ticket import Ticket
from crmdesk.queries import ticket_detail
from crmdesk.services import complaint_proposals as proposals
from crmdesk.services import complaint_remedies as remedies
from crmdesk.services import complaint_rounds as rounds
from crmdesk.services import complaint_tasks as tasks
from crmdesk.services import complaints, ledger, staff
from crmdesk.services.complaint_proposals import ByPin, Decide, OnProposal, Propose, RemedyPlan
from crmdesk.services.complaint_remedies import CarryOut
from crmdesk.services.complaint_rounds import Escalate
from crmdesk.services.complaint_tasks import Corrective, FinishTask, GiveTask
from crmdesk.services.complaints import Assess, Investigate, Satisfaction, Tell
from crmdesk.services.signin import Refused
from crmdesk.services.staff import ResetPin
from tests.builders.cases import add_complaint, decided, proposed, step, told, version
from tests.builders.shop import Shop, staff_id

Row = TypeVar("Row", ComplaintProposal, ComplaintRemedy, ComplaintRound)


def case(shop: Shop, ticket_id: int) -> Complaint:
    with shop.reading() as session:
        found = session.execute(select(Complaint).where(Complaint.ticket_id == ticket_id)).scalar_one()
        session.expunge(found)
        return found


def of_ticket(shop: Shop, model: type[Row], ticket_id: int) -> list[Row]:
    with shop.reading() as session:
        wanted: Any = model
        found = list(session.scalars(select(model).where(wanted.ticket_id == ticket_id).order_by(wanted.id)))
        session.expunge_all()
        return found


def acts(shop: Shop, ticket_id: int) -> list[TicketAct]:
    with shop.reading() as session:
        return [one.act for one in reversed(ticket_detail.detail(session, ticket_id, shop.context()).events)]


def beside(shop: Shop, ticket_id: int, yuan: int, compensation: Compensation = Compensation.VOUCHER) -> int:
    """Propose something else beside what is there; gives its key."""
    points = yuan if compensation is Compensation.POINTS else 0
    wanted = Propose(ticket_id, version(shop, ticket_id), compensation, f"方案 {yuan}", Money.yuan(yuan), points)
    shop.do(proposals.propose, wanted, shop.context())
    return of_ticket(shop, ComplaintProposal, ticket_id)[-1].id


def on(shop: Shop, ticket_id: int, proposal_id: int, note: str = "") -> OnProposal:
    return OnProposal(ticket_id, version(shop, ticket_id), note, proposal_id)


def test_two_rounds_from_the_first_word_to_the_outside(shop: Shop) -> None:
    ticket_id = add_complaint(shop)
    investigated(shop, ticket_id)
    first_round(shop, ticket_id)
    opened_again(shop, ticket_id)
    second_round(shop, ticket_id)
    with shop.reading() as session:
        answers = [(one.agreed, one.words, one.amount) for one in session.scalars(select(ComplaintApproval))]
    assert answers == [(False, "客户不接受券", Money.yuan(200)), (True, "同意", Money.yuan(600))]
    diary = acts(shop, ticket_id)
    assert diary.count(TicketAct.REMEDY_DONE) == 3
    once = (TicketAct.TASK_GIVEN, TicketAct.TASK_DONE, TicketAct.PROPOSAL_REFUSED, TicketAct.REOPENED)
    assert [diary.count(one) for one in once] == [1, 1, 1, 1]


def investigated(shop: Shop, ticket_id: int) -> None:
    shop.do(complaints.acknowledge, step(shop, ticket_id, "当场告知"), shop.context())
    rated = Assess(ticket_id, version(shop, ticket_id), Level3.HIGH, Level3.HIGH, "退货，并赔偿大衣")
    assert shop.do(complaints.assess, rated, shop.context()) is Severity.CRITICAL
    assert case(shop, ticket_id).wanted == "退货，并赔偿大衣"
    give = GiveTask(
        ticket_id, version(shop, ticket_id), "向总部质检要色牢度报告", staff_id(Role.HEAD_OFFICE), date(2026, 11, 24)
    )
    task_id = shop.do(tasks.give_task, give, shop.context())
    found = Investigate(ticket_id, version(shop, ticket_id), RootCause.PRODUCT, "染色不牢", cause_code="colour_loss")
    shop.do(complaints.investigate, found, shop.context())
    done = FinishTask(ticket_id, version(shop, ticket_id), "报告：不合格", task_id)
    shop.do(tasks.finish_task, done, shop.context(Role.HEAD_OFFICE))
    with pytest.raises(TaskDoneError):
        shop.do(tasks.finish_task, done, shop.context(Role.HEAD_OFFICE))


def first_round(shop: Shop, ticket_id: int) -> None:
    refund = beside(shop, ticket_id, 600, Compensation.REFUND)
    voucher = beside(shop, ticket_id, 200)
    with pytest.raises(AboveLimitError):
        shop.do(proposals.approve, on(shop, ticket_id, refund), shop.context(Role.MANAGER))
    shop.do(proposals.refuse, on(shop, ticket_id, voucher, "客户不接受券"), shop.context(Role.MANAGER))
    shop.do(proposals.approve, on(shop, ticket_id, refund, "同意"), shop.context(Role.HEAD_OFFICE))
    plan = (
        RemedyPlan(Compensation.REFUND, "退款", Money.yuan(500)),
        RemedyPlan(Compensation.GIFT, "护理礼盒", Money.yuan(100)),
        RemedyPlan(Compensation.APOLOGY, "店长致歉"),
    )
    wanted = Decide(ticket_id, version(shop, ticket_id), "退款 500 元，赠护理礼盒，并致歉。", refund, plan)
    shop.do(proposals.decide, wanted, shop.context(Role.MANAGER))
    telling = Tell(ticket_id, version(shop, ticket_id), TellChannel.PHONE, "电话告知")
    shop.do(complaints.tell, telling, shop.context())
    first = shop.do(remedies.carry_out, step(shop, ticket_id, "微信退款 4200001"), shop.context())
    assert (first.left, first.evidence) == (1, "微信退款 4200001")
    with pytest.raises(ClosingIncompleteError) as refused:
        shop.do(complaints.close, step(shop, ticket_id), shop.context())
    assert refused.value.missing == ("remedy",)
    gift = of_ticket(shop, ComplaintRemedy, ticket_id)[1].id
    given = CarryOut(ticket_id, version(shop, ticket_id), "当面交付", gift)
    assert shop.do(remedies.carry_out, given, shop.context()).left == 0


def opened_again(shop: Shop, ticket_id: int) -> None:
    said = Satisfaction(ticket_id, version(shop, ticket_id), CallOutcome.DISSATISFIED, "大衣仍有色渍")
    shop.do(complaints.ask_satisfaction, said, shop.context())
    shop.do(rounds.reopen, step(shop, ticket_id, "大衣仍有色渍"), shop.context())
    ended = of_ticket(shop, ComplaintRound, ticket_id)[0]
    assert (ended.number, ended.decision, ended.reason, ended.amount) == (
        1,
        "退款 500 元，赠护理礼盒，并致歉。",
        "大衣仍有色渍",
        Money.yuan(600),
    )
    assert (ended.told_channel, ended.satisfaction) == (TellChannel.PHONE, CallOutcome.DISSATISFIED)
    fresh = case(shop, ticket_id)
    assert (fresh.round, fresh.decision, fresh.compensation, fresh.findings) == (2, "", None, "染色不牢")


def second_round(shop: Shop, ticket_id: int) -> None:
    up = Escalate(ticket_id, version(shop, ticket_id), "客户已向消协投诉", "12315 平台", "浙杭 2026-1188")
    shop.do(rounds.escalate, up, shop.context())
    assert (case(shop, ticket_id).escalated_to, case(shop, ticket_id).outside_number) == (
        "12315 平台",
        "浙杭 2026-1188",
    )
    more = beside(shop, ticket_id, 1_000, Compensation.POINTS)
    with pytest.raises(AboveLimitError):
        shop.do(proposals.decide, on(shop, ticket_id, more, "补积分"), shop.context(Role.MANAGER))
    shop.do(proposals.decide, on(shop, ticket_id, more, "补 1000 积分"), shop.context(Role.OWNER))
    shop.do(complaints.tell, Tell(ticket_id, version(shop, ticket_id), TellChannel.IN_PERSON, "当面"), shop.context())
    shop.do(remedies.carry_out, step(shop, ticket_id), shop.context())
    with shop.reading() as session:
        member = session.get_one(Ticket, ticket_id).member_id
        assert ledger.balance(session, member, LedgerKind.POINTS) == 1_000
    assert shop.do(complaints.close, step(shop, ticket_id), shop.context()) is TicketState.CLOSED


def test_without_a_proposal_left_the_investigation_goes_on(shop: Shop) -> None:
    ticket_id = proposed(shop)
    only = of_ticket(shop, ComplaintProposal, ticket_id)[0].id
    with pytest.raises(ReasonMissingError):
        shop.do(proposals.refuse, on(shop, ticket_id, only), shop.context(Role.MANAGER))
    with pytest.raises(NotAllowedError):
        shop.do(proposals.refuse, on(shop, ticket_id, only, "不行"), shop.context(Role.CLERK))
    state = shop.do(proposals.refuse, on(shop, ticket_id, only, "证据不足"), shop.context(Role.MANAGER))
    assert state is TicketState.INVESTIGATING
    with pytest.raises(ProposalClosedError):
        shop.do(proposals.approve, on(shop, ticket_id, only), shop.context(Role.OWNER))
    with pytest.raises(NoProposalError):
        shop.do(proposals.approve, step(shop, ticket_id), shop.context(Role.OWNER))


def test_the_clerk_takes_her_own_proposal_back(shop: Shop) -> None:
    ticket_id = proposed(shop)
    second = beside(shop, ticket_id, 50)
    state = shop.do(proposals.withdraw, on(shop, ticket_id, second), shop.context())
    assert state is TicketState.PROPOSED
    assert case(shop, ticket_id).compensation is Compensation.REFUND
    assert [one.state for one in of_ticket(shop, ComplaintProposal, ticket_id)] == [
        ProposalState.OPEN,
        ProposalState.DROPPED,
    ]
    shop.do(proposals.approve, step(shop, ticket_id), shop.context(Role.MANAGER))
    first = of_ticket(shop, ComplaintProposal, ticket_id)[0].id
    with pytest.raises(IllegalMoveError):
        shop.do(proposals.withdraw, on(shop, ticket_id, first), shop.context())


def test_remedies_stay_within_what_was_approved(shop: Shop) -> None:
    ticket_id = proposed(shop, Money.yuan(300))
    plan = (
        RemedyPlan(Compensation.REFUND, "退款", Money.yuan(300)),
        RemedyPlan(Compensation.VOUCHER, "券", Money(1)),
    )
    wanted = Decide(ticket_id, version(shop, ticket_id), "退款并赠券", None, plan)
    with pytest.raises(RemediesTooHighError) as refused:
        shop.do(proposals.decide, wanted, shop.context(Role.MANAGER))
    assert (refused.value.total, refused.value.approved) == (Money(30_001), Money.yuan(300))
    assert case(shop, ticket_id).decided_at is None
    assert not of_ticket(shop, ComplaintRemedy, ticket_id)


@pytest.mark.parametrize("points", [0, -5, 1_000_001])
def test_points_are_points(shop: Shop, points: int) -> None:
    ticket_id = proposed(shop)
    wanted = Propose(ticket_id, version(shop, ticket_id), Compensation.POINTS, "补积分", Money(0), points)
    with pytest.raises(InvalidFieldError) as refused:
        shop.do(proposals.propose, wanted, shop.context())
    assert refused.value.field == "points"


def test_a_repair_as_remedy_makes_a_linked_order(shop: Shop) -> None:
    ticket_id = decided(shop, Money.yuan(80), Compensation.REPAIR)
    done = CarryOut(ticket_id, version(shop, ticket_id), take_in_repair=True)
    made = shop.do(remedies.carry_out, done, shop.context())
    with shop.reading() as session:
        repair = session.get_one(Ticket, made.repair_id)
        assert (repair.kind, repair.linked_ticket_id, repair.link) == (
            TicketKind.REPAIR,
            ticket_id,
            TicketLink.RELATED,
        )
        assert repair.number == made.evidence
        assert repair.item_id == session.get_one(Ticket, ticket_id).item_id


def test_nothing_is_carried_out_twice_or_without_a_decision(shop: Shop) -> None:
    with pytest.raises(NotDecidedError):
        shop.do(remedies.carry_out, step(shop, proposed(shop), "收据"), shop.context())
    ticket_id = decided(shop)
    one = of_ticket(shop, ComplaintRemedy, ticket_id)[0].id
    shop.do(remedies.carry_out, CarryOut(ticket_id, version(shop, ticket_id), "收据", one), shop.context())
    with pytest.raises(RemedyDoneError):
        shop.do(remedies.carry_out, CarryOut(ticket_id, version(shop, ticket_id), "收据", one), shop.context())


def test_somebody_higher_approves_at_the_clerks_desk(shop: Shop) -> None:
    ticket_id = proposed(shop, Money.yuan(3_000))
    head = staff_id(Role.HEAD_OFFICE)
    shop.do(staff.reset_pin, ResetPin(head, "4826"), shop.context(Role.OWNER))
    wanted = on(shop, ticket_id, of_ticket(shop, ComplaintProposal, ticket_id)[0].id, "同意")
    answer = shop.do(proposals.approve_by_pin, ByPin(wanted, head, "1111"), shop.context())
    assert isinstance(answer, Refused)
    assert case(shop, ticket_id).approved_by_id is None
    state = shop.do(proposals.approve_by_pin, ByPin(wanted, head, "4826"), shop.context())
    assert state is TicketState.PROPOSAL_APPROVED
    assert case(shop, ticket_id).approved_by_id == head
    with shop.reading() as session:
        assert ticket_detail.detail(session, ticket_id, shop.context()).events[0].person == "总部·吴工"
    clerk = ByPin(on(shop, ticket_id, wanted.proposal_id or 0), staff_id(Role.CLERK), "4826")
    with pytest.raises(NotAllowedError):
        shop.do(proposals.approve_by_pin, clerk, shop.context())


@pytest.mark.parametrize(
    ("what", "owner", "due", "field"),
    [
        (" ", Role.MANAGER, None, "what"),
        ("问总部", None, None, "owner_id"),
        ("问总部", Role.MANAGER, date(2026, 11, 20), "due"),
    ],
)
def test_a_task_has_words_a_person_and_a_day_to_come(
    shop: Shop, what: str, owner: Role | None, due: date | None, field: str
) -> None:
    ticket_id = proposed(shop)
    person = staff_id(owner) if owner is not None else None
    with pytest.raises(InvalidFieldError) as refused:
        shop.do(tasks.give_task, GiveTask(ticket_id, version(shop, ticket_id), what, person, due), shop.context())
    assert refused.value.field == field


def test_the_corrective_action_is_done_once_also_after_closing(shop: Shop) -> None:
    ticket_id = told(shop)
    shop.do(remedies.carry_out, step(shop, ticket_id, "收据"), shop.context())
    action = Corrective(ticket_id, version(shop, ticket_id), "同批次下架", staff_id(Role.MANAGER), date(2026, 12, 1))
    shop.do(tasks.set_corrective, action, shop.context())
    shop.do(complaints.close, step(shop, ticket_id), shop.context())
    shop.clock.advance(timedelta(days=2))
    shop.do(tasks.finish_corrective, step(shop, ticket_id, "已下架 12 件"), shop.context())
    assert case(shop, ticket_id).corrective_done_at == shop.clock.now()
    with pytest.raises(TaskDoneError):
        shop.do(tasks.finish_corrective, step(shop, ticket_id), shop.context())


def test_deciding_once_more_after_handing_up_replaces_what_was_not_carried_out(shop: Shop) -> None:
    ticket_id = decided(shop, Money.yuan(300))
    shop.do(rounds.escalate, step(shop, ticket_id, "客户不同意"), shop.context())
    beside(shop, ticket_id, 400, Compensation.REFUND)
    shop.do(proposals.decide, step(shop, ticket_id, "退款 400 元"), shop.context(Role.MANAGER))
    assert [one.amount for one in of_ticket(shop, ComplaintRemedy, ticket_id)] == [Money.yuan(400)]
