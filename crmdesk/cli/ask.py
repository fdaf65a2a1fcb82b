"""``find`` and ``show``: questions to the store."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.cli.ask_record import record_parts
from crmdesk.cli.frame import Exit, Subparsers, Value, answer, command

if TYPE_CHECKING:
    from crmdesk.cli.store import Opened
    from crmdesk.core.birthday import Birthday
    from crmdesk.core.found import Hit
    from crmdesk.core.money import Money
    from crmdesk.queries.member_page import MemberPage
    from crmdesk.services.looks import ContactSeen

_PLAIN = (
    "id",
    "number",
    "name",
    "kind",
    "state",
    "gender",
    "occupation",
    "industry",
    "garment_size",
    "shoe_size",
    "preferences",
    "hobbies",
    "consumption",
    "gift_preference",
    "source",
    "notes",
    "home_store",
    "guide",
    "care_class",
    "do_not_contact",
    "joined_on",
    "tags",
)


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    found = command(subparsers, "find", "find people, tickets, loaners and cards by anything", find)
    found.add_argument("text", metavar="TEXT")
    found.add_argument("--limit", metavar="N", type=_positive, default=50)
    summary = "show one record"
    shown = subparsers.add_parser("show", help=summary, description=summary)
    kinds = shown.add_subparsers(title="what", metavar="WHAT", required=True)
    member = command(kinds, "member", "show a member's file; that somebody looked is noted", show_member)
    member.add_argument("id", metavar="ID", help="key or member number")


def find(options: argparse.Namespace) -> int:
    """Find; nothing found is an answer too."""
    from crmdesk.cli.store import opened_store
    from crmdesk.queries.find import find as ask
    from crmdesk.queries.find import heard_as

    with opened_store(options) as store, store.database.reading() as session:
        result = ask(session, options.text, store.context, options.limit)
    hits = [hit for _, group in result.groups for hit in group][: options.limit]
    sounds = [heard_as(options.text, hit) for hit in hits]
    value: list[Value] = [_found(hit, sound) for hit, sound in zip(hits, sounds, strict=True)]
    lines = [
        f"{hit.kind.value:<8} {hit.id}  {hit.title}  {hit.subtitle}  ({' '.join(filter(None, (hit.why.value, sound)))})"
        for hit, sound in zip(hits, sounds, strict=True)
    ]
    answer(options, value, lines)
    return Exit.OK


def _found(hit: "Hit", sound: str) -> Value:
    """Give a hit with its reason: the field, the sound by which a name was found, and the letters of the title."""
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "title": hit.title,
        "why": hit.why.value,
        "heard": sound,
        "marked": [hit.title[start:end] for start, end in hit.highlight],
        "exact": hit.exact,
    }


def show_member(options: argparse.Namespace) -> int:
    """Show a member's file in full."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store

    speak(options)
    with opened_store(options) as store:
        value = _member(store, options.id)
    lines = [f"{name}: {_plain(content)}" for name, content in value.items() if content not in ("", None, [], {})]
    answer(options, value, lines)
    return Exit.OK


def _member(store: "Opened", wanted: str) -> "dict[str, Value]":
    from crmdesk.core.errors import NotFoundError
    from crmdesk.core.refs import EntityKind
    from crmdesk.queries.member_key import member_key
    from crmdesk.queries.member_page import member_page
    from crmdesk.queries.people_around import people_around
    from crmdesk.services.looks import note_look
    from crmdesk.services.unit import perform

    with store.database.reading() as session:
        key = member_key(session, wanted)
        if key is None:
            raise NotFoundError(EntityKind.MEMBER, wanted)
        page = member_page(session, key, store.context)
        around = people_around(session, page.id, store.context)
    seen = perform(store.database, store.context, lambda session, context: note_look(session, key, context)).value
    return _record(page, seen) | record_parts(page, seen, around)


def _record(page: "MemberPage", seen: "ContactSeen") -> "dict[str, Value]":
    plain = {name: _jsonable(getattr(page, name)) for name in _PLAIN}
    worth = page.worth
    more: dict[str, Value] = {
        "email": seen.email,
        "address": seen.address,
        "birthday": _birthday(page.birthday),
        "level": page.tier.value,
        "balances": {
            "points": worth.points,
            "stored_value": _yuan(worth.stored),
            "bonus": _yuan(worth.bonus),
        },
        "bought": {
            "purchases": worth.purchases,
            "days": worth.days,
            "pieces": worth.pieces,
            "net": _yuan(worth.net),
            "first_day": _jsonable(worth.first_day),
            "last_day": _jsonable(worth.last_day),
        },
        "cards": [{"number": card.number, "state": card.state.value} for card in page.cards],
        "touchpoints": {channel.value: state.value for channel, state in page.touchpoints.items()},
        "open_tickets": [ticket.number for ticket in page.tickets],
    }
    return plain | more


def _birthday(birthday: "Birthday | None") -> Value:
    if birthday is None:
        return None
    return {
        "calendar": birthday.calendar.value,
        "year": birthday.year,
        "month": birthday.month,
        "day": birthday.day,
    }


def _yuan(amount: "Money | None") -> float | None:
    return None if amount is None else amount.fen / 100


def _jsonable(value: object) -> Value:
    if isinstance(value, dict):
        return {str(name): _jsonable(content) for name, content in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def _plain(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(content)}" for name, content in value.items())
    return ", ".join(map(_plain, value)) if isinstance(value, list) else "–" if value is None else str(value)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        msg = "must be at least 1"
        raise argparse.ArgumentTypeError(msg)
    return number
