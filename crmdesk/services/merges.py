"""Making two files of one person one: fields chosen, rows united, everything turned to the file that stays (M7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, Channel, ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.ids import new_id
from crmdesk.core.member_words import LevelReason, PairState
from crmdesk.core.members import MemberState
from crmdesk.core.merge_errors import AlreadyMergedError, SameFileError
from crmdesk.core.merges import CHOSEN, CHOSEN_PRIVATE, OWN_FIELD
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_store import MERGE_UNDO_DAYS
from crmdesk.core.topics import Topic
from crmdesk.db import row_json
from crmdesk.db.rows import append
from crmdesk.models.callback import Callback, Consent
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member
from crmdesk.models.merge import Merge
from crmdesk.models.score import DirtyMember
from crmdesk.queries.merged import kept_key
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, ledger_balances, merge_pairs, purchases, search_index
from crmdesk.services.merge_rows import CALLS, MEMBER, Image, Journal, image, table_of, turn, unite

CHANGED: Final = frozenset(
    {Topic.MEMBERS, Topic.PURCHASES, Topic.TICKETS, Topic.LOANERS, Topic.CALLBACKS, Topic.CARDS, Topic.PAPERS}
)
# Two calls for the same of these would be one too many.
_ONCE: Final = (
    CallbackReason.CADENCE,
    CallbackReason.BIRTHDAY,
    CallbackReason.DORMANT,
    CallbackReason.NEW_MEMBER,
)
_OPEN: Final = (CallbackState.DUE, CallbackState.HELD_BACK)
_QUIET: Final = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class MergeMembers:
    """Two files as they were seen; ``taken`` names the fields that come from the one that goes.

    Names are those of `core.merges.CHOSEN` and `CHOSEN_PRIVATE`, and ``own:`` with the key of an own field.
    """

    kept_id: int
    kept_version: int
    gone_id: int
    gone_version: int
    taken: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: its key, the file that stays, how many rows were turned to it."""

    id: int
    kept_id: int
    kept_number: str
    gone_number: str
    rows: int


def merge(session: Session, request: MergeMembers, context: Context) -> Outcome[Merged]:
    """Make two files one.

    Raises:
        NotAllowedError: the person may not merge.
        SameFileError: both are the same file.
        NotFoundError: one of them is not there, or erased.
        AlreadyMergedError: one of them became part of another file meanwhile.
        StaleError: somebody changed one of them since it was shown.
    """
    context.require(Right.MERGE)
    if request.kept_id == request.gone_id:
        raise SameFileError(str(request.kept_id))
    kept, gone = _load(session, request.kept_id), _load(session, request.gone_id)
    _check_version(kept, request.kept_version)
    _check_version(gone, request.gone_version)
    journal = Journal(before=image(session, kept.id, gone.id))
    made = _note(session, kept, gone, context)
    rows = _bring_together(session, request, journal, made, context)
    _send_away(session, kept.id, gone.id, context)
    journal.after = image(session, kept.id, gone.id) | {CALLS: journal.after[CALLS]}
    made.before = journal.text()
    session.flush()
    search_index.forget(session, gone.id)
    search_index.put(session, kept.id)
    facts: dict[str, str | int | bool | None] = {"gone": gone.number, "kept": kept.number, "rows": rows}
    audit.record(session, context, "member.merge", (EntityKind.MEMBER, kept.id), facts)
    return Outcome(Merged(made.id, kept.id, kept.number, gone.number, rows), CHANGED)


def mark_dirty(session: Session, *member_ids: int) -> None:
    """Let the value of members be worked out again in the background."""
    known = set(session.scalars(select(DirtyMember.member_id).where(DirtyMember.member_id.in_(member_ids))))
    stores = session.execute(select(Member.id, Member.store_id).where(Member.id.in_(member_ids)))
    append(session, DirtyMember, *({"member_id": key, "store_id": store} for key, store in stores if key not in known))


def _load(session: Session, member_id: int) -> Member:
    member = session.get(Member, member_id)
    if member is None or member.state is MemberState.ERASED:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    if member.state is MemberState.MERGED:
        into = session.get(Member, kept_key(session, member_id))
        raise AlreadyMergedError(member.number, into.number if into is not None else "")
    return member


def _check_version(member: Member, seen_version: int) -> None:
    if member.version != seen_version:
        raise StaleError(EntityKind.MEMBER, member.id, seen_version, member.version)


