"""The search box over a small real store, kind of query by kind of query."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crmdesk.core.found import FindResult, Why
from crmdesk.core.members import MemberState
from crmdesk.core.numbers import running_number
from crmdesk.core.phone import normalise
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.migrations.schema import metadata
from crmdesk.models.member import Member
from crmdesk.models.paper import Paper
from crmdesk.queries.find import count_members, find
from crmdesk.services import search_index
from crmdesk.services.members import MemberFacts, register
from tests.builders.findable import CARD, COMPLAINT, LETTER, OLD, OLD_CARD, PEOPLE, TODAYS, add_things
from tests.builders.shop import Shop, open_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    metadata()
    shop = open_shop(tmp_path_factory.mktemp("find"))
    for name, phone in PEOPLE.items():
        facts = MemberFacts(name=name, phones=(normalise(phone),))
        shop.do(register, facts, shop.context())
    with shop.database.transaction() as session:
        add_things(session)
    yield shop
    shop.close()


class _PulledPlugError(Exception):
    """Something went wrong after the write and before the commit."""


def _find(shop: Shop, typed: str, role: Role = Role.CLERK) -> FindResult:
    with shop.reading() as session:
        return find(session, typed, shop.context(role))


def _names(shop: Shop, typed: str) -> list[str]:
    return [hit.title for hit in _find(shop, typed).members]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("明", {"王小明", "王伟明"}),
        ("小明", {"王小明"}),
        ("伟明", {"王伟明"}),
        ("明 王", {"王小明", "王伟明"}),
        ("wangxiaoming", {"王小明"}),
        ("WANG xiao m", {"王小明"}),
        ("xiaom", {"王小明"}),
        ("wxm", {"王小明"}),
        ("wang xm", {"王小明"}),
        ("shan", {"单雄"}),
        ("dan", {"单雄"}),
        ("danxiong", {"单雄"}),
        ("chan", set()),
        ("zengli", {"曾莉"}),
        ("ceng", {"曾莉"}),
        ("cl", {"曾莉"}),
        ("yuchi", {"尉迟恭"}),
        ("yu chi", {"尉迟恭"}),
        ("weichi", {"尉迟恭"}),
        ("ycg", {"尉迟恭"}),
        ("lichongyang", {"李重阳"}),
        ("lizhongyang", {"李重阳"}),
        ("lvna", {"吕娜"}),
        ("luna", {"吕娜"}),
        ("lüna", {"吕娜"}),
        ("l'v na", {"吕娜"}),
        ("呂", {"吕娜"}),
        ("wang'xiao'ming", {"王小明"}),
        ("ou yang na na", {"欧阳娜娜"}),
        ("ouyangnana", {"欧阳娜娜"}),
        ("歐陽", {"欧阳娜娜"}),
        ("尉遲", {"尉迟恭"}),
        ("單", {"单雄"}),
        ("陈晓", {"陳曉"}),
        ("陳", {"陳曉"}),
        ("提阿不", {"买买提·阿不都拉"}),
        ("买买提·阿不都拉", {"买买提·阿不都拉"}),
        ("smi", {"John Smith"}),
        ("smith john", {"John Smith"}),
        ("o'neil", {"O'Neil 100%"}),
        ("neil", {"O'Neil 100%"}),
        ("𠮷", {"𠮷田"}),
        ("吉", {"𠮷田"}),
        ("jitian", {"𠮷田"}),
        ("5678", {"王小明"}),
        ("2345", {"王小明"}),
        ("138 1234 5678", {"王小明"}),
        ("１３８１２３４", {"王小明"}),
        ("8765", {"欧阳娜娜"}),
        ("王5678", {"王小明"}),
        ("%", {"O'Neil 100%"}),
        ("王%", set()),
        ("_", set()),
        ("*", set()),
        ('"', set()),
        ("王*", set()),
        ("NEAR(王 明)", set()),
        ("words:王", set()),
        ("'; DROP TABLE member; --", set()),
        ("\0", set()),
        ("\ud800", set()),
        ("王" * 500, set()),
        ("", set()),
    ],
)
def test_people(shop: Shop, typed: str, found: set[str]) -> None:
    assert set(_names(shop, typed)) == found


def test_the_name_itself_comes_before_longer_ones_and_newer_before_older(shop: Shop) -> None:
    assert _names(shop, "王伟") == ["王伟", "王伟明"]
    assert _names(shop, "王") == ["王小明", "王伟明", "王伟"], "who has a ticket open comes before the newer ones"


@pytest.mark.parametrize(
    ("typed", "why", "marked"),
    [
        ("小明", Why.NAME, "小明"),
        ("xiaom", Why.PINYIN, "小明"),
        ("xm", Why.INITIALS, "小明"),
        ("5678", Why.PHONE, ""),
    ],
)
def test_why_and_what_to_highlight(shop: Shop, typed: str, why: Why, marked: str) -> None:
    hit = _find(shop, typed).members[0]
    assert hit.why is why
    assert "".join(hit.title[start:end] for start, end in hit.highlight) == marked


@pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER, Role.OWNER])
def test_phones_are_masked_for_everybody(shop: Shop, role: Role) -> None:
    hit = _find(shop, "王小明", role).members[0]
    assert "138****5678" in hit.subtitle
    assert "13812345678" not in hit.subtitle


def test_whoever_has_no_business_with_customers_finds_none(shop: Shop) -> None:
    assert _find(shop, "王", Role.ADMINISTRATOR) == FindResult()
    with shop.reading() as session:
        assert count_members(session, "王", shop.context(Role.ADMINISTRATOR)) == 0


def test_count_apart_from_the_hits(shop: Shop) -> None:
    with shop.reading() as session:
        assert count_members(session, "王", shop.context()) == 3
        assert count_members(session, "王", shop.context(), most=2) == 2
        assert len(find(session, "王", shop.context(), limit=2).members) == 2


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (TODAYS, [TODAYS]),
        (TODAYS.replace("-", "").lower(), [TODAYS]),
        ("R01261121", [TODAYS]),
        ("R-01", [OLD, TODAYS]),
        ("261121", [TODAYS]),
        ("01261121", [TODAYS]),
        ("003", [TODAYS]),
        (TODAYS[-4:], [TODAYS]),
        ("004", [COMPLAINT]),
        (TODAYS[-4:-1] + str((int(TODAYS[-1]) + 1) % 10), []),
        ("261399", []),
    ],
)
def test_tickets_by_number(shop: Shop, typed: str, numbers: list[str]) -> None:
    assert sorted(hit.title for hit in _find(shop, typed).tickets) == sorted(numbers)


def test_a_scanned_ticket_comes_first(shop: Shop) -> None:
    result = _find(shop, TODAYS + "\n")
    assert result.first is not None
    assert (result.first.kind, result.first.title, result.first.exact) == (
        EntityKind.TICKET,
        TODAYS,
        True,
    )
    assert result.first.highlight == ((0, 16),)
    assert result.members == ()


def test_tickets_of_a_customer(shop: Shop) -> None:
    hits = _find(shop, "王小明").tickets
    assert len(hits) == 3
    assert {hit.why for hit in hits} == {Why.CUSTOMER}
    assert hits[0].subtitle == "王小明 · 拉杆箱 轮子断"


@pytest.mark.parametrize("typed", ["LB-20-03", "lb2003", "LB20", "lb-2", "aurora", "登机", "20 寸 银", "银色"])
def test_loaners(shop: Shop, typed: str) -> None:
    assert [hit.title for hit in _find(shop, typed).loaners] == ["LB-20-03 20 寸登机箱"]


@pytest.mark.parametrize("typed", ["%", "_", "LB%"])
def test_signs_are_literal_for_loaners_too(shop: Shop, typed: str) -> None:
    assert _find(shop, typed).loaners == ()


@pytest.mark.parametrize("typed", [CARD, CARD.lower(), CARD[:8], CARD[1:], "22", "22" + CARD[-1], "000022"])
def test_cards(shop: Shop, typed: str) -> None:
    result = _find(shop, typed)
    assert CARD in [hit.title for hit in result.cards]
    assert [hit.title for hit in result.members if hit.why is Why.CARD] == ["王小明"]


def test_a_replaced_card_still_finds_its_member(shop: Shop) -> None:
    result = _find(shop, OLD_CARD)
    assert result.cards[0].why is Why.CARD_REPLACED
    assert result.members[0].title == "王小明"
    assert result.first is not None
    assert result.cards[0].opens.kind is EntityKind.MEMBER


def test_member_numbers(shop: Shop) -> None:
    number = _find(shop, "王小明").members[0].subtitle.split(" ")[0]
    assert _find(shop, number).members[0].why is Why.NUMBER
    assert _find(shop, number[1:]).members[0].title == "王小明"


def test_a_changed_name_is_found_and_the_old_one_is_not(shop: Shop) -> None:
    shop.do(register, MemberFacts(name="郑旧名"), shop.context())
    with shop.database.transaction() as session:
        member = session.query(Member).filter_by(name="郑旧名").one()
        member.name = "郑新字"
        search_index.write_member(session, member)
    assert _names(shop, "旧名") == []
    assert _names(shop, "zhengxinzi") == ["郑新字"]
    with shop.database.transaction() as session:
        member = session.query(Member).filter_by(name="郑新字").one()
        member.state = MemberState.MERGED
        search_index.write_member(session, member)
    assert _names(shop, "郑新字") == []


def test_a_rolled_back_member_is_not_found(shop: Shop) -> None:
    with suppress(_PulledPlugError), shop.database.transaction() as session:
        register(session, MemberFacts(name="郝回滚"), shop.context())
        raise _PulledPlugError
    assert _names(shop, "回滚") == []


def test_rebuild_gives_the_same_answers(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    for name, phone in PEOPLE.items():
        shop.do(register, MemberFacts(name=name, phones=(normalise(phone),)), shop.context())
    before = {typed: _names(shop, typed) for typed in ("王", "wxm", "5678", "smith", "%")}
    with shop.database.transaction() as session:
        search_index.forget(session, *session.execute(text("SELECT id FROM member")).scalars())
    assert _names(shop, "王小明") == ["王小明"], "the name itself is found without the index"
    assert _names(shop, "wxm") == []
    with shop.database.transaction() as session:
        assert search_index.rebuild(session) == len(PEOPLE)
    assert {typed: _names(shop, typed) for typed in before} == before
    shop.close()


# Derived tables of a statement, one row per store, and the index of words itself.
_MAY_BE_READ = ("SCAN store", "SCAN anon", "SCAN (subquery", "CONSTANT ROW", "VIRTUAL TABLE INDEX")
_TYPED = ["王", "王小明", "w", "wang", "wangxiaoming", "5", "56", "5678", "13812345678", "261121", "003", "LB-20", "%"]


@pytest.mark.parametrize("typed", [*_TYPED, "john smi", "王 5678", TODAYS, CARD])
def test_nothing_is_read_from_end_to_end(shop: Shop, typed: str) -> None:
    for statement, plan in _plans(shop, typed):
        whole = [step for step in plan if step.startswith("SCAN")]
        assert not [step for step in whole if not any(small in step for small in _MAY_BE_READ)], statement


def _plans(shop: Shop, typed: str) -> list[tuple[str, list[str]]]:
    asked: list[str] = []
    with shop.reading() as session:
        # The driver is watched, not SQLAlchemy: most of these statements go to it directly.
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(asked.append)
        try:
            find(session, typed, shop.context())
        finally:
            driver.set_trace_callback(None)
        asked = [statement for statement in asked if statement.startswith("SELECT")]
        assert asked
        return [
            (statement, [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()])
            for statement in asked
        ]


def test_days_are_of_the_stores_zone(shop: Shop) -> None:
    assert shop.context().today() == date(2026, 11, 21)


@pytest.mark.parametrize("typed", [LETTER, LETTER.lower(), "0" + LETTER[-2:], LETTER[:-1]])
def test_a_letter_by_its_number_or_its_end_gives_the_newest_version(shop: Shop, typed: str) -> None:
    found = _find(shop, typed)
    (letter,) = found.letters
    assert letter.title == LETTER
    assert letter.subtitle == "王小明 · 投诉答复"
    assert letter.opens.kind is EntityKind.LETTER
    with shop.reading() as session:
        assert session.get_one(Paper, letter.id).version == 2
    assert letter.exact == (typed.upper() == LETTER)


def test_other_papers_are_no_letters(shop: Shop) -> None:
    assert not _find(shop, running_number("F", "01", 8)).letters
    assert not _find(shop, "F").letters
