"""Opening two files side by side: phones and addresses are in it, so the look is noted (domain rule 6)."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.merges import CHOSEN_PRIVATE
from crmdesk.core.outcome import Outcome
from crmdesk.queries import merge_compare
from crmdesk.queries.merge_compare import Comparison
from crmdesk.services import looks


def open_pair(session: Session, first_id: int, second_id: int, context: Context) -> Outcome[Comparison]:
    """Give two files for a merge.

    Raises:
        NotAllowedError: the person may not merge.
        NotFoundError: one of them is not there any more.
    """
    return _noted(session, merge_compare.compare(session, first_id, second_id, context), context)


def open_with(session: Session, member_id: int, typed: str, context: Context) -> Outcome[Comparison]:
    """Give a file beside the one whose number or card was typed.

    Raises:
        NotAllowedError: the person may not merge.
        NotFoundError: nobody has this number.
        SameFileError: it is the file itself.
    """
    return _noted(session, merge_compare.compare_with(session, member_id, typed, context), context)


def _noted(session: Session, found: Comparison, context: Context) -> Outcome[Comparison]:
    for side in (found.kept, found.gone):
        if side.seen:
            looks.note_look(session, side.id, context, "merge")
        if any(side.fields.get(name) for name in CHOSEN_PRIVATE):
            looks.note_private_look(session, side.id, context, "merge")
    return Outcome(found)
