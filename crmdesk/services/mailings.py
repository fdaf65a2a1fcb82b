"""Post to many members: the run is kept once, and everybody whose address left is noted."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut
from crmdesk.services import access_log, paper_register
from crmdesk.services.paper_register import PaperKept, RegisterPaper


def give_out_run(
    session: Session, request: RegisterPaper, member_ids: Sequence[int], out: GivenOut, context: Context
) -> Outcome[PaperKept]:
    """Keep a run of labels or letters exactly as it left, and note the look at each member's address.

    Raises:
        InvalidFieldError: no number, or nothing to keep.
        OSError: the bytes cannot be written.
    """
    kept = paper_register.give_out(session, request, out, context)
    access_log.note(session, member_ids, (Look.PRINTED, f"paper:{request.kind.value}"), context)
    return kept
