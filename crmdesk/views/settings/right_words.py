"""What the rights of a person are called."""

from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.roles import Right

_WORDS: Final[dict[Right, str]] = {
    Right.SERVE: mark("serve customers"),
    Right.SEE_PHONES: mark("see all phone numbers"),
    Right.SEE_TICKET_PHONES: mark("see phone numbers of open orders"),
    Right.SEE_OWN_PHONES: mark("see phone numbers of her own members"),
    Right.SEE_PRIVATE: mark("see private data"),
    Right.SEE_MONEY: mark("see amounts"),
    Right.JUDGE: mark("judge and decide"),
    Right.OVERRIDE: mark("pass a hard stop"),
    Right.CALL_ASSIGNED: mark("make the calls given to her"),
    Right.CALL_OWN: mark("call her own members"),
    Right.CALL_ALL: mark("make all calls"),
    Right.SEE_CALLS: mark("see all calls"),
    Right.EXPORT: mark("export lists"),
    Right.IMPORT: mark("import lists"),
    Right.EDIT_MEMBERS: mark("change members"),
    Right.SETTINGS: mark("change settings"),
    Right.STAFF: mark("manage staff"),
    Right.TEMPLATES: mark("change texts"),
    Right.BACKUP: mark("back up and restore"),
    Right.MERGE: mark("merge members"),
    Right.ERASE: mark("erase members"),
    Right.DELETE: mark("delete"),
    Right.SEE_AUDIT: mark("see the history"),
    Right.SEE_REPORTS: mark("see reports"),
}


def right_word(right: Right) -> str:
    """Give the word for ``right`` in the present language."""
    return gettext(_WORDS[right])


def fine_rights_words(stored: str) -> str:
    """Say which rights a person has beyond her role and which were taken (stored as ``+export -see_money``)."""
    known = set(Right)
    words = [(word[:1], right_word(Right(word[1:]))) for word in stored.split() if word[1:] in known]
    return gettext(", ").join(
        (gettext("may {right}") if sign == "+" else gettext("may not {right}")).format(right=right)
        for sign, right in words
    )
