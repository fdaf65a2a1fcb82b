"""Roles and rights of domain rule 7: one table, asked by services and queries."""

from enum import StrEnum

from crmdesk.core.money import Money


class Role(StrEnum):
    """What a staff member is."""

    CLERK = "clerk"
    GUIDE = "guide"
    MANAGER = "manager"
    HEAD_OFFICE = "head_office"
    OWNER = "owner"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a person may do; fine rights are added to or taken from a role per person."""

    SERVE = "serve"  # take in, lend, return, collect
    SEE_PHONES = "see_phones"  # every phone in full
    SEE_TICKET_PHONES = "see_ticket_phones"  # phones of people with an open ticket
    SEE_OWN_PHONES = "see_own_phones"  # phones of members the person guides
    SEE_PRIVATE = "see_private"
    SEE_MONEY = "see_money"
    JUDGE = "judge"  # judge, decide complaints, approve amounts up to the limit
    OVERRIDE = "override"  # pass a hard stop with a reason
    CALL_ASSIGNED = "call_assigned"
    CALL_OWN = "call_own"
    CALL_ALL = "call_all"
    SEE_CALLS = "see_calls"
    EXPORT = "export"
    IMPORT = "import"  # take lists of members and purchases in, and undo that
    EDIT_MEMBERS = "edit_members"
    SETTINGS = "settings"
    STAFF = "staff"
    TEMPLATES = "templates"
    BACKUP = "backup"
    MERGE = "merge"
    ERASE = "erase"
    DELETE = "delete"
    SEE_AUDIT = "see_audit"
    SEE_REPORTS = "see_reports"


_DESK = frozenset({Right.SERVE, Right.EDIT_MEMBERS, Right.SEE_MONEY})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: _DESK | {Right.SEE_TICKET_PHONES, Right.CALL_ASSIGNED},
    Role.GUIDE: _DESK | {Right.SEE_OWN_PHONES, Right.CALL_OWN, Right.CALL_ASSIGNED},
    Role.MANAGER: _DESK
    | {
        Right.SEE_PHONES,
        Right.SEE_PRIVATE,
        Right.JUDGE,
        Right.OVERRIDE,
        Right.CALL_ALL,
        Right.CALL_OWN,
        Right.CALL_ASSIGNED,
        Right.SEE_CALLS,
        Right.EXPORT,
        Right.IMPORT,
        Right.TEMPLATES,
        Right.MERGE,
        Right.ERASE,
        Right.SEE_AUDIT,
        Right.SEE_REPORTS,
    },
    Role.HEAD_OFFICE: frozenset({Right.SEE_TICKET_PHONES, Right.JUDGE, Right.SEE_MONEY}),
    Role.OWNER: frozenset(Right) - {Right.SERVE, Right.CALL_ASSIGNED, Right.CALL_OWN, Right.CALL_ALL},
    Role.ADMINISTRATOR: frozenset({Right.SETTINGS, Right.STAFF, Right.TEMPLATES, Right.BACKUP, Right.SEE_AUDIT}),
}

# Largest amount a role may approve (domain rule 1, Complaint); None is without limit.
APPROVE_UP_TO: dict[Role, Money | None] = {
    Role.CLERK: Money(0),
    Role.GUIDE: Money(0),
    Role.MANAGER: Money.yuan(500),
    Role.HEAD_OFFICE: Money.yuan(5000),
    Role.OWNER: None,
    Role.ADMINISTRATOR: Money(0),
}
