"""Value on a member's page: life cycle, scores with their day, silence, pieces for each receipt."""

from datetime import date

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import MemberPage
from crmdesk.queries.member_value import ValueShown
from crmdesk.views.members.value_words import CYCLES
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.text import Text, show_if


class ValuePanel(Card):
    """Shows the value of one member."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gettext("Value"), "chart-column")
        self._facts = FactsTable()
        self._as_of = Text("", "small", wrap=True)
        self.add(self._facts)
        self.add(self._as_of)

    def show_member(self, page: MemberPage, today: date) -> None:
        """Show the figures."""
        self._facts.set_facts(value_facts(page, today))
        words = as_of_words(page.value, today)
        self._as_of.setText(words)
        show_if(self._as_of, bool(words))


def value_facts(page: MemberPage, today: date) -> list[Fact]:
    """Give what is known of a member's buying."""
    value, last = page.value, page.worth.last_day
    cycle, (tone, icon) = value.cycle, CYCLES[value.cycle]
    facts = [Fact(gettext("Life cycle"), label(cycle), tone if tone is not Tone.NEUTRAL else None, icon)]
    if value.recency is not None:
        facts.append(Fact(gettext("Scores"), score_words(value)))
    if last is not None:
        days = (today - last).days
        silent = ngettext("{count} day", "{count} days", days).format(count=days)
        facts.append(Fact(gettext("Silent for"), silent, Tone.WARN if days >= value.soon.silent else None))
    if value.per_receipt is not None:
        facts.append(Fact(gettext("Pieces per receipt"), f"{value.per_receipt:.1f}"))
    return facts


def score_words(value: ValueShown) -> str:
    """Give the scores in one line: R5 · F3 · M4."""
    return f"R{value.recency} · F{value.frequency} · M{value.monetary}"


def as_of_words(value: ValueShown, today: date) -> str:
    """Say as of when the scores are."""
    if value.renewing:
        return gettext("Bought since; the scores follow in a moment.")
    if value.as_of is None:
        return "" if value.cycle is LifeCycle.NO_PURCHASE else gettext("scores are being worked out")
    words = gettext("Scores are fifths of all buyers, 5 is best; as of {day}.")
    return words.format(day=day_text(value.as_of, today))
