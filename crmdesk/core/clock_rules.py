"""The rules behind the clocks of a ticket: shipped sets by region, joined by a store's own (domain rule 2)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.resources import resource_path
from crmdesk.core.tickets import TicketKind

LONGEST_DAYS: Final = 365


class ClockStart(StrEnum):
    """What a clock starts from."""

    RECEIVED = "received"
    PROMISED = "promised"  # the promised day itself
    READY = "ready"
    SENT = "sent"  # the goods left for head office or a repairer
    ASKED = "asked"  # the customer has to answer a quote
    LAST_EVENT = "last_event"


class ClockStop(StrEnum):
    """What stops a clock."""

    READY = "ready"
    READY_OR_LENT = "ready_or_lent"
    ANSWERED = "answered"  # the goods are back from head office, or it answered
    ASKED_NO_MORE = "asked_no_more"  # the customer answered the quote
    HANDED_BACK = "handed_back"
    ACKNOWLEDGED = "acknowledged"
    TOLD = "told"
    EXECUTED = "executed"


class ClockPause(StrEnum):
    """While what a clock stands still."""

    NEVER = ""
    CUSTOMER = "customer"  # the customer has to answer


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock; ``days`` are calendar days unless ``working``; ``regions`` empty is everywhere.

    ``earlier`` counts the days of earlier repairs of the same fault in. ``shipped`` is false for a store's own.
    """

    key: str
    kinds: frozenset[TicketKind]
    start: ClockStart
    days: int
    stops: ClockStop
    working: bool = False
    pauses: ClockPause = ClockPause.NEVER
    earlier: bool = False
    regions: frozenset[str] = frozenset()
    active: bool = True
    shipped: bool = True
    title: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    source: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def title_now(self) -> str:
        """Give the title in the present language."""
        return spoken(self.title)

    def source_now(self) -> str:
        """Give the source in the present language."""
        return spoken(self.source)


def spoken(words: Mapping[str, str]) -> str:
    """Give ``words`` in the present language, else in the source language, else in any."""
    found = words.get(current_language()) or words.get(SOURCE_LANGUAGE)
    return found or next(iter(words.values()), "")


@cache
def shipped() -> tuple[ClockRule, ...]:
    """Give the shipped clocks of all regions, in the order in which they are shown."""
    read = json.loads(resource_path("rules", "clocks.json").read_text(encoding="utf-8"))
    return tuple(_rule(one) for one in read["clocks"])


def _rule(read: Mapping[str, Any]) -> ClockRule:
    names = {name: read[name] for name in ("key", "days", "working", "earlier", "title", "source") if name in read}
    return ClockRule(
        kinds=frozenset(map(TicketKind, read["kinds"])),
        regions=frozenset(read.get("regions", ())),
        start=ClockStart(read["start"]),
        stops=ClockStop(read["stops"]),
        pauses=ClockPause(read.get("pauses", "")),
        **names,
    )


def rules_for(region: str, own: Iterable[ClockRule] = ()) -> tuple[ClockRule, ...]:
    """Give the clocks that run in a store: those of its region, each as the store changed it, then its own.

    A shipped rule that the store switched off or an own one that is not active is left out.
    """
    return tuple(rule for rule in all_rules(region, own) if rule.active)


def all_rules(region: str, own: Iterable[ClockRule] = ()) -> tuple[ClockRule, ...]:
    """Give the clocks of a store as `rules_for`, with those that are switched off."""
    changed = {rule.key: rule for rule in own}
    fitting = [rule for rule in shipped() if not rule.regions or region in rule.regions]
    chosen = [changed.pop(rule.key, rule) for rule in fitting]
    known = {rule.key for rule in shipped()}
    chosen += [rule for rule in changed.values() if rule.key not in known]
    return tuple(chosen)
