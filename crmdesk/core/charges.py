"""Words of charges: what a customer owes besides an agreed quote."""

from enum import StrEnum


class ChargeKind(StrEnum):
    """What is charged."""

    EXAMINATION = "examination"
    COURIER = "courier"
    STORAGE = "storage"
    LATE = "late"
    DAMAGE = "damage"
    LOSS = "loss"
    OTHER = "other"
