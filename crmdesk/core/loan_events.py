"""What can happen to a loaner and its loans, in the words of their time line."""

from enum import StrEnum

from crmdesk.core.i18n import gettext, mark


class LoanAct(StrEnum):
    """One kind of line on a loaner's time line."""

    REGISTERED = "registered"
    RESERVED = "reserved"
    RESERVATION_MOVED = "reservation_moved"
    RESERVATION_GIVEN_UP = "reservation_given_up"
    NOT_FETCHED = "not_fetched"
    LAPSED = "lapsed"
    LENT = "lent"
    SIGNED = "signed"
    EXTENDED = "extended"
    TAKEN_OVER = "taken_over"
    REMINDED = "reminded"
    BACK = "back"
    LOST = "lost"
    CHARGED = "charged"
    PAID = "paid"
    WAIVED = "waived"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    INSPECTED = "inspected"
    CLEANED = "cleaned"
    TO_REPAIR = "to_repair"
    REPAIRED = "repaired"
    RETIRED = "retired"
    MISSING = "missing"
    FOUND = "found"


_LABELS: dict[LoanAct, str] = {
    LoanAct.REGISTERED: mark("Loaner registered"),
    LoanAct.RESERVED: mark("Loaner reserved"),
    LoanAct.RESERVATION_MOVED: mark("Reservation moved"),
    LoanAct.RESERVATION_GIVEN_UP: mark("Reservation given up"),
    LoanAct.NOT_FETCHED: mark("Not fetched"),
    LoanAct.LAPSED: mark("Reservation lapsed"),
    LoanAct.LENT: mark("Loaner lent"),
    LoanAct.SIGNED: mark("Loan agreement signed"),
    LoanAct.EXTENDED: mark("Loan extended"),
    LoanAct.TAKEN_OVER: mark("Loan taken over"),
    LoanAct.REMINDED: mark("Reminded to bring it back"),
    LoanAct.BACK: mark("Loaner taken back"),
    LoanAct.LOST: mark("Loaner lost"),
    LoanAct.CHARGED: mark("Fee charged"),
    LoanAct.PAID: mark("Fee paid"),
    LoanAct.WAIVED: mark("Fee waived"),
    LoanAct.PAYMENT_TAKEN_BACK: mark("Payment taken back"),
    LoanAct.INSPECTED: mark("Loaner inspected"),
    LoanAct.CLEANED: mark("Loaner cleaned"),
    LoanAct.TO_REPAIR: mark("Sent to be repaired"),
    LoanAct.REPAIRED: mark("Back from repair"),
    LoanAct.RETIRED: mark("Loaner retired"),
    LoanAct.MISSING: mark("Missing in the store"),
    LoanAct.FOUND: mark("Found again"),
}


def loan_act_label(act: LoanAct) -> str:
    """Say what happened."""
    return gettext(_LABELS[act])
