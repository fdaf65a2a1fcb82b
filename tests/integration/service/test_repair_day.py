"""A repair from the counter to the customer's hands, step by step, with everything that is refused on the way."""

from datetime import date, timedelta

import pytest

from crmdesk.core.desk_errors import (
    AboveLimitError,
    AmountChangedError,
    GoodsMissingError,
    MoneyOpenError,
    NotSignedError,
    QuoteExpiredError,
)
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    ApprovalChannel,
    ItemCategory,
    Liability,
    Payer,
    Remedy,
    TellChannel,
    TicketKind,
    TicketState,
)
from crmdesk.queries import ticket_detail, ticket_rows
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.services import judgement, members, pickup, quotes, repair, ticket_intake
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.judgement import Judge
from crmdesk.services.members import MemberFacts
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step
from tests.builders.shop import Shop


def take_in(shop: Shop, **changes: object) -> int:
    """Take in 周建国's suitcase and give the ticket's key."""
    clerk = shop.context()
    member = shop.do(members.register, MemberFacts("周建国", phones=(normalise("13805715678"),)), clerk)
    request = {
        "kind": TicketKind.REPAIR,
        "member_id": member.id,
        "customer_words": "机场托运后左前轮断裂，无法拖行。",
        "private_notes": "客户很急",
        "subject": "轮子断",
        "item": ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20寸 银色", purchased_on=date(2026, 9, 18)),
        "faults": ("wheel_broken",),
        "accessories": ("密码锁", "防尘袋"),
        "marks": (MarkFacts(0.12, 0.9, "wheel_broken", "左前轮"),),
        "promised_on": date(2026, 11, 26),
    } | changes
    return shop.do(ticket_intake.take_in, TakeIn(**request), clerk).id  # type: ignore[arg-type]


def see(shop: Shop, ticket_id: int, role: Role = Role.CLERK) -> TicketDetail:
    with shop.reading() as session:
        return ticket_detail.detail(session, ticket_id, shop.context(role))


def step(shop: Shop, ticket_id: int, note: str = "") -> Step:
    return Step(ticket_id, see(shop, ticket_id).version, note)


def quoted(shop: Shop) -> int:
    ticket_id = take_in(shop)
    version = see(shop, ticket_id).version
    request = Judge(ticket_id, version, Liability.TRANSPORT, Remedy.REPAIR_PAID, shares={Payer.CARRIER: Money.yuan(80)})
    shop.do(judgement.judge, request, shop.context(Role.MANAGER))
    version = see(shop, ticket_id).version
    total = shop.do(
        quotes.quote, MakeQuote(ticket_id, version, "换轮组", Money.yuan(60), Money.yuan(20)), shop.context()
    )
    assert total == Money.yuan(80)
    return ticket_id


def approved(shop: Shop) -> int:
    ticket_id = quoted(shop)
    answer = RecordAnswer(
        ticket_id, see(shop, ticket_id).version, True, ApprovalChannel.PHONE, "周建国", Money.yuan(80), words="可以修"
    )
    assert shop.do(quotes.record_answer, answer, shop.context()) is TicketState.APPROVED
    return ticket_id


def ready(shop: Shop) -> int:
    ticket_id = approved(shop)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    shop.do(repair.finish_work, step(shop, ticket_id), shop.context())
    state = shop.do(repair.check_quality, step(shop, ticket_id), shop.context(), passed=True, shelf="a3")
    assert state is TicketState.READY
    return ticket_id


def test_the_number_counts_within_the_day_and_carries_a_check_digit(shop: Shop) -> None:
    assert see(shop, take_in(shop)).number.startswith("R-01-261121-001")


def test_the_whole_way(shop: Shop) -> None:
    ticket_id = ready(shop)
    shop.do(pickup.tell, step(shop, ticket_id), shop.context(), channel=TellChannel.PHONE)
    shop.do(pickup.pay, Pay(ticket_id, see(shop, ticket_id).version, Money.yuan(80), "wechat"), shop.context())
    now = see(shop, ticket_id)
    assert now.shelf == "A3"
    assert now.open_amount == Money(0)
    back = HandBack(
        ticket_id,
        now.version,
        "周建国",
        item_back=True,
        signed=True,
        accessories=frozenset(a.id for a in now.accessories),
    )
    assert shop.do(pickup.hand_back, back, shop.context()) is TicketState.CLOSED
    acts = [event.act for event in reversed(see(shop, ticket_id).events)]
    assert acts == [
        TicketAct.TAKEN_IN,
        TicketAct.NOTED,
        TicketAct.JUDGED,
        TicketAct.QUOTED,
        TicketAct.APPROVED,
        TicketAct.WORK_STARTED,
        TicketAct.WORK_DONE,
        TicketAct.CHECK_PASSED,
        TicketAct.CUSTOMER_TOLD,
        TicketAct.PAID,
        TicketAct.COLLECTED,
        TicketAct.CLOSED,
    ]


def test_hand_back_names_what_is_missing(shop: Shop) -> None:
    ticket_id = ready(shop)
    version = see(shop, ticket_id).version
    with pytest.raises(MoneyOpenError) as money:
        shop.do(pickup.hand_back, HandBack(ticket_id, version, "周建国", True, True), shop.context())
    assert money.value.amount == Money.yuan(80)
    shop.do(pickup.pay, Pay(ticket_id, version, Money.yuan(80)), shop.context())
    now = see(shop, ticket_id)
    lock, bag = now.accessories
    with pytest.raises(GoodsMissingError) as goods:
        shop.do(
            pickup.hand_back,
            HandBack(ticket_id, now.version, "周建国", True, True, frozenset({bag.id})),
            shop.context(),
        )
    assert goods.value.names == ("密码锁",)
    with pytest.raises(NotSignedError):
        shop.do(
            pickup.hand_back,
            HandBack(ticket_id, now.version, "周建国", True, False, frozenset({lock.id, bag.id})),
            shop.context(),
        )