def _note(session: Session, kept: Member, gone: Member, context: Context) -> Merge:
    days = store_settings(session, context.store.id).get(MERGE_UNDO_DAYS)
    made = Merge(
        id=new_id(),
        store_id=context.store.id,
        kept_id=kept.id,
        gone_id=gone.id,
        at=context.now(),
        staff_id=context.actor.staff_id,
        undo_until=context.today() + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    return made


def _bring_together(session: Session, request: MergeMembers, journal: Journal, made: Merge, context: Context) -> int:
    kept_id, gone_id = request.kept_id, request.gone_id
    calls = _calls_too_many(session, kept_id, gone_id)
    journal.before[CALLS] = row_json.rows_of(session, table_of(CALLS), "id", calls)
    _let_go(session, calls, context)
    _keep_refusals(session, journal.before, kept_id, context)
    unite(session, journal.before, kept_id, gone_id)
    _take_private(session, journal.before, request, context)
    _take_own_values(session, journal.before, request)
    rows = turn(session, made.id, kept_id, gone_id, context)
    merge_pairs.take_over(session, made.id, kept_id, gone_id, context)
    merge_pairs.forget_open(session, gone_id)
    merge_pairs.decide(session, kept_id, gone_id, PairState.MERGED, context)
    journal.after[CALLS] = row_json.rows_of(session, table_of(CALLS), "id", calls)
    _take_fields(session, journal.before, request, context)
    return rows


# -- the fields of the file ------------------------------------------------------------------


def _take_fields(session: Session, before: Image, request: MergeMembers, context: Context) -> None:
    theirs, own = before[MEMBER][request.kept_id], before[MEMBER][request.gone_id]
    wanted = {column: own[column] for name in request.taken for column in CHOSEN.get(name, ())}
    wanted |= {
        "do_not_contact": theirs["do_not_contact"] or own["do_not_contact"],
        "joined_on": min(theirs["joined_on"], own["joined_on"]),
        "last_contact_at": max((theirs["last_contact_at"] or "", own["last_contact_at"] or "")) or None,
        "state": MemberState.ACTIVE.value if MemberState.ACTIVE.value in (theirs["state"], own["state"]) else "walk_in",
        "version": theirs["version"] + 1,
    }
    row_json.set_back(session, table_of(MEMBER), request.kept_id, wanted)
    gone = {"state": MemberState.MERGED.value, "merged_into_id": request.kept_id, "version": own["version"] + 1}
    row_json.set_back(session, table_of(MEMBER), request.gone_id, gone)
    session.expire_all()
    kept = session.get_one(Member, request.kept_id)
    if kept.tier.value != theirs["tier"]:
        told = {"store_id": context.store.id, "member_id": kept.id, "at": context.now(), "after": kept.tier}
        told |= {"staff_id": context.actor.staff_id, "before": type(kept.tier)(theirs["tier"])}
        append(session, LevelChange, {**told, "reason": LevelReason.MERGED, "note": ""})


def _take_private(session: Session, before: Image, request: MergeMembers, context: Context) -> None:
    """Take what is chosen; who may not see the private profile leaves what is there and fills what is empty."""
    rows = before["member_private"].values()
    theirs = next((row for row in rows if row["member_id"] == request.kept_id), None)
    own = next((row for row in rows if row["member_id"] == request.gone_id), None)
    if theirs is None or own is None:
        return
    may = context.may(Right.SEE_PRIVATE)
    taken: dict[str, Any] = {}
    for name, columns in CHOSEN_PRIVATE.items():
        if name in request.taken if may else not theirs[columns[0]]:
            taken |= {column: own[column] for column in columns}
    if taken:
        row_json.set_back(session, table_of("member_private"), theirs["id"], taken)


def _take_own_values(session: Session, before: Image, request: MergeMembers) -> None:
    rows = before["own_value"].values()
    theirs = {row["field_id"]: row for row in rows if row["member_id"] == request.kept_id}
    for row in rows:
        same = theirs.get(row["field_id"])
        if (
            row["member_id"] == request.gone_id
            and same is not None
            and f"{OWN_FIELD}{row['field_id']}" in request.taken
        ):
            taken = {name: row[name] for name in ("words", "number", "day")}
            row_json.set_back(session, table_of("own_value"), same["id"], taken)


# -- consents and calls ----------------------------------------------------------------------


def _keep_refusals(session: Session, before: Image, kept_id: int, context: Context) -> None:
    """Where one of the files says no and the other yes, no holds: a row that says so is added."""
    said = _in_force(before["consent"])
    for (purpose, channel), words in said.items():
        if len(words) > 1 and len({row["given"] for row in words.values()}) > 1:
            no = next(row for row in words.values() if not row["given"])
            told = {"store_id": context.store.id, "member_id": kept_id, "purpose": ConsentPurpose(purpose)}
            told |= {"given": False, "at": context.now(), "how": no["how"], "wording": no["wording"]}
            told["channel"] = Channel(channel) if channel else None
            append(session, Consent, {**told, "staff_id": context.actor.staff_id})


def _in_force(rows: Mapping[int, Mapping[str, Any]]) -> dict[tuple[str, str | None], dict[int, Mapping[str, Any]]]:
    """Give the word in force by purpose and way, of each file that has one."""
    found: dict[tuple[str, str | None], dict[int, Mapping[str, Any]]] = {}
    for _key, row in sorted(rows.items()):
        found.setdefault((row["purpose"], row["channel"]), {})[row["member_id"]] = row
    return found


def _calls_too_many(session: Session, kept_id: int, gone_id: int) -> list[int]:
    wanted = select(Callback.reason).where(
        Callback.member_id == kept_id, Callback.state.in_(_OPEN), Callback.reason.in_(_ONCE)
    )
    reasons = set(session.scalars(wanted))
    same = select(Callback.id).where(
        Callback.member_id == gone_id, Callback.state.in_(_OPEN), Callback.reason.in_(reasons)
    )
    return list(session.scalars(same)) if reasons else []


def _let_go(session: Session, calls: Collection[int], context: Context) -> None:
    if calls:
        wanted = update(Callback).where(Callback.id.in_(calls))
        values = {"state": CallbackState.CANCELLED, "done_at": context.now(), "version": Callback.version + 1}
        session.execute(wanted.values(values), execution_options=_QUIET)


# -- what is worked out ----------------------------------------------------------------------


def _send_away(session: Session, kept_id: int, gone_id: int, context: Context) -> None:
    """Work out for the file that stays what follows from its rows; the other has no value any more."""
    for name in ("member_score", "member_value", "dirty_member"):
        table = table_of(name)
        session.execute(delete(table).where(table.c.member_id == gone_id))
    session.expire_all()
    purchases.renew_value(session, kept_id, context)
    ledger_balances.recount(session, [kept_id, gone_id])
    mark_dirty(session, kept_id)
