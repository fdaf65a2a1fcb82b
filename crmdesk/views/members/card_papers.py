"""Shows VIP cards for printing: one for a card printer, or sheets of ten on A4."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.card import CardsFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.queries import cards as card_rows
from crmdesk.services import cards
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

# Printers are kept by these names: a card printer and an A4 printer are two.
CARD, SHEET = "vip_card", "vip_card_sheet"


def show_cards(desk: Desk, owner: QObject, card_ids: Sequence[int], paper: PaperFormat) -> None:
    """Count the print and show the cards: pages of a card's size, or A4 sheets with cut marks."""
    from crmdesk.documents.pdf.card import render

    wanted = list(card_ids)
    if not wanted:
        return

    def work(session: "Session", context: Context) -> Outcome[tuple[CardsFacts, str]]:
        counted = cards.count_prints(session, wanted, context)
        facts = card_rows.facts(session, wanted, context, context.language)
        return Outcome((facts, context.language), counted.changed)

    def done(found: tuple[CardsFacts, str]) -> None:
        sheet = paper is PaperFormat.A4
        title = gettext("VIP cards, A4 sheet") if sheet else gettext("VIP card")
        desk.papers.preview(title, partial(render, *found, paper), SHEET if sheet else CARD)

    desk.jobs.write(owner, work, done)
