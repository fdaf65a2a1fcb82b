"""Erasing a person: her words go from every row at once; tickets, receipts and sums keep their facts (PIPL 47)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.erasure import WIPED_NAME, EraseRefusedError
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.member_words import FieldKind
from crmdesk.core.members import MemberState
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.db.base import Base
from crmdesk.models.access import Erasure
from crmdesk.models.callback import Callback
from crmdesk.models.condition import Photo
from crmdesk.models.household import Household, HouseholdPerson
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.judgement import JudgementPhoto
from crmdesk.models.member import Member
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.models.paper import Paper, PaperPrint
from crmdesk.models.personal import MEMBER, OWNED
from crmdesk.queries.erasure import in_the_way
from crmdesk.queries.person_rows import Keys, files_of, imported_rows, key_of, parts, person_rows
from crmdesk.services import audit, numbers, search_index

_CHANGED: Final = frozenset(
    {
        *(Topic.MEMBERS, Topic.TICKETS, Topic.LOANERS, Topic.CALLBACKS, Topic.CARDS),
        *(Topic.PURCHASES, Topic.PAPERS, Topic.IMPORTS),
    }
)
_LETTER: Final = "E"
_RUNS: Final = (PaperKind.ADDRESS_LABEL, PaperKind.MEMBER_LETTER)
_AGAIN: Final = "restore"  # how it was asked for: a backup was brought back
# What a wiped text says where nothing at all would not be read back.
_EMPTY: Final = {
    (MEMBER, "name"): WIPED_NAME,
    (MEMBER, "custom"): "{}",
    ("merge", "before"): "{}",
    ("signature", "strokes"): "[]",
}
_NO_MORE: Final = {
    **dict.fromkeys(("birthday_calendar", "birthday_year", "birthday_month", "birthday_day", "gender", "guide_id")),
    "state": MemberState.ERASED,
    "do_not_contact": True,
}


@dataclass(frozen=True, slots=True)
class EraseMember:
    """Whom to erase, and in which way it was asked for (letter, at the counter, end of the storage period)."""

    member_id: int
    seen_version: int
    asked_how: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done; ``counts`` are rows by table."""

    id: int
    number: str
    member_number: str
    counts: dict[str, int]


def erase(session: Session, request: EraseMember, context: Context) -> Outcome[Erased]:
    """Wipe everything that says something about a person, in one write; nothing of it comes back.

    Files of photos and papers, what the index still holds and the log of the database are swept afterwards
    (`crmdesk.services.erasure_sweep`), at once or at the next start.

    Raises:
        NotAllowedError: the person may not erase.
        NotFoundError: no such member, or erased already.
        StaleError: somebody changed the file since it was read.
        InvalidFieldError: it is not said how it was asked for.
        EraseRefusedError: a ticket, loan, deposit or stored value is still open.
    """
    context.require(Right.ERASE)
    member = _member(session, request)
    asked = clean_line(request.asked_how)
    if not asked:
        raise InvalidFieldError("asked_how", "empty")
    files = files_of(session, member.id)
    if open_things := in_the_way(session, files):
        raise EraseRefusedError(open_things)
    made = _erase(session, member, files, asked, context)
    session.expire_all()
    return Outcome(Erased(made.id, made.paper_number, made.member_number, json.loads(made.counts)), _CHANGED)


def erase_again(session: Session, member_ids: Iterable[int], context: Context) -> Outcome[int]:
    """Erase people whom a restored backup brought back; gives how many. What was open then is not asked again."""
    back = session.scalars(
        select(Member).where(Member.id.in_(list(member_ids)), Member.state != MemberState.ERASED)
    ).all()
    for member in back:
        _erase(session, member, files_of(session, member.id), _AGAIN, context)
    session.expire_all()
    return Outcome(len(back), _CHANGED if back else frozenset())


