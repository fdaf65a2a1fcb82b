"""What stands in the history, in the person's words."""

import json
from typing import Final

from crmdesk.core.batch_events import BatchAct, batch_act_label
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState
from crmdesk.core.ticket_events import TicketAct, act_label
from crmdesk.views.settings.audit_facts import fact

_ACTS: Final = {
    "callback.list": mark("Call list made"),
    "callback.give": mark("Callback given to somebody else"),
    "ticket.give": mark("Ticket given to a colleague"),
    "view.keep": mark("View of a list kept"),
    "view.change": mark("Kept view changed"),
    "view.forget": mark("Kept view dropped"),
    "callback.log": mark("Call noted"),
    "calendar.clear": mark("Days as shipped again"),
    "calendar.set": mark("Days set as rest or work"),
    "calendar.take": mark("Holidays of a year entered"),
    "card.issue": mark("Card issued"),
    "card.print": mark("Card printed"),
    "card.issued": mark("Card found again"),
    "card.lost": mark("Card reported lost"),
    "card.replaced": mark("Card replaced"),
    "card.returned": mark("Card handed in"),
    "clock.add": mark("Clock added"),
    "clock.change": mark("Clock changed"),
    "clock.remove": mark("Clock removed"),
    "clock.restore": mark("Clock as shipped again"),
    "cause.add": mark("Root cause added"),
    "cause.edit": mark("Root cause changed"),
    "cause.move": mark("Root cause put in another place"),
    "cause.name_category": mark("Root-cause category renamed"),
    "cause.restore": mark("Root cause brought back"),
    "cause.retire": mark("Root cause retired"),
    "consent.wording": mark("Consent wording kept"),
    "ledger.forgive": mark("Debt of points struck off"),
    "ledger.give": mark("Points given by hand"),
    "ledger.refund": mark("Stored value refunded"),
    "ledger.spend": mark("Points or stored value used"),
    "ledger.take_back": mark("Movement taken back"),
    "ledger.top_up": mark("Stored value topped up"),
    "level.release": mark("Level follows the rule again"),
    "level.set": mark("Level set by hand"),
    "import.balances": mark("Balances imported"),
    "import.cards": mark("Cards imported"),
    "import.go_on": mark("Import gone on with"),
    "import.leave": mark("Import left half-way"),
    "import.members": mark("Members imported"),
    "import.purchases": mark("Purchases imported"),
    "import.stop": mark("Import stopped"),
    "import.tags": mark("Tags imported"),
    "import.undo": mark("Import undone"),
    "letter.send": mark("Letter sent"),
    "source.forget": mark("Source of lists forgotten"),
    "source.keep": mark("Source of lists kept"),
    "source.look_again": mark("File from the till looked at again"),
    "source.quarantine": mark("File from the till put aside"),
    "source.watch": mark("Folder of the till watched"),
    "list.export": mark("List exported"),
    "loan.cancel": mark("Loan cancelled"),
    "loan.extend": mark("Loan extended"),
    "loan.lapse": mark("Reservation lapsed"),
    "loan.move": mark("Reservation moved"),
    "loan.not_fetched": mark("Not fetched"),
    "loan.pay": mark("Fee paid"),
    "loan.remind": mark("Reminded to bring it back"),
    "loan.lend": mark("Loaner lent"),
    "loan.lose": mark("Loaner lost"),
    "loan.reserve": mark("Loaner reserved"),
    "loan.sign": mark("Loan agreement signed"),
    "loan.take_back": mark("Loaner taken back"),
    "loan.take_over": mark("Loan taken over"),
    "loan.unblock": mark("Lent although a loan is late"),
    "loan.waive": mark("Fee waived"),
    "loan.payment_taken_back": mark("Payment taken back"),
    "loaner.count": mark("Loaners counted"),
    "loaner.photo": mark("Photo added"),
    "loaner.photo_removed": mark("Photo removed"),
    "loaner.edit": mark("Loaner changed"),
    "loaner.register": mark("Loaner registered"),
    "household.edit": mark("Household changed"),
    "household.join": mark("Joined a household"),
    "household.leave": mark("Left a household"),
    "household.make": mark("Household made"),
    "household.role": mark("Role in a household changed"),
    "member.consent": mark("Consent changed"),
    "member.edit": mark("Member changed"),
    "member.copy": mark("Copy of the data written"),
    "member.erase": mark("Member erased"),
    "member.intent": mark("Wish noted"),
    "member.intent_end": mark("Wish closed or opened again"),
    "member.call_planned": mark("Call put on the list"),
    "member.look": mark("Private data seen"),
    "member.phone_seen": mark("Phone number seen"),
    "member.private": mark("Private data changed"),
    "member.register": mark("Member registered"),
    "member.relative": mark("Relative noted"),
    "member.relative_gone": mark("Relative taken away"),
    "member.visit": mark("Visit to a firm noted"),
    "member.visit_edit": mark("Visit to a firm changed"),
    "own_field.add": mark("Own field added"),
    "own_field.edit": mark("Own field changed"),
    "own_field.move": mark("Own field moved"),
    "own_field.off": mark("Own field switched off"),
    "own_field.on": mark("Own field switched on"),
    "paper.issue": mark("Paper given out"),
    "paper.print": mark("Paper printed"),
    "paper.reprint": mark("Paper printed again"),
    "paper.send": mark("Paper sent"),
    "purchase.put_right": mark("Receipt put right"),
    "purchase.record": mark("Purchase recorded"),
    "item.merge": mark("Two items merged"),
    "member.merge": mark("Two members merged"),
    "member.merge_undo": mark("Merge of two members taken back"),
    "member.pair": mark("Decided about lookalikes"),
    "return.carry_out_part": mark("Return carried out in part"),
    "return.no_receipt": mark("Taken without a receipt"),
    "segment.change": mark("Segment changed"),
    "segment.drop": mark("Segment taken away"),
    "segment.keep": mark("Segment kept"),
    "settings.change": mark("Setting changed"),
    "shelf.add": mark("Shelf added"),
    "shelf.edit": mark("Shelf changed"),
    "staff.add": mark("Person added"),
    "staff.approve": mark("Approved with PIN"),
    "staff.change_pin": mark("PIN changed"),
    "staff.edit": mark("Person changed"),
    "staff.reset_pin": mark("PIN reset"),
    "staff.sign_in": mark("Signed in"),
    "staff.sign_out": mark("Signed out"),
    "staff.wrong_pin": mark("Wrong PIN"),
    "store.looks_over": mark("Old notes of looks removed"),
    "ticket.photos_over": mark("Photos kept too long removed"),
    "ticket.signatures_over": mark("Signatures kept too long removed"),
    "store.backup": mark("Backed up"),
    "store.begin": mark("Store opened"),
    "store.edit": mark("Store changed"),
    "store.walk_ins": mark("Walk-ins counted"),
    "store.restore": mark("Backup restored"),
    "ticket.photo_removed": mark("Photo removed"),
    "ticket.number_reserved": mark("Number taken for a bag tag"),
    "ticket.condition_noted": mark("Condition noted"),
    "ticket.photo_captioned": mark("Words of a photo changed"),
    "ticket.print": mark("Paper printed"),
    "ticket.take_in": mark("Taken in"),
    "vendor.add": mark("Repairer added"),
    "vendor.edit": mark("Repairer changed"),
}


def audit_act(act: str) -> str:
    """Say what was done; an act of another version of the program stays as it was written."""
    if act in _ACTS:
        return gettext(_ACTS[act])
    area, _dot, name = act.partition(".")
    if area == "ticket" and name in set(TicketAct):
        return act_label(TicketAct(name))
    if area == "batch" and name in set(BatchAct):
        return batch_act_label(BatchAct(name))
    if area == "loaner" and name in set(LoanerState):
        return gettext("Loaner: {state}").format(state=label(LoanerState(name)))
    return act


def audit_detail(act: str, detail: str) -> str:
    """Say the facts of a line of ``act``, none of them by its key."""
    try:
        facts = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(facts, dict):
        return detail
    area = act.partition(".")[0]
    said = {name: fact(area, name, value) for name, value in facts.items()}
    for first, then in (("from", "to"), ("before", "after")):
        if said.get(first) and said.get(then):
            said[first] = f"{said[first]} → {said.pop(then)}"
    order = sorted(said, key=lambda name: name != "key")  # which setting stands before what it was
    return " · ".join(said[name] for name in order if said[name])
