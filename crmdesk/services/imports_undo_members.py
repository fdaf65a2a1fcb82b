"""Taking back members that an import made or filled up."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crmdesk.core.care import CareClass, Channel
from crmdesk.core.context import Context
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import BirthdayCalendar, CardState, CardTier, Gender, LedgerKind, LedgerReason, MemberState
from crmdesk.models.access import AccessEntry
from crmdesk.models.card import Card
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member, MemberPhone, MemberPrivate, MemberTag, MemberValue, Touchpoint
from crmdesk.models.own_field import OwnValue
from crmdesk.models.score import DirtyMember, MemberScore
from crmdesk.services import imports_own, ledger, search_index
from crmdesk.services.imports_in_use import pointed_to
from crmdesk.services.imports_undo_kept import Stays, changed, in_use
from crmdesk.services.ledger import Post

_PARTS: Final[tuple[type[Any], ...]] = (
    MemberPhone,
    MemberTag,
    MemberValue,
    MemberPrivate,
    Touchpoint,
    OwnValue,
    Card,
    LedgerBalance,
    LedgerEntry,
    LevelChange,
    MemberScore,
    DirtyMember,
    AccessEntry,
)
_PART_NAMES: Final = frozenset(part.__tablename__ for part in _PARTS)
_READ: Final[dict[str, Callable[[str], Any]]] = {
    "gender": Gender,
    "birthday_calendar": BirthdayCalendar,
    "tier": CardTier,
    "care_class": CareClass,
    "state": MemberState,
    "joined_on": date.fromisoformat,
}


def remove_members(session: Session, versions: Mapping[int, int]) -> dict[int, Stays]:
    """Remove members, given with the version that the import left; give those that stay, and why."""
    if not versions:
        return {}
    keys = list(versions)
    kept = _changed(session, versions)
    kept |= {key: in_use(table) for key, table in pointed_to(session, "member", keys, _PART_NAMES).items()}
    kept |= dict.fromkeys(_used_cards(session, keys), in_use("card"))
    kept |= dict.fromkeys(_moved_balances(session, keys), in_use("ledger_entry"))
    gone = [key for key in keys if key not in kept]
    for part in _PARTS:
        session.execute(delete(part).where(part.member_id.in_(gone)), execution_options={"synchronize_session": False})
    search_index.forget(session, *gone)
    session.execute(delete(Member).where(Member.id.in_(gone)), execution_options={"synchronize_session": False})
    return kept


def restore_members(session: Session, rows: Sequence[ImportedRow], context: Context) -> dict[int, Stays]:
    """Take back what rows (the last first) did to members; give those of whom something stays, and what.

    A member whom somebody edited since goes back field by field: what still stands as the import left it.
    """
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.entity_id] = max(newest.get(row.entity_id, 0), row.version)
    edited = _changed(session, newest)
    stays: dict[int, Stays] = {}
    for row in rows:
        before = json.loads(row.before)
        left = _edited_columns(session, row.entity_id, before) if row.entity_id in edited else ()
        if row.entity_id in edited and "new" not in before:  # noted before single fields were
            stays[row.entity_id] = changed()
            continue
        if left:
            stays[row.entity_id] = changed(*left)
        _restore(session, row, before, left, context)
    _tell_earlier_imports(session, [row for row in rows if row.entity_id not in edited])
    return stays


def _edited_columns(session: Session, member_id: int, before: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the columns that are not any more as the import left them."""
    member = session.get(Member, member_id)
    new = before.get("new", {})
    return tuple(name for name, value in new.items() if member is None or _plain(getattr(member, name)) != value)


def _plain(value: object) -> object:
    """Give a value as the note of an import holds it."""
    return str(value) if isinstance(value, (Enum, date)) else value


