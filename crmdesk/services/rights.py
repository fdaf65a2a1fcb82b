"""From a staff row to the person who acts, and her fine rights as they are stored."""

from crmdesk.core.context import Actor
from crmdesk.core.roles import Right
from crmdesk.core.setting import SettingValues
from crmdesk.models.staff import Staff
from crmdesk.queries.staff_rights import limit_of, rights_of


def actor_of(staff: Staff, settings: SettingValues) -> Actor:
    """Give the person as services see her."""
    return Actor(staff.id, staff.name, staff.role, rights_of(staff), limit_of(staff, settings))


def fine_words(given: frozenset[Right], taken: frozenset[Right]) -> str:
    """Write rights given and taken as they are stored."""
    return " ".join([*(f"+{right.value}" for right in sorted(given)), *(f"-{right.value}" for right in sorted(taken))])
