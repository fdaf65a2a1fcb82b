"""The clocks of a ticket (domain rule 2): which run, when they are due, why they are red, where the rule comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from crmdesk.core import clock_rules, work_calendar
from crmdesk.core.clock_rules import ClockPause, ClockRule, ClockStart, ClockStop
from crmdesk.core.tickets import AWAY, CUSTOMERS_TURN, FINISHED, TRANSITIONS, TicketKind, TicketState
from crmdesk.core.tones import Tone
from crmdesk.core.work_calendar import WorkCalendar

WARNING_PERCENT: Final = 75
DEFAULT_REGION: Final = "zhejiang"
NO_MOVEMENT: Final = "no_movement"
PROMISE: Final = "promise"
_HUNDRED: Final = 100
_DAY: Final = timedelta(days=1)

_S = TicketState
_READY = frozenset(
    {_S.READY, _S.NOTIFIED, _S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED, _S.CHECKED, _S.EXECUTED}
)
_TOLD = frozenset({_S.COMMUNICATED, _S.SATISFACTION_CALL})
_GONE = frozenset({_S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED})


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clocks look at; days are the store's days.

    ``asked_on`` is the day since when the customer has to answer, ``customer_days`` how long that was before,
    ``earlier_days`` how long earlier repairs of the same fault took.
    """

    kind: TicketKind
    state: TicketState
    received_on: date
    last_event_on: date
    promised_on: date | None = None
    ready_on: date | None = None
    lent: bool = False
    sent_on: date | None = None
    asked_on: date | None = None
    customer_days: int = 0
    earlier_days: int = 0


