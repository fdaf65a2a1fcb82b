"""What a write can change; screens listen for these."""

from enum import StrEnum


class Topic(StrEnum):
    """One kind of data that screens show."""

    MEMBERS = "members"
    PURCHASES = "purchases"
    TICKETS = "tickets"
    LOANERS = "loaners"
    CALLBACKS = "callbacks"
    CARDS = "cards"
    PAPERS = "papers"
    SETTINGS = "settings"
    STAFF = "staff"
    IMPORTS = "imports"
