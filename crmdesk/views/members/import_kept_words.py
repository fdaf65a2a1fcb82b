"""How it is told why a record stays when its import is undone."""

from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.exchange.field_labels import FIELD_LABELS
from crmdesk.exchange.fields import MemberField
from crmdesk.services.imports_undo_kept import KeptRecord, KeptWhy

# Columns of a member, a card and the ledgers, by the field that a list has for them.
_FIELDS: Final = {
    "preferences": MemberField.TASTES,
    "notes": MemberField.NOTE,
    "guide_id": MemberField.GUIDE,
    "tier": MemberField.LEVEL,
    "joined_on": MemberField.JOINED,
    "state": MemberField.CARD_STATE,
    "principal": MemberField.STORED_VALUE,
    **dict.fromkeys(("birthday_calendar", "birthday_year", "birthday_month", "birthday_day"), MemberField.BIRTHDAY),
}
_WHAT: Final = {
    "ticket": mark("service tickets"),
    "item": mark("items"),
    "purchase": mark("purchases"),
    "loan": mark("loans"),
    "callback": mark("callbacks"),
    "paper": mark("papers"),
    "card": mark("cards"),
    "ledger_entry": mark("movements of balances"),
}


def kept_words(one: KeptRecord) -> str:
    """Give one line: the row, what stays, who touched it."""
    words = _why(one).format(row=one.row)
    if one.by:
        words = gettext("{what} (last: {name}, {day})").format(what=words, name=one.by, day=_day(one))
    return words


def _why(one: KeptRecord) -> str:
    if one.why is KeptWhy.IN_USE:
        what = _WHAT.get(one.what)
        return (
            gettext("Row {row}: in use")
            if what is None
            else gettext("Row {row}: has {what}").replace("{what}", gettext(what))
        )
    if not one.fields:
        return gettext("Row {row}: changed since")
    fields = dict.fromkeys(_field(name) for name in one.fields)
    return gettext("Row {row}: changed since: {fields}").replace("{fields}", gettext(", ").join(fields))


def _field(name: str) -> str:
    field = _FIELDS.get(name)
    if field is None and name in {one.value for one in MemberField}:
        field = MemberField(name)
    return gettext(FIELD_LABELS[field]) if field is not None else name


def _day(one: KeptRecord) -> str:
    return f"{one.at:%Y-%m-%d}" if one.at is not None else ""
