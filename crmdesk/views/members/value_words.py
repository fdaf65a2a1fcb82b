"""Words of value: the lines of its charts, and what the page of a member says about scores."""

from dataclasses import dataclass

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.segments import Group
from crmdesk.core.tones import Tone
from crmdesk.core.value_groups import AgeBand, age_group, cycle_group, gender_group, tier_group
from crmdesk.queries.value_charts import ValueCharts

_AGES = {
    AgeBand.UNDER_20: mark("Under 20"),
    AgeBand.TWENTIES: mark("20–29"),
    AgeBand.THIRTIES: mark("30–39"),
    AgeBand.FORTIES: mark("40–49"),
    AgeBand.FROM_50: mark("50 and over"),
    AgeBand.UNKNOWN: mark("Not known"),
}
CYCLES = {
    LifeCycle.NO_PURCHASE: (Tone.NEUTRAL, "circle"),
    LifeCycle.NEW: (Tone.INFO, "sparkles"),
    LifeCycle.ACTIVE: (Tone.OK, "circle-check"),
    LifeCycle.BACK: (Tone.OK, "rotate-ccw"),
    LifeCycle.SLEEPING: (Tone.WAITING, "moon"),
    LifeCycle.LOST: (Tone.LATE, "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a chart, and the conditions that open its list."""

    label: str
    count: int
    group: Group


def age_lines(found: ValueCharts) -> list[Line]:
    """Give the bands of age."""
    return [Line(gettext(_AGES[band]), found.ages.get(band, 0), age_group(band)) for band in AgeBand]


def gender_lines(found: ValueCharts) -> list[Line]:
    """Give the genders, and those of whom it is not known."""
    lines = [Line(label(one), found.genders.get(one, 0), gender_group(one)) for one in Gender]
    return [*lines, Line(gettext(_AGES[AgeBand.UNKNOWN]), found.genders.get(None, 0), gender_group(None))]


def tier_lines(found: ValueCharts) -> list[Line]:
    """Give the levels, the highest first."""
    tiers = reversed(CardTier)
    return [Line(label(one), found.tiers.get(one, 0), tier_group(one)) for one in tiers]


def cycle_lines(found: ValueCharts) -> list[Line]:
    """Give the places of the life cycle."""
    return [Line(label(one), found.cycles.get(one, 0), cycle_group(one)) for one in CYCLES]
