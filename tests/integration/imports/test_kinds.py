"""Lists about members who are on file: balances, cards, tags; whom a row means; what undoing leaves."""

from pathlib import Path

from sqlalchemy import select

from crmdesk.core.members import CardState, LedgerKind, LedgerReason
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.exchange.fields import ImportKind, MemberField
from crmdesk.exchange.guessing import guess_kind
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.policy import FieldRule, MatchKey, Policy, policy_from_json
from crmdesk.exchange.problems import Reason
from crmdesk.models.card import Card
from crmdesk.models.ledger import LedgerEntry
from crmdesk.queries.member_key import member_key
from crmdesk.services import ledger
from crmdesk.services.imports_report import ImportReport
from crmdesk.services.imports_undo import UndoneImport, undo_import
from crmdesk.services.imports_undo_kept import KeptWhy
from crmdesk.services.ledger import Post
from crmdesk.services.members import EditMember, MemberFacts, edit
from tests.builders.lists import counted, members_file, take, take_members, try_list, whole_store
from tests.builders.shop import Shop
from tests.integration.imports.test_members import by_name, found

PEOPLE = (
    "姓名,手机,会员号,卡号,积分",
    "周敏,13800138000,1001,V1,100",
    "周建国,13800138000,1002,,",
    "王芳,13900139000,,V3,7",
)


def people(shop: Shop, folder: Path) -> None:
    assert take_members(shop, members_file(folder, *PEOPLE, name="people.csv")).created == 3


def undo(shop: Shop, report: ImportReport) -> UndoneImport:
    return undo_import(shop.database, shop.context(Role.MANAGER), report.run_id)


def balance(shop: Shop, name: str, kind: LedgerKind = LedgerKind.POINTS) -> int:
    with shop.reading() as session:
        return ledger.balance(session, by_name(shop, name).id, kind)


def reasons(report: ImportReport) -> list[tuple[int, Reason]]:
    return [(one.row, one.reason) for one in report.rejected]


