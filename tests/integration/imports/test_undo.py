"""Undoing: the store is exactly as before; whatever somebody worked on since stays and is named."""

from pathlib import Path

import pytest

from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.imports import recent, same_file
from crmdesk.queries.member_key import member_key
from crmdesk.services import ledger
from crmdesk.services.imports_errors import AlreadyUndoneError, NoSuchImportError
from crmdesk.services.imports_undo import UndoneImport, undo_import
from crmdesk.services.imports_undo_kept import KeptWhy
from crmdesk.services.ledger import Post
from crmdesk.services.members import EditMember, MemberFacts, edit, register
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from tests.builders.lists import counted, members_file, take_members, take_purchases, whole_store
from tests.builders.outside_files import write_text
from tests.builders.shop import Shop
from tests.integration.imports.test_members import by_name, found

# Columns that became own fields of the store stay as fields, without a value.
FIELDS = frozenset({"own_field"})
# Whose score is worked out again a moment later is remembered for that moment only.
LEDGER = frozenset({"ledger_entry", "ledger_balance", "dirty_member"}) | FIELDS


def undo(shop: Shop, run_id: int) -> UndoneImport:
    return undo_import(shop.database, shop.context(Role.MANAGER), run_id)


def test_new_members_go_without_a_trace(shop: Shop, tmp_path: Path) -> None:
    shop.do(register, MemberFacts("老客", (normalise("13500135000"),)), shop.context())
    before = whole_store(shop, FIELDS)
    rows = ["姓名,手机,卡号,积分,储值余额,微信,收入,标签"]
    rows += [f"客{place},138{place:08d},V{place},10,20,w{place},5万,甲、乙" for place in range(1200)]
    report = take_members(shop, members_file(tmp_path, *rows))
    assert counted(report) == (1200, 0, 0, 0)
    done = undo(shop, report.run_id)
    assert (done.removed, done.restored, done.kept) == (1200, 0, ())
    assert whole_store(shop, FIELDS) == before
    assert found(shop, "客7") == []
    assert found(shop, "老客") == ["老客"]
    with shop.reading() as session:
        assert verify_audit(session).whole
        assert [run.undone for run in recent(session, shop.context(Role.MANAGER))] == [True]


def test_members_filled_up_are_as_before(shop: Shop, tmp_path: Path) -> None:
    shop.do(register, MemberFacts("周敏", (normalise("13800138000"),), tags=frozenset({"甲"})), shop.context())
    before = whole_store(shop, LEDGER)
    report = take_members(
        shop,
        members_file(
            tmp_path,
            "姓名,手机,性别,生日,地址,等级,客户分类,卡号,积分,微信,收入,标签,导购,腰围",
            "周敏,13800138000/13900139000,女,1990-3-5,杭州,金卡,核心,V1,70,zm,5万,甲/乙,林婉,68",
        ),
    )
    assert counted(report) == (0, 1, 0, 0)
    done = undo(shop, report.run_id)
    assert (done.removed, done.restored, done.kept) == (0, 1, ())
    after = whole_store(shop, LEDGER)
    versions = [list(row) for row in after["member"]]
    assert {name: rows for name, rows in after.items() if name != "member"} == {
        name: rows for name, rows in before.items() if name != "member"
    }
    assert sum(one != other for one, other in zip(versions[0], before["member"][0], strict=True)) == 1, "the version"
    with shop.reading() as session:
        assert ledger.balance(session, by_name(shop, "周敏").id, LedgerKind.POINTS) == 0
    assert found(shop, "9000") == []


def test_who_was_worked_with_stays(shop: Shop, tmp_path: Path) -> None:
    rows = ["姓名,手机,积分"] + [f"客{name},1380013800{place},10" for place, name in enumerate("甲乙丙丁戊")]
    report = take_members(shop, members_file(tmp_path, *rows))
    clerk = shop.context(Role.CLERK)
    changed, used, spent = by_name(shop, "客甲"), by_name(shop, "客乙"), by_name(shop, "客丙")
    shop.do(edit, EditMember(changed.id, 1, MemberFacts("客甲改", (normalise("13800138000"),))), clerk)
    item = ItemFacts(ItemCategory.SUITCASE, "拉杆箱")
    shop.do(take_in, TakeIn(TicketKind.REPAIR, used.id, "轮子坏", "轮子坏", item=item), clerk)
    with shop.database.transaction() as session:
        ledger.post(session, Post(spent.id, LedgerKind.POINTS, LedgerReason.SPENT, -4), clerk)
    done = undo(shop, report.run_id)
    assert done.removed == 2
    assert [(one.row, one.id, one.why) for one in done.kept] == [
        (2, changed.id, KeptWhy.CHANGED),
        (3, used.id, KeptWhy.IN_USE),
        (4, spent.id, KeptWhy.IN_USE),
    ]
    assert found(shop, "客丁") == []
    assert found(shop, "客乙") == ["客乙"]


def test_two_imports_go_back_in_the_opposite_order(shop: Shop, tmp_path: Path) -> None:
    before = whole_store(shop, LEDGER)
    first = take_members(shop, members_file(tmp_path, "姓名,手机", "周敏,13800138000"))
    second = take_members(shop, members_file(tmp_path, "姓名,手机,地址", "周敏,13800138000,杭州", name="n.csv"))
    assert undo(shop, second.run_id).restored == 1
    assert undo(shop, first.run_id).removed == 1
    assert whole_store(shop, LEDGER) == before


def test_purchases_go_with_points_and_value(shop: Shop, tmp_path: Path) -> None:
    shop.do(register, MemberFacts("周敏", (normalise("13800138000"),)), shop.context())
    before = whole_store(shop, LEDGER)
    lines = [
        "小票号,日期,手机,品名,数量,金额",
        "A1,2026-11-01,13800138000,拉杆箱,1,899",
        "A2,2026-11-21,13800138000,皮带,1,100",
        "A3,2026-11-21,13800138000,皮带,-1,-100",
    ]
    path = write_text(tmp_path / "p.csv", [line.split(",") for line in lines])
    report = take_purchases(shop, path)
    member_id = by_name(shop, "周敏").id
    with shop.reading() as session:
        assert ledger.balance(session, member_id, LedgerKind.POINTS) == 899
    assert undo(shop, report.run_id).removed == 3
    assert whole_store(shop, LEDGER) == before
    with shop.reading() as session:
        assert ledger.balance(session, member_id, LedgerKind.POINTS) == 0
    assert take_purchases(shop, path).created == 3


def test_undo_is_refused_twice_and_for_unknown_ones(shop: Shop, tmp_path: Path) -> None:
    path = members_file(tmp_path, "姓名,手机", "周敏,13800138000")
    report = take_members(shop, path)
    undo(shop, report.run_id)
    with pytest.raises(AlreadyUndoneError):
        undo(shop, report.run_id)
    with pytest.raises(NoSuchImportError):
        undo(shop, 17)
    with shop.reading() as session:
        run = recent(session, shop.context(Role.MANAGER))[0]
        assert same_file(session, "0" * 64, shop.context(Role.MANAGER)) is None
    assert run.undone
    with shop.reading() as session:
        assert member_key(session, "13800138000") is None
