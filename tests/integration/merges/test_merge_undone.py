"""Property: whatever two files hold and whatever is done after a merge, taking it back restores both files."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crmdesk.core.members import CardTier, LedgerKind, LedgerReason
from crmdesk.core.merges import CHOSEN
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.models.member import MemberValue
from crmdesk.models.merge import Merge
from crmdesk.models.purchase import Purchase
from crmdesk.services import ledger, merge_undo
from crmdesk.services.ledger import Post
from crmdesk.services.merge_undo import UndoMerge, Undone
from tests.builders.member_shop import buy
from tests.builders.shop import Shop
from tests.builders.two_files import Given, make_file, merge_two, picture

_FEW = st.lists(st.integers(0, 3), max_size=3, unique=True)
_FACTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["周敏", "周旻", "王伟"]),
        "email": st.sampled_from(["", "a@example.com", "b@example.com"]),
        "notes": st.sampled_from(["", "喝茶", "不喝茶"]),
        "tier": st.sampled_from(list(CardTier)),
        "do_not_contact": st.booleans(),
        "joined_on": st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    }
)
FILES = st.builds(
    Given,
    facts=_FACTS,
    phones=_FEW,
    tags=_FEW,
    touch=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=3),
    consents=st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=4),
    homes=st.lists(st.integers(0, 2), max_size=2, unique=True),
    own=st.lists(st.integers(0, 2), max_size=2, unique=True),
    private=st.sampled_from([None, "", "quiet"]),
    points=st.lists(st.integers(1, 500), max_size=3),
    stored=st.lists(st.integers(1, 50_000), max_size=2),
    bought=st.lists(st.integers(-500, 900), max_size=3),
    calls=st.integers(0, 2),
    relatives=st.lists(st.sampled_from(["小明", "小红"]), max_size=2, unique=True),
    places=st.lists(st.sampled_from(["文三路 99 号", "学院路 1 号"]), max_size=2, unique=True),
    walk_in=st.booleans(),
)
_TAKEN = st.sets(st.sampled_from([*CHOSEN, "character", "own:800", "own:801"]))
_SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _balances_are_sums(shop: Shop, *members: int) -> None:
    with shop.reading() as session:
        for member in members:
            lines: dict[LedgerKind, int] = {}
            for kind, amount in session.execute(
                select(LedgerEntry.kind, LedgerEntry.amount).where(LedgerEntry.member_id == member)
            ):
                lines[kind] = lines.get(kind, 0) + amount
            kept = session.execute(
                select(LedgerBalance.kind, LedgerBalance.amount).where(LedgerBalance.member_id == member)
            )
            assert {row.kind: row.amount for row in kept} == lines


def _values_are_sums(shop: Shop, *members: int) -> None:
    with shop.reading() as session:
        for member in members:
            nets = session.scalars(select(Purchase.net).where(Purchase.member_id == member)).all()
            value = session.get(MemberValue, member)
            assert (value.purchases, value.net) == (len(nets), Money.total(nets)) if value else not nets


def _undo(shop: Shop, merge_id: int) -> Undone:
    with shop.reading() as session:
        version = session.get_one(Merge, merge_id).version
    return shop.do(merge_undo.undo, UndoMerge(merge_id, version), shop.context(Role.MANAGER))


@_SETTINGS
@given(kept=FILES, gone=FILES, taken=_TAKEN)
def test_a_merge_taken_back_leaves_nothing_behind(shop: Shop, kept: Given, gone: Given, taken: set[str]) -> None:
    first, second = make_file(shop, kept), make_file(shop, gone)
    before = picture(shop, first, second)
    made = merge_two(shop, first, second, taken)
    after = picture(shop, second)
    assert {name for name, rows in after.items() if rows} == {"member"}  # nothing is left with the file that went
    _balances_are_sums(shop, first, second)
    _values_are_sums(shop, first)
    undone = _undo(shop, made.id)
    assert picture(shop, first, second) == before
    assert (undone.written_since, undone.changed_since) == (0, 0)
    _balances_are_sums(shop, first, second)
    _values_are_sums(shop, first, second)


@_SETTINGS
@given(kept=FILES, gone=FILES, spent=st.integers(0, 300), bought=st.integers(0, 2))
def test_work_after_the_merge_stays_with_the_file_that_stayed(
    shop: Shop, kept: Given, gone: Given, spent: int, bought: int
) -> None:
    first, second = make_file(shop, kept), make_file(shop, gone)
    before = picture(shop, first, second)
    made = merge_two(shop, first, second)
    spent = min(spent, sum(kept.points))
    with shop.database.transaction() as session:
        if spent:
            line = Post(first, LedgerKind.POINTS, LedgerReason.SPENT, -spent)
            ledger.post(session, line, shop.context())
    for number in range(bought):
        buy(shop, first, shop.context().today(), 10 + number, f"N-{made.id}-{number}")
    undone = _undo(shop, made.id)
    now = picture(shop, first, second)
    for name, rows in before.items():
        if name in {"ledger_balance", "member", "callback"}:
            continue
        assert {key: now[name].get(key) for key in rows} == rows, name
    assert now["member"][second] == before["member"][second]
    new = {name: set(now[name]) - set(rows) for name, rows in before.items() if name != "ledger_balance"}
    assert all(now[name][key]["member_id"] == first for name, keys in new.items() for key in keys)
    assert undone.written_since == sum(map(len, new.values()))
    _balances_are_sums(shop, first, second)
    _values_are_sums(shop, first, second)
