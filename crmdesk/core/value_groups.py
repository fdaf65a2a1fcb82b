"""The groups that the value page counts, as the conditions that open the list behind each of them."""

from enum import StrEnum
from typing import Final

from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.segments import About, Condition, Group, Is

SCORES: Final = (1, 2, 3, 4, 5)


class AgeBand(StrEnum):
    """Ages as capability M9 cuts them: at 20, 30, 40 and 50."""

    UNDER_20 = "under_20"
    TWENTIES = "20_29"
    THIRTIES = "30_39"
    FORTIES = "40_49"
    FROM_50 = "from_50"
    UNKNOWN = "unknown"


_AGES: Final[dict[AgeBand, tuple[Is, tuple[int, ...]]]] = {
    AgeBand.UNDER_20: (Is.AT_MOST, (19,)),
    AgeBand.TWENTIES: (Is.BETWEEN, (20, 29)),
    AgeBand.THIRTIES: (Is.BETWEEN, (30, 39)),
    AgeBand.FORTIES: (Is.BETWEEN, (40, 49)),
    AgeBand.FROM_50: (Is.AT_LEAST, (50,)),
}


def age_group(band: AgeBand) -> Group:
    """Give the members of an age band; unknown are those without a year of birth."""
    if band is AgeBand.UNKNOWN:
        return Group((Condition(About.AGE, Is.AT_LEAST, (0,)),), negated=True)
    how, values = _AGES[band]
    return Group((Condition(About.AGE, how, values),))


def gender_group(gender: Gender | None) -> Group:
    """Give the members of a gender; None for those of whom it is not known."""
    if gender is None:
        return Group((Condition(About.GENDER, Is.EMPTY),))
    return Group((Condition(About.GENDER, Is.ONE_OF, (gender.value,)),))


def tier_group(tier: CardTier) -> Group:
    """Give the members of a level."""
    return Group((Condition(About.TIER, Is.ONE_OF, (tier.value,)),))


def cycle_group(cycle: LifeCycle) -> Group:
    """Give the members at one place of the life cycle."""
    return Group((Condition(About.LIFE_CYCLE, Is.ONE_OF, (cycle.value,)),))


def score_group(recency: int, frequency: int) -> Group:
    """Give the members with two scores."""
    return Group((_exactly(About.RECENCY, recency), _exactly(About.FREQUENCY, frequency)))


def _exactly(about: About, score: int) -> Condition:
    return Condition(about, Is.BETWEEN, (score, score))
