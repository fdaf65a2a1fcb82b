"""What stands in the history, in the person's words; what has no words of its own stays as it was written."""

import json
from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.ticket_events import TicketAct, act_label

_ACTS: Final = {
    "callback.log": mark("Call noted"),
    "card.issue": mark("Card issued"),
    "card.print": mark("Card printed"),
    "card.replace": mark("Card replaced"),
    "card.lost": mark("Card lost"),
    "complaint.decide": mark("Complaint decided"),
    "complaint.escalate": mark("Complaint passed on"),
    "complaint.reopen": mark("Complaint opened again"),
    "import.members": mark("Members imported"),
    "import.purchases": mark("Purchases imported"),
    "import.undo": mark("Import undone"),
    "letter.send": mark("Letter sent"),
    "list.export": mark("List exported"),
    "loan.cancel": mark("Loan cancelled"),
    "loan.extend": mark("Loan extended"),
    "loan.lapse": mark("Reservation lapsed"),
    "loan.lend": mark("Loaner lent"),
    "loan.lose": mark("Loaner lost"),
    "loan.reserve": mark("Loaner reserved"),
    "loan.sign": mark("Loan agreement signed"),
    "loan.take_back": mark("Loaner taken back"),
    "loan.take_over": mark("Loan taken over"),
    "loaner.edit": mark("Loaner changed"),
    "loaner.register": mark("Loaner registered"),
    "member.consent": mark("Consent changed"),
    "member.edit": mark("Member changed"),
    "member.look": mark("Private data seen"),
    "member.phone_seen": mark("Phone number seen"),
    "member.private": mark("Private data changed"),
    "member.register": mark("Member registered"),
    "paper.issue": mark("Paper given out"),
    "paper.print": mark("Paper printed"),
    "paper.reprint": mark("Paper printed again"),
    "paper.send": mark("Paper sent"),
    "purchase.record": mark("Purchase recorded"),
    "return.no_receipt": mark("Return without receipt"),
    "return.reject": mark("Return refused"),
    "settings.change": mark("Setting changed"),
    "staff.add": mark("Person added"),
    "staff.change_pin": mark("PIN changed"),
    "staff.edit": mark("Person changed"),
    "staff.reset_pin": mark("PIN reset"),
    "staff.sign_in": mark("Signed in"),
    "staff.sign_out": mark("Signed out"),
    "staff.wrong_pin": mark("Wrong PIN"),
    "store.backup": mark("Backed up"),
    "store.begin": mark("Store opened"),
    "store.edit": mark("Store changed"),
    "store.restore": mark("Backup restored"),
    "ticket.cancel": mark("Order cancelled"),
    "ticket.photo_removed": mark("Photo removed"),
    "ticket.print": mark("Paper printed"),
    "ticket.take_in": mark("Taken in"),
}


def audit_act(act: str) -> str:
    """Say what was done."""
    if act in _ACTS:
        return gettext(_ACTS[act])
    area, _dot, name = act.partition(".")
    if area == "ticket" and name in set(TicketAct):
        return act_label(TicketAct(name))
    return act


def audit_detail(detail: str) -> str:
    """Give the facts of a line without brackets and quotes."""
    try:
        facts = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(facts, dict):
        return detail
    return " · ".join(f"{name} {value}" for name, value in facts.items() if value not in ("", None))
