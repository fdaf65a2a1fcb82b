"""A store's clocks: changed, switched off, added, given back as shipped; its region and its warning."""

from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import clock_rules
from crmdesk.core.clock_errors import ClockDaysError, ClockNeverRunsError, ClockTitleError, UnknownClockError
from crmdesk.core.clock_rules import LONGEST_DAYS, ClockPause, ClockStart, ClockStop
from crmdesk.core.clocks import can_run
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, StaleError
from crmdesk.core.ids import new_id
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import CLOCK_REGION, CLOCK_WARNING_PERCENT
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import TicketKind
from crmdesk.core.topics import Topic
from crmdesk.models.clock_rule import ClockRule
from crmdesk.queries.clock_book import BY_SETTING, store_rules
from crmdesk.services import audit
from crmdesk.services.settings import ChangeSettings, change_settings

# Every list of tickets shows other clocks then.
_CHANGED = frozenset({Topic.SETTINGS, Topic.TICKETS})
_LONGEST_TITLE, _LONGEST_SOURCE = 60, 120


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What can be changed about any clock; ``days`` are calendar days unless ``working``."""

    title: str
    days: int
    source: str = ""
    working: bool = False
    pauses: ClockPause = ClockPause.NEVER
    active: bool = True


@dataclass(frozen=True, slots=True)
class ChangeClock:
    """A clock as it shall be; ``seen_version`` 0 is a shipped clock that nobody had changed."""

    key: str
    seen_version: int
    facts: ClockFacts


@dataclass(frozen=True, slots=True)
class AddClock:
    """A clock of the store's own: for which tickets, from what, until what."""

    facts: ClockFacts
    start: ClockStart
    stops: ClockStop
    kinds: frozenset[TicketKind] = field(default_factory=lambda: frozenset(TicketKind))


@dataclass(frozen=True, slots=True)
class ClockChoice:
    """One clock as somebody saw it."""

    key: str
    seen_version: int


@dataclass(frozen=True, slots=True)
class ChooseRegion:
    """Whose rules the clocks follow, and from which share of the time they warn, in percent."""

    region: str
    warning_percent: int


def change(session: Session, request: ChangeClock, context: Context) -> Outcome[str]:
    """Change a shipped clock or an own one and give its key; one that is as shipped again counts as unchanged.

    Raises:
        NotAllowedError: the person may not change settings.
        UnknownClockError: the store has no such clock.
        StaleError: somebody changed it since.
        InvalidFieldError: no title, or words that are too long.
        ClockDaysError: so many days cannot be.
        ClockTitleError: another clock has this title.
        ClockNeverRunsError: it would stand still all the time.
        SettingRefusedError: the length is a setting of its own, which does not allow so many days.
    """
    context.require(Right.SETTINGS)
    known = _known(session, request.key, context)
    row = _row(session, request.key, request.seen_version, context)
    wanted = _made(session, known, request.facts, context)
    if wanted.key in BY_SETTING and wanted.days != known.days:
        change_settings(session, ChangeSettings({BY_SETTING[wanted.key].key: wanted.days}), context)
    if row is None and wanted == known:
        return Outcome(known.key, _CHANGED)
    if row is None:
        row = ClockRule(store_id=context.store.id, key=known.key)
        session.add(row)
    _write(row, wanted)
    detail: audit.Detail = {
        "clock": wanted.title_now(),
        "clock_days": wanted.days,
        "clock_days_before": known.days,
        "working": wanted.working,
        "active": wanted.active,
    }
    audit.record(session, context, "clock.change", (EntityKind.CLOCK, _entity(session, row)), detail)
    return Outcome(known.key, _CHANGED)


def add(session: Session, request: AddClock, context: Context) -> Outcome[str]:
    """Add a clock of the store's own and give its key.

    Raises:
        NotAllowedError: the person may not change settings.
        InvalidFieldError: no title, no kind of ticket, or words that are too long.
        ClockDaysError: so many days cannot be.
        ClockTitleError: another clock has this title.
        ClockNeverRunsError: what starts it, stops it and pauses it leave no moment in which it runs.
    """
    context.require(Right.SETTINGS)
    if not request.kinds:
        raise InvalidFieldError("kinds", "empty")
    bare = clock_rules.ClockRule(f"own_{new_id()}", request.kinds, request.start, 0, request.stops, shipped=False)
    wanted = _made(session, bare, request.facts, context)
    row = ClockRule(store_id=context.store.id, key=wanted.key)
    session.add(row)
    _write(row, wanted)
    detail: audit.Detail = {"clock": wanted.title_now(), "clock_days": wanted.days, "working": wanted.working}
    audit.record(session, context, "clock.add", (EntityKind.CLOCK, _entity(session, row)), detail)
    return Outcome(wanted.key, _CHANGED)


