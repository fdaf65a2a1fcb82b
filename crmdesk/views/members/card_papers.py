"""Shows VIP cards for printing: one for a card printer, or sheets of ten on A4."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.basis import basis_of
from crmdesk.core.paper_facts.card import CardInk, CardsFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.settings_desk import CARD_INK
from crmdesk.queries import cards as card_rows
from crmdesk.services import cards, paper_register
from crmdesk.services.paper_register import PaperKept, RegisterPaper
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

# Printers are kept by these names: a card printer and an A4 printer are two.
CARD, SHEET = "vip_card", "vip_card_sheet"


def show_cards(desk: Desk, owner: QObject, card_ids: Sequence[int], paper: PaperFormat) -> None:
    """Show the cards: pages of a card's size, or A4 sheets with cut marks; what was printed is counted and kept."""
    from crmdesk.documents.pdf.card import render

    wanted = list(card_ids)
    if not wanted:
        return

    def work(session: "Session", context: Context) -> tuple[CardsFacts, str]:
        return card_rows.facts(session, wanted, context, context.language), context.language

    def done(found: tuple[CardsFacts, str]) -> None:
        facts, language = found
        facts = replace(facts, design=replace(facts.design, ink=CardInk(desk.settings.get(CARD_INK))))
        sheet = paper is PaperFormat.A4
        title = gettext("VIP cards, A4 sheet") if sheet else gettext("VIP card")
        kept = RegisterPaper(
            PaperKind.VIP_CARD, _number(facts), language, title, basis=basis_of(facts, language, paper)
        )
        show = SHEET if sheet else CARD
        desk.papers.preview(title, partial(render, facts, language, paper), show, partial(_note, wanted, kept))

    desk.jobs.read(owner, work, done)


def _number(facts: CardsFacts) -> str:
    """Give the card's number, or the first and how many more were printed with it."""
    first, more = facts.cards[0].number, len(facts.cards) - 1
    return f"{first}+{more}" if more else first


def _note(
    card_ids: Sequence[int], paper: RegisterPaper, session: "Session", context: Context, out: GivenOut
) -> Outcome[PaperKept]:
    counted = cards.count_prints(session, card_ids, context)
    kept = paper_register.give_out(session, paper, out, context)
    return Outcome(kept.value, counted.changed | kept.changed)