def test_work_cannot_start_without_agreement(shop: Shop) -> None:
    ticket_id = quoted(shop)
    with pytest.raises(IllegalMoveError):
        shop.do(repair.start_work, step(shop, ticket_id), shop.context())


def test_an_answer_to_another_amount_is_refused(shop: Shop) -> None:
    ticket_id = quoted(shop)
    answer = RecordAnswer(
        ticket_id, see(shop, ticket_id).version, True, ApprovalChannel.PHONE, "周建国", Money.yuan(60)
    )
    with pytest.raises(AmountChangedError):
        shop.do(quotes.record_answer, answer, shop.context())


def test_an_expired_agreement_stops_the_work(shop: Shop) -> None:
    ticket_id = approved(shop)
    shop.clock.advance(timedelta(days=8))
    with pytest.raises(QuoteExpiredError):
        shop.do(repair.start_work, step(shop, ticket_id), shop.context())


def test_a_grown_amount_needs_a_new_agreement(shop: Shop) -> None:
    ticket_id = approved(shop)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    version = see(shop, ticket_id).version
    shop.do(quotes.quote, MakeQuote(ticket_id, version, "另换拉杆", Money.yuan(200)), shop.context())
    now = see(shop, ticket_id)
    assert now.state is TicketState.QUOTED
    assert now.open_amount == Money(0), "the replaced quote is not billed"


def test_a_clerk_does_not_judge_and_a_manager_only_up_to_the_limit(shop: Shop) -> None:
    ticket_id = take_in(shop)
    version = see(shop, ticket_id).version
    request = Judge(
        ticket_id, version, Liability.PRODUCT_FAULT, Remedy.REPAIR_FREE, shares={Payer.STORE: Money.yuan(501)}
    )
    with pytest.raises(NotAllowedError):
        shop.do(judgement.judge, request, shop.context(Role.CLERK))
    with pytest.raises(AboveLimitError):
        shop.do(judgement.judge, request, shop.context(Role.MANAGER))
    assert shop.do(judgement.judge, request, shop.context(Role.OWNER)) is TicketState.APPROVED


def test_the_warranty_left_is_computed_from_the_purchase(shop: Shop) -> None:
    ticket_id = quoted(shop)
    judged = see(shop, ticket_id).judgement
    assert judged is not None
    assert (judged.months_since_purchase, judged.warranty_months_left) == (2, 1)


def test_a_refusal_needs_a_cause_and_the_goods_go_back_unrepaired(shop: Shop) -> None:
    ticket_id = take_in(shop)
    version = see(shop, ticket_id).version
    manager = shop.context(Role.MANAGER)
    with pytest.raises(ReasonMissingError):
        shop.do(judgement.judge, Judge(ticket_id, version, Liability.WEAR, Remedy.REFUSE), manager)
    refusal = Judge(ticket_id, version, Liability.WEAR, Remedy.REFUSE, cause="配件停产")
    assert shop.do(judgement.judge, refusal, manager) is TicketState.READY


def test_a_stale_form_changes_nothing(shop: Shop) -> None:
    ticket_id = quoted(shop)
    with pytest.raises(StaleError) as stale:
        shop.do(repair.cancel, Step(ticket_id, 1, "客户要求"), shop.context())
    assert stale.value.current_version > stale.value.seen_version


def test_nothing_is_left_of_a_refused_write(shop: Shop) -> None:
    ticket_id = quoted(shop)
    before = see(shop, ticket_id)
    with pytest.raises(IllegalMoveError):
        shop.do(repair.finish_work, step(shop, ticket_id), shop.context())
    assert see(shop, ticket_id) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"customer_words": " \u200b"}, "customer_words"),
        ({"item": None}, "item"),
        ({"promised_on": date(2026, 11, 20)}, "promised_on"),
        ({"declared_value": Money(-1)}, "declared_value"),
    ],
)
def test_what_intake_cannot_take(shop: Shop, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidFieldError) as refused:
        take_in(shop, **changes)
    assert refused.value.field == field


def test_views_count_what_they_list(shop: Shop) -> None:
    take_in(shop)
    with shop.reading() as session:
        context = shop.context()
        counted = ticket_rows.counts(session, context)
        for view, number in counted.items():
            assert len(ticket_rows.ids(session, TicketFilter(view), context)) == number
        assert counted[TicketView.OPEN] == 1
        row = ticket_rows.first(session, TicketFilter(text="周建"), context, None, 10)[0]
    assert (row.member_name, row.faults) == ("周建国", ("wheel_broken",))
    assert row.clock is not None
    assert row.clock.key == "no_movement" or row.clock.days_left == 5


def test_a_phone_is_masked_when_the_ticket_is_closed(shop: Shop) -> None:
    ticket_id = take_in(shop)
    assert see(shop, ticket_id).phone == "138 0571 5678"
    shop.do(repair.cancel, step(shop, ticket_id, "不修了"), shop.context())
    assert see(shop, ticket_id).phone == "138****5678"
    assert see(shop, ticket_id, Role.MANAGER).phone == "138 0571 5678"
