"""A till's list: receipts of several lines, returns, unknown buyers, numbers that begin anew each day."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from crmdesk.core.members import LedgerKind
from crmdesk.core.phone import normalise
from crmdesk.exchange.problems import Reason
from crmdesk.models.callback import Callback
from crmdesk.models.member import MemberValue
from crmdesk.models.purchase import Purchase
from crmdesk.services import ledger
from crmdesk.services.members import MemberFacts, register
from tests.builders.lists import counted, members_file, take_members, take_purchases, try_purchases, whole_store
from tests.builders.outside_files import write_text
from tests.builders.shop import Shop

HEAD = "小票号,日期,会员手机,姓名,款号,品名,数量,单价,金额,导购"


def till(folder: Path, *lines: str, name: str = "p.csv", head: str = HEAD) -> Path:
    return write_text(folder / name, [line.split(",") for line in (head, *lines)], "gb18030")


@pytest.fixture
def member_id(shop: Shop) -> int:
    return shop.do(register, MemberFacts("周敏", (normalise("13800138000"),)), shop.context()).id


def receipts(shop: Shop) -> list[tuple[str, date, int, int, int | None]]:
    with shop.reading() as session:
        rows = session.scalars(select(Purchase).order_by(Purchase.day, Purchase.number))
        return [(one.number, one.day, one.pieces, one.net.fen, one.member_id) for one in rows]


def test_lines_make_receipts_and_value_and_points_follow(shop: Shop, member_id: int, tmp_path: Path) -> None:
    path = till(
        tmp_path,
        "A1,2026-11-01,13800138000,周敏,S1,拉杆箱,1,999,899,林婉",
        "A1,2026-11-01,13800138000,周敏,S2,皮带,2,100,200,林婉",
        "A2,2026-11-05,13800138000,周敏,S2,皮带,-1,100,-100,",
        "A3,2026-11-06,,散客,S3,皮鞋,1,,300,谁",
        "A4,2026-11-06,13111112222,某人,S3,皮鞋,1,,300,",
    )
    tried = try_purchases(shop, path)
    report = take_purchases(shop, path)
    assert counted(report) == counted(tried) == (5, 0, 0, 0)
    assert receipts(shop) == [
        ("A1", date(2026, 11, 1), 3, 109900, member_id),
        ("A2", date(2026, 11, 5), -1, -10000, member_id),
        ("A3", date(2026, 11, 6), 1, 30000, None),
        ("A4", date(2026, 11, 6), 1, 30000, None),
    ]
    assert [(one.row, one.reason) for one in report.warnings] == [(5, Reason.UNKNOWN_GUIDE), (6, Reason.UNKNOWN_MEMBER)]
    with shop.reading() as session:
        value = session.get(MemberValue, member_id)
        assert value is not None
        assert (value.purchases, value.days, value.pieces, value.net.fen) == (2, 2, 2, 99900)
        assert ledger.balance(session, member_id, LedgerKind.POINTS) == 999
        assert session.scalar(select(Callback.id)) is None, "nobody is congratulated for a purchase of three weeks ago"


def test_again_is_passed_over(shop: Shop, member_id: int, tmp_path: Path) -> None:
    path = till(tmp_path, "A1,2026-11-01,13800138000,,S1,拉杆箱,1,,899,", ",2026-11-02,,,S1,袜子,1,,9,")
    take_purchases(shop, path)
    before = whole_store(shop)
    again = take_purchases(shop, path)
    assert counted(again) == (0, 0, 2, 0)
    assert {one.reason for one in again.warnings} == {Reason.ALREADY_IMPORTED}
    assert whole_store(shop) == before
    assert member_id


def test_numbers_that_begin_anew_each_day(shop: Shop, tmp_path: Path) -> None:
    monday = till(tmp_path, "0001,2026-11-16,,,,皮带,1,,100,", "0001,2026-11-17,,,,皮带,1,,100,")
    wednesday = till(tmp_path, "0001,2026-11-18,,,,皮带,1,,100,", name="q.csv")
    for path in (monday, wednesday, monday, wednesday):
        take_purchases(shop, path)
    assert [(number, day.day) for number, day, *_ in receipts(shop)] == [
        ("0001", 16),
        ("0001-261117", 17),
        ("0001-261118", 18),
    ]


def test_lines_without_numbers(shop: Shop, member_id: int, tmp_path: Path) -> None:
    path = till(
        tmp_path,
        "2026-11-16 10:05,13800138000,皮带,100",
        "2026-11-16 10:05,13800138000,皮鞋,300",
        "2026-11-16 10:05,,袜子,9",
        "2026-11-16 10:05,,袜子,9",
        head="日期,手机,品名,金额",
    )
    assert counted(take_purchases(shop, path)) == (4, 0, 0, 0)
    found = receipts(shop)
    assert sorted((pieces, fen, key) for _, _, pieces, fen, key in found if key) == [(2, 40000, member_id)]
    assert len([one for one in found if one[4] is None]) == 2
    assert counted(take_purchases(shop, path)) == (0, 0, 4, 0)


def test_a_purchase_of_today_plans_the_call(shop: Shop, member_id: int, tmp_path: Path) -> None:
    take_purchases(shop, till(tmp_path, "A1,2026-11-21,13800138000,,S1,拉杆箱,1,,899,"))
    with shop.reading() as session:
        assert session.scalars(select(Callback.member_id)).all() == [member_id]


def test_points_that_came_with_a_balance_are_not_earned_again(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机,积分", "王芳,13900139000,500"))
    take_purchases(shop, till(tmp_path, "A1,2026-11-01,13900139000,,S1,拉杆箱,1,,899,"))
    with shop.reading() as session:
        buyer = session.scalar(select(Purchase.member_id))
        assert buyer is not None
        assert ledger.balance(session, buyer, LedgerKind.POINTS) == 500


def test_a_return_takes_no_more_points_than_there_are(shop: Shop, member_id: int, tmp_path: Path) -> None:
    take_purchases(shop, till(tmp_path, "A1,2026-11-01,13800138000,,S1,拉杆箱,-1,,-899,"))
    with shop.reading() as session:
        assert ledger.balance(session, member_id, LedgerKind.POINTS) == 0


def test_future_and_broken_lines_stay_out(shop: Shop, tmp_path: Path) -> None:
    report = take_purchases(
        shop,
        till(
            tmp_path, "A1,2027-01-01,,,,皮带,1,,100,", "A2,2026-11-01,,,,皮带,1,,没数,", "A3,2026-11-01,,,,皮带,1,,5,"
        ),
    )
    assert counted(report) == (1, 0, 0, 2)
    assert [(one.row, one.field and one.field.value) for one in report.rejected] == [(2, "date"), (3, "amount")]
