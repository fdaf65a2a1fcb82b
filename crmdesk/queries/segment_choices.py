"""What conditions over members are made of in this store: own fields, guides, words in use; and what is gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import FieldKind
from crmdesk.core.roles import Right
from crmdesk.core.segment_json import from_json
from crmdesk.core.segments import About, Condition, Group, SegmentError, SegmentTrouble, Shape, allowed
from crmdesk.models.member import Member, MemberTag
from crmdesk.queries import segments
from crmdesk.queries.own_fields import OwnFieldRow, own_fields
from crmdesk.queries.segment_terms import values_of
from crmdesk.queries.segments import SegmentRow
from crmdesk.queries.staff import ColleagueRow, colleagues

_MOST_WORDS: Final = 300
_NEWEST: Final = 5_000
OWN_SHAPES: Final[dict[FieldKind, Shape]] = {
    FieldKind.TEXT: Shape.WORDS,
    FieldKind.NUMBER: Shape.NUMBER,
    FieldKind.DATE: Shape.DAY,
    FieldKind.CHOICE: Shape.CHOICE,
    FieldKind.PICTURE: Shape.WORDS,
}
_WORDS: Final = {
    About.OCCUPATION: Member.occupation,
    About.INDUSTRY: Member.industry,
    About.SOURCE: Member.source,
}


@dataclass(frozen=True, slots=True)
class SegmentChoices:
    """What a condition may ask for; ``words`` are those in use, by the question they answer."""

    own: tuple[OwnFieldRow, ...]
    guides: tuple[ColleagueRow, ...]
    words: dict[About, tuple[str, ...]]


def choices(session: Session, context: Context) -> SegmentChoices:
    """Give what conditions can be made of; private own fields only to those who see private profiles."""
    private = None if context.may(Right.SEE_PRIVATE) else False
    tags = select(MemberTag.tag).distinct().order_by(MemberTag.tag).limit(_MOST_WORDS)
    words = {About.TAG: tuple(session.execute(tags).scalars())}
    for about, column in _WORDS.items():
        words[about] = _in_use(session, column, context)
    return SegmentChoices(own_fields(session, context, private=private), tuple(colleagues(session, context)), words)


def opened(row: SegmentRow, known: SegmentChoices) -> Group:
    """Read a kept segment for this person and store.

    Raises:
        SegmentError: it cannot be read, or a field or value that it asks for is gone.
    """
    group = from_json(row.wanted)
    for one in conditions(group):
        _refuse_gone(one, known)
    return group


def live_counts(session: Session, context: Context) -> dict[int, int | None]:
    """Count everybody's and the person's own segments; None where one cannot be counted any more."""
    known = choices(session, context)
    return {row.id: _count(session, row, known, context) for row in segments.kept(session, context)}


def conditions(group: Group) -> Iterator[Condition]:
    """Give the conditions of a group, at any depth."""
    for part in group.parts:
        if isinstance(part, Group):
            yield from conditions(part)
        else:
            yield part


def _count(session: Session, row: SegmentRow, known: SegmentChoices, context: Context) -> int | None:
    try:
        return segments.count(session, opened(row, known), context)
    except SegmentError:
        return None


def _refuse_gone(one: Condition, known: SegmentChoices) -> None:
    values_of(one)
    if one.about is About.OWN:
        field = next((field for field in known.own if field.id == one.own), None)
        if field is None or OWN_SHAPES[field.kind] is not one.shape or one.how not in allowed(one.about, one.shape):
            raise SegmentError(SegmentTrouble.FIELD, str(one.own))
        there = set(field.choices)
        gone = [value for value in one.values if field.kind is FieldKind.CHOICE and value not in there]
    elif one.about is About.GUIDE:
        there = {str(guide.id) for guide in known.guides}
        gone = [value for value in one.values if value not in there]
    else:
        return
    if gone:
        raise SegmentError(SegmentTrouble.GONE, "" if one.about is About.GUIDE else str(gone[0]))


def _in_use(session: Session, column: Any, context: Context) -> tuple[str, ...]:  # noqa: ANN401 - of a mapped class
    # Of the newest files only: the words in use, without a walk through a million rows.
    found = select(column.label("word")).where(Member.store_id == context.store.id)
    newest = found.order_by(Member.id.desc()).limit(_NEWEST).subquery()
    often = select(newest.c.word).where(newest.c.word != "").group_by(newest.c.word)
    return tuple(session.execute(often.order_by(func.count().desc(), newest.c.word).limit(_MOST_WORDS)).scalars())
