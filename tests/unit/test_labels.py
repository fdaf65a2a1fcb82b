"""Every word a person can meet has a label."""

from enum import Enum

from crmdesk.core import care, loaners, members, roles, tickets
from crmdesk.core.labels import label

# Rights are shown as sentences in the staff settings, transitions never.
UNSPOKEN = {roles.Right}


def _enums() -> list[Enum]:
    found: list[Enum] = []
    for module in (care, loaners, members, roles, tickets):
        for thing in vars(module).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, Enum)
                and thing.__module__ == module.__name__
                and thing not in UNSPOKEN
            ):
                found.extend(thing)
    return found


def test_every_value_has_a_word() -> None:
    for value in _enums():
        assert label(value).strip(), value


def test_same_spelling_of_two_kinds_keeps_apart() -> None:
    assert label(members.CardState.LOST) != label(loaners.LoanerState.LOST)
