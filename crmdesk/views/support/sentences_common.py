"""Sentences for failures that belong to no single feature: rights, fields, phones, days, amounts."""

from enum import Enum

from crmdesk.core.batches import BatchLineState, BatchState
from crmdesk.core.birthday import BirthdayError, BirthdayTrouble, CalendarRangeError
from crmdesk.core.care import CallbackState
from crmdesk.core.dates import DateError, DateTrouble
from crmdesk.core.errors import (
    IllegalMoveError,
    InvalidFieldError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
    StaleError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.members import CardState
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.phone import PhoneError, PhoneTrouble
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.tickets import TicketState
from crmdesk.views.support.sentence import Sentence, SentenceMap

UNCHANGED = mark("Nothing was changed.")

KINDS: dict[EntityKind, str] = {
    EntityKind.MEMBER: mark("member"),
    EntityKind.TICKET: mark("service order"),
    EntityKind.LOANER: mark("loaner"),
    EntityKind.LOAN: mark("loan"),
    EntityKind.CALLBACK: mark("callback"),
    EntityKind.CARD: mark("card"),
    EntityKind.LETTER: mark("letter"),
    EntityKind.ITEM: mark("item"),
    EntityKind.PURCHASE: mark("purchase"),
    EntityKind.STAFF: mark("staff member"),
    EntityKind.PAPER: mark("paper"),
    EntityKind.STORE: mark("store"),
    EntityKind.BATCH: mark("batch"),
    EntityKind.CLOCK: mark("clock"),
    EntityKind.CALENDAR: mark("calendar of working days"),
}
_STATES: dict[EntityKind, type[Enum]] = {
    EntityKind.TICKET: TicketState,
    EntityKind.LOANER: LoanerState,
    EntityKind.LOAN: LoanState,
    EntityKind.CALLBACK: CallbackState,
    EntityKind.CARD: CardState,
    EntityKind.BATCH: BatchLineState,
}
REASONS: dict[str, str] = {
    "empty": mark("Please fill this in."),
    "missing": mark("Please fill this in."),
    "too_long": mark("Too long; please shorten it."),
    "too_short": mark("Too short."),
    "too_simple": mark("Too easy to guess; avoid runs such as 1234 and repeated digits."),
    "not_a_code": mark("Only letters A to Z and digits."),
    "too_small": mark("The number is too small."),
    "too_large": mark("The number is too large."),
    "not_a_number": mark("Please enter a number."),
    "not_an_amount": mark("Please enter an amount such as 80 or 1,280.50."),
    "not_yes_or_no": mark("Please choose yes or no."),
    "not_a_choice": mark("Please choose one from the list."),
    "not_a_time": mark("Please enter a time such as 09:00."),
    "not_a_list": mark("Please enter numbers divided by commas."),
    "not_rising": mark("Each number must be larger than the one before it."),
    "in_past": mark("This day is past."),
    "in_future": mark("This day has not come yet."),
    "before_start": mark("The end lies before the beginning."),
    "taken": mark("This is in use already."),
    "not_repairable": mark("What cannot be repaired is refused, replaced or paid back."),
    "free_with_amount": mark("Free of charge: the customer pays nothing."),
    "unknown_setting": mark("This program does not know the setting."),
}


def kind_word(kind: EntityKind) -> str:
    """Give the word for a kind of thing."""
    return gettext(KINDS[kind])


def state_word(kind: EntityKind, state: str) -> str:
    """Give the word for the state of a thing; the raw value where there is none."""
    try:
        if kind is EntityKind.BATCH and state in set(BatchState):
            return label(BatchState(state))
        return label(_STATES[kind](state))
    except (KeyError, ValueError):
        return state


def _unchanged() -> str:
    return gettext(UNCHANGED)


def _not_allowed(error: NotAllowedError) -> Sentence:
    try:
        role = label(Role(error.role))
    except (KeyError, ValueError):
        role = error.role
    return Sentence(
        gettext("You may not do this as {role}.").format(role=role),
        gettext("Ask a manager, or sign in as somebody who may."),
        _unchanged(),
    )


def _not_found(error: NotFoundError) -> Sentence:
    return Sentence(
        gettext("There is no {kind} {wanted} here.").format(kind=kind_word(error.kind), wanted=error.wanted),
        gettext("It may have been merged or removed, or belong to another store. Look again in the search box."),
    )


def _illegal_move(error: IllegalMoveError) -> Sentence:
    return Sentence(
        gettext("{kind} {number} is “{state}” and cannot become “{wanted}”.").format(
            kind=kind_word(error.kind).capitalize(),
            number=error.number,
            state=state_word(error.kind, error.state),
            wanted=state_word(error.kind, error.wanted),
        ),
        gettext("Open it again: somebody may have taken the step already."),
        _unchanged(),
    )


def field_sentence(error: InvalidFieldError) -> Sentence:
    """Explain one field; shown under it."""
    reason = REASONS.get(error.reason)
    return Sentence(gettext(reason) if reason else gettext("Please check this entry."))


def _setting(error: SettingRefusedError) -> Sentence:
    if error.low and error.high:
        return Sentence(gettext("Please enter a value from {low} to {high}.").format(low=error.low, high=error.high))
    return field_sentence(error)


def _reason_missing(_error: ReasonMissingError) -> Sentence:
    return Sentence(gettext("This needs a reason."), gettext("Write in a few words why."), _unchanged())


def _stale(error: StaleError) -> Sentence:
    return Sentence(
        gettext("Somebody else has changed this {kind} meanwhile.").format(kind=kind_word(error.kind)),
        gettext("Open it again to see the new version; what you typed stays in the form."),
        _unchanged(),
    )


_PHONES: dict[PhoneTrouble, str] = {
    PhoneTrouble.EMPTY: mark("Please enter a phone number."),
    PhoneTrouble.NOT_A_NUMBER: mark("This is no phone number."),
    PhoneTrouble.TOO_SHORT: mark("The number has too few digits."),
    PhoneTrouble.TOO_LONG: mark("The number has too many digits."),
    PhoneTrouble.DIGITS_LOST: mark("A spreadsheet has cut this number; ask for the whole number."),
    PhoneTrouble.UNKNOWN_SHAPE: mark("No phone number looks like this; please check it."),
}


def phone_sentence(error: PhoneError) -> Sentence:
    """Explain why a text is no phone number."""
    return Sentence(gettext(_PHONES[error.reason]))


_DAYS: dict[DateTrouble, str] = {
    DateTrouble.EMPTY: mark("Please enter a day."),
    DateTrouble.NOT_A_DATE: mark("This is no day."),
    DateTrouble.IMPOSSIBLE: mark("There is no such day in the calendar."),
    DateTrouble.AMBIGUOUS: mark("Day and month can be read both ways; please write year-month-day."),
    DateTrouble.YEAR_MISSING: mark("The year is missing."),
    DateTrouble.YEAR_ONLY: mark("This is only a year; month and day are missing."),
    DateTrouble.LUNAR: mark("This is a lunar date; please mark it as lunar."),
}


def _day(error: DateError) -> Sentence:
    return Sentence(gettext(_DAYS[error.reason]))


_BIRTHDAYS: dict[BirthdayTrouble, str] = {
    BirthdayTrouble.YEAR: mark("The year of birth must lie between 1850 and 2100."),
    BirthdayTrouble.MONTH: mark("The month must lie between 1 and 12."),
    BirthdayTrouble.DAY: mark("This month has no such day."),
}


def _birthday(error: BirthdayError) -> Sentence:
    return Sentence(gettext(_BIRTHDAYS[error.reason]))


def _calendar_range(error: CalendarRangeError) -> Sentence:
    return Sentence(
        gettext("The lunar calendar of this program does not know the year {year}.").format(year=error.year)
    )


_AMOUNTS: dict[str, str] = {
    "empty": mark("Please enter an amount."),
    "not_a_number": mark("Please enter an amount such as 80 or 1,280.50."),
    "too_fine": mark("Amounts have two decimal places at most."),
    "too_large": mark("The amount is too large."),
}


def amount_sentence(error: MoneyError, least: Money = Money(0), most: Money | None = None) -> str:
    """Explain why a text is no amount, with the limits of its field."""
    if error.reason == "too_small":
        return gettext("At least ¥{amount}.").format(amount=least.short_text())
    if error.reason == "above_most" and most is not None:
        return gettext("At most ¥{amount}.").format(amount=most.short_text())
    return gettext(_AMOUNTS.get(error.reason, _AMOUNTS["not_a_number"]))


def _amount(error: MoneyError) -> Sentence:
    return Sentence(amount_sentence(error))


SENTENCES: SentenceMap = {
    NotAllowedError: _not_allowed,
    NotFoundError: _not_found,
    IllegalMoveError: _illegal_move,
    InvalidFieldError: field_sentence,
    SettingRefusedError: _setting,
    ReasonMissingError: _reason_missing,
    StaleError: _stale,
    PhoneError: phone_sentence,
    DateError: _day,
    BirthdayError: _birthday,
    CalendarRangeError: _calendar_range,
    MoneyError: _amount,
}
