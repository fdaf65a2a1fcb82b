"""Why somebody was not let in, in words; how long to wait."""

from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Final

from crmdesk.core.i18n import gettext, ngettext

if TYPE_CHECKING:
    from crmdesk.services.signin import Refused

_MINUTE: Final = 60
_COUNTED: Final = 3  # fewer tries left than this are worth saying


def refusal_words(refused: "Refused", now: datetime) -> str:
    """Say why the PIN was not taken, and how long to wait if need be; `now` is aware."""
    if refused.reason.value == "not_active":
        return gettext("You are no longer listed as working here. Ask the owner or the administrator.")
    if refused.wait_until is not None:
        return wait_words(refused.wait_until, now)
    if 0 < refused.tries_left < _COUNTED:
        return ngettext(
            "Wrong PIN. {count} more try before you have to wait.",
            "Wrong PIN. {count} more tries before you have to wait.",
            refused.tries_left,
        ).format(count=refused.tries_left)
    return gettext("Wrong PIN. Please try again.")


def seconds_left(until: datetime, now: datetime) -> int:
    """Give the whole seconds to wait, never less than none."""
    return max(ceil((until - now).total_seconds()), 0)


def wait_words(until: datetime, now: datetime) -> str:
    """Say how long to wait after too many wrong PINs."""
    left = seconds_left(until, now)
    if left >= 2 * _MINUTE:
        time = gettext("{count} minutes").format(count=ceil(left / _MINUTE))
    else:
        time = ngettext("{count} second", "{count} seconds", left).format(count=left)
    return gettext("Too many wrong PINs. Please wait {time}, or ask the owner to set a new PIN.").format(time=time)
