"""What a person may do, from her staff row: role, fine rights, limit of approval."""

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
