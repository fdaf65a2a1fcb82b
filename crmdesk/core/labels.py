"""The word for every enum value that a person sees; documents and screens ask here, nobody else spells them."""

from enum import Enum

from crmdesk.core import labels_care, labels_desk, labels_loaners, labels_members, labels_people, labels_tickets
from crmdesk.core.i18n import gettext, gettext_in, mark
from crmdesk.core.tickets import Route, TicketState

# Enums of different kinds share spellings ("lost"), so the class belongs to the key.
_LABELS: dict[tuple[type[Enum], object], str] = {
    (type(value), value.value): text
    for module in (labels_care, labels_desk, labels_loaners, labels_members, labels_people, labels_tickets)
    for value, text in module.LABELS
}

_AT_REPAIRER: dict[TicketState, str] = {
    TicketState.AT_HEAD_OFFICE: mark("At the repairer"),
    TicketState.RECEIVED_BACK: mark("Back from the repairer"),
}


def label(value: Enum) -> str:
    """Give the word for ``value`` in the present language.

    Raises:
        KeyError: the value has no word; a defect that the tests look for.
    """
    return gettext(_LABELS[type(value), value.value])


def label_in(language: str, value: Enum) -> str:
    """Give the word for ``value`` in ``language``, for papers.

    Raises:
        KeyError: the value has no word.
    """
    return gettext_in(language, _LABELS[type(value), value.value])


def state_label(state: TicketState, route: Route) -> str:
    """Give the word for a ticket's state; goods at a repairer outside are not said to be at head office.

    Raises:
        KeyError: the state has no word.
    """
    outside = _AT_REPAIRER.get(state) if route is Route.VENDOR else None
    return gettext(outside) if outside is not None else label(state)