def _erase(session: Session, member: Member, files: list[int], asked: str, context: Context) -> Erasure:
    found = person_rows(session, files)
    _add_runs(session, found)
    made = Erasure(
        store_id=context.store.id,
        member_id=member.id,
        member_number=member.number,
        paper_number=numbers.next_running_number(session, context, _LETTER),
        at=context.now(),
        staff_id=context.actor.staff_id,
        asked_how=asked,
        counts=json.dumps({name: len(keys) for name, keys in found.items()}),
        files=json.dumps(_files(session, found)),
    )
    session.add(made)
    session.flush()
    _wipe(session, files, found, context)
    detail: audit.Detail = {"paper": made.paper_number, "rows": sum(map(len, found.values()))}
    audit.record(session, context, "member.erase", (EntityKind.MEMBER, member.id), detail)
    return made


def _member(session: Session, request: EraseMember) -> Member:
    member = session.get(Member, request.member_id)
    if member is None or member.state in {MemberState.ERASED, MemberState.MERGED}:
        raise NotFoundError(EntityKind.MEMBER, str(request.member_id))
    if member.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, member.id, request.seen_version, member.version)
    return member


def _add_runs(session: Session, found: Keys) -> None:
    """Let runs of labels and letters go too: they hold many people under no key, and prove nothing."""
    runs = set(session.scalars(select(Paper.id).where(Paper.kind.in_(_RUNS), Paper.sha256 != "")))
    prints = session.scalars(select(PaperPrint.id).where(PaperPrint.paper_id.in_(runs), PaperPrint.sha256 != ""))
    found["paper_print"] = sorted({*found.get("paper_print", ()), *prints})
    found["paper"] = sorted({*found.get("paper", ()), *runs})


def _wipe(session: Session, files: list[int], found: Keys, context: Context) -> None:
    for part in parts(imported_rows(session, found)):
        session.execute(delete(ImportedRow).where(ImportedRow.id.in_(part)))
    homes = _homes(session, found.get("household_person", []))
    # What hangs on a row goes before the row.
    for name in reversed(OWNED):
        _wipe_table(session, name, found.get(name, []))
    lived_in = select(HouseholdPerson.household_id)
    session.execute(delete(Household).where(Household.id.in_(homes), Household.id.not_in(lived_in)))
    session.execute(
        update(Callback)
        .where(Callback.member_id.in_(files), Callback.state.in_((CallbackState.DUE, CallbackState.HELD_BACK)))
        .values(state=CallbackState.CANCELLED, done_at=context.now())
    )
    search_index.forget(session, *files)


def _homes(session: Session, people: list[int]) -> list[int]:
    asked = select(HouseholdPerson.household_id)
    return [home for part in parts(people) for home in session.scalars(asked.where(HouseholdPerson.id.in_(part)))]


def _wipe_table(session: Session, name: str, keys: list[int]) -> None:
    table, owned = Base.metadata.tables[name], OWNED[name]
    values: dict[str, object] = {column: _EMPTY.get((name, column), "") for column in owned.wiped}
    if name == MEMBER:
        values |= _NO_MORE | {"version": table.c.version + 1}
    for part in parts(keys):
        hers = key_of(table).in_(part)
        if owned.gone:
            session.execute(delete(table).where(hers))
        elif values:
            session.execute(update(table).where(hers).values(values))


def _files(session: Session, found: Keys) -> dict[str, list[str]]:
    """Give the names of the files that only these rows need, by kind of store."""
    photos = _names(session, Photo.sha256, Photo.id, found.get("photo", []))
    photos |= _names(session, JudgementPhoto.sha256, JudgementPhoto.id, found.get("judgement_photo", []))
    photos |= _own_pictures(session, found.get("own_value", []))
    papers = _names(session, Paper.sha256, Paper.id, found.get("paper", []))
    papers |= _names(session, PaperPrint.sha256, PaperPrint.id, found.get("paper_print", []))
    return {"photos": sorted(photos), "papers": sorted(papers - {""})}


def _own_pictures(session: Session, keys: list[int]) -> set[str]:
    pictures = select(OwnField.id).where(OwnField.kind == FieldKind.PICTURE)
    asked = select(OwnValue.words).where(OwnValue.field_id.in_(pictures))
    return {name for part in parts(keys) for name in session.scalars(asked.where(OwnValue.id.in_(part)))}


def _names(
    session: Session, name: InstrumentedAttribute[str], key: InstrumentedAttribute[int], keys: list[int]
) -> set[str]:
    return {one for part in parts(keys) for one in session.scalars(select(name).where(key.in_(part)))}