def switch(session: Session, request: ClockChoice, context: Context) -> Outcome[bool]:
    """Switch a clock off, or on again; tell whether it runs now.

    Raises:
        NotAllowedError: the person may not change settings.
        UnknownClockError: the store has no such clock.
        StaleError: somebody changed it since.
    """
    context.require(Right.SETTINGS)
    known = _known(session, request.key, context)
    row = _row(session, request.key, request.seen_version, context)
    if row is None:
        row = ClockRule(store_id=context.store.id, key=known.key)
        session.add(row)
    _write(row, replace(known, active=not known.active))
    detail: audit.Detail = {"clock": known.title_now(), "active": row.active}
    audit.record(session, context, "clock.change", (EntityKind.CLOCK, _entity(session, row)), detail)
    return Outcome(row.active, _CHANGED)


def restore(session: Session, request: ClockChoice, context: Context) -> Outcome[bool]:
    """Give a shipped clock back as it came, or take an own one away; tell whether it was a shipped one.

    Raises:
        NotAllowedError: the person may not change settings.
        UnknownClockError: the store has no such clock.
        StaleError: somebody changed it since.
    """
    context.require(Right.SETTINGS)
    known = _known(session, request.key, context)
    row = _row(session, request.key, request.seen_version, context)
    if known.key in BY_SETTING:
        change_settings(session, ChangeSettings(defaults=frozenset({BY_SETTING[known.key].key})), context)
    if row is not None:
        entity = _entity(session, row)
        session.delete(row)
        session.flush()
        act = "clock.restore" if known.shipped else "clock.remove"
        audit.record(session, context, act, (EntityKind.CLOCK, entity), {"clock": known.title_now()})
    return Outcome(known.shipped, _CHANGED)


def choose_region(session: Session, request: ChooseRegion, context: Context) -> Outcome[str]:
    """Choose whose rules the clocks follow and when they warn.

    Raises:
        NotAllowedError: the person may not change settings.
        SettingRefusedError: no such region, or a share out of range.
    """
    values = {CLOCK_REGION.key: request.region, CLOCK_WARNING_PERCENT.key: request.warning_percent}
    change_settings(session, ChangeSettings(values), context)
    return Outcome(request.region, _CHANGED)


def _known(session: Session, key: str, context: Context) -> clock_rules.ClockRule:
    found = next((rule for rule in store_rules(session, context.store.id) if rule.key == key), None)
    if found is None:
        raise UnknownClockError(key)
    return found


def _row(session: Session, key: str, seen_version: int, context: Context) -> ClockRule | None:
    """Give what the store changed about a clock, as long as it is what the person saw."""
    wanted = select(ClockRule).where(ClockRule.store_id == context.store.id, ClockRule.key == key)
    row = session.scalars(wanted).one_or_none()
    current = row.version if row is not None else 0
    if current != seen_version:
        raise StaleError(EntityKind.CLOCK, row.id if row is not None else context.store.id, seen_version, current)
    return row


def _made(session: Session, known: clock_rules.ClockRule, facts: ClockFacts, context: Context) -> clock_rules.ClockRule:
    """Give ``known`` with ``facts``, checked; words that are as shipped stay in both languages."""
    title, source = _line("title", facts.title, _LONGEST_TITLE), _line("source", facts.source, _LONGEST_SOURCE)
    if not title:
        raise InvalidFieldError("title", "empty")
    if not 0 <= facts.days <= LONGEST_DAYS:
        raise ClockDaysError(facts.days, 0, LONGEST_DAYS)
    for other in store_rules(session, context.store.id):
        if other.key != known.key and title.casefold() in {word.casefold() for word in other.title.values()}:
            raise ClockTitleError(title)
    wanted = replace(
        known,
        title=known.title if title in known.title.values() else {"": title},
        source=known.source if source in known.source.values() else {"": source},
        days=facts.days,
        working=facts.working,
        pauses=facts.pauses,
        active=facts.active,
    )
    if not can_run(wanted):
        raise ClockNeverRunsError(title)
    return wanted


def _line(name: str, typed: str, longest: int) -> str:
    text = clean_line(typed)
    if len(text) > longest:
        raise InvalidFieldError(name, "too_long", text)
    return text


def _write(row: ClockRule, wanted: clock_rules.ClockRule) -> None:
    row.active = wanted.active
    row.kinds = " ".join(sorted(wanted.kinds))
    row.start, row.stops, row.pauses = wanted.start, wanted.stops, wanted.pauses
    row.days, row.working = wanted.days, wanted.working
    row.title, row.source = wanted.title_now(), wanted.source_now()


def _entity(session: Session, row: ClockRule) -> int:
    session.flush()
    return row.id
