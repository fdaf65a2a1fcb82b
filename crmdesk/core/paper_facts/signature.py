"""Facts of a signature made on screen."""

from dataclasses import dataclass
from datetime import datetime

from crmdesk.core.strokes import Strokes


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """Who signed when, and the strokes in thousandths of the field's width."""

    person: str
    at: datetime
    strokes: Strokes
