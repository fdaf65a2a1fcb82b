"""What the words of batches, hand-overs, charges and proposals are called on screen."""

from enum import Enum

from crmdesk.core import batches, charges, complaints, hand_over
from crmdesk.core.i18n import mark

LABELS: tuple[tuple[Enum, str], ...] = (
    (batches.BatchParty.HEAD_OFFICE, mark("Head office")),
    (batches.BatchParty.VENDOR, mark("Outside repairer")),
    (batches.BatchState.PACKING, mark("Being packed")),
    (batches.BatchState.SENT, mark("On the way")),
    (batches.BatchState.ARRIVED, mark("Arrived")),
    (batches.BatchState.CLOSED, mark("Closed")),
    (batches.BatchState.CANCELLED, mark("Cancelled")),
    (batches.BatchLineState.PACKED, mark("Packed")),
    (batches.BatchLineState.TAKEN_OUT, mark("Taken out")),
    (batches.BatchLineState.SENT, mark("On the way")),
    (batches.BatchLineState.ARRIVED, mark("Arrived")),
    (batches.BatchLineState.REPLIED, mark("Replied")),
    (batches.BatchLineState.BACK, mark("Back in the store")),
    (batches.BatchLineState.MISSING, mark("Missing")),
    (hand_over.SignPurpose.INTAKE, mark("Intake")),
    (hand_over.SignPurpose.APPROVAL, mark("Agreed to the quote")),
    (hand_over.SignPurpose.HAND_BACK, mark("Hand-back")),
    (hand_over.SignPurpose.LOAN_OUT, mark("Loaner handed over")),
    (hand_over.SignPurpose.LOAN_BACK, mark("Loaner back")),
    (hand_over.SignPurpose.DISPOSAL, mark("Agreed that the goods are kept")),
    (hand_over.DisposalKind.SCRAPPED, mark("Scrapped by consent")),
    (hand_over.DisposalKind.UNCOLLECTED, mark("Not collected")),
    (hand_over.TicketLink.COME_BACK, mark("Come-back of")),
    (hand_over.TicketLink.TURNED_FROM, mark("Turned from")),
    (hand_over.TicketLink.RELATED, mark("Belongs to")),
    (charges.ChargeKind.EXAMINATION, mark("Examination fee")),
    (charges.ChargeKind.COURIER, mark("Courier fee")),
    (charges.ChargeKind.STORAGE, mark("Storage fee")),
    (charges.ChargeKind.LATE, mark("Late fee")),
    (charges.ChargeKind.DAMAGE, mark("Damage fee")),
    (charges.ChargeKind.LOSS, mark("Price of a lost loaner")),
    (charges.ChargeKind.OTHER, mark("Other fee")),
    (complaints.ProposalState.OPEN, mark("Open proposal")),
    (complaints.ProposalState.CHOSEN, mark("Chosen")),
    (complaints.ProposalState.DROPPED, mark("Dropped")),
)
