"""Fees of an order's loans in words: which loan they come from, what is paid of them, what nobody owes any more."""

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.queries.loan_fees import FeeRow, LoanFees
from crmdesk.views.support.widgets.facts_table import Fact


def loan_fee_facts(known: LoanFees) -> list[Fact]:
    """Give a row for each fee, and one for what was paid of them."""
    facts = [Fact(label(one.kind), _words(one)) for one in known.fees]
    paid = Money.total(one.amount for one in known.payments)
    if paid:
        facts.append(Fact(gettext("Paid for the loan"), f"−¥{paid.short_text()}"))
    return facts


def _words(fee: FeeRow) -> str:
    parts = [f"¥{fee.amount.short_text()}", gettext("loan {number}").format(number=fee.loan_number)]
    if fee.waived_at is not None:
        parts.append(gettext("waived: {reason}").format(reason=fee.waive_reason))
    return " · ".join(parts)
