"""Many new members in few statements: each table gets the rows of a batch at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from crmdesk.core.care import CareClass, Channel
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.ids import many_ids
from crmdesk.core.levels import rule_of, taken_over_until
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import (
    CardState,
    CardTier,
    LedgerKind,
    LedgerReason,
    MemberKind,
    MemberState,
    PhoneState,
    TouchpointState,
)
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.db.bulk import insert_many
from crmdesk.exchange.members import MemberRow
from crmdesk.models.card import Card
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member, MemberPhone, MemberPrivate, MemberTag, MemberValue, Touchpoint
from crmdesk.models.own_field import OwnValue
from crmdesk.queries.settings import store_settings
from crmdesk.services import search_index
from crmdesk.services.imports_numbers import RunningNumbers
from crmdesk.services.imports_own import ImportedOwn, own_name
from crmdesk.services.ledger_balances import recount
from crmdesk.services.levels import change_row

_TAIL: Final = 4
# Columns whose text is taken as it stands, by the name that the row gives them.
TEXTS: Final = {
    "email": "email",
    "address": "address",
    "occupation": "occupation",
    "industry": "industry",
    "garment_size": "garment_size",
    "shoe_size": "shoe_size",
    "preferences": "tastes",
    "hobbies": "hobbies",
    "consumption": "consumption",
    "gift_preference": "gift_preference",
    "source": "source",
    "notes": "note",
}
_TABLES: Final = (
    Member,
    MemberPhone,
    MemberTag,
    MemberValue,
    MemberPrivate,
    Touchpoint,
    OwnValue,
    Card,
    LedgerEntry,
    LevelChange,
    ImportedRow,
)


class NewMembers:
    """Collects the rows of new members and writes them table by table."""

    def __init__(self, session: Session, context: Context, run_id: int) -> None:
        """Begin with nothing collected."""
        self._session = session
        self.context = context
        self._run_id = run_id
        self._keys = many_ids()
        self._now = context.now()
        self._today = context.today()
        self._numbers = RunningNumbers(session, context, "M")
        self._cards = RunningNumbers(session, context, "V")
        settings = store_settings(session, context.store.id)
        years = settings.get(POINTS_YEARS)
        self._level_until = taken_over_until(rule_of(settings), self._today)
        self.points_until = date(self._today.year + years, 12, 31)
        self._rows: dict[type[Any], list[dict[str, Any]]] = {model: [] for model in _TABLES}
        self._own = ImportedOwn(session)
        self._index: list[search_index.Entry] = []

    def add(self, row: MemberRow, store_id: int, guide_id: int | None) -> int:
        """Take a new member in and give the key; written with the next `flush`."""
        key = next(self._keys)
        name = row.name or phone_name(row)
        digits = list(dict.fromkeys(phone.digits for phone in row.phones))
        if row.member_number:
            self._numbers.meet(row.member_number)
        self._put(Member, self._member(key, row, store_id, guide_id) | {"name": name})
        self._put(MemberValue, {"member_id": key, "store_id": store_id})
        for ordinal, phone in enumerate(digits):
            self._put(MemberPhone, phone_values(key, store_id, ordinal, phone))
        for tag in row.tags:
            self._put(MemberTag, {"store_id": store_id, "member_id": key, "tag": tag})
        if row.income:
            self._put(MemberPrivate, private_values(key, store_id, row.income))
        if row.wechat:
            self._put(Touchpoint, touchpoint_values(key, store_id))
        self.add_own(key, store_id, own_words(row))
        if row.card:
            self.add_card(key, row.card, row.level or CardTier.ORDINARY, CardState.ISSUED)
        for kind, amount in openings(row).items():
            self.add_ledger(key, store_id, kind, amount, row.row)
        self.note(row.row, key, 1, "")
        self._index.append(search_index.Entry(key, name, digits))
        return key

    def add_card(self, member_id: int, number: str, tier: CardTier, state: CardState) -> None:
        """Take in a card that was given out before."""
        self._cards.meet(number)
        values = {"store_id": self.context.store.id, "member_id": member_id, "number": number}
        self._put(Card, values | {"tier": tier, "state": state, "issued_at": self._now, "fee": Money(0)})

    def add_own(self, member_id: int, store_id: int, fields: Mapping[str, str]) -> list[int]:
        """Take over columns that belong to no field; give the keys of the own fields they go to."""
        rows = self._own.rows(member_id, store_id, fields) if fields else []
        for values in rows:
            self._put(OwnValue, values)
        return [values["field_id"] for values in rows]

    def add_ledger(self, member_id: int, store_id: int, kind: LedgerKind, amount: int, row: int) -> None:
        """Take over an opening balance."""
        values = {
            "store_id": store_id,
            "member_id": member_id,
            "kind": kind,
            "reason": LedgerReason.OPENING,
            "amount": amount,
            "at": self._now,
            "staff_id": self.context.actor.staff_id,
            "expires_on": self.points_until if kind is LedgerKind.POINTS else None,
            "paper_number": f"import {row}",
            "note": "",
        }
        self._put(LedgerEntry, values)

    def note(self, row: int, member_id: int, version: int, before: str) -> None:
        """Note what a row did, for undoing it."""
        values = {
            "store_id": self.context.store.id,
            "run_id": self._run_id,
            "row": row,
            "entity_kind": EntityKind.MEMBER.value,
            "entity_id": member_id,
            "version": version,
            "before": before,
        }
        self._put(ImportedRow, values)

    def flush(self) -> None:
        """Write everything collected so far."""
        moved = {row["member_id"] for row in self._rows[LedgerEntry]}
        for model, rows in self._rows.items():
            insert_many(self._session, model, rows)
            rows.clear()
        recount(self._session, moved)
        search_index.write(self._session, self._index)
        self._index.clear()

    def keep_numbers(self) -> None:
        """Write the counters of the numbers given out; once, at the end."""
        self._numbers.keep()
        self._cards.keep()

    def _put(self, model: type[Any], values: dict[str, Any]) -> None:
        if model is not Member and model is not MemberValue:
            values["id"] = next(self._keys)
        self._rows[model].append(values)

    def _level(self, key: int, tier: CardTier) -> dict[str, Any]:
        """Give the columns of a level; one that was brought along is kept for a whole period, and noted."""
        taken_over = tier is not CardTier.ORDINARY
        if taken_over:
            moved = (CardTier.ORDINARY, tier)
            self._rows[LevelChange].append(change_row(key, moved, LevelReason.IMPORTED, "", self.context))
        since, until = (self._today, self._level_until) if taken_over else (None, None)
        return {"tier": tier, "tier_since": since, "tier_until": until}

    def _member(self, key: int, row: MemberRow, store_id: int, guide_id: int | None) -> dict[str, Any]:
        birthday = row.birthday
        values: dict[str, Any] = {column: getattr(row, attribute) for column, attribute in TEXTS.items()}
        return values | {
            "id": key,
            "store_id": store_id,
            "number": row.member_number or self._numbers.take(),
            "kind": MemberKind.CUSTOMER,
            "state": MemberState.ACTIVE,
            "gender": row.gender,
            "birthday_calendar": birthday.calendar if birthday else None,
            "birthday_year": birthday.year if birthday else None,
            "birthday_month": birthday.month if birthday else None,
            "birthday_day": birthday.day if birthday else None,
            "guide_id": guide_id,
            "care_class": row.care_class or CareClass.ORDINARY,
            **self._level(key, row.level or CardTier.ORDINARY),
            "do_not_contact": False,
            "joined_on": row.joined or self._today,
            "version": 1,
        }


def phone_name(row: MemberRow) -> str:
    """Give what somebody is called of whom only the phone is known."""
    return gettext("Phone ending {tail}").format(tail=row.phones[0].digits[-_TAIL:]) if row.phones else ""


def phone_values(member_id: int, store_id: int, ordinal: int, digits: str) -> dict[str, Any]:
    """Give a row of phones."""
    return {
        "store_id": store_id,
        "member_id": member_id,
        "ordinal": ordinal,
        "digits": digits,
        "tail": digits[-_TAIL:],
        "state": PhoneState.ACTIVE,
        "note": "",
    }


def private_values(member_id: int, store_id: int, income: str) -> dict[str, Any]:
    """Give a row of the private profile."""
    return {"store_id": store_id, "member_id": member_id, "income_band": income}


def touchpoint_values(member_id: int, store_id: int) -> dict[str, Any]:
    """Give a touchpoint for somebody whose WeChat is known."""
    values = {"store_id": store_id, "member_id": member_id, "channel": Channel.WECHAT}
    return values | {"state": TouchpointState.ACTIVE, "since": None}


def own_words(row: MemberRow) -> dict[str, str]:
    """Give what has no field of its own: other columns, the WeChat name, a level that is none of ours."""
    fields = {own_name(name): text for name, text in row.custom}
    if row.wechat:
        fields[gettext("WeChat name")] = row.wechat
    if row.level is None and row.level_text:
        fields[gettext("Level elsewhere")] = row.level_text
    return fields


def openings(row: MemberRow) -> dict[LedgerKind, int]:
    """Give the balances that a row brings along, points or fen; nothing where there is none."""
    brought = {
        LedgerKind.POINTS: row.points or 0,
        LedgerKind.PRINCIPAL: row.stored_value.fen if row.stored_value else 0,
        LedgerKind.BONUS: row.bonus.fen if row.bonus else 0,
    }
    return {kind: amount for kind, amount in brought.items() if amount}
