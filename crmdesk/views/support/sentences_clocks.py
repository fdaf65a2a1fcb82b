"""Sentences for refusals around clocks and the calendar of working days."""

from crmdesk.core.clock_errors import (
    CalendarReachError,
    CalendarSheetError,
    CalendarSpanError,
    ClockDaysError,
    ClockNeverRunsError,
    ClockTitleError,
    RowRefusal,
    SheetTrouble,
    UnknownClockError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.views.support.sentence import Sentence, SentenceMap

_MOST_ROWS = 8
_ROWS: dict[SheetTrouble, str] = {
    SheetTrouble.NO_DAY: mark("row {row}: “{text}” is no day"),
    SheetTrouble.NO_WORD: mark("row {row}: “{text}” is neither rest nor work"),
    SheetTrouble.OTHER_YEAR: mark("row {row}: {text} lies in another year"),
    SheetTrouble.TWICE: mark("row {row}: {text} is there twice"),
    SheetTrouble.LONG_NAME: mark("row {row}: the name “{text}” is too long"),
}


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _unknown(error: UnknownClockError) -> Sentence:
    del error
    return Sentence(
        gettext("The store has no such clock now."),
        gettext("It was removed, or another region was chosen. Look at the list again."),
        _unchanged(),
    )


def _days(error: ClockDaysError) -> Sentence:
    return Sentence(gettext("Please enter {least} to {most} days.").format(least=error.least, most=error.most))


def _title(error: ClockTitleError) -> Sentence:
    return Sentence(
        gettext("Another clock is called “{title}” already.").format(title=error.title),
        gettext("Please choose another title."),
    )


def _never(error: ClockNeverRunsError) -> Sentence:
    return Sentence(
        gettext("“{title}” would never run.").format(title=error.title),
        gettext("Choose another begin, another end, or no pause."),
        _unchanged(),
    )


def _reach(error: CalendarReachError) -> Sentence:
    return Sentence(
        gettext("{day} is not in the calendar.").format(day=error.day),
        gettext("It reaches from {first} to {last}.").format(first=error.first, last=error.last),
        _unchanged(),
    )


def _span(error: CalendarSpanError) -> Sentence:
    return Sentence(
        gettext("From {first} to {last} cannot be changed at once.").format(first=error.first, last=error.last),
        gettext("The last day lies in the same year, not before the first, and at most {most} days on.").format(
            most=error.most
        ),
        _unchanged(),
    )


def row_words(refused: RowRefusal) -> str:
    """Say which row cannot be taken and why."""
    return gettext(_ROWS[refused.trouble]).format(row=refused.row, text=refused.text)


def _sheet(error: CalendarSheetError) -> Sentence:
    if not error.rows:
        return Sentence(
            gettext("“{name}” names no day.").format(name=error.name),
            gettext("Each row holds a day, “rest” or “work”, and a name."),
            _unchanged(),
        )
    named = [row_words(one) for one in error.rows[:_MOST_ROWS]]
    if len(error.rows) > _MOST_ROWS:
        named.append(gettext("and {count} more rows").format(count=len(error.rows) - _MOST_ROWS))
    return Sentence(
        gettext("“{name}” cannot be taken as it is:").format(name=error.name), "\n".join(named), _unchanged()
    )


SENTENCES: SentenceMap = {
    UnknownClockError: _unknown,
    ClockDaysError: _days,
    ClockTitleError: _title,
    ClockNeverRunsError: _never,
    CalendarReachError: _reach,
    CalendarSpanError: _span,
    CalendarSheetError: _sheet,
}
