"""What erased rows are called in words: tables gathered under the names a customer understands."""

from collections.abc import Mapping
from typing import Final

from crmdesk.core.i18n import mark

_GONE: Final = (
    (mark("Phones, addresses, ways to reach"), ("member_phone", "member_address", "touchpoint")),
    (mark("Private profile, own fields, tags"), ("member_private", "own_value", "member_tag")),
    (mark("Family, work unit, visits, wishes"), ("relative", "household_person", "firm_visit", "intent")),
    (mark("Photos"), ("photo", "judgement_photo")),
    (mark("Papers' content"), ("paper",)),
    (mark("Signatures and approvals"), ("signature", "approval")),
    (mark("Contacts' notes"), ("contact", "callback")),
)
_KEPT: Final = (
    (mark("Tickets"), ("ticket",)),
    (mark("Receipts"), ("purchase",)),
    (mark("Loans"), ("loan",)),
    (mark("Lines of the ledger"), ("ledger_entry",)),
    (mark("Answers about consent"), ("consent",)),
)


def gone(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give what went, as marked words with how many; what there was none of is left out."""
    return _said(_GONE, counts)


def kept(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give what stays without the person."""
    return _said(_KEPT, counts)


def _said(groups: tuple[tuple[str, tuple[str, ...]], ...], counts: Mapping[str, int]) -> list[tuple[str, int]]:
    said = [(words, sum(counts.get(table, 0) for table in tables)) for words, tables in groups]
    return [(words, count) for words, count in said if count]
