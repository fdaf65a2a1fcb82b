"""Scores on file are those of the figures, for everybody, whatever was bought, returned or merged since."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.figures import rfm_scores
from crmdesk.core.life_cycle import CycleRule, life_cycle
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import MemberState
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import DirtyMember, MemberScore, ScoreScale
from crmdesk.queries.rfm import rfm_of_members
from crmdesk.queries.score_work import score_work
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from crmdesk.services.scores import catch_up, pieces
from tests.builders.shop import STORE_ID, Shop

TODAY = date(2026, 11, 21)
RULE = CycleRule()


def town(shop: Shop, seed: int, count: int = 120) -> list[int]:
    """Put members with random receipts of two years into the store."""
    chance = random.Random(seed)
    keys = list(range(500, 500 + count))
    with shop.database.transaction() as session:
        session.add_all(Member(id=key, store_id=STORE_ID, number=f"M{key}", name="周", joined_on=TODAY) for key in keys)
        session.flush()
        for key in keys:
            for place in range(chance.randrange(5)):
                day = TODAY - timedelta(days=chance.choice([0, 5, 80, 95, 179, 181, 364, 366, 400, 700]))
                net = Money(chance.randrange(-200, 900))
                session.add(
                    Purchase(store_id=STORE_ID, number=f"P{key}-{place}", member_id=key, day=day, pieces=1, net=net)
                )
    return keys


def write_all(shop: Shop) -> int:
    """Bring the scores on file up to date as the day's work does; gives how many writes it took."""
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        work = score_work(session, context)
    done = [shop.do(piece, context) for piece in pieces(work)]
    return len(done)


def on_file(shop: Shop) -> dict[int, tuple[int, int, int, LifeCycle]]:
    with shop.reading() as session:
        rows = session.scalars(select(MemberScore))
        return {row.member_id: (row.recency, row.frequency, row.monetary, row.cycle) for row in rows}


def cycles(shop: Shop) -> dict[int, LifeCycle]:
    """Give everybody's life cycle, worked out receipt by receipt."""
    days: dict[int, set[date]] = {}
    with shop.reading() as session:
        for one in session.scalars(select(Purchase)):
            if one.net >= Money(0) and one.member_id is not None:
                days.setdefault(one.member_id, set()).add(one.day)
    found = {}
    for key, seen in days.items():
        last, *before = sorted(seen, reverse=True)
        gap = (last - before[0]).days if before else None
        found[key] = life_cycle((TODAY - last).days, len(seen), gap, RULE)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_everybodys_scores_are_those_of_the_figures(shop: Shop, seed: int) -> None:
    town(shop, seed)
    write_all(shop)
    with shop.reading() as session:
        wanted = rfm_scores(rfm_of_members(session, TODAY))
        scale = session.get_one(ScoreScale, STORE_ID)
        assert (scale.as_of, scale.buyers) == (TODAY, len(wanted))
    found = on_file(shop)
    assert {key: one[:3] for key, one in found.items()} == {
        key: (one.recency, one.frequency, one.monetary) for key, one in wanted.items()
    }
    assert {key: one[3] for key, one in found.items()} == cycles(shop)


def test_a_second_run_writes_only_what_changed(shop: Shop) -> None:
    town(shop, 1)
    write_all(shop)
    with shop.reading() as session:
        assert score_work(session, shop.context(Role.MANAGER)).changed == ()
    assert write_all(shop) == 1


def test_who_bought_is_scored_at_once_by_the_same_scale(shop: Shop) -> None:
    keys = town(shop, 2)
    write_all(shop)
    context = shop.context(Role.MANAGER)
    before = on_file(shop)
    buyer = next(key for key in keys if key not in before)
    line = (LineFacts("皮带", Money.yuan(99_000)),)
    shop.do(record, PurchaseFacts("P-now", TODAY, line, buyer), context)
    with shop.reading() as session:
        assert list(session.scalars(select(DirtyMember.member_id))) == [buyer]
    assert shop.do(catch_up, context) == 1
    assert shop.do(catch_up, context) == 0
    found = on_file(shop)
    assert found.pop(buyer)[3] is LifeCycle.NEW
    assert found == before
    every = {key: one for key, one in on_file(shop).items() if key != buyer}
    assert every == before


def test_catching_up_with_everybody_changes_nothing(shop: Shop) -> None:
    keys = town(shop, 3)
    write_all(shop)
    before = on_file(shop)
    with shop.database.transaction() as session:
        session.add_all(DirtyMember(member_id=key, store_id=STORE_ID) for key in keys)
    context = shop.context(Role.MANAGER)
    while shop.do(catch_up, context):
        pass
    assert on_file(shop) == before


def test_somebody_without_a_file_has_no_score(shop: Shop) -> None:
    town(shop, 4)
    write_all(shop)
    gone = next(iter(on_file(shop)))
    with shop.database.transaction() as session:
        session.get_one(Member, gone).state = MemberState.MERGED
        session.add(DirtyMember(member_id=gone, store_id=STORE_ID))
    shop.do(catch_up, shop.context(Role.MANAGER))
    assert gone not in on_file(shop)
    write_all(shop)
    assert gone not in on_file(shop)


def test_nothing_is_scored_before_there_is_a_scale(shop: Shop) -> None:
    keys = town(shop, 5)
    with shop.database.transaction() as session:
        session.add(DirtyMember(member_id=keys[0], store_id=STORE_ID))
    assert shop.do(catch_up, shop.context(Role.MANAGER)) == 0
    write_all(shop)
    assert shop.do(catch_up, shop.context(Role.MANAGER)) == 1
