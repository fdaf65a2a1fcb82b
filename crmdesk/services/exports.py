"""Noting that a list left the program: who, which list, how many rows."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.services import audit


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A list that is about to be written to a file.

    Attributes:
        listing: short name of the list ("members").
        rows: how many rows it has.
        view: short name of the view or filter; never what was typed, which may be a name.
    """

    listing: str
    rows: int
    view: str = ""


def note_export(session: Session, request: ExportNote, context: Context) -> Outcome[int]:
    """Note an export in the audit before the file is written; gives the number of rows.

    Raises:
        NotAllowedError: the person may not export.
    """
    context.require(Right.EXPORT)
    detail: audit.Detail = {"list": request.listing, "rows": request.rows, "view": request.view}
    audit.record(session, context, "list.export", (EntityKind.STORE, context.store.id), detail)
    return Outcome(request.rows)
