"""The facts of a line of the history, each in the words of the person who reads it."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Final

from crmdesk.core.care import CallbackReason, CallOutcome, Channel, ConsentPurpose
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState, ReturnGrade
from crmdesk.core.member_words import FieldKind, HouseholdKind, PairState
from crmdesk.core.members import CardTier, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Right, Role
from crmdesk.core.setting import DECLARED
from crmdesk.core.tickets import Gate, TellChannel, TicketState
from crmdesk.views.settings.right_words import fine_rights_words, right_word
from crmdesk.views.settings.setting_field import choice_words
from crmdesk.views.support.days import day_text
from crmdesk.views.support.look_words import LISTS
from crmdesk.views.support.paper_words import paper_word

Says = Callable[[object], str]
_WAYS: Final = {"printed": mark("printed out"), "saved": mark("as a file")}
_LOOKS: Final = {"contact": mark("phone and address"), "private": mark("private data")}


def _text(template: str) -> Says:
    return lambda value: gettext(template).format(value=value)


def _amount(template: str) -> Says:
    return lambda value: gettext(template).format(value=f"¥{Money(int(str(value))).short_text()}")


def _labelled(kind: type[Enum]) -> Says:
    return lambda value: label(kind(value))


def _listed(words: dict[str, str]) -> Says:
    return lambda value: gettext(words.get(str(value), str(value)))


def _yes_no(yes: str, no: str) -> Says:
    return lambda value: gettext(yes if value else no)


def _day(template: str) -> Says:
    return lambda value: gettext(template).format(value=day_text(date.fromisoformat(str(value))))


def _some(template: str) -> Says:
    return lambda value: gettext(template).format(value=value) if value else ""


def _paper(value: object) -> str:
    return paper_word(PaperKind(str(value)))


def _setting(value: object) -> str:
    known = DECLARED.get(str(value))
    return gettext(known.doc) if known is not None else str(value)


def _stored(value: object) -> str:
    """Say what a setting was: it is kept as JSON."""
    if value is None:
        return gettext("as delivered")
    try:
        read = json.loads(str(value))
    except ValueError:
        return str(value)
    if isinstance(read, bool):
        return gettext("yes") if read else gettext("no")
    if isinstance(read, list):
        return gettext(", ").join(choice_words(str(one)) for one in read)
    return choice_words(str(read))


# Not for people: what they name is said by the line itself, or by nobody.
HIDDEN: Final = frozenset(
    {"sha256", "run", "callback", "owner", "owner_before", "approved_by"}
    | {"household", "relative", "visit", "intent", "source"}
)

FACTS: Final[dict[str, Says]] = {
    "active": _yes_no(mark("works here"), mark("no longer works here")),
    "after": _stored,
    "amount": _amount("{value}"),
    "before": _stored,
    "channel": _labelled(TellChannel),
    "clock": _text("{value}"),
    "clock_days": _text(mark("{value} days")),
    "clock_days_before": _text(mark("before: {value} days")),
    "code": _text(mark("number {value}")),
    "created": _some(mark("{value} new")),
    "day_name": _text("{value}"),
    "deposit": _amount(mark("deposit {value}")),
    "due": _day(mark("due back {value}")),
    "fee": _amount(mark("to pay {value}")),
    "file": _text(mark("file {value}")),
    "first": _day(mark("from {value}")),
    "from": _labelled(TicketState),
    "gate": _labelled(Gate),
    "given": _yes_no(mark("agreed"), mark("not agreed")),
    "grade": _labelled(ReturnGrade),
    "kept": _amount(mark("deposit kept {value}")),
    "key": _setting,
    "kind": _paper,
    "level": _labelled(CardTier),
    "last": _day(mark("until {value}")),
    "list": _listed(LISTS),
    "lines": _text("{value}"),
    "loaner": _text(mark("loaner {value}")),
    "marks": _text(mark("{value} marks")),
    "matter": _text("{value}"),
    "named_days": _text(mark("{value} days")),
    "name": _text("{value}"),
    "name_before": _some(mark("before: {value}")),
    "place": _text(mark("now in place {value}")),
    "place_before": _text(mark("before in place {value}")),
    "number": _text(mark("number {value}")),
    "paper": _text(mark("proof {value}")),
    "outcome": _labelled(CallOutcome),
    "people": _text(mark("{value} people")),
    "photos": _some(mark("{value} photos")),
    "price_fen": _amount(mark("paid {value}")),
    "prints": _text(mark("printed {value} times")),
    "purpose": _labelled(ConsentPurpose),
    "receipt": _some(mark("receipt {value}")),
    "removed": _text(mark("{value} taken out")),
    "reprint": _some(mark("printed before: {value}")),
    "restored": _text(mark("{value} put back as they were")),
    "returned": _amount(mark("deposit returned {value}")),
    "right": lambda value: right_word(Right(str(value))),
    "rights": lambda value: fine_rights_words(str(value)),
    "role": _labelled(Role),
    "rows": _text(mark("{value} rows")),
    "shared": _yes_no(mark("for everybody"), mark("her own")),
    "shelf": _text(mark("shelf {value}")),
    "ticket": _text(mark("order {value}")),
    "to": _labelled(TicketState),
    "tries": _text(mark("{value} wrong tries")),
    "updated": _some(mark("{value} changed")),
    "vendor": _text(mark("repairer {value}")),
    "version": _text(mark("version {value}")),
    "subject": _text("{value}"),
    "made": _text(mark("{value} calls")),
    "held": _text(mark("{value} held back")),
    "view": _text("{value}"),
    "way": _listed(_WAYS),
    "what": _listed(_LOOKS),
    "worked": _yes_no(mark("worked days"), mark("days of rest")),
    "working": lambda value: gettext("counted in days of work") if value else "",
    "year": _text("{value}"),
}

# Where an area or an act means something else by the same name.
SPECIAL: Final[dict[tuple[str, str], Says]] = {
    ("clock", "active"): _yes_no(mark("runs"), mark("switched off")),
    ("loaner", "from"): _labelled(LoanerState),
    ("loaner", "to"): _labelled(LoanerState),
    ("loan", "days"): _text(mark("{value} days late")),
    ("loan", "loan"): _text(mark("loan {value}")),
    ("loan", "stage"): _text(mark("reminder {value}")),
    ("loaner", "found"): _some(mark("{value} found again")),
    ("loaner", "missing"): _some(mark("{value} missing")),
    ("loaner", "seen"): _text(mark("{value} there")),
    ("callback", "channel"): _labelled(Channel),
    ("ledger", "reason"): _labelled(LedgerReason),
    ("level", "reason"): _text("{value}"),
    ("member", "reason"): _labelled(CallbackReason),
    ("purchase", "reason"): _text("{value}"),
    ("household", "kind"): _labelled(HouseholdKind),
    ("household", "people"): _text(mark("{value} people in it")),
    ("own_field", "kind"): _labelled(FieldKind),
    ("own_field", "private"): _yes_no(mark("private"), mark("seen by everybody")),
    ("member", "kept"): _text(mark("stays {value}")),
    ("member", "gone"): _text(mark("goes {value}")),
    ("member", "since"): _text(mark("{value} written since")),
    ("member", "other"): lambda _value: "",
    ("member", "state"): _labelled(PairState),
    ("import", "kept"): _text(mark("{value} left, changed since")),
    ("list", "view"): lambda _value: "",
    ("item", "from"): lambda _value: "",
    ("item", "tickets"): _text(mark("{value} orders moved")),
}


def fact(area: str, name: str, value: object) -> str:
    """Say one fact; what has no words, or was written by another version of the program, stays as it was written."""
    if name in HIDDEN or value == "" or (value is None and name not in ("before", "after")):
        return ""
    says = SPECIAL.get((area, name)) or FACTS.get(name)
    with suppress(ValueError, KeyError):
        if says is not None:
            return says(value)
    return f"{name} {value}"
