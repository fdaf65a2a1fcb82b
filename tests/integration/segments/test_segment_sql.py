"""Random conditions give the same members in SQL as when each member is looked at one by one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from typing_extensions import override

from crmdesk.core.care import CareClass, Channel, ConsentPurpose
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.roles import Role
from crmdesk.core.segment_json import from_json, to_json
from crmdesk.core.segments import ROLLING, About, Condition, Group, Is, SegmentError, Shape, allowed, shape_of
from crmdesk.models.member import Member
from crmdesk.queries import segments
from tests.builders.segment_people import (
    FIELD_DAY,
    FIELD_NUMBER,
    FIELD_WORDS,
    TODAY,
    WORDS,
    fill,
    meets,
)
from tests.builders.shop import Shop, open_shop, staff_id

OWN = {Shape.WORDS: FIELD_WORDS, Shape.NUMBER: FIELD_NUMBER, Shape.DAY: FIELD_DAY}
CHOICES: dict[About, list[str]] = {
    About.GENDER: [one.value for one in Gender],
    About.TIER: [one.value for one in CardTier],
    About.CARE_CLASS: [one.value for one in CareClass],
    About.CONSENT: [one.value for one in ConsentPurpose],
    About.TOUCHPOINT: [Channel.SMS.value, Channel.WECHAT.value],
    About.LIFE_CYCLE: [one.value for one in LifeCycle],
    About.GUIDE: [str(staff_id(Role.GUIDE)), "5"],
    About.BIRTHDAY_MONTH: ["1", "2", "11", "12"],
}
# Answered by the same kinds of terms as others, and tested beside their features.
ELSEWHERE = {
    *(About.KIND, About.INDUSTRY, About.SOURCE, About.PIECES, About.FREQUENCY, About.MONETARY, About.STORED),
    *(About.HOUSEHOLD, About.INTENT, About.OPEN_TICKET, About.LAST_TICKET, About.LAST_COMPLAINT),
    *(About.LOANER_OUT, About.CALL_DUE),
}
HERE = sorted(set(About) - ELSEWHERE)


def _values(draw: st.DrawFn, about: About, how: Is, shape: Shape) -> tuple[str | int, ...]:
    if how in {Is.EMPTY, Is.FILLED, Is.YES, Is.NO}:
        return ()
    if how in {Is.LAST_DAYS, Is.NOT_LAST_DAYS, Is.NEXT_DAYS}:
        return (draw(st.sampled_from([1, 2, 10, 30, 365, 400])),)
    if about in CHOICES:
        return tuple(draw(st.lists(st.sampled_from(CHOICES[about]), min_size=1, max_size=3, unique=True)))
    if shape is Shape.WORDS:
        words = st.sampled_from([*WORDS[:-1], "周建国", "vip", "a%", "%", "_", "Doc", "教"])
        most = 3 if how in {Is.ONE_OF, Is.NOT_ONE_OF} else 1
        return tuple(draw(st.lists(words, min_size=1, max_size=most, unique=True)))
    scale = {About.AGE: 66, About.RECENCY: 6, About.OWN: 90_000}.get(about, 9_000 if shape is Shape.MONEY else 12)
    number = st.integers(-scale // 9, scale)
    day = st.integers(-60, 40).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
    count = 2 if how is Is.BETWEEN else 1
    return tuple(sorted(draw(st.lists(day if shape is Shape.DAY else number, min_size=count, max_size=count))))


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    about = draw(st.sampled_from(HERE))
    own = draw(st.sampled_from(sorted(OWN))) if about is About.OWN else None
    how = draw(st.sampled_from(allowed(about, own)))
    days = draw(st.integers(1, 60)) if about in ROLLING else None
    values = _values(draw, about, how, shape_of(about, own))
    return Condition(about, how, values, OWN[own] if own else None, own, days)


def groups() -> st.SearchStrategy[Group]:
    flat = st.builds(Group, st.lists(conditions(), min_size=1, max_size=3).map(tuple), st.booleans(), st.booleans())
    return st.builds(Group, st.lists(flat | conditions(), max_size=3).map(tuple), st.booleans(), st.booleans())


class Town:
    """A store with its people; hypothesis prints it by its name."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.people = fill(shop, seed=7)

    @override
    def __repr__(self) -> str:
        return "town"

    def meeting(self, asked: Condition | Group) -> set[int]:
        """Give whom a condition is about, looked at one by one."""
        return {one.id for one in self.people if meets(one, asked)}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(open_shop(tmp_path_factory.mktemp("segments")))
    yield made
    made.shop.close()


def found(shop: Shop, group: Group) -> set[int]:
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        keys = set(session.scalars(select(Member.id).where(segments.where(group, context))))
        assert segments.count(session, group, context) == len(keys)
    return keys


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=conditions())
def test_each_condition_finds_whom_it_should(town: Town, asked: Condition) -> None:
    assert found(town.shop, Group((asked,))) == town.meeting(asked)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=groups())
def test_groups_of_conditions_too(town: Town, asked: Group) -> None:
    assert found(town.shop, asked) == town.meeting(asked)


@settings(max_examples=60)
@given(asked=groups())
def test_what_is_kept_is_read_back(asked: Group) -> None:
    assert from_json(to_json(asked)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "7",
        '{"format":2,"all":[]}',
        '{"format":1}',
        '{"format":1,"all":[{"about":"tier","is":"one_of"}]}',
        '{"format":1,"all":[{"about":"tier","is":"contains","values":["x"]}]}',
        '{"format":1,"all":[{"about":"soul","is":"yes"}]}',
        '{"format":1,"all":[{"about":"net","is":"at_least","values":["1; drop table member"]}]}',
        '{"format":1,"all":[{"about":"joined","is":"since","values":["30.2.2026"]}]}',
        '{"format":1,"all":[{"about":"net","is":"between","values":[5,1]}]}',
        '{"format":1,"all":' + "[" * 50 + "]" * 50 + "}",
        '{"format":1,"all":' + '[{"all":' * 9 + "[]" + "}]" * 9 + "}",
        '{"format":1,"all":[' + ",".join(['{"about":"household","is":"yes"}'] * 60) + "]}",
        "x" * 200_000,
    ],
)
def test_broken_or_newer_ones_are_refused(text: str) -> None:
    with pytest.raises(SegmentError):
        from_json(text)


def test_a_word_that_no_list_knows_is_refused(town: Town) -> None:
    asked = Group((Condition(About.TIER, Is.ONE_OF, ("platinum",)),))
    with pytest.raises(SegmentError):
        found(town.shop, asked)
