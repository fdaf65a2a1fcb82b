"""Words of handing over: signatures, how goods end when they are not handed back, how tickets hang together."""

from enum import StrEnum


class SignPurpose(StrEnum):
    """What somebody signed on screen."""

    INTAKE = "intake"
    APPROVAL = "approval"
    HAND_BACK = "hand_back"
    LOAN_OUT = "loan_out"
    LOAN_BACK = "loan_back"
    DISPOSAL = "disposal"


class DisposalKind(StrEnum):
    """Why goods stay with the shop for good."""

    SCRAPPED = "scrapped"  # the customer agreed in writing
    UNCOLLECTED = "uncollected"  # the owner decided after the last letter


class TicketLink(StrEnum):
    """What the linked ticket is to this one."""

    COME_BACK = "come_back"  # this repairs again what that one repaired
    TURNED_FROM = "turned_from"  # that repair became this return or complaint
    RELATED = "related"
