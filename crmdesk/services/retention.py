"""Removing what is kept too long, as somebody chose it from the list: photos, signatures, notes of looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.keeping_periods import Overdue
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.photo_store import photos_of
from crmdesk.models.access import AccessEntry
from crmdesk.models.condition import Photo
from crmdesk.models.hand_over import Signature
from crmdesk.models.judgement import JudgementPhoto
from crmdesk.models.own_field import OwnValue
from crmdesk.models.ticket import Ticket
from crmdesk.queries.retention import NO_STROKES, due_before, tickets_over
from crmdesk.services import audit

_CHANGED = frozenset({Topic.TICKETS})
_NAMING = (Photo.sha256, JudgementPhoto.sha256, OwnValue.words)


@dataclass(frozen=True, slots=True)
class RemoveOverdue:
    """What to remove: a kind, and the tickets that were chosen (none for notes of looks)."""

    kind: Overdue
    ticket_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """How many went, and the files that no row may need any more (`remove_files`)."""

    count: int
    files: tuple[str, ...] = ()


def remove_overdue(session: Session, request: RemoveOverdue, context: Context) -> Outcome[Removed]:
    """Remove what is due of a kind from these tickets; gives how many. What is not due any more stays.

    Of a signature the strokes go; that it was given, by whom and when, stays with the ticket. Notes of looks belong
    to no ticket: every one that is due goes.

    Raises:
        NotAllowedError: the person may not erase.
        ValueError: a kind that is erased with the person.
    """
    context.require(Right.ERASE)
    kind = request.kind
    if kind is Overdue.LOOKS:
        return _remove_looks(session, context)
    if kind not in {Overdue.PHOTOS, Overdue.SIGNATURES}:
        raise ValueError(kind)
    over = tickets_over(session, kind, context)
    count = 0
    files: list[str] = []
    for key in session.scalars(select(Ticket.id).where(Ticket.id.in_(list(request.ticket_ids)), over)).all():
        if kind is Overdue.PHOTOS:
            names = _remove_photos(session, key)
            gone = len(names)
            files += names
        else:
            gone = _wipe_signatures(session, key)
        audit.record(session, context, f"ticket.{kind.value}_over", (EntityKind.TICKET, key), {"rows": gone})
        count += gone
    session.expire_all()
    return Outcome(Removed(count, tuple(files)), _CHANGED if count else frozenset())


def remove_files(session: Session, names: Sequence[str], context: Context) -> Outcome[int]:
    """Remove the files of photos that are gone from every row; call it when that is on disk. Gives how many.

    Raises:
        NotAllowedError: the person may not erase.
        OSError: a file cannot be removed.
    """
    context.require(Right.ERASE)
    store, count = photos_of(session), 0
    if store is None:
        return Outcome(0)
    for name in dict.fromkeys(names):
        if not any(session.scalar(select(one).where(one == name).limit(1)) for one in _NAMING):
            store.remove(name)
            count += 1
    return Outcome(count)


def _remove_photos(session: Session, ticket_id: int) -> list[str]:
    names = session.scalars(select(Photo.sha256).where(Photo.ticket_id == ticket_id)).all()
    session.execute(delete(Photo).where(Photo.ticket_id == ticket_id))
    return list(names)


def _wipe_signatures(session: Session, ticket_id: int) -> int:
    drawn = (Signature.ticket_id == ticket_id, Signature.strokes != NO_STROKES)
    keys = session.scalars(select(Signature.id).where(*drawn)).all()
    session.execute(update(Signature).where(Signature.id.in_(keys)).values(strokes=NO_STROKES))
    return len(keys)


def _remove_looks(session: Session, context: Context) -> Outcome[Removed]:
    old = (AccessEntry.store_id == context.store.id, AccessEntry.at < due_before(session, Overdue.LOOKS, context))
    keys = session.scalars(select(AccessEntry.id).where(*old)).all()
    session.execute(delete(AccessEntry).where(*old))
    audit.record(session, context, "store.looks_over", (EntityKind.STORE, context.store.id), {"rows": len(keys)})
    return Outcome(Removed(len(keys)))
