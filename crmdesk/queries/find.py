"""The one search box: members, tickets, loaners, cards and letters by anything that is typed or scanned."""

from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.found import FindResult, Hit, More, Why
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.search_match import heard
from crmdesk.core.search_text import SearchQuery, analyse
from crmdesk.db.name_readings import readings_by_character
from crmdesk.queries.find_batches import find_batches
from crmdesk.queries.find_items import find_items
from crmdesk.queries.find_people import People, count_people, find_people, more_people, open_business
from crmdesk.queries.find_things import (
    find_cards,
    find_letters,
    find_loaners,
    members_by_number,
    store_codes,
    tickets_by_number,
    tickets_of,
)

LIMIT: Final = 50
# Things beside people: a handful each, so that every group is seen without scrolling.
THINGS: Final = 8
# Tickets are shown of so many of the people found first.
PEOPLE_WITH_TICKETS: Final = 8
COUNTED_AT_MOST: Final = 1000

_BY_SOUND: Final = frozenset({Why.PINYIN, Why.INITIALS})
_SEES_PEOPLE: Final = frozenset(
    {Right.SERVE, Right.SEE_PHONES, Right.SEE_TICKET_PHONES, Right.SEE_OWN_PHONES, Right.CALL_ALL, Right.JUDGE}
)


def find(session: Session, text: str, context: Context, limit: int = LIMIT) -> FindResult:
    """Give what ``text`` can mean, best first; nothing for a role that has no business with customers.

    Args:
        session: where to ask.
        text: as typed or scanned; every sign in it is meant literally.
        context: who asks and where; an end of a ticket number is looked for in this store.
        limit: members at most.
    """
    query = analyse(text)
    if query.is_empty or not _sees_people(context):
        return FindResult()
    codes = store_codes(session) if query.number else []
    cards = find_cards(session, query, codes, THINGS)
    people = find_people(
        session, query, _by_number(session, query, codes, cards), limit, open_business(session, context.store.id)
    )
    return FindResult(
        members=people.hits,
        tickets=_find_tickets(session, query, codes, context, people.hits),
        loaners=find_loaners(session, query, context, THINGS),
        cards=cards,
        letters=find_letters(session, query, codes, THINGS),
        items=find_items(session, query, THINGS),
        batches=find_batches(session, query, codes, context, THINGS),
        more=people.more,
    )


def find_more(session: Session, text: str, more: More, context: Context, limit: int = LIMIT) -> People:
    """Give the members that follow those of `find`; its ``more``, or that of the page before, says where."""
    return more_people(session, analyse(text), more, limit) if _sees_people(context) else People((), None)


def heard_as(text: str, hit: Hit) -> str:
    """Give the sound by which ``text`` found a member (dan xiong), empty when it was something else."""
    by_sound = hit.kind is EntityKind.MEMBER and hit.why in _BY_SOUND
    return heard(analyse(text), readings_by_character, hit.title) if by_sound else ""


def count_members(session: Session, text: str, context: Context, most: int = COUNTED_AT_MOST) -> int:
    """Count the members that ``text`` finds, no further than ``most``; asked after the first hits are shown."""
    return count_people(session, analyse(text), most) if _sees_people(context) else 0


def _sees_people(context: Context) -> bool:
    return bool(context.actor.rights & _SEES_PEOPLE)


def _by_number(session: Session, query: SearchQuery, codes: list[str], cards: tuple[Hit, ...]) -> dict[int, Why]:
    by_card = {hit.member_id: hit.why for hit in cards if hit.member_id is not None}
    return by_card | dict.fromkeys(members_by_number(session, query, codes, THINGS), Why.NUMBER)


def _find_tickets(
    session: Session, query: SearchQuery, codes: list[str], context: Context, members: tuple[Hit, ...]
) -> tuple[Hit, ...]:
    numbered = tickets_by_number(session, query, codes, context, THINGS)
    if query.only_number or any(hit.exact for hit in numbered):
        return numbered
    of_people = tickets_of(session, [hit.id for hit in members[:PEOPLE_WITH_TICKETS]], query, THINGS)
    seen = {hit.id for hit in numbered}
    return (*numbered, *(hit for hit in of_people if hit.id not in seen))[:THINGS]
