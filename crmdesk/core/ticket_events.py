"""What can happen to a ticket, in the words of its time line."""

from enum import StrEnum

from crmdesk.core.i18n import gettext, mark


class TicketAct(StrEnum):
    """One kind of line on a ticket's time line."""

    TAKEN_IN = "taken_in"
    EDITED = "edited"
    NOTED = "noted"
    GIVEN = "given"
    SHELVED = "shelved"
    ESTIMATE_CHANGED = "estimate_changed"
    JUDGED = "judged"
    QUOTED = "quoted"
    APPROVED = "approved"
    DECLINED = "declined"
    QUOTE_EXPIRED = "quote_expired"
    SENT = "sent"
    CAME_BACK = "came_back"
    WORK_STARTED = "work_started"
    WORK_STOPPED = "work_stopped"
    WORK_DONE = "work_done"
    CHECK_PASSED = "check_passed"
    CHECK_FAILED = "check_failed"
    MADE_READY = "made_ready"
    CUSTOMER_TOLD = "customer_told"
    PAID = "paid"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    COLLECTED = "collected"
    POSTED_BACK = "posted_back"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LENT = "lent"
    LOAN_RETURNED = "loan_returned"
    LOAN_TAKEN_OVER = "loan_taken_over"
    LOAN_REFUSED = "loan_refused"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATED = "investigated"
    PROPOSED = "proposed"
    PROPOSAL_APPROVED = "proposal_approved"
    DECIDED = "decided"
    ESCALATED = "escalated"
    REOPENED = "reopened"
    SATISFACTION_ASKED = "satisfaction_asked"
    REMEDY_DONE = "remedy_done"
    CHECKED = "checked"
    EXECUTED = "executed"
    PRINTED = "printed"
    CALLED = "called"
    PHOTO_ADDED = "photo_added"
    LETTER_ISSUED = "letter_issued"
    LETTER_SENT = "letter_sent"
    TURNED = "turned"
    SCRAPPED = "scrapped"
    LINKED = "linked"
    PARTLY_COLLECTED = "partly_collected"
    REMINDED = "reminded"
    KEPT_UNCOLLECTED = "kept_uncollected"
    CHARGED = "charged"
    CHARGE_WAIVED = "charge_waived"
    SIGNED = "signed"
    CONDITION_NOTED = "condition_noted"
    PACKED = "packed"
    TAKEN_OUT = "taken_out"
    ARRIVED = "arrived"
    CHASED = "chased"
    REPLIED = "replied"
    GOODS_MISSING = "goods_missing"
    TASK_GIVEN = "task_given"
    TASK_DONE = "task_done"
    PROPOSAL_REFUSED = "proposal_refused"
    CORRECTED = "corrected"


_WORDS = {
    TicketAct.TAKEN_IN: mark("Taken in"),
    TicketAct.EDITED: mark("Changed"),
    TicketAct.NOTED: mark("Note"),
    TicketAct.GIVEN: mark("Given to a colleague"),
    TicketAct.SHELVED: mark("Put on the shelf"),
    TicketAct.ESTIMATE_CHANGED: mark("Estimate changed"),
    TicketAct.JUDGED: mark("Judged"),
    TicketAct.QUOTED: mark("Quoted"),
    TicketAct.APPROVED: mark("Customer agreed"),
    TicketAct.DECLINED: mark("Customer declined"),
    TicketAct.QUOTE_EXPIRED: mark("Quote ran out"),
    TicketAct.SENT: mark("Sent for repair"),
    TicketAct.CAME_BACK: mark("Came back from repair"),
    TicketAct.WORK_STARTED: mark("Work started"),
    TicketAct.WORK_STOPPED: mark("Work stopped until the customer agrees"),
    TicketAct.WORK_DONE: mark("Work done"),
    TicketAct.CHECK_PASSED: mark("Quality check passed"),
    TicketAct.CHECK_FAILED: mark("Quality check failed"),
    TicketAct.MADE_READY: mark("Made ready for pick-up"),
    TicketAct.CUSTOMER_TOLD: mark("The customer was told"),
    TicketAct.PAID: mark("Paid"),
    TicketAct.PAYMENT_TAKEN_BACK: mark("Payment taken back"),
    TicketAct.COLLECTED: mark("Collected"),
    TicketAct.POSTED_BACK: mark("Posted back"),
    TicketAct.DELIVERED: mark("The parcel arrived"),
    TicketAct.UNDELIVERED: mark("The parcel came back undelivered"),
    TicketAct.CLOSED: mark("Closed"),
    TicketAct.CANCELLED: mark("Cancelled"),
    TicketAct.LENT: mark("Loaner lent"),
    TicketAct.LOAN_RETURNED: mark("Loaner returned"),
    TicketAct.LOAN_TAKEN_OVER: mark("Loan taken over by the manager"),
    TicketAct.LOAN_REFUSED: mark("No loaner"),
    TicketAct.ACKNOWLEDGED: mark("Receipt acknowledged"),
    TicketAct.ASSESSED: mark("Assessed"),
    TicketAct.INVESTIGATED: mark("Investigated"),
    TicketAct.PROPOSED: mark("Remedy proposed"),
    TicketAct.PROPOSAL_APPROVED: mark("Proposal approved"),
    TicketAct.DECIDED: mark("Decided"),
    TicketAct.ESCALATED: mark("Escalated"),
    TicketAct.REOPENED: mark("Opened again"),
    TicketAct.SATISFACTION_ASKED: mark("Satisfaction asked"),
    TicketAct.REMEDY_DONE: mark("Remedy carried out"),
    TicketAct.CHECKED: mark("Goods checked"),
    TicketAct.EXECUTED: mark("Carried out"),
    TicketAct.PRINTED: mark("Printed"),
    TicketAct.CALLED: mark("Called"),
    TicketAct.PHOTO_ADDED: mark("Photo added"),
    TicketAct.LETTER_ISSUED: mark("Letter issued"),
    TicketAct.LETTER_SENT: mark("Letter sent"),
    TicketAct.TURNED: mark("Turned into another ticket"),
    TicketAct.SCRAPPED: mark("Kept for good by the customer's consent"),
    TicketAct.LINKED: mark("Linked with another ticket"),
    TicketAct.PARTLY_COLLECTED: mark("Partly collected"),
    TicketAct.REMINDED: mark("Reminded"),
    TicketAct.KEPT_UNCOLLECTED: mark("Kept for good, nobody came for it"),
    TicketAct.CHARGED: mark("Charged"),
    TicketAct.CHARGE_WAIVED: mark("Charge waived"),
    TicketAct.SIGNED: mark("Signed on screen"),
    TicketAct.CONDITION_NOTED: mark("Condition noted"),
    TicketAct.PACKED: mark("Packed into a batch"),
    TicketAct.TAKEN_OUT: mark("Taken out of the batch"),
    TicketAct.ARRIVED: mark("Arrived for repair"),
    TicketAct.CHASED: mark("Reply chased"),
    TicketAct.REPLIED: mark("Reply received"),
    TicketAct.GOODS_MISSING: mark("Goods missing"),
    TicketAct.TASK_GIVEN: mark("Task given"),
    TicketAct.TASK_DONE: mark("Task done"),
    TicketAct.PROPOSAL_REFUSED: mark("Proposal refused"),
    TicketAct.CORRECTED: mark("Corrective action done"),
}


def act_label(act: TicketAct) -> str:
    """Give the words of ``act`` in the present language."""
    return gettext(_WORDS[act])
