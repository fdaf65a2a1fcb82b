"""Failures that are expected, by type; each carries facts, none carries a sentence for the screen."""

from typing import ClassVar

from crmdesk.core.refs import EntityKind


class CrmdeskError(Exception):
    """Root of everything that the program raises on purpose."""


class RefusedError(CrmdeskError):
    """A rule says no; nothing was written. Subclasses carry the facts as attributes."""


class StaleError(CrmdeskError):
    """Somebody else changed the record since it was read; nothing was written."""

    def __init__(self, kind: EntityKind, entity_id: int, seen_version: int, current_version: int) -> None:
        """Keep which record, the version the person saw and the one that is there now."""
        super().__init__(f"{kind} {entity_id}: seen {seen_version}, now {current_version}")
        self.kind = kind
        self.entity_id = entity_id
        self.seen_version = seen_version
        self.current_version = current_version


class EnvironmentTroubleError(CrmdeskError):
    """The computer, disk, server or printer failed; the person can act and try again."""

    retry_helps: ClassVar[bool] = True

    def __init__(self, what: str, path: str = "") -> None:
        """Keep what was being done and the file or device it concerns."""
        super().__init__(f"{what}: {path}" if path else what)
        self.what = what
        self.path = path


class NotAllowedError(RefusedError):
    """The signed-in person lacks a right."""

    def __init__(self, right: str, role: str) -> None:
        """Keep the missing right and the role of the person."""
        super().__init__(f"{role} lacks {right}")
        self.right = right
        self.role = role


class NotFoundError(RefusedError):
    """The record does not exist (any more) or belongs to somebody whom the person may not see."""

    def __init__(self, kind: EntityKind, wanted: str) -> None:
        """Keep the kind and the number or key that was asked for."""
        super().__init__(f"{kind} {wanted}")
        self.kind = kind
        self.wanted = wanted


class IllegalMoveError(RefusedError):
    """A thing cannot go from its state to the wanted one."""

    def __init__(self, kind: EntityKind, number: str, state: str, wanted: str) -> None:
        """Keep the thing's number, the state it is in and the one that was wanted."""
        super().__init__(f"{kind} {number}: {state} -> {wanted}")
        self.kind = kind
        self.number = number
        self.state = state
        self.wanted = wanted


class InvalidFieldError(RefusedError):
    """One field of a request cannot be taken; ``reason`` is a short key, ``value`` what was typed."""

    def __init__(self, field: str, reason: str, value: str = "") -> None:
        """Keep field, reason and the text as typed."""
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.value = value


class ReasonMissingError(RefusedError):
    """An act that needs a written reason came without one."""

    def __init__(self, act: str) -> None:
        """Keep the name of the act."""
        super().__init__(act)
        self.act = act
