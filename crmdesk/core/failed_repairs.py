"""When repairing has failed often or long enough that exchange or return is due (domain rule 2, Zhejiang art. 26)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from crmdesk.core.clock_rules import ClockRule, spoken
from crmdesk.core.resources import resource_path


@dataclass(frozen=True, slots=True)
class RepairRecord:
    """How often a fault was repaired in vain, and how many days all its repairs took, the present one with them."""

    failed: int = 0
    days: int = 0


class ExchangeCause(StrEnum):
    """What made exchange or return due."""

    TIMES = "times"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class ExchangeDue:
    """A limit that is reached: which, how much there was, and the rule's words."""

    cause: ExchangeCause
    reached: int
    source: str


@cache
def _sources() -> Mapping[str, Mapping[str, str]]:
    read = json.loads(resource_path("rules", "clocks.json").read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, str]] = read["failed_repairs"]
    return found


def exchange_due(record: RepairRecord, region: str, rules: tuple[ClockRule, ...], most: int) -> tuple[ExchangeDue, ...]:
    """Give the limits that a repair has reached.

    Args:
        record: what happened so far.
        region: of the store; a region without a rule of its own has the house's.
        rules: the store's clocks; those that count earlier repairs in limit the days.
        most: after this many failed repairs exchange or return is due.
    """
    found = []
    if record.failed >= most:
        sources = _sources()
        found.append(ExchangeDue(ExchangeCause.TIMES, record.failed, spoken(sources.get(region, sources[""]))))
    limits = [rule for rule in rules if rule.earlier and record.days > rule.days]
    found += [ExchangeDue(ExchangeCause.DAYS, record.days, rule.source_now()) for rule in limits[:1]]
    return tuple(found)