def _tell_earlier_imports(session: Session, rows: Sequence[ImportedRow]) -> None:
    """Let an earlier import know that its members are again as it left them, so that it can be undone as well."""
    found: dict[int, int] = {}
    for row in rows:
        found[row.entity_id] = min(found.get(row.entity_id, row.version), row.version)
    for member_id, version in found.items():
        member = session.get(Member, member_id)
        if member is not None:
            earlier = (ImportedRow.entity_id == member_id, ImportedRow.version == version - 1)
            session.execute(update(ImportedRow).where(*earlier).values(version=member.version))


def _changed(session: Session, versions: Mapping[int, int]) -> dict[int, Stays]:
    rows = session.execute(select(Member.id, Member.version).where(Member.id.in_(list(versions))))
    return {row.id: changed() for row in rows if row.version != versions[row.id]}


def _used_cards(session: Session, keys: Sequence[int]) -> set[int]:
    used = (Card.state != CardState.ISSUED) | (Card.prints > 0) | (Card.version > 1)
    return set(session.execute(select(Card.member_id).where(Card.member_id.in_(keys), used)).scalars())


def _moved_balances(session: Session, keys: Sequence[int]) -> set[int]:
    """Give whose balances are not what the import brought: somebody paid in, spent, earned."""
    since = (
        select(LedgerEntry.member_id)
        .where(LedgerEntry.member_id.in_(keys), LedgerEntry.reason != LedgerReason.OPENING)
        .group_by(LedgerEntry.member_id, LedgerEntry.kind)
        .having(func.sum(LedgerEntry.amount) != 0)
    )
    return set(session.execute(since).scalars())


def _restore(
    session: Session, row: ImportedRow, before: Mapping[str, Any], left: Collection[str], context: Context
) -> None:
    member = session.get(Member, row.entity_id)
    if member is None:
        return
    for name, value in before["columns"].items():
        if name not in left:
            setattr(member, name, _READ[name](value) if value is not None and name in _READ else value)
    if before.get("level") and "tier" not in left:
        _restore_level(session, member, before["level"])
    _restore_parts(member, before)
    session.flush()
    imports_own.take_back(session, member.id, before.get("own", ()))
    if before["card"]:
        of_import = (Card.member_id == member.id, Card.number == before["card"], Card.prints == 0)
        session.execute(delete(Card).where(*of_import))
    for kind, amount in before["openings"].items():
        _take_back(session, member.id, LedgerKind(kind), amount, context)
    if before["phones"] or "name" in before["columns"]:
        search_index.write_member(session, member)


def _restore_level(session: Session, member: Member, days: Sequence[str | None]) -> None:
    since, until = days
    member.tier_since = date.fromisoformat(since) if since else None
    member.tier_until = date.fromisoformat(until) if until else None
    of_import = (LevelChange.member_id == member.id, LevelChange.reason == LevelReason.IMPORTED)
    newest = session.scalar(select(LevelChange.id).where(*of_import).order_by(LevelChange.id.desc()).limit(1))
    session.execute(delete(LevelChange).where(LevelChange.id == newest))


def _restore_parts(member: Member, before: Mapping[str, Any]) -> None:
    member.phones = [phone for phone in member.phones if phone.digits not in before["phones"]]
    if before["wechat"]:
        member.touchpoints = [point for point in member.touchpoints if point.channel is not Channel.WECHAT]
    if before["income"]:
        member.private = None
    there = {tag.tag for tag in member.tags}
    member.tags = [tag for tag in member.tags if tag.tag not in before["tags"]]
    gone = [tag for tag in before.get("gone_tags", ()) if tag not in there]
    member.tags += [MemberTag(store_id=member.store_id, tag=tag) for tag in gone]


def _take_back(session: Session, member_id: int, kind: LedgerKind, amount: int, context: Context) -> None:
    # Lines are never deleted; what was spent meanwhile cannot be taken and is noted as owed.
    claim = Post(member_id, kind, LedgerReason.CORRECTION, amount, note="import undone")
    ledger.claw_back(session, claim, context)
