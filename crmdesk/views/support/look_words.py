"""Where somebody looked at a member, or took a list, in the person's words."""

from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.papers import PaperKind
from crmdesk.views.support.paper_words import paper_word

# Lists and pages by the short names under which they stand in history and log.
LISTS: Final = {
    "today": mark("Today"),
    "members": mark("Members"),
    "member": mark("Member"),
    "cards": mark("VIP cards"),
    "import": mark("Import"),
    "service": mark("Service desk"),
    "intake": mark("Service desk"),
    "complaints": mark("Complaints"),
    "letters": mark("Letters"),
    "pick-up": mark("Pick up"),
    "shelves": mark("Shelves"),
    "uncollected": mark("Waiting to be collected"),
    "batches": mark("Batches"),
    "loaners": mark("Loaners"),
    "care": mark("Callbacks"),
    "papers": mark("Papers"),
    "reports": mark("Reports"),
    "settings": mark("Settings"),
    "owner": mark("The owner's workbook"),
}
_PLACES: Final = {
    **LISTS,
    "call": mark("Call run"),
    "card": mark("VIP card"),
    "member_form": mark("Member form"),
    "merge": mark("Two files side by side"),
}
_PAPER: Final = "paper:"


def place_words(where: str) -> str:
    """Say where a look was; a name that nobody knows stays as it is."""
    if where.startswith(_PAPER):
        kind = where.removeprefix(_PAPER)
        return paper_word(PaperKind(kind)) if kind in set(PaperKind) else kind
    known = _PLACES.get(where)
    return gettext(known) if known else where