@dataclass(frozen=True, slots=True)
class ClockBook:
    """What a store counts by: its rules, its calendar, and from which share of the time a clock warns, in percent."""

    rules: tuple[ClockRule, ...] = field(default_factory=lambda: clock_rules.rules_for(DEFAULT_REGION))
    calendar: WorkCalendar = field(default_factory=work_calendar.shipped)
    warning_percent: int = WARNING_PERCENT
    _worked: dict[tuple[date, int], date] = field(default_factory=dict, compare=False, repr=False)

    def after(self, start: date, rule: ClockRule) -> date:
        """Give the last good day of a clock that begins on ``start``; the same days are asked for again and again."""
        if not rule.working:
            return start + timedelta(days=rule.days)
        key = start, rule.days
        if key not in self._worked:
            self._worked[key] = self.calendar.add(start, rule.days)
        return self._worked[key]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A running clock: the last good day, days left (negative: late by so many), how urgent, and its words.

    ``used_percent`` is the share of its time that is gone, 0 to 100.
    """

    key: str
    due_on: date
    days_left: int
    tone: Tone
    title: str
    source: str
    paused: bool = False
    used_percent: int = 0


@dataclass(frozen=True, slots=True)
class ClockDays:
    """The first day on which a clock of a ticket has run out, on which one warns or has, and of nothing happening.

    ``due_on`` is the last good day of the clock that lists show, None while it stands still.
    """

    red_from: date | None
    warns_from: date | None
    still_from: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A running clock: from when its time counts, its last good day, whether it stands still."""

    rule: ClockRule
    begun: date
    due: date
    paused: bool

    def warns_from(self, percent: int) -> date:
        """Give the first day on which `_tone` is not neutral."""
        share = -((self.due - self.begun).days * percent // -_HUNDRED)
        return min(self.begun + timedelta(days=share), self.due + _DAY)


def readings(facts: ClockFacts, today: date, book: ClockBook) -> list[ClockReading]:
    """Give the clocks that run on a ticket, most urgent first.

    Args:
        facts: the ticket.
        today: the store's day.
        book: what the store counts by.
    """
    if facts.state in FINISHED or facts.state is TicketState.DRAFT:
        return []
    running = (_read(span, today, book.warning_percent) for span in _spans(facts, today, book))
    return sorted(running, key=_urgency)


def days_of(facts: ClockFacts, book: ClockBook) -> ClockDays | None:
    """Give from which days on a ticket is yellow, red and still; None when no clock runs on it.

    What follows from it on any day is the same as `readings` say on that day, as long as the ticket does not change.
    """
    if facts.state in FINISHED or facts.state is TicketState.DRAFT:
        return None
    # A clock that stands still is never red or yellow, on whatever day one looks.
    running = list(_spans(facts, facts.last_event_on, book))
    spans = [one for one in running if not one.paused]
    store = [one for one in spans if one.rule.key != NO_MOVEMENT]
    return ClockDays(
        red_from=min((one.due + _DAY for one in store), default=None),
        warns_from=min((one.warns_from(book.warning_percent) for one in store), default=None),
        still_from=min((one.due + _DAY for one in spans if one.rule.key == NO_MOVEMENT), default=None),
        due_on=_due_on(facts.kind, running),
    )


def _due_on(kind: TicketKind, running: list[_Span]) -> date | None:
    promise = next((one for one in running if one.rule.key == PROMISE), None)
    shown = promise if promise is not None and kind is not TicketKind.COMPLAINT else None
    if shown is None:
        shown = min(running, key=lambda one: (one.rule.key == NO_MOVEMENT, one.paused, one.due), default=None)
    return None if shown is None or shown.paused or shown.rule.key == NO_MOVEMENT else shown.due


def opening_rule(book: ClockBook, kind: TicketKind) -> ClockRule | None:
    """Give the shortest clock that begins when a ticket of ``kind`` is taken in; None when none does.

    What is due the same day is not meant: there is nothing to wait for.
    """
    begins = [rule for rule in book.rules if kind in rule.kinds and rule.start is ClockStart.RECEIVED and rule.days]
    return min(begins, key=lambda rule: rule.days, default=None)


def _urgency(reading: ClockReading) -> tuple[bool, bool, int]:
    return reading.key == NO_MOVEMENT, reading.paused, reading.days_left


def _spans(facts: ClockFacts, today: date, book: ClockBook) -> Iterator[_Span]:
    for rule in book.rules:
        start = _STARTS[rule.start](facts) if facts.kind in rule.kinds else None
        if start is None or _STOPS[rule.stops](facts):
            continue
        due, paused = _due(rule, facts, (start, today), book)
        begun = facts.received_on if rule.start is ClockStart.PROMISED else start
        # What earlier repairs took is gone of the whole time too.
        begun -= timedelta(days=facts.earlier_days if rule.earlier else 0)
        yield _Span(rule, begun, due, paused)


def _read(span: _Span, today: date, warning_percent: int) -> ClockReading:
    return ClockReading(
        span.rule.key,
        span.due,
        (span.due - today).days,
        Tone.NEUTRAL if span.paused else _tone(span.begun, span.due, today, warning_percent),
        span.rule.title_now(),
        span.rule.source_now(),
        span.paused,
        _used(span.begun, span.due, today),
    )


def _due(rule: ClockRule, facts: ClockFacts, span: tuple[date, date], book: ClockBook) -> tuple[date, bool]:
    """Give the last good day, and whether the clock stands still just now; ``span`` is its start and today."""
    start, _today = span
    due = book.after(start, rule)
    if rule.earlier:
        due -= timedelta(days=facts.earlier_days)
    if rule.pauses is ClockPause.NEVER:
        return due, False
    due += timedelta(days=_waited(rule, facts, span))
    return (book.calendar.working_from(due) if rule.working else due), facts.state in CUSTOMERS_TURN


def _waited(rule: ClockRule, facts: ClockFacts, span: tuple[date, date]) -> int:
    """Give how many days the customer had to answer since the clock began."""
    start, today = span
    before = facts.customer_days if rule.start in _BEFORE_ASKING else 0
    if facts.state not in CUSTOMERS_TURN or facts.asked_on is None:
        return before
    return before + max((today - max(facts.asked_on, start)).days, 0)


def can_run(rule: ClockRule) -> bool:
    """Tell whether there is a state in which ``rule`` begins, is not stopped, and does not stand still."""
    day = date(2026, 1, 1)
    states = [(kind, state) for kind in rule.kinds for state in TRANSITIONS[kind] if state not in FINISHED]
    tried = (ClockFacts(kind, state, day, day, day, day, sent_on=day, asked_on=day) for kind, state in states)
    return any(
        _STARTS[rule.start](facts) is not None
        and not _STOPS[rule.stops](facts)
        and (rule.pauses is ClockPause.NEVER or facts.state not in CUSTOMERS_TURN)
        for facts in tried
        if facts.state is not TicketState.DRAFT
    )


# Whoever waited for the customer before waited within these.
_BEFORE_ASKING: Final = frozenset({ClockStart.RECEIVED, ClockStart.PROMISED})

_STARTS: Final[dict[ClockStart, Callable[[ClockFacts], date | None]]] = {
    ClockStart.RECEIVED: lambda facts: facts.received_on,
    ClockStart.PROMISED: lambda facts: facts.promised_on,
    ClockStart.READY: lambda facts: facts.ready_on if facts.state in _READY else None,
    ClockStart.SENT: lambda facts: (facts.sent_on or facts.last_event_on) if facts.state in AWAY else None,
    ClockStart.ASKED: lambda facts: (facts.asked_on or facts.last_event_on) if facts.state in CUSTOMERS_TURN else None,
    ClockStart.LAST_EVENT: lambda facts: facts.last_event_on,
}

_STOPS: Final[dict[ClockStop, Callable[[ClockFacts], bool]]] = {
    ClockStop.READY: lambda facts: facts.state in _READY or facts.state in _TOLD,
    ClockStop.READY_OR_LENT: lambda facts: facts.state in _READY or facts.lent,
    ClockStop.ANSWERED: lambda facts: facts.state not in AWAY,
    ClockStop.ASKED_NO_MORE: lambda facts: facts.state not in CUSTOMERS_TURN,
    ClockStop.HANDED_BACK: lambda facts: facts.state in _GONE,
    ClockStop.ACKNOWLEDGED: lambda facts: facts.state is not TicketState.RECEIVED,
    ClockStop.TOLD: lambda facts: facts.state in _TOLD,
    ClockStop.EXECUTED: lambda facts: facts.state is TicketState.EXECUTED,
}


def _tone(start: date, due: date, today: date, warning_percent: int) -> Tone:
    if today > due:
        return Tone.LATE
    length = (due - start).days
    return Tone.WARN if (today - start).days * _HUNDRED >= length * warning_percent else Tone.NEUTRAL


def _used(start: date, due: date, today: date) -> int:
    length, gone = (due - start).days, (today - start).days
    if length <= 0 or gone >= length:
        return _HUNDRED
    return max(gone, 0) * _HUNDRED // length
