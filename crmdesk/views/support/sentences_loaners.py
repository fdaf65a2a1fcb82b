"""Sentences for refusals around loaners."""

from datetime import date

from crmdesk.core.desk_errors import DepositUnbalancedError, LoanerOutError, LoanerTakenError, LoansBlockedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.views.support.days import day_text
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _taken(error: LoanerTakenError) -> Sentence:
    period = {"first": _day(error.from_day), "last": _day(error.until_day)}
    return Sentence(
        gettext("{code} is not free then.").format(code=error.loaner_code),
        gettext("It is lent or reserved from {first} to {last}. Choose another one or other days.").format(**period),
        gettext("Nothing was changed."),
    )


def _blocked(error: LoansBlockedError) -> Sentence:
    late = ngettext("{count} day late", "{count} days late", error.days_late).format(count=error.days_late)
    return Sentence(
        gettext("This customer still has a loaner: {number} is {late}.").format(number=error.loan_number, late=late),
        gettext("Take it back first, or extend that loan with a reason."),
        gettext("Nothing was changed."),
    )


def _unbalanced(error: DepositUnbalancedError) -> Sentence:
    amounts = {"settled": error.settled.yuan_text(), "deposit": error.deposit.yuan_text()}
    return Sentence(
        gettext("The deposit is not settled: ¥{settled} of ¥{deposit}.").format(**amounts),
        gettext("What is kept, given back and set off must add up to the deposit."),
        gettext("Nothing was changed."),
    )


def _out(error: LoanerOutError) -> Sentence:
    return Sentence(
        gettext("The loaner {code} is not back yet.").format(code=error.loaner_code),
        gettext(
            "Take it back before the goods go out. A manager can take the loan {number} over with a reason."
        ).format(number=error.loan_number),
        gettext("Nothing was changed."),
    )


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


SENTENCES: SentenceMap = {
    LoanerTakenError: _taken,
    LoansBlockedError: _blocked,
    DepositUnbalancedError: _unbalanced,
    LoanerOutError: _out,
}
