"""Callback words: reasons, states, channels, outcomes (domain rule 3)."""

from enum import StrEnum


class CareClass(StrEnum):
    """客户分类: decides how often a member is contacted."""

    KEY = "key"
    IMPORTANT = "important"
    ORDINARY = "ordinary"


# Months between contacts by care class (capability C2).
CADENCE_MONTHS = {CareClass.KEY: 1, CareClass.IMPORTANT: 2, CareClass.ORDINARY: 3}


class CallbackReason(StrEnum):
    """Why a member is called back."""

    CADENCE = "cadence"
    AFTER_PURCHASE = "after_purchase"
    AFTER_REPAIR = "after_repair"
    GUARANTEE_ENDING = "guarantee_ending"
    COMPLAINT_SATISFACTION = "complaint_satisfaction"
    LOAN_DUE = "loan_due"
    READY_FOR_PICKUP = "ready_for_pickup"
    BIRTHDAY = "birthday"
    DORMANT = "dormant"
    NEW_MEMBER = "new_member"
    AGREED = "agreed"  # the customer asked to be called at a time
    OTHER = "other"


# Notices about an open ticket do not count against the contact caps (domain rule 3, Cap).
SERVICE_NOTICES = frozenset(
    {CallbackReason.LOAN_DUE, CallbackReason.READY_FOR_PICKUP, CallbackReason.COMPLAINT_SATISFACTION}
)


class CallbackState(StrEnum):
    """Life of one callback."""

    DUE = "due"
    DONE = "done"
    GIVEN_UP = "given_up"
    HELD_BACK = "held_back"
    CANCELLED = "cancelled"


class Channel(StrEnum):
    """Ways to touch a member."""

    PHONE = "phone"
    SMS = "sms"
    WECHAT = "wechat"
    WECOM = "wecom"
    GROUP = "group"
    OFFICIAL_ACCOUNT = "official_account"
    MINI_PROGRAM = "mini_program"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


# Ways that need a phone number that works.
BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})
# Ways in which words are written, copied and sent instead of spoken.
WRITTEN = frozenset({Channel.SMS, Channel.WECHAT, Channel.WECOM})


class CallOutcome(StrEnum):
    """What came of a contact."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    CALL_LATER = "call_later"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SWITCHED_OFF = "switched_off"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"
    DO_NOT_CALL = "do_not_call"
    SENT = "sent"  # a message went out; no answer yet


TALKED = frozenset({CallOutcome.SATISFIED, CallOutcome.NEUTRAL, CallOutcome.DISSATISFIED})
UNREACHED = frozenset({CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.SWITCHED_OFF})


class HoldReason(StrEnum):
    """Why a contact is held back instead of made."""

    CAP_WEEK = "cap_week"
    CAP_MONTH = "cap_month"
    QUIET_HOURS = "quiet_hours"
    DO_NOT_CONTACT = "do_not_contact"
    NO_CONSENT = "no_consent"
    NO_PHONE = "no_phone"
    BLOCKED = "blocked"


class ConsentPurpose(StrEnum):
    """Purposes that are agreed to separately (PIPL 23)."""

    SERVICE = "service"
    CALLBACKS = "callbacks"
    MARKETING = "marketing"
    HEAD_OFFICE = "head_office"
