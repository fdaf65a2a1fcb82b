"""What comes first in the search box, page after page, and names that are no usual names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.core.found import More, Why
from crmdesk.core.numbers import day_number
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.text_clean import clean_name
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.find import find, find_more, heard_as
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import OPENING, STORE_ID, Shop, open_shop, staff_id

SHARED = "13800001111"
ODD_NAMES = (
    "龘",
    "𠮷",
    "𬱖田",
    "买买提·阿不都热合曼",
    "维克多•雨果",
    "阿" * 40,
    "Jean-Luc Picard",
    "😀笑笑",
    "👩‍👧妈妈",
    "100%_王'\"\\`",
    "a\\b",
    "-",
    "·",
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = open_shop(tmp_path)
    yield shop
    shop.close()


def _register(shop: Shop, *names: str, phone: str = "") -> None:
    phones = (normalise(phone),) if phone else ()
    for name in names:
        shop.do(register, MemberFacts(name, phones, share_phones=True), shop.context())


def _ticket(shop: Shop, name: str, state: TicketState, count: int) -> None:
    with shop.database.transaction() as session:
        member = session.query(Member).filter_by(name=name).one()
        clerk = staff_id(Role.CLERK)
        session.add(
            Ticket(
                store_id=STORE_ID,
                home_store_id=STORE_ID,
                number=day_number("R", "01", shop.context().today(), count),
                kind=TicketKind.REPAIR,
                state=state,
                member_id=member.id,
                received_by_id=clerk,
                owner_id=clerk,
                received_at=OPENING,
                last_event_at=OPENING,
            )
        )


def _names(shop: Shop, typed: str, limit: int = 50) -> list[str]:
    with shop.reading() as session:
        return [hit.title for hit in find(session, typed, shop.context(), limit).members]


def test_the_name_then_beginnings_then_open_business_then_the_newest(shop: Shop) -> None:
    _register(shop, "周建", "陈周建", "周建国", "李周建", "周建华", "王周建")
    _ticket(shop, "陈周建", TicketState.RECEIVED, 1)
    _ticket(shop, "周建国", TicketState.READY, 2)
    _ticket(shop, "李周建", TicketState.CLOSED, 3)
    assert _names(shop, "周建") == ["周建", "周建国", "周建华", "陈周建", "王周建", "李周建"]


def test_open_business_of_a_frequent_name_is_found_before_the_newest(shop: Shop) -> None:
    _register(shop, "王一", *(f"王{place}" for place in range(8)))
    _ticket(shop, "王一", TicketState.RECEIVED, 1)
    assert _names(shop, "王", limit=3) == ["王一", "王7", "王6"]
    assert _names(shop, "w", limit=3)[0] == "王一"


def test_a_reading_that_the_surname_has_not_comes_last(shop: Shop) -> None:
    _register(shop, "丹青", "单雄信", "旦旦", "山青")
    assert _names(shop, "dan") == ["旦旦", "丹青", "单雄信"]
    assert _names(shop, "shan") == ["山青", "单雄信"]
    assert _names(shop, "dxx") == ["单雄信"]


@pytest.mark.parametrize(
    ("typed", "why", "sound"),
    [
        ("danx", Why.PINYIN, "dan xiong"),
        ("shan xiong xin", Why.PINYIN, "shan xiong xin"),
        ("sxx", Why.INITIALS, "shan xiong xin"),
        ("xx", Why.INITIALS, "xiong xin"),
        ("xin", Why.PINYIN, "xin"),
        ("shen", Why.PINYIN, "shen"),
        ("雄", Why.NAME, ""),
        ("1111", Why.PHONE, ""),
    ],
)
def test_why_and_by_which_reading(shop: Shop, typed: str, why: Why, sound: str) -> None:
    _register(shop, "单雄信", phone=SHARED)
    with shop.reading() as session:
        (hit,) = find(session, typed, shop.context()).members
    assert (hit.why, heard_as(typed, hit)) == (why, sound)


def _pages(shop: Shop, typed: str, limit: int) -> list[list[str]]:
    with shop.reading() as session:
        found = find(session, typed, shop.context(), limit)
        pages, more = [[hit.title for hit in found.members]], found.more
        while more is not None:
            page = find_more(session, typed, more, shop.context(), limit)
            pages.append([hit.title for hit in page.hits])
            more = page.more
    return pages


@pytest.mark.parametrize("limit", [1, 3, 7, 20, 23, 50])
def test_pages_give_everybody_once(shop: Shop, limit: int) -> None:
    _register(shop, "王", *(f"散客王{place}" for place in range(20)), "王王", phone=SHARED)
    _ticket(shop, "散客王3", TicketState.RECEIVED, 1)
    _ticket(shop, "散客王9", TicketState.RECEIVED, 2)
    for typed in ("王", "1111", SHARED, "wang", "w", "王 0000"):
        pages = _pages(shop, typed, limit)
        everybody = [name for page in pages for name in page]
        assert sorted(everybody) == sorted({*everybody})
        assert len(everybody) == 22, typed
        assert all(len(page) <= limit for page in pages)
    assert _pages(shop, "1111", 3)[0][:2] == ["散客王9", "散客王3"], "first who has something open"


def test_whoever_sees_no_customers_sees_no_further_page(shop: Shop) -> None:
    _register(shop, "王一")
    with shop.reading() as session:
        assert find_more(session, "王", More(2**62), shop.context(Role.ADMINISTRATOR)) == ((), None)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_found_by_themselves_and_by_their_parts(shop: Shop, name: str) -> None:
    _register(shop, "王小明", name)
    kept = clean_name(name)
    assert kept in _names(shop, name)
    for part in [sign for sign in name if not (sign.isascii() and sign.isalnum()) and sign not in " \u200d"]:
        assert kept in _names(shop, part), part


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b[31m", "\u202e", "\ufeff", "\ud83d", "\U000e0041"])
def test_control_characters_find_nobody_and_break_nothing(shop: Shop, sign: str) -> None:
    _register(shop, "王小明")
    assert _names(shop, sign) in ([], ["王小明"])
    assert _names(shop, f"王{sign}") in ([], ["王小明"])


def test_both_forms_of_characters_find_each_other(shop: Shop) -> None:
    _register(shop, "鍾離權", "钟离权", "歐陽鋒", "欧阳锋", "锺离")
    assert {*_names(shop, "钟离权")} == {*_names(shop, "鍾離權")} == {"鍾離權", "钟离权"}
    assert {*_names(shop, "歐陽")} == {*_names(shop, "欧阳")} == {"歐陽鋒", "欧阳锋"}
    assert {*_names(shop, "zhongli")} == {"鍾離權", "钟离权", "锺离"}
