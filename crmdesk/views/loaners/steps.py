"""What can be done with a loaner now: one next step, the others, and why some are not possible."""

from dataclasses import dataclass
from enum import StrEnum

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.loaners import TRANSITIONS, LoanerState
from crmdesk.core.roles import Right
from crmdesk.queries.loans import LoanerDetail, LoanRow


class Act(StrEnum):
    """Names of the steps, as the screen carries them out."""

    LEND = "lend"
    TAKE_BACK = "take_back"
    INSPECT = "inspect"
    CLEAN = "clean"
    REPAIRED = "repaired"
    FOUND = "found"
    EXTEND = "extend"
    SIGN = "sign"
    TAKE_OVER = "take_over"
    LOSE = "lose"
    RESERVE = "reserve"
    CANCEL_RESERVATION = "cancel_reservation"
    REPAIR = "repair"
    RETIRE = "retire"
    MISSING = "missing"
    EDIT = "edit"
    MOVE_RESERVATION = "move_reservation"
    NOT_FETCHED = "not_fetched"
    REMIND = "remind"
    PAY_FEES = "pay_fees"
    WAIVE_FEE = "waive_fee"
    UNDO_PAYMENT = "undo_payment"
    PRINT_LABEL = "print_label"
    PRINT_AGREEMENT = "print_agreement"
    PRINT_RECEIPT = "print_receipt"
    PRINT_CONDITION = "print_condition"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the button says, its icon and shortcut; ``refusal`` greys it and says why."""

    act: Act
    label: str
    icon: str = ""
    keys: str = ""
    refusal: str = ""


def next_step(known: LoanerDetail, context: Context) -> Step | None:
    """Give the one primary step; None when the loaner is retired."""
    steps = {
        LoanerState.ON_SHELF: Step(Act.LEND, gettext("Lend {code}").format(code=known.row.code), "luggage", "Ctrl+L"),
        LoanerState.RESERVED: Step(Act.LEND, gettext("Lend {code}").format(code=known.row.code), "luggage", "Ctrl+L"),
        LoanerState.LENT: Step(Act.TAKE_BACK, gettext("Take back"), "package-check", "Ctrl+Enter"),
        LoanerState.RETURNED: Step(Act.INSPECT, gettext("Inspect"), "eye", "Ctrl+Enter"),
        LoanerState.TO_INSPECT: Step(Act.INSPECT, gettext("Inspect"), "eye", "Ctrl+Enter"),
        LoanerState.TO_CLEAN: Step(Act.CLEAN, gettext("Cleaned, on the shelf"), "spray-can", "Ctrl+Enter"),
        LoanerState.IN_REPAIR: Step(Act.REPAIRED, gettext("Repaired, to inspect"), "wrench", "Ctrl+Enter"),
        LoanerState.LOST: Step(Act.FOUND, gettext("Found again"), "search", "Ctrl+Enter"),
    }
    step = steps.get(known.row.state)
    return _allowed(step, context) if step is not None else None


def side_steps(known: LoanerDetail, context: Context) -> list[Step]:
    """Give the steps that stand beside the primary one."""
    steps = [Step(Act.PAY_FEES, gettext("Take the fee"), "hand-coins")] if known.fees.open_loan() else []
    if known.loan is None:
        return [_allowed(step, context) for step in (*steps, *_kept_steps(known, context))]
    if known.loan.days_late:
        steps.append(Step(Act.REMIND, gettext("Remind"), "bell"))
    steps.append(Step(Act.EXTEND, gettext("Extend"), "calendar-clock"))
    if known.loan.signed_at is None:
        steps.append(Step(Act.SIGN, gettext("Agreement signed"), "file-pen"))
    return [_allowed(step, context) for step in steps]


def _kept_steps(known: LoanerDetail, context: Context) -> list[Step]:
    steps = [Step(Act.RESERVE, gettext("Reserve"), "bookmark", refusal=_gone(known))]
    kept = waiting(known, context)
    if kept is not None and kept.from_day < context.today():
        steps.insert(0, Step(Act.NOT_FETCHED, gettext("Nobody came"), "user-x"))
    return steps


def waiting(known: LoanerDetail, context: Context) -> LoanRow | None:
    """Give the reservation whose days have begun and whose loaner is ready to be fetched."""
    is_ready = known.row.state in (LoanerState.ON_SHELF, LoanerState.RESERVED)
    kept = known.reservations[0] if known.reservations and is_ready else None
    return kept if kept is not None and kept.from_day <= context.today() else None


def more_steps(known: LoanerDetail, context: Context) -> list[Step]:
    """Give the steps of the menu; the impossible ones carry their reason."""
    return [
        Step(Act.EDIT, gettext("Edit"), "pencil", "F2"),
        *_paper_steps(known),
        *_loan_steps(known, context),
        *_state_steps(known),
    ]


def _paper_steps(known: LoanerDetail) -> list[Step]:
    not_out = "" if known.loan is not None else gettext("It is not lent.")
    never = "" if last_loan(known) is not None else gettext("It was never lent.")
    no_deposit = "" if known.loan is not None and known.loan.deposit else gettext("No deposit was taken.")
    return [
        Step(Act.PRINT_AGREEMENT, gettext("Print loan agreement"), "printer", "Ctrl+P", not_out),
        Step(Act.PRINT_RECEIPT, gettext("Print deposit receipt"), "receipt", "", not_out or no_deposit),
        Step(Act.PRINT_CONDITION, gettext("Print condition report"), "eye", "", never),
        Step(Act.PRINT_LABEL, gettext("Print label"), "barcode"),
    ]


def last_loan(known: LoanerDetail) -> int | None:
    """Give the loan it is on, else the one it came back from last; None when it was never lent."""
    if known.loan is not None:
        return known.loan.id
    return next((one.id for one in known.history if one.back_day is not None), None)


def _loan_steps(known: LoanerDetail, context: Context) -> list[Step]:
    not_out = "" if known.loan is not None else gettext("It is not lent.")
    no_reservation = "" if known.reservations else gettext("Nobody has reserved it.")
    no_fee = "" if known.fees.open_loan() else gettext("No fee is open.")
    manager = "" if context.may(Right.OVERRIDE) else gettext("Only a manager takes a loan over.")
    none_paid = "" if known.fees.to_take_back() else gettext("No fee was paid.")
    undoes = "" if context.may(Right.OVERRIDE) else gettext("Only a manager takes a payment back.")
    waives = "" if context.may(Right.OVERRIDE) else gettext("Only a manager waives a fee.")
    return [
        Step(Act.TAKE_OVER, gettext("Take the loan over…"), "key-round", "", not_out or manager),
        Step(Act.LOSE, gettext("Not coming back…"), "circle-x", "", not_out),
        Step(Act.WAIVE_FEE, gettext("Waive the fee…"), "hand-coins", "", no_fee or waives),
        Step(Act.UNDO_PAYMENT, gettext("Take a payment back…"), "undo-2", "", none_paid or undoes),
        Step(Act.MOVE_RESERVATION, gettext("Move the reservation…"), "calendar", "", no_reservation),
        Step(Act.CANCEL_RESERVATION, gettext("Give the reservation up"), "x", "", no_reservation),
    ]


def _state_steps(known: LoanerDetail) -> list[Step]:
    lent = gettext("It is lent; take it back first.") if known.loan is not None else ""
    return [
        Step(Act.REPAIR, gettext("To repair…"), "wrench", "", lent or _not_from(known, LoanerState.IN_REPAIR)),
        Step(Act.MISSING, gettext("Missing in the store…"), "search", "", lent or _not_from(known, LoanerState.LOST)),
        Step(Act.RETIRE, gettext("Retire…"), "archive", "", lent or _not_from(known, LoanerState.RETIRED)),
    ]


def _not_from(known: LoanerDetail, wanted: LoanerState) -> str:
    return "" if wanted in TRANSITIONS[known.row.state] else gettext("Not possible in its present state.")


def _gone(known: LoanerDetail) -> str:
    gone = known.row.state in (LoanerState.RETIRED, LoanerState.LOST)
    return gettext("Not possible in its present state.") if gone else ""


def _allowed(step: Step, context: Context) -> Step:
    if step.refusal or context.may(Right.SERVE):
        return step
    return Step(step.act, step.label, step.icon, step.keys, gettext("Your role does not work at the desk."))
