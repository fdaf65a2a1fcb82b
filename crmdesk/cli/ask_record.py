"""The wider parts of a member's file as ``show member`` gives them."""

from typing import TYPE_CHECKING

from crmdesk.cli.frame import Value

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.queries.member_page import MemberPage
    from crmdesk.queries.people_around import Around, HouseholdShown
    from crmdesk.services.looks import ContactSeen


def record_parts(page: "MemberPage", seen: "ContactSeen", around: "Around") -> dict[str, Value]:
    """Give phones with their use, further addresses, own fields, households and relatives."""
    digits = dict(seen.phones)
    return {
        "phones": [
            {
                "number": digits.get(one.id, one.masked),
                "extension": one.extension,
                "use": one.use.value,
                "state": one.state.value,
                "valid_until": _day(one.valid_until),
            }
            for one in page.phones
        ],
        "addresses": [
            {
                "use": one.use.value,
                "recipient": one.recipient,
                "region": one.region,
                "address": one.line,
                "postcode": one.postcode,
                "valid_from": _day(one.valid_from),
                "valid_until": _day(one.valid_until),
            }
            for one in seen.addresses
        ],
        "own": {one.name: one.words for one in page.own},
        "households": [_household(one) for one in around.households],
        "relatives": [
            {"name": one.name, "role": one.role.value, "next_birthday": _day(one.next_birthday)}
            for one in around.relatives
        ],
    }


def _household(one: "HouseholdShown") -> dict[str, Value]:
    return {
        "kind": one.kind.value,
        "name": one.name,
        "role": one.role.value,
        "people": [{"number": person.number, "name": person.name, "role": person.role.value} for person in one.people],
        "count": one.count,
        "spend_12_months": None if one.spend is None else one.spend.fen / 100,
    }


def _day(day: "date | None") -> str | None:
    return day.isoformat() if day is not None else None
