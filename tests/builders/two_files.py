"""Two files with everything that can hang on a person, and pictures of them for comparing before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, Channel, ConsentPurpose
from crmdesk.core.ids import new_id
from crmdesk.core.member_words import AddressUse, HouseholdRole, PhoneUse
from crmdesk.core.members import CardTier, LedgerKind, LedgerReason, MemberState, TouchpointState
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.db import row_json
from crmdesk.db.row_json import Plain
from crmdesk.db.rows import append
from crmdesk.models.address import MemberAddress
from crmdesk.models.callback import Callback, Consent, Contact
from crmdesk.models.card import Card
from crmdesk.models.household import Household, HouseholdPerson, Relative
from crmdesk.models.item import Item
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberPhone, MemberPrivate, MemberTag, MemberValue, Touchpoint
from crmdesk.models.member_references import REFERENCES
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.models.purchase import Purchase
from crmdesk.services import ledger_balances, merges, purchases
from crmdesk.services.merge_rows import table_of
from crmdesk.services.merges import Merged, MergeMembers
from tests.builders.shop import STORE_ID, Shop, staff_id

DAY = date(2026, 3, 1)
MOMENT = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
# The merge's own rows, and what only says that something is to be worked out again.
_NOT_COMPARED = {"merge", "dirty_member", "duplicate_pair", "member_value"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a file is filled with: small numbers choose among a few phones, tags, households and fields."""

    facts: dict[str, Any]
    phones: Sequence[int] = ()
    tags: Sequence[int] = ()
    touch: Sequence[tuple[int, int]] = ()
    consents: Sequence[tuple[int, bool]] = ()
    homes: Collection[int] = ()
    own: Collection[int] = ()
    private: str | None = None
    points: Sequence[int] = ()
    stored: Sequence[int] = ()
    bought: Sequence[int] = ()
    calls: int = 0
    relatives: Sequence[str] = ()
    places: Sequence[str] = ()
    walk_in: bool = False


def make_file(shop: Shop, given: Given) -> int:
    """Make a file with everything in ``given`` and give its key."""
    key = new_id()
    own = {"store_id": STORE_ID, "member_id": key}
    with shop.database.transaction() as session:
        _ground(session)
        state = MemberState.WALK_IN if given.walk_in else MemberState.ACTIVE
        append(
            session,
            Member,
            {"id": key, "store_id": STORE_ID, "number": f"M-{key}", "joined_on": DAY, "state": state, "name": "周敏"}
            | given.facts,
        )
        _words(session, given, own)
        append(session, Card, own | {"number": f"V-{key}", "tier": CardTier.ORDINARY, "issued_at": MOMENT})
        append(session, Item, own | {"category": "suitcase", "name": "箱"})
        _movements(session, given, own)
        append(session, Contact, own | {"at": MOMENT, "staff_id": staff_id(Role.CLERK), "channel": Channel.PHONE})
        due = {"due_from": MOMENT, "due_until": MOMENT, "reason": CallbackReason.CADENCE, "state": CallbackState.DUE}
        append(session, Callback, *(own | due for _ in range(given.calls)))
        append(session, MemberValue, own)
        purchases.renew_value(session, key, shop.context())
        ledger_balances.recount(session, [key])
    return key


def _words(session: Session, given: Given, own: dict[str, Any]) -> None:
    phones = [{"digits": f"1380000000{one}", "tail": f"000{one}", "ordinal": at} for at, one in enumerate(given.phones)]
    append(session, MemberPhone, *(own | one | {"use": PhoneUse.PERSONAL} for one in phones))
    append(session, MemberTag, *(own | {"tag": f"t{one}"} for one in given.tags))
    touch = [(list(Channel)[channel], list(TouchpointState)[state]) for channel, state in given.touch]
    append(session, Touchpoint, *(own | {"channel": one, "state": how} for one, how in dict(touch).items()))
    said = [{"purpose": list(ConsentPurpose)[purpose], "given": word} for purpose, word in given.consents]
    common = {"at": MOMENT, "how": "at the counter", "wording": "1", "staff_id": staff_id(Role.MANAGER)}
    append(session, Consent, *(own | common | one for one in said))
    append(
        session,
        HouseholdPerson,
        *(own | {"household_id": 900 + one, "role": HouseholdRole.SELF} for one in given.homes),
    )
    append(
        session,
        OwnValue,
        *(own | {"field_id": 800 + one, "words": f"{one} of {own['member_id']}"} for one in given.own),
    )
    if given.private is not None:
        append(session, MemberPrivate, own | {"character": given.private, "income_band": "b"})
    append(session, Relative, *(own | {"name": name, "role": HouseholdRole.CHILD} for name in given.relatives))
    append(session, MemberAddress, *(own | {"line": line, "use": AddressUse.HOME} for line in given.places))


def _ground(session: Session) -> None:
    if session.get(Household, 900) is None:
        append(session, Household, *({"id": 900 + one, "store_id": STORE_ID, "name": f"h{one}"} for one in range(3)))
        append(session, OwnField, *({"id": 800 + one, "store_id": STORE_ID, "name": f"f{one}"} for one in range(3)))


def _movements(session: Session, given: Given, own: dict[str, Any]) -> None:
    line = own | {"at": MOMENT, "staff_id": staff_id(Role.CLERK), "reason": LedgerReason.OPENING}
    moves = [(LedgerKind.POINTS, one) for one in given.points] + [(LedgerKind.PRINCIPAL, one) for one in given.stored]
    append(
        session,
        LedgerEntry,
        *(line | {"kind": kind, "amount": one, "expires_on": date(2027, 12, 31)} for kind, one in moves),
    )
    bought = [{"number": f"P-{new_id()}", "day": DAY, "pieces": 1, "net": Money(one)} for one in given.bought]
    append(session, Purchase, *(own | one for one in bought))


def picture(shop: Shop, *members: int) -> dict[str, dict[int, Plain]]:
    """Give every row that points to these members, and their files, without versions."""
    found: dict[str, dict[int, Plain]] = {}
    with shop.reading() as session:
        places = [("member", "id"), *(one for one in REFERENCES if one[0] not in _NOT_COMPARED)]
        for name, column in places:
            table = table_of(name)
            if name == "ledger_balance":
                lines = session.execute(select(table).where(table.c.member_id.in_(members))).mappings()
                plain = {hash((line["member_id"], line["kind"])): dict(line) for line in lines}
            else:
                plain = row_json.rows_of(session, table, column, members)
            found.setdefault(name, {}).update(plain)
    for rows in found.values():
        for row in rows.values():
            row.pop("version", None)
    return found


def merge_two(shop: Shop, kept: int, gone: int, taken: Collection[str] = (), desk: str = "desk-1") -> Merged:
    """Merge them as the manager sees them now."""
    with shop.reading() as session:
        versions = dict(session.execute(select(Member.id, Member.version).where(Member.id.in_((kept, gone)))).all())
    request = MergeMembers(kept, versions[kept], gone, versions[gone], frozenset(taken))
    return shop.do(merges.merge, request, shop.context(Role.MANAGER, desk))
