"""Kept segments: made, renamed, changed, put in order, taken away and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.segment_json import to_json
from crmdesk.core.segments import Group
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.segment import Segment
from crmdesk.queries import segments
from crmdesk.queries.member_privacy import sees_people
from crmdesk.services import audit

_CHANGED = frozenset({Topic.MEMBERS})


@dataclass(frozen=True, slots=True)
class KeepSegment:
    """A segment to keep; ``segment_id`` None makes a new one, ``shared`` gives it to everybody."""

    name: str
    wanted: Group
    shared: bool = False
    segment_id: int | None = None
    seen_version: int = 0


def keep(session: Session, request: KeepSegment, context: Context) -> Outcome[int]:
    """Keep a segment under its name and count whom it holds; gives its key.

    Raises:
        NotAllowedError: the person has no business with members, or may not change what everybody has.
        InvalidFieldError: no name, or one that she has already.
        NotFoundError: it is gone.
        StaleError: somebody changed it since it was read.
    """
    _may_keep(context)
    name = clean_line(request.name)
    if not name:
        raise InvalidFieldError("name", "empty")
    if request.shared:
        _may_share(context)
    _refuse_twin(session, name, request.segment_id, context)
    people = segments.count(session, request.wanted, context)
    segment = _loaded(session, request, context)
    segment.name = name
    segment.wanted = to_json(request.wanted)
    segment.staff_id = None if request.shared else context.actor.staff_id
    segment.people, segment.counted_at = people, context.now()
    session.flush()
    act = "segment.keep" if request.segment_id is None else "segment.change"
    audit.record(session, context, act, (EntityKind.STORE, context.store.id), {"view": name, "shared": request.shared})
    return Outcome(segment.id, _CHANGED)


def drop(session: Session, segment_id: int, context: Context) -> Outcome[str]:
    """Take a kept segment away; gives its name.

    Raises:
        NotFoundError: it is gone, or belongs to somebody else.
        NotAllowedError: everybody has it and the person may not take it from them.
    """
    segment = _own(session, segment_id, context)
    name, shared = segment.name, segment.staff_id is None
    session.delete(segment)
    detail: audit.Detail = {"view": name, "shared": shared}
    audit.record(session, context, "segment.drop", (EntityKind.STORE, context.store.id), detail)
    return Outcome(name, _CHANGED)


def put_in_order(session: Session, segment_ids: Sequence[int], context: Context) -> Outcome[None]:
    """Show the kept segments in this order; those of others keep their places."""
    _may_keep(context)
    own = {one.id for one in segments.kept(session, context)}
    for place, key in enumerate(key for key in segment_ids if key in own):
        session.get_one(Segment, key).ordinal = place
    return Outcome(None, _CHANGED)


def note_count(session: Session, segment_id: int, people: int, context: Context) -> Outcome[None]:
    """Keep how many people a segment held when it was counted last; a segment that is gone is none."""
    segment = session.get(Segment, segment_id)
    if segment is not None:
        segment.people, segment.counted_at = people, context.now()
    return Outcome(None)


def _loaded(session: Session, request: KeepSegment, context: Context) -> Segment:
    if request.segment_id is None:
        last = select(func.coalesce(func.max(Segment.ordinal), 0)).where(Segment.store_id == context.store.id)
        made = Segment(store_id=context.store.id, ordinal=(session.scalar(last) or 0) + 1)
        session.add(made)
        return made
    segment = _own(session, request.segment_id, context)
    if segment.version != request.seen_version:
        raise StaleError(EntityKind.STORE, segment.id, request.seen_version, segment.version)
    return segment


def _own(session: Session, segment_id: int, context: Context) -> Segment:
    _may_keep(context)
    segment = session.get(Segment, segment_id)
    if segment is None or segment.staff_id not in {None, context.actor.staff_id}:
        raise NotFoundError(EntityKind.STORE, str(segment_id))
    if segment.staff_id is None:
        _may_share(context)
    return segment


def _may_keep(context: Context) -> None:
    if not sees_people(context):
        raise NotAllowedError(Right.SERVE, context.actor.role)


def _may_share(context: Context) -> None:
    context.require(Right.SEE_REPORTS)


def _refuse_twin(session: Session, name: str, own: int | None, context: Context) -> None:
    twin = next((one for one in segments.kept(session, context) if one.name == name and one.id != own), None)
    if twin is not None:
        raise InvalidFieldError("name", "taken", name)
