"""Noting that a copy of somebody's data was made: in the history, and in the log of looks."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.services import access_log, audit, members


def note_copy(session: Session, member_id: int, context: Context) -> Outcome[str]:
    """Note the copy before it is made; gives the number of the file.

    Raises:
        NotAllowedError: the person may not export, or not see everything that the copy holds.
        NotFoundError: no such member.
    """
    for right in (Right.EXPORT, Right.SEE_PRIVATE, Right.SEE_PHONES):
        context.require(right)
    member = members.load(session, member_id)
    access_log.note(session, [member.id], (Look.EXPORTED, "person_file"), context)
    audit.record(session, context, "member.copy", (EntityKind.MEMBER, member.id))
    return Outcome(member.number)
