"""A complaint from the counter to its end, in the steps of ISO 10002, and everything that is refused on the way."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome
from crmdesk.core.case_errors import NotDecidedError, NotToldError, RemedyDoneError
from crmdesk.core.complaint_rules import missing_for_closing
from crmdesk.core.desk_errors import AboveLimitError, ClosingIncompleteError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, Level3, Priority, RootCause, Severity, TellChannel, TicketState
from crmdesk.models.callback import Callback
from crmdesk.models.complaint import Complaint
from crmdesk.queries import ticket_detail
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaint_rounds,
    complaint_tasks,
    complaints,
    repair,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_tasks import Corrective
from crmdesk.services.complaints import Assess, Satisfaction, Tell
from tests.builders.cases import add_complaint, decided, proposed, step, told, version
from tests.builders.shop import Shop, staff_id


def see(shop: Shop, ticket_id: int) -> TicketDetail:
    with shop.reading() as session:
        return ticket_detail.detail(session, ticket_id, shop.context(Role.MANAGER))


def case(shop: Shop, ticket_id: int) -> Complaint:
    with shop.reading() as session:
        found = session.execute(select(Complaint).where(Complaint.ticket_id == ticket_id)).scalar_one()
        session.expunge(found)
        return found


def test_the_diary_from_intake_to_close(shop: Shop) -> None:
    ticket_id = told(shop)
    assert see(shop, ticket_id).number.startswith("C-01-261121-001")
    shop.do(complaint_remedies.carry_out, step(shop, ticket_id, "微信退款 300 元"), shop.context())
    shop.clock.advance(timedelta(days=3))
    asked = Satisfaction(ticket_id, version(shop, ticket_id), CallOutcome.SATISFIED, "满意，感谢处理")
    shop.do(complaints.ask_satisfaction, asked, shop.context())
    action = Corrective(
        ticket_id, version(shop, ticket_id), "停售同批次，退回总部复检", staff_id(Role.MANAGER), date(2026, 12, 1)
    )
    shop.do(complaint_tasks.set_corrective, action, shop.context())
    assert shop.do(complaints.close, step(shop, ticket_id), shop.context()) is TicketState.CLOSED
    diary = [(event.act, event.person, event.note) for event in reversed(see(shop, ticket_id).events)]
    assert diary == [
        (TicketAct.TAKEN_IN, "陈可", ""),
        (TicketAct.ACKNOWLEDGED, "陈可", ""),
        (TicketAct.ASSESSED, "陈可", "high"),
        (TicketAct.INVESTIGATED, "陈可", "同批次皮料固色不足，已有 2 件同样反馈。"),
        (TicketAct.PROPOSED, "陈可", "300.00"),
        (TicketAct.PROPOSAL_APPROVED, "何老板", ""),
        (TicketAct.DECIDED, "周敏", "退款 300 元，并承担大衣干洗费。"),
        (TicketAct.CUSTOMER_TOLD, "陈可", "电话告知退款与干洗费，客户接受。"),
        (TicketAct.PAID, "陈可", "-300.00"),
        (TicketAct.REMEDY_DONE, "陈可", "微信退款 300 元"),
        (TicketAct.SATISFACTION_ASKED, "陈可", "满意，感谢处理"),
        (TicketAct.NOTED, "陈可", "停售同批次，退回总部复检"),
        (TicketAct.CLOSED, "陈可", ""),
    ]


def test_the_acknowledgement_runs_the_same_day_and_the_answer_five(shop: Shop) -> None:
    ticket_id = add_complaint(shop)
    clocks = {clock.key: clock for clock in see(shop, ticket_id).clocks}
    assert clocks["acknowledge"].due_on == date(2026, 11, 21)
    assert clocks["answer"].due_on == date(2026, 11, 26)
    assert "ISO 10002" in clocks["acknowledge"].source
    shop.do(complaints.acknowledge, step(shop, ticket_id), shop.context())
    assert "acknowledge" not in {clock.key for clock in see(shop, ticket_id).clocks}
    assert "answer" not in {clock.key for clock in see(shop, told(shop)).clocks}


def test_severe_complaints_become_express(shop: Shop) -> None:
    ticket_id = add_complaint(shop)
    shop.do(complaints.acknowledge, step(shop, ticket_id), shop.context())
    severity = shop.do(
        complaints.assess, Assess(ticket_id, version(shop, ticket_id), Level3.HIGH, Level3.HIGH), shop.context()
    )
    assert severity is Severity.CRITICAL
    assert see(shop, ticket_id).priority is Priority.EXPRESS


@pytest.mark.parametrize(
    ("role", "yuan", "error"),
    [
        (Role.CLERK, 0, NotAllowedError),
        (Role.CLERK, 1, NotAllowedError),
        (Role.MANAGER, 500, None),
        (Role.MANAGER, 501, AboveLimitError),
        (Role.HEAD_OFFICE, 5_000, None),
        (Role.HEAD_OFFICE, 5_001, AboveLimitError),
        (Role.OWNER, 1_000_000, None),
    ],
)
def test_amount_limits(shop: Shop, role: Role, yuan: int, error: type[Exception] | None) -> None:
    ticket_id = proposed(shop, Money.yuan(yuan))
    if error is None:
        assert (
            shop.do(complaint_proposals.approve, step(shop, ticket_id), shop.context(role))
            is TicketState.PROPOSAL_APPROVED
        )
        return
    with pytest.raises(error):
        shop.do(complaint_proposals.approve, step(shop, ticket_id), shop.context(role))
    with pytest.raises(error):
        shop.do(complaint_proposals.decide, step(shop, ticket_id, "照办"), shop.context(role))
    assert see(shop, ticket_id).state is TicketState.PROPOSED


def test_a_manager_decides_what_somebody_higher_approved(shop: Shop) -> None:
    ticket_id = proposed(shop, Money.yuan(3_000))
    shop.do(complaint_proposals.approve, step(shop, ticket_id), shop.context(Role.HEAD_OFFICE))
    state = shop.do(complaint_proposals.decide, step(shop, ticket_id, "按总部意见退款"), shop.context(Role.MANAGER))
    assert state is TicketState.DECIDED


def test_a_new_proposal_needs_a_new_approval(shop: Shop) -> None:
    ticket_id = proposed(shop, Money.yuan(100))
    shop.do(complaint_proposals.approve, step(shop, ticket_id), shop.context(Role.MANAGER))
    again = complaints.Investigate(ticket_id, version(shop, ticket_id), RootCause.PRODUCT, "检测报告：色牢度不合格")
    shop.do(complaints.investigate, again, shop.context())
    more = Propose(ticket_id, version(shop, ticket_id), Compensation.REFUND, "全额退款", Money.yuan(2_000))
    shop.do(complaint_proposals.propose, more, shop.context())
    assert case(shop, ticket_id).approved_by_id is None
    with pytest.raises(AboveLimitError):
        shop.do(complaint_proposals.decide, step(shop, ticket_id, "退款"), shop.context(Role.MANAGER))


def test_closing_names_everything_that_is_missing(shop: Shop) -> None:
    with pytest.raises(ClosingIncompleteError) as early:
        shop.do(complaints.close, step(shop, add_complaint(shop)), shop.context())
    assert early.value.missing == ("root_cause", "decision", "telling")
    ticket_id = told(shop)
    with pytest.raises(ClosingIncompleteError) as late:
        shop.do(complaints.close, step(shop, ticket_id), shop.context())
    assert late.value.missing == ("remedy",)
    assert see(shop, ticket_id).state is TicketState.COMMUNICATED


def test_an_apology_needs_no_carrying_out(shop: Shop) -> None:
    ticket_id = decided(shop, Money(0), Compensation.APOLOGY)
    words = Tell(ticket_id, version(shop, ticket_id), TellChannel.IN_PERSON, "店长当面致歉")
    shop.do(complaints.tell, words, shop.context())
    assert shop.do(complaints.close, step(shop, ticket_id), shop.context()) is TicketState.CLOSED


def test_the_remedy_is_carried_out_once_and_only_after_the_decision(shop: Shop) -> None:
    with pytest.raises(NotDecidedError):
        shop.do(complaint_remedies.carry_out, step(shop, proposed(shop)), shop.context())
    ticket_id = decided(shop)
    with pytest.raises(InvalidFieldError):
        shop.do(complaint_remedies.carry_out, step(shop, ticket_id), shop.context())
    shop.do(complaint_remedies.carry_out, step(shop, ticket_id, "收据 88"), shop.context())
    with pytest.raises(RemedyDoneError):
        shop.do(complaint_remedies.carry_out, step(shop, ticket_id, "收据 88"), shop.context())


def test_nobody_is_asked_before_she_is_told(shop: Shop) -> None:
    ticket_id = decided(shop)
    asked = Satisfaction(ticket_id, version(shop, ticket_id), CallOutcome.SATISFIED)
    with pytest.raises(NotToldError):
        shop.do(complaints.ask_satisfaction, asked, shop.context())


def test_the_planned_call_is_done_when_the_answer_is_written_down(shop: Shop) -> None:
    ticket_id = told(shop)
    due = select(Callback).where(Callback.reason == CallbackReason.COMPLAINT_SATISFACTION)
    with shop.reading() as session:
        assert session.execute(due).scalar_one().due_from == shop.clock.now() + timedelta(days=3)
    asked = Satisfaction(ticket_id, version(shop, ticket_id), CallOutcome.DISSATISFIED, "还是没解决")
    shop.do(complaints.ask_satisfaction, asked, shop.context())
    with shop.reading() as session:
        call = session.execute(due).scalar_one()
        assert (call.state, call.outcome) == (CallbackState.DONE, CallOutcome.DISSATISFIED)


def test_a_second_round_needs_its_own_decision_telling_and_remedy(shop: Shop) -> None:
    ticket_id = told(shop)
    shop.do(complaint_remedies.carry_out, step(shop, ticket_id, "收据 88"), shop.context())
    shop.do(complaints.close, step(shop, ticket_id), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(complaint_rounds.reopen, step(shop, ticket_id, " "), shop.context())
    shop.do(complaint_rounds.reopen, step(shop, ticket_id, "大衣仍有色渍"), shop.context())
    assert missing_for_closing(case(shop, ticket_id)) == ("decision", "telling")
    assert see(shop, ticket_id).is_open


def test_escalation_keeps_its_reason_and_comes_back_to_a_decision(shop: Shop) -> None:
    ticket_id = proposed(shop, Money.yuan(4_000))
    with pytest.raises(ReasonMissingError):
        shop.do(complaint_rounds.escalate, step(shop, ticket_id), shop.context())
    shop.do(complaint_rounds.escalate, step(shop, ticket_id, "金额超店长权限"), shop.context())
    assert see(shop, ticket_id).events[0].note == "金额超店长权限"
    state = shop.do(complaint_proposals.decide, step(shop, ticket_id, "同意退款"), shop.context(Role.HEAD_OFFICE))
    assert state is TicketState.DECIDED


def test_steps_are_taken_in_order(shop: Shop) -> None:
    ticket_id = add_complaint(shop)
    with pytest.raises(IllegalMoveError):
        shop.do(complaints.assess, Assess(ticket_id, version(shop, ticket_id), Level3.LOW, Level3.LOW), shop.context())
    shop.do(repair.cancel, step(shop, ticket_id, "客户撤回投诉"), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(complaints.acknowledge, step(shop, ticket_id), shop.context())


def test_a_corrective_action_needs_an_owner(shop: Shop) -> None:
    ticket_id = proposed(shop)
    with pytest.raises(InvalidFieldError) as refused:
        shop.do(
            complaint_tasks.set_corrective, Corrective(ticket_id, version(shop, ticket_id), "加强质检"), shop.context()
        )
    assert refused.value.field == "owner_id"


def test_two_people_deciding_at_once(shop: Shop) -> None:
    ticket_id = proposed(shop)
    seen = step(shop, ticket_id, "退款 300 元")
    shop.do(complaint_proposals.decide, seen, shop.context(Role.MANAGER))
    with pytest.raises(StaleError):
        shop.do(complaint_proposals.decide, seen, shop.context(Role.OWNER, "desk-2"))
