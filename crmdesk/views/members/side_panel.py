"""The right side of a member's page: facts, cards, consents, household, private profile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.queries.member_page import MemberPage
from crmdesk.services.looks import ContactSeen, PrivateSeen
from crmdesk.views.members.cards_panel import CardsPanel
from crmdesk.views.members.consent_part import ConsentPart
from crmdesk.views.members.page_facts import address_facts, facts, private_facts
from crmdesk.views.members.people_panel import PeoplePanel
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if


class SidePanel(ScrollColumn):
    """Shows one `MemberPage`."""

    private_wanted = Signal()
    consents_wanted = Signal()
    evidence_wanted = Signal()
    related_chosen = Signal(object)

    def __init__(self, *account: QWidget) -> None:
        """Begin empty; ``account`` stands below what is known of the person."""
        super().__init__(gap=3)
        self._shown: tuple[MemberPage, Context] | None = None
        self._facts = FactsTable()
        self.cards = CardsPanel()
        self.consents = ConsentPart()
        self.people = PeoplePanel()
        self.people.chosen.connect(self.related_chosen)
        self._private = FactsTable()
        self.show_private_button = Button(gettext("Show"), "eye")
        self.show_private_button.clicked.connect(self.private_wanted)
        self._private_words = Text(gettext("Every look is noted."), "soft")
        self._about = _card(gettext("About"), "user-round", self._facts)
        self._consent_card = _card(gettext("Consents"), "shield-check", self.consents)
        change = Button(gettext("Change"), kind="link")
        change.clicked.connect(self.consents_wanted)
        proof = Button(gettext("Evidence"), kind="link")
        proof.clicked.connect(self.evidence_wanted)
        self._consent_card.add_to_head(proof)
        self._consent_card.add_to_head(change)
        self._private_card = _card(gettext("Private profile"), "lock", self._private)
        self._private_card.add(row(self._private_words, None, self.show_private_button))
        for part in (self._about, *account, self.cards, self.people, self._consent_card, self._private_card):
            self.add(part)
        self.add_stretch()

    def put_first(self, part: QWidget) -> None:
        """Put a part above all others."""
        self.body.insertWidget(0, part)

    def put_last(self, part: QWidget) -> None:
        """Put a part below all others."""
        self.body.insertWidget(self.body.count() - 1, part)

    def show_member(self, page: MemberPage, context: Context, *, same: bool) -> None:
        """Show what is known; what was looked at stays open only while it is the same member."""
        self._shown = page, context
        known = facts(page, context.today())
        self._facts.set_facts(known)
        show_if(self._about, any(fact.value for fact in known))
        self.cards.show_cards(page.cards, context)
        self.consents.show_member(page, context)
        show_if(self._private_card, page.may_look_private)
        if not same:
            self.verticalScrollBar().setValue(0)
            self._private.set_facts([])
            self._say_private(closed=True)

    def show_contact(self, seen: ContactSeen) -> None:
        """Show e-mail and address in full above the other facts."""
        shown = [
            Fact(gettext("E-mail"), seen.email),
            Fact(gettext("Address"), seen.address),
            *address_facts(seen.addresses),
        ]
        hidden = {gettext("E-mail"), gettext("Address")}
        if self._shown is not None:
            page, context = self._shown
            hidden |= {fact.label for fact in address_facts(page.addresses)}
            rest = [fact for fact in facts(page, context.today()) if fact.label not in hidden]
            self._facts.set_facts([*shown, *rest])

    def show_private(self, seen: PrivateSeen) -> None:
        """Show the private profile."""
        if self._shown is not None and seen.member_id == self._shown[0].id:
            self._private.set_facts(private_facts(seen))
            self._say_private(closed=False)

    def _say_private(self, *, closed: bool) -> None:
        show_if(self.show_private_button, closed)
        show_if(self._private_words, closed)


def _card(title: str, icon: str, *parts: QWidget) -> Card:
    card = Card(title, icon)
    for part in parts:
        card.add(part)
    return card
