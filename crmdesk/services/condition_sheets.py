"""Condition sheets (外观检查): what an item or a loaner looked like at one gate, with its numbered marks."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import new_id
from crmdesk.core.shapes import MOST_VIEWS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.tickets import SHAPE_OF, Gate, ItemCategory
from crmdesk.db.rows import append
from crmdesk.models.condition import ConditionSheet, DamageMark

MARK_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """One damage mark; ``x`` and ``y`` are 0 to 1 of the first view, counting on over the others (core.shapes)."""

    x: float
    y: float
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, and what was found on it: the goods of a ticket, or the loaner of a loan."""

    gate: Gate
    category: ItemCategory
    marks: tuple[MarkFacts, ...]
    ticket_id: int | None = None
    loan_id: int | None = None
    note: str = ""


def write_sheet(session: Session, looked: Looked, context: Context) -> None:
    """Write the sheet of one gate; its marks are numbered from 1."""
    sheet_id, store_id = new_id(), context.store.id
    sheet = {
        "id": sheet_id,
        "store_id": store_id,
        "ticket_id": looked.ticket_id,
        "loan_id": looked.loan_id,
        "gate": looked.gate,
        "shape": SHAPE_OF[looked.category],
        "made_at": context.now(),
        "staff_id": context.actor.staff_id,
        "note": clean_note(looked.note),
    }
    append(session, ConditionSheet, sheet)
    marks = (
        {
            "store_id": store_id,
            "sheet_id": sheet_id,
            "ordinal": ordinal,
            "x": _scaled(mark.x),
            "y": _scaled(mark.y),
            "code": mark.code,
            "note": clean_line(mark.note),
        }
        for ordinal, mark in enumerate(looked.marks, start=1)
    )
    append(session, DamageMark, *marks)


def _scaled(share: float) -> int:
    return round(min(max(share, 0.0), float(MOST_VIEWS)) * MARK_SCALE)
