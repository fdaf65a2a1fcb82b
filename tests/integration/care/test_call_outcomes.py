"""What came of a call, and what the store does about it: against a real store."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crmdesk.core.call_follow import Follow
from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel, ConsentPurpose
from crmdesk.core.clock import local_time
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.members import PhoneState
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.models.audit import AuditEntry
from crmdesk.models.callback import Callback, Consent, Contact
from crmdesk.models.complaint import Complaint
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.ticket import Ticket
from crmdesk.services.call_start import CallDoneError, begin_call
from crmdesk.services.callbacks import LogCall, log_call
from tests.builders.calls import CLERK, MANAGER, add_customer, buy, call_for, get, log, of_member
from tests.builders.cases import told
from tests.builders.shop import Shop

UNREACHED = [CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.SWITCHED_OFF]


def contacts(shop: Shop, member_id: int) -> list[Contact]:
    with shop.reading() as session:
        found = list(session.scalars(select(Contact).where(Contact.member_id == member_id).order_by(Contact.id)))
        session.expunge_all()
        return found


def member(shop: Shop, member_id: int) -> Member:
    with shop.reading() as session:
        found = session.get_one(Member, member_id)
        session.expunge(found)
        return found


@pytest.mark.parametrize("outcome", [CallOutcome.SATISFIED, CallOutcome.NEUTRAL])
def test_talked_is_done_and_counts_as_contact(shop: Shop, outcome: CallOutcome) -> None:
    person = add_customer(shop)
    call = call_for(shop, person)
    logged = log(shop, call, outcome, note="  说下周来店里看看 ")
    assert (logged.state, logged.following.kind, logged.offer_complaint) == (
        CallbackState.DONE,
        Follow.NEXT_CADENCE,
        False,
    )
    (contact,) = contacts(shop, person)
    assert (contact.note, contact.effective, contact.staff_id) == ("说下周来店里看看", True, MANAGER)
    assert member(shop, person).last_contact_at == shop.clock.now()
    assert get(shop, call).done_at == shop.clock.now()


def test_dissatisfied_offers_a_complaint(shop: Shop) -> None:
    logged = log(shop, call_for(shop, add_customer(shop)), CallOutcome.DISSATISFIED, note="袖口起球")
    assert logged.offer_complaint
    assert logged.state is CallbackState.DONE


@pytest.mark.parametrize("outcome", UNREACHED)
def test_unreached_comes_again_and_is_given_up_at_last(shop: Shop, outcome: CallOutcome) -> None:
    person = add_customer(shop)
    call = call_for(shop, person)
    waits = []
    for _try in range(3):
        logged = log(shop, call, outcome)
        assert logged.state is CallbackState.DUE
        assert get(shop, call).due_from == logged.next_at
        assert logged.next_at is not None
        waits.append(logged.next_at - shop.clock.now())
    assert waits == [timedelta(hours=4), timedelta(days=1), timedelta(days=3)]
    assert log(shop, call, outcome).state is CallbackState.GIVEN_UP
    assert [contact.effective for contact in contacts(shop, person)] == [False] * 4
    assert member(shop, person).last_contact_at is None
    assert of_member(shop, person) == []


def test_a_retry_waits_for_the_morning(shop: Shop) -> None:
    shop.clock.advance(timedelta(hours=7))  # five in the afternoon
    logged = log(shop, call_for(shop, add_customer(shop)), CallOutcome.NO_ANSWER)
    assert logged.next_at is not None
    assert f"{local_time(logged.next_at, 'Asia/Shanghai'):%d %H:%M}" == "22 09:00"


def test_call_later_makes_a_call_at_her_moment_for_the_same_matter(shop: Shop) -> None:
    person = add_customer(shop)
    purchase = buy(shop, person)
    (first,) = of_member(shop, person)
    moment = shop.clock.now() + timedelta(hours=10, minutes=30)  # half past eight in the evening: her wish
    log(shop, first.id, CallOutcome.CALL_LATER, later=moment)
    (agreed,) = of_member(shop, person)
    assert (agreed.reason, agreed.due_from, agreed.purchase_id) == (CallbackReason.AGREED, moment, purchase)
    assert (agreed.previous_id, agreed.subject) == (first.id, "羊绒大衣 驼色 M")
    shop.clock.moment = moment
    assert log(shop, agreed.id, CallOutcome.SATISFIED).following.kind is Follow.NEXT_STEP
    (second,) = of_member(shop, person)
    assert (second.reason, second.step) == (CallbackReason.AFTER_PURCHASE, 1)


@pytest.mark.parametrize("minutes", [None, 0, -5])
def test_call_later_needs_a_moment_to_come(shop: Shop, minutes: int | None) -> None:
    call = call_for(shop, add_customer(shop))
    later = None if minutes is None else shop.clock.now() + timedelta(minutes=minutes)
    with pytest.raises(InvalidFieldError):
        log(shop, call, CallOutcome.CALL_LATER, later=later)
    assert get(shop, call).attempts == 0


def test_a_notice_that_is_asked_for_later_stays_a_notice(shop: Shop) -> None:
    person = add_customer(shop)
    call = call_for(shop, person, CallbackReason.LOAN_DUE)
    log(shop, call, CallOutcome.CALL_LATER, later=shop.clock.now() + timedelta(hours=2))
    assert [one.reason for one in of_member(shop, person)] == [CallbackReason.LOAN_DUE]


def test_three_three_fifteen_after_a_purchase(shop: Shop) -> None:
    person = add_customer(shop)
    buy(shop, person)
    (first,) = of_member(shop, person)
    assert (first.step, first.channel, first.due_from) == (0, Channel.WECHAT, shop.clock.now() + timedelta(hours=3))
    shop.clock.moment = first.due_from
    log(shop, first.id, CallOutcome.SENT, channel=Channel.WECHAT)
    (second,) = of_member(shop, person)
    assert (second.step, second.channel) == (1, Channel.PHONE)
    assert f"{local_time(second.due_from, 'Asia/Shanghai'):%m-%d %H:%M}" == "11-24 09:00"
    shop.clock.moment = second.due_from
    log(shop, second.id, CallOutcome.SATISFIED)
    (third,) = of_member(shop, person)
    assert f"{local_time(third.due_from, 'Asia/Shanghai'):%m-%d %H:%M}" == "12-06 09:00"
    shop.clock.moment = third.due_from
    assert log(shop, third.id, CallOutcome.NEUTRAL).following.kind is Follow.DONE
    assert of_member(shop, person) == []
    assert [one.channel for one in contacts(shop, person)] == [Channel.WECHAT, Channel.PHONE, Channel.PHONE]


def test_a_message_that_went_out_is_no_effective_contact(shop: Shop) -> None:
    person = add_customer(shop)
    log(shop, call_for(shop, person, channel=Channel.WECHAT), CallOutcome.SENT, channel=Channel.WECHAT)
    assert [one.effective for one in contacts(shop, person)] == [False]
    assert member(shop, person).last_contact_at is None


def test_wrong_number_marks_the_phone(shop: Shop) -> None:
    person = add_customer(shop)
    logged = log(shop, call_for(shop, person), CallOutcome.WRONG_NUMBER)
    assert (logged.state, logged.following.kind) == (CallbackState.DONE, Follow.NO_NUMBER)
    with shop.reading() as session:
        assert session.scalars(select(MemberPhone.state)).all() == [PhoneState.INVALID]


def test_wrong_number_leaves_the_other_number_to_be_tried(shop: Shop) -> None:
    person = add_customer(shop, "周敏", "13805712345", "13905719999")
    call = call_for(shop, person)
    assert log(shop, call, CallOutcome.WRONG_NUMBER).state is CallbackState.DUE
    begun = shop.do(begin_call, call, shop.context(Role.MANAGER))
    assert begun.phones == ("13905719999",)


def test_refused_ends_the_matter_only(shop: Shop) -> None:
    person = add_customer(shop)
    buy(shop, person)
    (first,) = of_member(shop, person)
    other = call_for(shop, person)
    assert log(shop, first.id, CallOutcome.REFUSED).following.kind is Follow.DONE
    assert [one.id for one in of_member(shop, person)] == [other]
    assert not member(shop, person).do_not_contact


def test_do_not_call_withdraws_the_consent_and_clears_the_list(shop: Shop) -> None:
    person = add_customer(shop)
    buy(shop, person)
    notice = call_for(shop, person, CallbackReason.LOAN_DUE)
    log(shop, call_for(shop, person), CallOutcome.DO_NOT_CALL)
    assert [one.id for one in of_member(shop, person)] == [notice]
    assert [one.reason for one in of_member(shop, person, CallbackState.CANCELLED)] == [CallbackReason.AFTER_PURCHASE]
    assert member(shop, person).do_not_contact
    with shop.reading() as session:
        given = {row.purpose: row.given for row in session.scalars(select(Consent))}
    assert given == {ConsentPurpose.CALLBACKS: False, ConsentPurpose.MARKETING: False}
    buy(shop, person, "X-2")
    assert [one.id for one in of_member(shop, person)] == [notice]  # no new plan either


def test_a_satisfaction_call_answers_the_complaint(shop: Shop) -> None:
    ticket_id = told(shop)
    shop.clock.advance(timedelta(days=3))
    with shop.reading() as session:
        call = session.scalars(select(Callback.id).where(Callback.ticket_id == ticket_id)).one()
    logged = log(shop, call, CallOutcome.DISSATISFIED, note="还是掉色")
    assert (logged.offer_complaint, logged.complaint_id) == (False, ticket_id)
    with shop.reading() as session:
        assert session.get_one(Ticket, ticket_id).state is TicketState.SATISFACTION_CALL
        assert session.scalars(select(Complaint.satisfaction)).one() is CallOutcome.DISSATISFIED
        (only,) = session.scalars(select(Callback).where(Callback.ticket_id == ticket_id))
        assert (only.state, only.outcome, only.attempts) == (CallbackState.DONE, CallOutcome.DISSATISFIED, 1)
        assert session.scalar(select(func.count(Contact.id)).where(Contact.callback_id == only.id)) == 1


def test_what_the_complaint_refuses_leaves_no_trace_of_the_call(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket_id = told(shop)
    shop.clock.advance(timedelta(days=3))
    with shop.reading() as session:
        call = session.scalars(select(Callback.id).where(Callback.ticket_id == ticket_id)).one()

    def refuse(*_given: object) -> None:
        raise StaleError(EntityKind.TICKET, ticket_id, 1, 2)

    monkeypatch.setattr("crmdesk.services.complaints.ask_satisfaction", refuse)
    with pytest.raises(StaleError):
        log(shop, call, CallOutcome.SATISFIED)
    with shop.reading() as session:
        assert session.get_one(Callback, call).state is CallbackState.DUE
        assert session.scalars(select(Complaint.satisfaction)).one() is None
        assert not session.scalar(select(func.count(Contact.id)).where(Contact.callback_id == call))


def test_two_desks_finish_the_same_call(shop: Shop) -> None:
    call = call_for(shop, add_customer(shop))
    seen = LogCall(call, get(shop, call).version, CallOutcome.SATISFIED)
    shop.do(log_call, seen, shop.context(Role.MANAGER, "desk-1"))
    with pytest.raises(CallDoneError):
        shop.do(log_call, seen, shop.context(Role.MANAGER, "desk-2"))
    with shop.reading() as session:
        assert session.scalar(select(func.count(Contact.id))) == 1


def test_a_call_that_another_desk_tried_meanwhile_is_stale(shop: Shop) -> None:
    call = call_for(shop, add_customer(shop))
    seen = LogCall(call, get(shop, call).version, CallOutcome.NO_ANSWER)
    shop.do(log_call, seen, shop.context(Role.MANAGER))
    with pytest.raises(StaleError):
        shop.do(log_call, seen, shop.context(Role.MANAGER))


@pytest.mark.parametrize(
    ("role", "owner", "allowed"),
    [
        (Role.CLERK, CLERK, True),
        (Role.CLERK, MANAGER, False),
        (Role.CLERK, None, False),
        (Role.GUIDE, None, True),  # a member of her own
        (Role.GUIDE, CLERK, False),
        (Role.MANAGER, CLERK, True),
        (Role.OWNER, CLERK, False),
        (Role.HEAD_OFFICE, None, False),
        (Role.ADMINISTRATOR, None, False),
    ],
)
def test_who_may_call_whom(shop: Shop, role: Role, owner: int | None, *, allowed: bool) -> None:
    call = call_for(shop, add_customer(shop), owner_id=owner)
    if allowed:
        shop.do(begin_call, call, shop.context(role))
        log(shop, call, CallOutcome.SATISFIED, role)
        return
    with pytest.raises(NotAllowedError):
        shop.do(begin_call, call, shop.context(role))
    with pytest.raises(NotAllowedError):
        log(shop, call, CallOutcome.SATISFIED, role)


def test_showing_the_phone_is_noted(shop: Shop) -> None:
    call = call_for(shop, add_customer(shop), owner_id=CLERK)
    begun = shop.do(begin_call, call, shop.context())  # she has no open ticket, but it is for the clerk to call her
    assert begun.phones == ("13805712345",)
    with shop.reading() as session:
        looks = session.scalars(select(AuditEntry.staff_id).where(AuditEntry.act == "member.look")).all()
    assert looks == [CLERK]
