"""The live sum under a return: what was held, what is charged, what goes back."""

from PySide6.QtWidgets import QFrame

from crmdesk.core.i18n import gettext
from crmdesk.core.loan_rules import Settlement
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.views.loaners.wording import amount
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text


def settle(deposit: Money, fees: Money, set_off: Money) -> Settlement:
    """Keep the fees as far as the deposit reaches, set off what is wanted of the rest, give back what is left."""
    kept = min(deposit, fees)
    used = min(set_off, deposit - kept)
    return Settlement(kept, deposit - kept - used, used)


class SettlementSum(QFrame):
    """Deposit, charges, and in large figures what the customer gets or pays."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setProperty("role", "card")
        self._lines = FactsTable()
        self._words = Text("", "field")
        self._figure = Text("", "huge")
        total = row(self._words, None, self._figure)
        self.setLayout(column(self._lines, None, total, gap=2, margin=3))

    def show_sum(self, deposit: Money, fees: Money, parts: Settlement) -> None:
        """Show how the deposit is settled."""
        facts = [Fact(gettext("Deposit held"), amount(deposit))]
        charges = ((gettext("Fees"), fees), (gettext("Set off against the repair"), parts.set_off))
        facts += [Fact(words, f"−{amount(money)}") for words, money in charges if money]
        self._lines.set_facts(facts)
        to_pay = fees - parts.kept
        if to_pay:
            self._words.setText(gettext("The customer pays"))
            self._figure.setText(f"¥{to_pay.yuan_text()}")
            self._figure.set_tone(Tone.WARN)
        else:
            self._words.setText(gettext("Give back"))
            self._figure.setText(f"¥{parts.returned.yuan_text()}")
            self._figure.set_tone(None)
        self.setAccessibleName(f"{self._words.text()} {self._figure.text()}")

    def figure(self) -> str:
        """Give the large figure."""
        return self._figure.text()
