"""Facts of what goes to many members by post: address labels, and letters with each one's own words."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """One label: whom, where, and the postcode where it is known."""

    recipient: str
    lines: tuple[str, ...]
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class AddressLabelsFacts:
    """Labels for sheets of 24; ``used`` are the places of the first sheet that are empty already."""

    labels: tuple[AddressLabel, ...]
    used: int = 0


@dataclass(frozen=True, slots=True)
class MemberLetter:
    """The letter of one member: address, and words in which every placeholder is filled in."""

    recipient: str
    address: tuple[str, ...]
    member_number: str
    words: str


@dataclass(frozen=True, slots=True)
class MemberLettersFacts:
    """One run of letters; ``contact`` is whom the members may ask."""

    number: str
    store: StoreFacts
    subject: str
    letters: tuple[MemberLetter, ...]
    dated: date
    signed_by: str
    signed_role: str
    contact: str
    printed: PrintFacts
