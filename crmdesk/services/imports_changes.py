"""What a row would change in a member's file, in words, for the preview."""

from collections.abc import Iterator

from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.exchange.fields import MemberField
from crmdesk.models.member import Member
from crmdesk.services.imports_columns import BIRTHDAY, FIELD_OF_COLUMN, column_words
from crmdesk.services.imports_names import Names
from crmdesk.services.imports_report import FieldChange
from crmdesk.services.imports_update import FIELD_OF, Additions


def changes_of(made: Additions, names: Names) -> tuple[FieldChange, ...]:
    """Give every field that changes: what stands there, and what will."""
    return (*_columns(made, names), *_details(made))


def _columns(made: Additions, names: Names) -> Iterator[FieldChange]:
    for column, value in made.columns.items():
        field = FIELD_OF_COLUMN.get(column)
        if field is None or field is MemberField.BIRTHDAY:
            continue
        old = getattr(made.member, column)
        if column == "guide_id":
            yield FieldChange(field, names.of_guide(old), names.of_guide(value))
        else:
            yield FieldChange(field, column_words(column, old), column_words(column, value))
    if "birthday_month" in made.columns:
        new = [made.columns[f"birthday_{part}"] for part in BIRTHDAY]
        yield FieldChange(MemberField.BIRTHDAY, _day([_part(made.member, part) for part in BIRTHDAY]), _day(new))


def _part(member: Member, part: str) -> object:
    return getattr(member, f"birthday_{part}")


def _day(parts: list[object]) -> str:
    calendar, *numbers = parts
    if not any(numbers):
        return ""
    day = "-".join(str(number) for number in numbers if number)
    return f"{day} ({column_words('birthday_calendar', calendar)})"


def _details(made: Additions) -> Iterator[FieldChange]:
    if made.phones:
        yield FieldChange(MemberField.PHONE, "", " ".join(made.phones))
    if made.tags or made.gone_tags:
        yield FieldChange(MemberField.TAGS, " ".join(made.gone_tags), " ".join(made.tags))
    if made.wechat:
        yield FieldChange(MemberField.WECHAT, "", made.row.wechat)
    if made.income:
        yield FieldChange(MemberField.INCOME, "", made.income)
    if made.card:
        yield FieldChange(MemberField.CARD, "", made.card)
    for kind, amount in made.openings.items():
        yield FieldChange(FIELD_OF[kind], "", amount_words(kind, amount))


def amount_words(kind: LedgerKind, amount: int) -> str:
    """Give points as a number, stored value as money."""
    return str(amount) if kind is LedgerKind.POINTS else Money(amount).yuan_text()
