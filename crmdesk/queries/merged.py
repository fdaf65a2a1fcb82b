"""From a file that went in a merge to the one that stayed, however often that was merged again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.context import Context
from crmdesk.models.member import Member
from crmdesk.models.merge import Merge
from crmdesk.models.staff import Staff


@dataclass(frozen=True, slots=True)
class MergeShown:
    """One merge of a member's file; ``may_undo`` while it is the newest, not too old, and not taken back."""

    id: int
    version: int
    at: datetime
    who: str
    kept_id: int
    kept_number: str
    gone_id: int
    gone_number: str
    gone_name: str
    undo_until: date
    undone_at: datetime | None
    may_undo: bool


def kept_key(session: Session, member_id: int) -> int:
    """Give the key of the file that ``member_id`` leads to now: its own when it was never merged away."""
    asked = select(Member.merged_into_id).where(Member.id == member_id)
    seen = {member_id}
    while (further := session.scalar(asked)) is not None and further not in seen:
        seen.add(further)
        member_id = further
        asked = select(Member.merged_into_id).where(Member.id == member_id)
    return member_id


def kept_keys(session: Session, member_ids: Sequence[int]) -> list[int]:
    """Give the keys of the files that these lead to, each once, in their order."""
    return list(dict.fromkeys(kept_key(session, one) for one in member_ids))


def merges_of(session: Session, member_id: int, context: Context) -> tuple[MergeShown, ...]:
    """Give the merges into a member's file, newest first."""
    return _shown(session, context, member_id)


def recent_merges(session: Session, context: Context) -> tuple[MergeShown, ...]:
    """Give the merges of all files that can still be taken back, newest first."""
    return tuple(one for one in _shown(session, context, None) if one.may_undo)


def _shown(session: Session, context: Context, kept_id: int | None) -> tuple[MergeShown, ...]:
    kept, gone, later = aliased(Member), aliased(Member), aliased(Merge)
    newest = (
        select(later.id)
        .where(later.undone_at.is_(None), later.id > Merge.id)
        .where(later.kept_id.in_([Merge.kept_id, Merge.gone_id]) | (later.gone_id == Merge.kept_id))
        .exists()
    )
    wanted = (
        select(
            Merge.id,
            Merge.version,
            Merge.at,
            Staff.name.label("who"),
            Merge.kept_id,
            kept.number.label("kept_number"),
            Merge.gone_id,
            gone.number.label("gone_number"),
            gone.name.label("gone_name"),
            Merge.undo_until,
            Merge.undone_at,
            newest.label("has_later"),
        )
        .join(kept, kept.id == Merge.kept_id)
        .join(gone, gone.id == Merge.gone_id)
        .outerjoin(Staff, Staff.id == Merge.staff_id)
        .order_by(Merge.id.desc())
    )
    if kept_id is None:
        wanted = wanted.where(Merge.undo_until >= context.today(), Merge.undone_at.is_(None))
    else:
        wanted = wanted.where(Merge.kept_id == kept_id)
    return tuple(_one(dict(row), context) for row in session.execute(wanted).mappings())


def _one(row: dict[str, object], context: Context) -> MergeShown:
    has_later = bool(row.pop("has_later"))
    shown = MergeShown(**row, may_undo=False)  # type: ignore[arg-type]
    open_still = shown.undone_at is None and context.today() <= shown.undo_until and not has_later
    return MergeShown(**{**row, "may_undo": open_still})  # type: ignore[arg-type]
