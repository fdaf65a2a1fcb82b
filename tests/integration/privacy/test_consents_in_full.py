"""Consents by purpose and way, versions of the words, evidence, children."""

from datetime import date

import pytest

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallbackReason, Channel, ConsentPurpose, HoldReason
from crmdesk.core.consents import BUILT_IN_WORDING, WordingInUseError, in_force, needs_guardian
from crmdesk.core.contact_rules import hold_reason
from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.roles import Role
from crmdesk.queries.consent_wordings import current_wording, evidence, wordings
from crmdesk.queries.contact_facts import facts_of, limits_of
from crmdesk.queries.member_page import member_page
from crmdesk.services.consent_wordings import KeepWording, keep
from crmdesk.services.consents import SetConsent, set_consent
from tests.builders.loaners import add_member
from tests.builders.shop import Shop

CALLS, NEWS = ConsentPurpose.CALLBACKS, ConsentPurpose.MARKETING


@pytest.fixture
def member(shop: Shop) -> int:
    return add_member(shop, "王芳", "13805715678")


def say(shop: Shop, member: int, given: bool, channel: Channel | None = None) -> bool:  # noqa: FBT001 - the answer
    request = SetConsent(member, CALLS, given, "到店", channel=channel)
    return shop.do(set_consent, request, shop.context(Role.CLERK))


def held(shop: Shop, member: int, channel: Channel) -> HoldReason | None:
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        facts = facts_of(session, member, context, channel)
        return hold_reason(CallbackReason.CADENCE, facts, limits_of(session, context))


def test_a_word_on_one_way_holds_for_that_way_until_one_on_all(shop: Shop, member: int) -> None:
    assert held(shop, member, Channel.PHONE) is None
    assert say(shop, member, True)
    assert say(shop, member, False, Channel.PHONE)
    assert not say(shop, member, False, Channel.PHONE)
    assert held(shop, member, Channel.PHONE) is HoldReason.NO_CONSENT
    assert held(shop, member, Channel.WECHAT) is None
    assert say(shop, member, True)
    assert held(shop, member, Channel.PHONE) is None
    assert say(shop, member, False)
    assert held(shop, member, Channel.WECHAT) is HoldReason.NO_CONSENT


def test_the_page_shows_what_is_in_force_and_the_evidence_everything(shop: Shop, member: int) -> None:
    say(shop, member, True)
    say(shop, member, False, Channel.SMS)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        shown = member_page(session, member, context).consents
        assert [(one.channel, one.given) for one in shown] == [(None, True), (Channel.SMS, False)]
    say(shop, member, False)
    with shop.reading() as session:
        shown = member_page(session, member, context).consents
        assert [(one.channel, one.given, one.wording) for one in shown] == [(None, False, BUILT_IN_WORDING)]
        kept = evidence(session, member, context)
    assert [one.given for one in kept] == [False, False, True]
    assert {one.wording for one in kept} == {BUILT_IN_WORDING}
    assert all(one.staff and one.how == "到店" for one in kept)


def test_a_version_in_use_never_changes(shop: Shop, member: int) -> None:
    owner = shop.context(Role.OWNER)
    words = {"zh_CN": "我们仅为回访目的…", "en": "We call you only …"}
    shop.do(keep, KeepWording(CALLS, "2026-12", words), owner)
    shop.do(keep, KeepWording(CALLS, "2026-12", words | {"en": "mended"}), owner)
    say(shop, member, True)
    with pytest.raises(WordingInUseError):
        shop.do(keep, KeepWording(CALLS, "2026-12", {"zh_CN": "改"}), owner)
    with pytest.raises(WordingInUseError):
        shop.do(keep, KeepWording(CALLS, BUILT_IN_WORDING, {"zh_CN": "改"}), owner)
    shop.do(keep, KeepWording(CALLS, "2026-13", {"zh_CN": "新"}), owner)
    with shop.reading() as session:
        assert current_wording(session, CALLS, owner) == "2026-13"
        assert current_wording(session, NEWS, owner) == BUILT_IN_WORDING
        rows = {one.code: one for one in wordings(session, owner)}
    assert rows["2026-12"].used == 1
    assert rows["2026-12"].words["en"] == "mended"
    assert rows["2026-13"].current
    assert not rows["2026-12"].current


def test_wordings_are_the_owners_and_say_something(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(keep, KeepWording(CALLS, "2", {"en": "x"}), shop.context(Role.CLERK))
    with pytest.raises(InvalidFieldError):
        shop.do(keep, KeepWording(CALLS, " ", {"en": "x"}), shop.context(Role.OWNER))
    with pytest.raises(InvalidFieldError):
        shop.do(keep, KeepWording(CALLS, "2", {"en": " "}), shop.context(Role.OWNER))


def test_words_in_their_order() -> None:
    assert in_force([], Channel.SMS) is None
    assert in_force([(Channel.SMS, True)], Channel.PHONE) is None
    assert in_force([(Channel.SMS, True)], None) is None
    assert in_force([(Channel.SMS, False), (None, True)], Channel.SMS) is True


@pytest.mark.parametrize(
    ("year", "day", "child"), [(2012, 21, False), (2012, 22, True), (2020, 1, True), (None, 1, False), (1980, 1, False)]
)
def test_children_have_a_guardian(year: int | None, day: int, child: bool) -> None:  # noqa: FBT001 - a parameter
    assert needs_guardian(Birthday(BirthdayCalendar.SOLAR, year, 11, day), date(2026, 11, 21)) is child
    assert not needs_guardian(None, date(2026, 11, 21))
