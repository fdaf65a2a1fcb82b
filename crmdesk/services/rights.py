"""From a staff row to the person who acts: role, fine rights, limit of approval."""

from crmdesk.core.context import Actor
from crmdesk.core.money import Money
from crmdesk.core.roles import RIGHTS, Right, Role
from crmdesk.core.setting import Setting, SettingValues
from crmdesk.core.settings_service import APPROVE_CLERK, APPROVE_HEAD_OFFICE, APPROVE_MANAGER
from crmdesk.models.staff import Staff

_LIMITS: dict[Role, Setting[Money]] = {
    Role.CLERK: APPROVE_CLERK,
    Role.GUIDE: APPROVE_CLERK,
    Role.MANAGER: APPROVE_MANAGER,
    Role.HEAD_OFFICE: APPROVE_HEAD_OFFICE,
}


def actor_of(staff: Staff, settings: SettingValues) -> Actor:
    """Give the person as services see her."""
    return Actor(staff.id, staff.name, staff.role, rights_of(staff), limit_of(staff, settings))


def rights_of(staff: Staff) -> frozenset[Right]:
    """Give the role's rights with the person's own added and taken away; words of older programs are passed over."""
    given, taken = fine_rights(staff.extra_rights)
    return (RIGHTS[staff.role] | given) - taken


def limit_of(staff: Staff, settings: SettingValues) -> Money | None:
    """Give up to which amount the person approves: her own limit, else her role's; None is without limit."""
    if staff.approve_limit is not None:
        return staff.approve_limit
    if staff.role is Role.OWNER:
        return None
    return settings.get(_LIMITS[staff.role]) if staff.role in _LIMITS else Money(0)


def fine_rights(words: str) -> tuple[frozenset[Right], frozenset[Right]]:
    """Split the stored words (``+export -see_money``) into rights given and rights taken."""
    known = {right.value for right in Right}
    signed = [(word[0], Right(word[1:])) for word in words.split() if word[1:] in known]
    return (
        frozenset(right for sign, right in signed if sign == "+"),
        frozenset(right for sign, right in signed if sign == "-"),
    )


def fine_words(given: frozenset[Right], taken: frozenset[Right]) -> str:
    """Write rights given and taken as they are stored."""
    return " ".join([*(f"+{right.value}" for right in sorted(given)), *(f"-{right.value}" for right in sorted(taken))])