def test_balances_are_opened_and_corrected(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    path = members_file(
        tmp_path,
        "会员号,手机,卡号,积分,储值余额",
        "1001,,,80,1280.50",
        ",13900139000,,0,",
        ",,V3,5,",
        "1002,,,30,",
        "9999,,,1,",
        ",13800138000,,1,",
        "1002,,,31,",
    )
    tried = try_list(shop, path, ImportKind.BALANCES)
    report = take(shop, path, ImportKind.BALANCES)
    assert counted(tried) == counted(report) == (0, 4, 0, 3)
    told = {seen.number: [(one.field, one.old, one.new) for one in seen.changes] for seen in tried.seen if seen.changes}
    assert told[2] == [(MemberField.POINTS, "100", "80"), (MemberField.STORED_VALUE, "0.00", "1,280.50")]
    assert reasons(report) == [
        (6, Reason.UNKNOWN_MEMBER),
        (7, Reason.WHO_UNCLEAR),
        (8, Reason.DUPLICATE_IN_FILE),
    ]
    assert (balance(shop, "周敏"), balance(shop, "周敏", LedgerKind.PRINCIPAL)) == (80, 128050)
    assert (balance(shop, "周建国"), balance(shop, "王芳")) == (30, 5)
    with shop.reading() as session:
        lines = session.execute(select(LedgerEntry.reason, LedgerEntry.amount).order_by(LedgerEntry.id)).all()
    assert (LedgerReason.CORRECTION, -20) in [tuple(line) for line in lines]
    assert (LedgerReason.OPENING, 30) in [tuple(line) for line in lines]
    again = take(shop, path, ImportKind.BALANCES)
    assert (again.updated, again.skipped) == (2, 2), "the two rows about one member each state another balance"


def test_balances_are_taken_back_unless_they_moved(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    report = take(shop, members_file(tmp_path, "会员号,卡号,积分", "1001,,80", ",V3,50"), ImportKind.BALANCES)
    key = by_name(shop, "王芳").id
    context = shop.context(Role.MANAGER)
    with shop.database.transaction() as session:
        ledger.post(session, Post(key, LedgerKind.POINTS, LedgerReason.CORRECTION, -10, note="x"), context)
    done = undo(shop, report)
    assert [(one.row, one.why, one.fields) for one in done.kept] == [(3, KeptWhy.CHANGED, ("points",))]
    assert (balance(shop, "周敏"), balance(shop, "王芳")) == (100, 40)


def test_only_openings_when_the_policy_says_so(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    fill = Policy(ImportKind.BALANCES).with_rule(MemberField.POINTS, FieldRule.FILL)
    report = take(shop, members_file(tmp_path, "会员号,积分", "1001,80", "1002,9"), ImportKind.BALANCES, fill)
    assert counted(report) == (0, 1, 1, 0)
    assert (balance(shop, "周敏"), balance(shop, "周建国")) == (100, 9)


def test_cards_come_and_their_state_is_brought_up_to_date(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    before = whole_store(shop)
    path = members_file(
        tmp_path,
        "卡号,手机,姓名,卡状态,卡类型,发卡日期,有效期",
        "V1,,,挂失,,,",
        "V9,13900139000,王芳,正常,金卡,2026-01-05,2027-12-31",
        "V8,13800138000,周建国,正常,,,",
        "V3,13800138000,周敏,,,,",
        "V7,,,,,,",
        "V9,13900139000,王芳,,,,",
        "V6,13800138000,周敏,坏了,,,",
    )
    report = take(shop, path, ImportKind.CARDS)
    assert counted(report) == (2, 1, 0, 4)
    assert reasons(report) == [
        (5, Reason.CARD_OF_ANOTHER),
        (6, Reason.NO_KEY),
        (7, Reason.DUPLICATE_IN_FILE),
        (8, Reason.CARD_STATE_UNKNOWN),
    ]
    with shop.reading() as session:
        cards = {card.number: (card.state, card.tier.value) for card in session.scalars(select(Card))}
    assert cards["V1"][0] is CardState.LOST
    assert cards["V9"] == (CardState.REPLACED, "gold"), "V3 is in use; the other number still finds her"
    assert cards["V8"][0] is CardState.ISSUED
    done = undo(shop, report)
    assert done.kept == ()
    after = whole_store(shop)
    for name in ("member", "ledger_entry"):
        assert after[name] == before[name]
    with shop.reading() as session:
        assert {card.number: card.state for card in session.scalars(select(Card))} == {
            "V1": CardState.ISSUED,
            "V3": CardState.ISSUED,
        }


def test_tags_are_added_or_replaced(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    first = take(shop, members_file(tmp_path, "会员号,标签", "1001,甲、乙", "1001,丙", "77,丁"), ImportKind.TAGS)
    assert counted(first) == (0, 2, 0, 1)
    assert {tag.tag for tag in by_name(shop, "周敏").tags} == {"甲", "乙", "丙"}
    replace = Policy(ImportKind.TAGS).with_rule(MemberField.TAGS, FieldRule.OVERWRITE)
    second = take(shop, members_file(tmp_path, "会员号,标签", "1001,丁", name="b.csv"), ImportKind.TAGS, replace)
    assert {tag.tag for tag in by_name(shop, "周敏").tags} == {"丁"}
    undo(shop, second)
    assert {tag.tag for tag in by_name(shop, "周敏").tags} == {"甲", "乙", "丙"}
    undo(shop, first)
    assert by_name(shop, "周敏").tags == []


def test_a_policy_per_field(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    take_members(
        shop, members_file(tmp_path, "姓名,手机,地址,职业,邮箱", "王芳,13900139000,杭州,教师,a@b.cn", name="x.csv")
    )
    policy = (
        Policy(ImportKind.MEMBERS)
        .with_rule(MemberField.ADDRESS, FieldRule.OVERWRITE)
        .with_rule(MemberField.INDUSTRY, FieldRule.KEEP)
        .with_rule(MemberField.NAME, FieldRule.OVERWRITE)
        .with_key(MatchKey.PHONE)
    )
    assert policy_from_json(policy.to_json(), ImportKind.MEMBERS) == policy
    path = members_file(tmp_path, "姓名,手机,地址,职业,邮箱,行业", "王方,13900139000,上海,医生,,服装")
    report = take(shop, path, ImportKind.MEMBERS, policy)
    assert counted(report) == (0, 1, 0, 0)
    member = by_name(shop, "王方")
    assert (member.address, member.occupation, member.email, member.industry) == ("上海", "教师", "a@b.cn", "")
    assert found(shop, "王方") == ["王方"]
    assert found(shop, "王芳") == []
    done = undo(shop, report)
    assert done.restored == 1
    assert (by_name(shop, "王芳").address, found(shop, "王芳")) == ("杭州", ["王芳"])


def test_an_update_is_taken_back_field_by_field(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    path = members_file(tmp_path, "姓名,手机,地址,职业,标签", "王芳,13900139000,上海,医生,甲")
    report = take_members(shop, path)
    member = by_name(shop, "王芳")
    facts = MemberFacts("王芳", (normalise("13900139000"),), address="北京", occupation="医生", tags=frozenset({"甲"}))
    shop.do(edit, EditMember(member.id, member.version, facts), shop.context())
    done = undo(shop, report)
    (kept,) = done.kept
    assert (kept.row, kept.why, kept.fields, kept.by) == (2, KeptWhy.CHANGED, ("address",), "陈可")
    member = by_name(shop, "王芳")
    assert (member.address, member.occupation, member.tags) == ("北京", "", [])


def test_the_key_that_was_chosen_decides_and_the_conflict_is_told(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    number = Policy(ImportKind.MEMBERS).with_key(MatchKey.MEMBER_NUMBER)
    path = members_file(tmp_path, "姓名,手机,会员号,地址", "周敏,13900139000,1001,杭州")
    report = take(shop, path, ImportKind.MEMBERS, number)
    assert counted(report) == (0, 1, 0, 0)
    assert (by_name(shop, "周敏").address, by_name(shop, "王芳").address) == ("杭州", "")
    assert Reason.KEY_CONFLICT in {one.reason for one in report.warnings}


def test_kinds_are_guessed_by_their_headers(tmp_path: Path) -> None:
    heads = {
        "会员号,积分,储值余额": ImportKind.BALANCES,
        "手机,标签": ImportKind.TAGS,
        "卡号,手机,卡状态": ImportKind.CARDS,
        "姓名,手机,积分": ImportKind.MEMBERS,
        "姓名,手机,标签": ImportKind.MEMBERS,
        "小票号,日期,金额,卡号": ImportKind.PURCHASES,
    }
    for head, kind in heads.items():
        assert guess_kind(open_table(members_file(tmp_path, head, ",".join("1" * (head.count(",") + 1))))) is kind, head


def test_keys_of_members_are_found(shop: Shop, tmp_path: Path) -> None:
    people(shop, tmp_path)
    with shop.reading() as session:
        assert member_key(session, "1001") == by_name(shop, "周敏").id
