"""Sentences for refusals around loaners."""

from datetime import date

from crmdesk.core.desk_errors import DepositUnbalancedError, LoanerOutError, LoanerTakenError, LoansBlockedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.loan_errors import (
    ExtendedTooOftenError,
    FeeSettledError,
    MoreThanOpenError,
    NotLateError,
    RemindedAlreadyError,
    StillExpectedError,
)
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


def _not_late(error: NotLateError) -> Sentence:
    return Sentence(
        gettext("{number} is not late; it is due {day}.").format(number=error.loan_number, day=_day(error.due_day)),
        gettext("A reminder is sent from the day after the due day on."),
        gettext("Nothing was changed."),
    )


def _reminded(error: RemindedAlreadyError) -> Sentence:
    ago = ngettext("{count} hour ago", "{count} hours ago", error.hours).format(count=error.hours)
    return Sentence(
        gettext("This borrower was reminded {ago}.").format(ago=ago),
        gettext("Remind again when 24 hours have passed."),
        gettext("Nothing was changed."),
    )


def _too_often(error: ExtendedTooOftenError) -> Sentence:
    times = ngettext("once", "{count} times", error.times).format(count=error.times)
    return Sentence(
        gettext("{number} was extended {times} already.").format(number=error.loan_number, times=times),
        gettext("Take the loaner back, or ask a manager to extend the loan."),
        gettext("Nothing was changed."),
    )


def _more_than_open(error: MoreThanOpenError) -> Sentence:
    return Sentence(
        gettext("Only {amount} is open.").format(amount=f"¥{error.still_open.yuan_text()}"),
        gettext("Type what the customer pays of it."),
        gettext("Nothing was changed."),
    )


def _settled(error: FeeSettledError) -> Sentence:
    return Sentence(
        gettext("This fee of {number} is settled already.").format(number=error.loan_number),
        gettext("It was paid or waived; look at the loan again."),
        gettext("Nothing was changed."),
    )


def _expected(error: StillExpectedError) -> Sentence:
    return Sentence(
        gettext("{number} may still be fetched.").format(number=error.loan_number),
        gettext("Its first day is {day}, or the loaner was not ready then. You can give the reservation up.").format(
            day=_day(error.from_day)
        ),
        gettext("Nothing was changed."),
    )


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


SENTENCES: SentenceMap = {
    LoanerTakenError: _taken,
    LoansBlockedError: _blocked,
    DepositUnbalancedError: _unbalanced,
    LoanerOutError: _out,
    NotLateError: _not_late,
    RemindedAlreadyError: _reminded,
    ExtendedTooOftenError: _too_often,
    MoreThanOpenError: _more_than_open,
    FeeSettledError: _settled,
    StillExpectedError: _expected,
}
