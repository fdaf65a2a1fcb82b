"""What a status means to the person looking at it; the theme gives each tone its colour, the caller icon and word."""

from enum import StrEnum


class Tone(StrEnum):
    """Tone of a status pill, a due text or a notice; never shown by colour alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    WAITING = "waiting"
    OK = "ok"
    WARN = "warn"
    LATE = "late"
