"""Which fields of two versions differ, and who changed them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from crmdesk.core.i18n import gettext
from crmdesk.views.members.compare_dialog import Difference
from crmdesk.views.members.form_inputs import KeptPhoneField
from crmdesk.views.members.form_sheet import MemberSheet
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import TickField

_NUMBERED: Final = re.compile(r"(?:phone|address)(\d+)")


def states(sheet: MemberSheet) -> dict[str, object]:
    """Give the typing of every field by name."""
    return {name: field.draft() for name, field in sheet.named().items()}


def differences(
    mine: Mapping[str, Field[Any]], before: Mapping[str, object], theirs: Mapping[str, Field[Any]]
) -> list[Difference]:
    """Compare the form with the file as it is now; ``before`` is the file as the form was opened from it."""
    found = []
    for name, field in mine.items():
        other = theirs.get(name)
        if other is None or field.draft() == other.draft() or name == "share" or _is_masked(other):
            continue
        i_did, they_did = field.draft() != before.get(name), other.draft() != before.get(name)
        found.append(Difference(name, _label(name, field), _words(field), _words(other), i_did and they_did, not i_did))
    return found


def _is_masked(field: Field[Any]) -> bool:
    """Tell whether the person may not see it; the save keeps it then."""
    return isinstance(field, KeptPhoneField) and field.masked


def _label(name: str, field: Field[Any]) -> str:
    numbered = _NUMBERED.match(name)
    if numbered:
        return f"{field.label_words()} ({numbered.group(1)})"
    if isinstance(field, TickField):
        return field.box.text().replace("&", "")
    return field.label_words()


def _words(field: Field[Any]) -> str:
    state = field.draft()
    if isinstance(state, bool):
        return gettext("yes") if state else gettext("no")
    return str(state)
