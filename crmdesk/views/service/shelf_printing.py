"""Labels of shelves on paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.paper_facts.goods import ShelfLabelFacts, ShelfLabelsFacts
from crmdesk.core.papers import PaperKind
from crmdesk.queries.shelves import ShelfRow
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session


def print_labels(desk: Desk, owner: QObject, rows: Sequence[ShelfRow]) -> None:
    """Print a label for each shelf."""
    if not rows:
        return
    labels = tuple(ShelfLabelFacts(one.code, one.name) for one in rows)
    number = rows[0].code if len(rows) == 1 else f"{rows[0].code}-{rows[-1].code}"

    def gather(session: "Session", context: Context) -> keeping.Wanted:
        del session
        facts = ShelfLabelsFacts(labels, context.store.name)
        return keeping.Wanted(facts, RegisterPaper(PaperKind.SHELF_LABEL, number, context.language))

    keeping.give_out(desk, owner, gather)
