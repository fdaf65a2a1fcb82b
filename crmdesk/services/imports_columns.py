"""Which columns of a member's own record a row changes, as the policy allows, and how that reads."""

from typing import Any, Final

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier, MemberState
from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow
from crmdesk.exchange.policy import FieldRule, Policy
from crmdesk.models.member import Member
from crmdesk.services.imports_new_members import TEXTS

BIRTHDAY: Final = ("calendar", "year", "month", "day")
# The field of each column that a row may change; state follows by itself.
FIELD_OF_COLUMN: Final[dict[str, MemberField]] = {
    **{column: MemberField(attribute) for column, attribute in TEXTS.items()},
    "name": MemberField.NAME,
    "gender": MemberField.GENDER,
    "guide_id": MemberField.GUIDE,
    "tier": MemberField.LEVEL,
    "care_class": MemberField.CARE_CLASS,
    "joined_on": MemberField.JOINED,
    **{f"birthday_{part}": MemberField.BIRTHDAY for part in BIRTHDAY},
}


def columns_of(member: Member, row: MemberRow, guide_id: int | None, policy: Policy) -> dict[str, Any]:
    """Give the new values of the columns that change."""
    wanted: dict[str, Any] = {column: getattr(row, attribute) for column, attribute in TEXTS.items()}
    wanted |= {"gender": row.gender, "guide_id": guide_id}
    wanted |= {"tier": row.level, "care_class": row.care_class}
    if policy.rule(MemberField.NAME) is FieldRule.OVERWRITE:
        wanted["name"] = row.name
    if policy.rule(MemberField.JOINED) is FieldRule.OVERWRITE:
        wanted["joined_on"] = row.joined
    changed = {
        column: value
        for column, value in wanted.items()
        if value and _takes(policy.rule(FIELD_OF_COLUMN[column]), getattr(member, column), value)
    }
    if row.birthday is not None and _takes(policy.rule(MemberField.BIRTHDAY), _birthday(member), row.birthday):
        changed |= {f"birthday_{part}": getattr(row.birthday, part) for part in BIRTHDAY}
    if member.state is MemberState.WALK_IN:
        changed["state"] = MemberState.ACTIVE
    return changed


def _takes(rule: FieldRule, present: object, wanted: object) -> bool:
    if rule is FieldRule.KEEP or present == wanted:
        return False
    # Compared as what they are: a text of a member may be called "ordinary" too.
    usual = present is CardTier.ORDINARY or present is CareClass.ORDINARY
    return rule is FieldRule.OVERWRITE or usual or not present


def _birthday(member: Member) -> Birthday | None:
    if member.birthday_calendar is None or member.birthday_month is None or member.birthday_day is None:
        return None
    return Birthday(member.birthday_calendar, member.birthday_year, member.birthday_month, member.birthday_day)


def column_words(column: str, value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Give how the value of a column reads; empty for nothing."""
    if value is None or value == "":
        return ""
    if column in {"gender", "tier", "care_class", "birthday_calendar"}:
        return label(value)
    return str(value)
