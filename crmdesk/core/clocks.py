"""The clocks of a ticket (domain rule 2): which run, when they are due, why they are red, where the rule comes from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.resources import resource_path
from crmdesk.core.tickets import FINISHED, TicketKind, TicketState
from crmdesk.core.tones import Tone

WARNING_SHARE = 0.75
_SATURDAY = 5

_S = TicketState
_READY = frozenset(
    {_S.READY, _S.NOTIFIED, _S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED, _S.CHECKED, _S.EXECUTED}
)
_TOLD = frozenset({_S.COMMUNICATED, _S.SATISFACTION_CALL})
_AWAY = frozenset({_S.SENT, _S.AT_HEAD_OFFICE})
_GONE = frozenset({_S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED})


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clocks look at; days are the store's days."""

    kind: TicketKind
    state: TicketState
    received_on: date
    last_event_on: date
    promised_on: date | None = None
    ready_on: date | None = None
    lent: bool = False


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One shipped clock; ``days`` are calendar days unless ``working``."""

    key: str
    kinds: frozenset[TicketKind]
    start: str
    days: int
    stops: str
    working: bool
    title: Mapping[str, str] = field(repr=False)
    source: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A running clock: the last good day, days left (negative: late by so many), how urgent, and its words."""

    key: str
    due_on: date
    days_left: int
    tone: Tone
    title: str
    source: str


@cache
def rules() -> tuple[ClockRule, ...]:
    """Give the shipped clocks."""
    shipped = json.loads(resource_path("rules", "clocks.json").read_text(encoding="utf-8"))
    return tuple(
        ClockRule(
            one["key"],
            frozenset(map(TicketKind, one["kinds"])),
            one["start"],
            one["days"],
            one["stops"],
            one.get("working", False),
            one["title"],
            one["source"],
        )
        for one in shipped["clocks"]
    )


def readings(facts: ClockFacts, today: date, days: Mapping[str, int] | None = None) -> list[ClockReading]:
    """Give the clocks that run on a ticket, most urgent first.

    Args:
        facts: the ticket.
        today: the store's day.
        days: lengths a store has changed, by clock key.
    """
    if facts.state in FINISHED or facts.state is TicketState.DRAFT:
        return []
    running = (_read(rule, facts, today, (days or {}).get(rule.key, rule.days)) for rule in rules())
    return sorted((one for one in running if one is not None), key=_urgency)


def _urgency(reading: ClockReading) -> tuple[bool, int]:
    return reading.key == "no_movement", reading.days_left


def _read(rule: ClockRule, facts: ClockFacts, today: date, days: int) -> ClockReading | None:
    start = _start(rule, facts)
    if facts.kind not in rule.kinds or start is None or _stopped(rule.stops, facts):
        return None
    due = add_working_days(start, days) if rule.working else start + timedelta(days=days)
    language = current_language()
    return ClockReading(
        rule.key,
        due,
        (due - today).days,
        _tone(start if rule.start != "promised" else facts.received_on, due, today),
        rule.title.get(language, rule.title[SOURCE_LANGUAGE]),
        rule.source.get(language, rule.source[SOURCE_LANGUAGE]),
    )


def _start(rule: ClockRule, facts: ClockFacts) -> date | None:
    if rule.start == "sent":
        return facts.last_event_on if facts.state in _AWAY else None
    return {
        "received": facts.received_on,
        "promised": facts.promised_on,
        "ready": facts.ready_on if facts.state in _READY else None,
        "last_event": facts.last_event_on,
    }[rule.start]


def _stopped(stops: str, facts: ClockFacts) -> bool:
    state = facts.state
    return {
        "ready": state in _READY or state in _TOLD,
        "ready_or_lent": state in _READY or facts.lent,
        "answered": state not in _AWAY,
        "handed_back": state in _GONE,
        "acknowledged": state is not TicketState.RECEIVED,
        "told": state in _TOLD,
        "executed": state is TicketState.EXECUTED,
    }[stops]


def _tone(start: date, due: date, today: date) -> Tone:
    if today > due:
        return Tone.LATE
    length = (due - start).days
    return Tone.WARN if (today - start).days >= length * WARNING_SHARE else Tone.NEUTRAL


def add_working_days(start: date, days: int) -> date:
    """Count ``days`` working days (Monday to Friday) on from ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            days -= 1
    return day
