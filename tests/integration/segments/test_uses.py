"""What is done with the members of a segment: call lists under the contact rules, post to those who want it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallbackState, ConsentPurpose, HoldReason
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError
from crmdesk.core.mailing_words import unknown_places
from crmdesk.core.member_words import AddressUse, Look
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.roles import Role
from crmdesk.models.access import AccessEntry
from crmdesk.models.address import MemberAddress
from crmdesk.models.callback import Callback, Consent
from crmdesk.queries.call_list import call_list_plan
from crmdesk.queries.member_mail import LetterWish, letter_facts, mail_plan
from crmdesk.services.call_lists import MakeCallList, make_call_list
from crmdesk.services.mailings import give_out_run
from crmdesk.services.paper_register import RegisterPaper
from tests.builders.calls import add_customer
from tests.builders.member_shop import people
from tests.builders.shop import STORE_ID, Shop, staff_id
from tests.builders.statements import statements


def calls(shop: Shop) -> list[Callback]:
    with shop.reading() as session:
        found = list(session.scalars(select(Callback).where(Callback.state == CallbackState.DUE).order_by(Callback.id)))
        session.expunge_all()
    return found


def wanted(shop: Shop, keys: list[int], **more: object) -> MakeCallList:
    return replace(MakeCallList(tuple(keys), "秋冬新款", shop.context().today()), **more)  # type: ignore[arg-type]


def say(shop: Shop, member_id: int, purpose: ConsentPurpose, *, given: bool) -> None:
    with shop.database.transaction() as session:
        session.add(
            Consent(
                store_id=STORE_ID,
                member_id=member_id,
                purpose=purpose,
                given=given,
                at=shop.clock.now(),
                how="phone",
                staff_id=staff_id(Role.CLERK),
            )
        )


def test_who_is_held_back_is_said_before_and_gets_no_call(shop: Shop) -> None:
    known = people(shop)
    say(shop, known["林婉清"], ConsentPurpose.CALLBACKS, given=False)
    manager = shop.context(Role.MANAGER)
    keys = [known["周建国"], known["买买提·艾力"], known["林婉清"], 77, known["周建国"]]
    with shop.reading() as session:
        plan = call_list_plan(session, keys, manager)
    assert plan.free == ((known["周建国"], staff_id(Role.GUIDE)),)
    why = {row.id: row.why for row in plan.held}
    assert why[known["买买提·艾力"]] is HoldReason.DO_NOT_CONTACT
    assert why[known["林婉清"]] is HoldReason.NO_CONSENT
    made = shop.do(make_call_list, wanted(shop, keys), manager)
    assert (made.made, made.held) == (1, len(plan.held))
    [call] = calls(shop)
    assert (call.member_id, call.owner_id, call.subject) == (known["周建国"], staff_id(Role.GUIDE), "秋冬新款")
    again = shop.do(make_call_list, wanted(shop, keys), manager)
    assert again.made == 0
    assert len(calls(shop)) == 1


def test_calls_are_spread_over_the_days_in_their_order(shop: Shop) -> None:
    keys = [add_customer(shop, f"客{number}", f"1380000{number:04}") for number in range(5)]
    owner = staff_id(Role.CLERK)
    shop.do(make_call_list, wanted(shop, keys, days=2, owner_id=owner), shop.context(Role.MANAGER))
    made = {call.member_id: call for call in calls(shop)}
    assert {call.owner_id for call in made.values()} == {owner}
    days = [made[key].due_from.date() - made[keys[0]].due_from.date() for key in keys]
    assert days == [timedelta(0)] * 3 + [timedelta(1)] * 2


def test_what_makes_no_sense_is_refused(shop: Shop) -> None:
    key = add_customer(shop, "周敏", "13800000001")
    manager = shop.context(Role.MANAGER)
    for more in (
        {"subject": " "},
        {"begins": manager.today() - timedelta(days=1)},
        {"days": 0},
        {"member_ids": ()},
        {"member_ids": tuple(range(501))},
    ):
        with pytest.raises(InvalidFieldError):
            shop.do(make_call_list, wanted(shop, [key], **more), manager)
    with pytest.raises(NotFoundError):
        shop.do(make_call_list, wanted(shop, [key], owner_id=5), manager)
    with pytest.raises(NotAllowedError):
        shop.do(make_call_list, wanted(shop, [key]), shop.context(Role.CLERK))
    assert not calls(shop)


def test_a_list_of_many_asks_few_questions(shop: Shop) -> None:
    keys = [add_customer(shop, f"客{number}", f"1380000{number:04}") for number in range(30)]
    with statements(shop) as sent, shop.reading() as session:
        call_list_plan(session, keys, shop.context(Role.MANAGER))
    assert len(sent) <= 4


def test_post_goes_where_things_are_sent_and_not_to_who_wants_none(shop: Shop) -> None:
    known = people(shop)
    say(shop, known["单雪芹"], ConsentPurpose.MARKETING, given=False)
    today = shop.context().today()
    with shop.database.transaction() as session:
        for use, line, until in (
            (AddressUse.WORK, "公司", None),
            (AddressUse.DELIVERY, "旧址", today - timedelta(days=1)),
            (AddressUse.DELIVERY, "菜鸟驿站 3 号柜", None),
        ):
            session.add(
                MemberAddress(
                    store_id=STORE_ID,
                    member_id=known["林婉清"],
                    use=use,
                    region="浙江杭州",
                    line=line,
                    postcode="310000",
                    recipient="林小姐",
                    valid_until=until,
                )
            )
    manager = shop.context(Role.MANAGER)
    with shop.reading() as session:
        plan = mail_plan(session, list(known.values()), manager, "zh_CN")
        letters = letter_facts(
            session, "M1", plan.rows, LetterWish("新品", "{form}：{level}，{points} 分，{名}", "zh_CN"), manager
        )
    rows = {row.name: row for row in plan.rows}
    assert set(rows) == {"周建国", "林婉清"}
    assert (rows["林婉清"].recipient, rows["林婉清"].lines) == ("林小姐", ("浙江杭州", "菜鸟驿站 3 号柜"))
    assert {name for _key, _number, name in plan.unwanted} == {"买买提·艾力", "单雪芹"}
    assert {letter.words for letter in letters.letters} == {
        "周先生：金卡，0 分，{名}",
        "林女士：普卡，0 分，{名}",
    }
    assert unknown_places("{form} {名} {points}{}") == ("名", "")


def test_who_may_not_see_addresses_is_refused(shop: Shop) -> None:
    known = people(shop)
    with shop.reading() as session:
        for role in (Role.CLERK, Role.HEAD_OFFICE):
            with pytest.raises(NotAllowedError):
                mail_plan(session, [known["周建国"]], shop.context(role), "zh_CN")
        assert mail_plan(session, [known["周建国"]], shop.context(Role.GUIDE), "zh_CN").rows
        with pytest.raises(NotAllowedError):
            mail_plan(session, list(known.values()), shop.context(Role.GUIDE), "zh_CN")


def test_a_run_is_kept_once_and_every_address_noted(shop: Shop) -> None:
    known = people(shop)
    request = RegisterPaper(PaperKind.ADDRESS_LABEL, "M1", "zh_CN")
    keys = list(known.values())
    prints = [
        shop.do(
            lambda session, out, context: give_out_run(session, request, keys, out, context),
            GivenOut(b"%PDF-1.4"),
            shop.context(Role.MANAGER),
        ).prints
        for _again in range(2)
    ]
    assert prints == [1, 2]
    with shop.reading() as session:
        looks = list(session.scalars(select(AccessEntry.look).where(AccessEntry.member_id == keys[0])))
    assert looks == [Look.PRINTED, Look.PRINTED]
