"""Facts of the letter that settles a complaint."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The body in one language; each part is plain text, a blank line separates paragraphs."""

    salutation: str
    facts: str
    finding: str
    remedy: str
    promise: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A numbered letter; ``words`` by language, of which the language asked for is printed, or both.

    ``address`` are the recipient's lines below the name, for the window of the envelope.
    """

    number: str
    version: int
    store: StoreFacts
    recipient: str
    dated: date
    complaint_number: str
    complaint_on: date
    words: dict[str, LetterWords]
    signed_by: str
    signed_role: str
    contact: str
    printed: PrintFacts
    address: tuple[str, ...] = ()
