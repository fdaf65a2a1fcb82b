"""Kept segments: one's own or everybody's, counted, renamed, in order, never two of one name."""

import pytest

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.members import CardTier
from crmdesk.core.roles import Role
from crmdesk.core.segment_json import from_json
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.queries import member_rows, segments
from crmdesk.queries.member_rows import MemberFilter
from crmdesk.services.segments import KeepSegment, drop, keep, note_count, put_in_order
from tests.builders.member_shop import people
from tests.builders.shop import Shop

GOLD = Group((Condition(About.TIER, Is.ONE_OF, (CardTier.GOLD.value,)),))
SILVER = Group((Condition(About.TIER, Is.ONE_OF, (CardTier.SILVER.value,)),))


def names(shop: Shop, role: Role) -> list[tuple[str, bool, int | None]]:
    with shop.reading() as session:
        return [(one.name, one.shared, one.people) for one in segments.kept(session, shop.context(role))]


def test_one_is_kept_with_its_count_and_read_back(shop: Shop) -> None:
    people(shop)
    shop.do(keep, KeepSegment("金卡", GOLD, shared=True), shop.context(Role.MANAGER))
    shop.do(keep, KeepSegment("我的", SILVER), shop.context(Role.CLERK))
    assert names(shop, Role.MANAGER) == [("金卡", True, 1)]
    assert names(shop, Role.CLERK) == [("金卡", True, 1), ("我的", False, 1)]
    with shop.reading() as session:
        [kept, *_] = segments.kept(session, shop.context(Role.CLERK))
        assert from_json(kept.wanted) == GOLD


def test_it_narrows_the_list_of_members_with_view_and_text(shop: Shop) -> None:
    known = people(shop)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        chosen = MemberFilter(wanted=GOLD)
        assert [row.name for row in member_rows.first(session, chosen, context, None, 50)] == ["周建国"]
        assert list(member_rows.ids(session, chosen, context)) == [known["周建国"]]
        assert member_rows.count(session, MemberFilter(text="zhou", wanted=GOLD), context) == 1
        assert member_rows.count(session, MemberFilter(text="lin", wanted=GOLD), context) == 0


def test_changing_needs_the_version_that_was_seen(shop: Shop) -> None:
    people(shop)
    context = shop.context(Role.MANAGER)
    key = shop.do(keep, KeepSegment("金卡", GOLD), context)
    shop.do(keep, KeepSegment("贵宾", SILVER, segment_id=key, seen_version=1), context)
    assert names(shop, Role.MANAGER) == [("贵宾", False, 1)]
    with pytest.raises(StaleError):
        shop.do(keep, KeepSegment("又", GOLD, segment_id=key, seen_version=1), context)


def test_a_name_stands_for_one_segment(shop: Shop) -> None:
    context = shop.context(Role.MANAGER)
    shop.do(keep, KeepSegment("金卡", GOLD), context)
    with pytest.raises(InvalidFieldError):
        shop.do(keep, KeepSegment(" 金卡 ", SILVER), context)
    with pytest.raises(InvalidFieldError):
        shop.do(keep, KeepSegment("  ", SILVER), context)


def test_what_everybody_has_is_the_managers(shop: Shop) -> None:
    key = shop.do(keep, KeepSegment("金卡", GOLD, shared=True), shop.context(Role.MANAGER))
    own = shop.do(keep, KeepSegment("我的", GOLD), shop.context(Role.MANAGER))
    clerk = shop.context(Role.CLERK)
    with pytest.raises(NotAllowedError):
        shop.do(keep, KeepSegment("大家", GOLD, shared=True), clerk)
    with pytest.raises(NotAllowedError):
        shop.do(drop, key, clerk)
    with pytest.raises(NotFoundError):
        shop.do(drop, own, clerk)
    with pytest.raises(NotAllowedError):
        shop.do(keep, KeepSegment("x", GOLD), shop.context(Role.ADMINISTRATOR))


def test_order_and_taking_away(shop: Shop) -> None:
    context = shop.context(Role.MANAGER)
    keys = [shop.do(keep, KeepSegment(name, GOLD), context) for name in "ABC"]
    shop.do(put_in_order, [keys[2], 5, keys[0], keys[1]], context)
    assert [name for name, *_ in names(shop, Role.MANAGER)] == ["C", "A", "B"]
    assert shop.do(drop, keys[0], context) == "A"
    shop.do(note_count, keys[1], 7, context)
    shop.do(note_count, keys[0], 7, context)
    assert [(name, people) for name, _shared, people in names(shop, Role.MANAGER)] == [("C", 0), ("B", 7)]
