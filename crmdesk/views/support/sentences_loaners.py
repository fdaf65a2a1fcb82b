"""Sentences for refusals about loaners, loans and deposits."""

from crmdesk.core.desk_errors import DepositUnbalancedError, LoanerOutError, LoanerTakenError, LoansBlockedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.views.support.sentence import Sentence, SentenceMap
from crmdesk.views.support.sentences_service import day_or_text, yuan


def _loaner_out(error: LoanerOutError) -> Sentence:
    return Sentence(
        gettext("Loaner {code} is not back yet.").format(code=error.loaner_code),
        gettext(
            "Take it back first (loan {number}), or let a manager take the loan over with a reason and a new date."
        ).format(number=error.loan_number),
        gettext("Nothing was changed."),
    )


def _loaner_taken(error: LoanerTakenError) -> Sentence:
    return Sentence(
        gettext("Loaner {code} is taken from {from_day} to {until_day}.").format(
            code=error.loaner_code, from_day=day_or_text(error.from_day), until_day=day_or_text(error.until_day)
        ),
        gettext("Choose another loaner or other days."),
        gettext("Nothing was changed."),
    )


def _loans_blocked(error: LoansBlockedError) -> Sentence:
    return Sentence(
        ngettext(
            "This customer's loan {number} is {count} day late.",
            "This customer's loan {number} is {count} days late.",
            error.days_late,
        ).format(number=error.loan_number, count=error.days_late),
        gettext("Take that loaner back before lending another one."),
        gettext("Nothing was changed."),
    )


def _deposit_unbalanced(error: DepositUnbalancedError) -> Sentence:
    return Sentence(
        gettext("The deposit is {deposit}, but {settled} is settled.").format(
            deposit=yuan(error.deposit), settled=yuan(error.settled)
        ),
        gettext("What is returned, kept and set off must make the deposit, to the cent."),
    )


SENTENCES: SentenceMap = {
    LoanerOutError: _loaner_out,
    LoanerTakenError: _loaner_taken,
    LoansBlockedError: _loans_blocked,
    DepositUnbalancedError: _deposit_unbalanced,
}
