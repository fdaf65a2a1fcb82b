"""The day's searches: everything that a clerk types into the one box, and whom it must find."""

from collections.abc import Iterator
from typing import NamedTuple

from crmdesk.core.found import FindResult, Hit
from crmdesk.core.refs import EntityKind
from crmdesk.demo.day_desk import DayDesk, Note
from crmdesk.queries import cards, member_page
from crmdesk.queries.find import find
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import first

STEP = "2 find"


class Search(NamedTuple):
    """What is typed, how, and the title of what must be among the hits."""

    way: str
    typed: str
    wanted: str


def find_all(desk: DayDesk) -> None:
    """Type everything and write down what was found."""
    desk.at(9, 20)
    found: list[Note] = [_try(desk, search) for search in _searches(desk)]
    missed = [one["typed"] for one in found if isinstance(one, dict) and not one["found"]]
    desk.book.note(STEP, searches=found)
    desk.book.check("every search finds whom it must", [], missed)


def finds(desk: DayDesk, typed: str, member_id: int) -> bool:
    """Tell whether what is typed finds a member, or a thing of hers."""
    hits = _hits(desk.ask(find, typed, desk.clerk))
    return any(member_id in (hit.member_id, hit.id) for hit in hits)


def _searches(desk: DayDesk) -> Iterator[Search]:
    yield Search("one character", "缙", "解缙")
    yield Search("name fragment", "建国", "周建国")
    yield Search("pinyin", "zhoujianguo", "周建国")
    yield Search("initials", "zjg", "周建国")
    yield Search("surname read otherwise", "shanxueqin", "单雪芹")
    yield Search("initials of a surname read otherwise", "qy", "仇英")
    yield Search("compound surname", "yuchimin", "尉迟敏")
    yield Search("rare character", "𠮷", "𠮷田美嘉")
    yield Search("last four digits", "5678", "周建国")
    yield Search("digits from the middle", "571440", "欧阳晓明")
    yield Search("phone as it is spoken", "138 0571 5678", "周建国")
    yield Search("loaner", "L-003", "L-003")
    page = desk.ask(member_page.member_page, desk.member("周建国"), desk.clerk)
    yield Search("member number", page.number, "周建国")
    for card in desk.ask(cards.of_member, desk.member("周静"))[:1]:
        yield Search("card number, scanned", card.number, card.number)
    for row in desk.ask(first, TicketFilter(TicketView.ALL), desk.clerk, None, 1):
        yield Search("ticket number, scanned", row.number, row.number)


def _try(desk: DayDesk, search: Search) -> dict[str, Note]:
    result = desk.ask(find, search.typed, desk.clerk)
    hits = list(_hits(result))
    wanted = next((hit for hit in hits if search.wanted in hit.title or search.wanted in hit.subtitle), None)
    return {
        "way": search.way,
        "typed": search.typed,
        "hits": len(hits),
        "first": _words(result.first),
        "found": wanted is not None,
        "why": wanted.why.value if wanted else "",
    }


def _hits(result: FindResult) -> Iterator[Hit]:
    for _kind, hits in result.groups:
        yield from hits


def _words(hit: Hit | None) -> str:
    return "" if hit is None else f"{EntityKind(hit.kind).value} {hit.title}"
