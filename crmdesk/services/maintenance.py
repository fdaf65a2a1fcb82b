"""What ``crmdesk check`` and the daily check look at, and what is written down about backups and restores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.integrity import Orphan, orphans, rows_per_table, structure_findings
from crmdesk.queries.audit import AuditVerdict, verify_audit
from crmdesk.services import audit

Finder = Callable[[Session], Sequence[str]]  # an area's own check: what is wrong, one line each, ids only


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was verified; ``findings`` are the areas' own, by the name of the check."""

    structure: tuple[str, ...]
    orphans: tuple[Orphan, ...]
    audit: AuditVerdict
    rows: dict[str, int]
    findings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Tell whether nothing was found."""
        return not self.structure and not self.orphans and self.audit.whole and not any(self.findings.values())


def check_store(session: Session, finders: dict[str, Finder] | None = None, *, thorough: bool = False) -> CheckReport:
    """Look at everything; reads only, so a reading session will do. Damage of the file ends the check early.

    Args:
        session: any session.
        finders: checks of areas, such as the search index, by name.
        thorough: compare indexes with their tables as well.
    """
    structure = structure_findings(session, thorough=thorough)
    if structure:
        return CheckReport(structure, (), AuditVerdict(0, 0), {})
    return CheckReport(
        structure,
        orphans(session),
        verify_audit(session),
        rows_per_table(session),
        {name: tuple(find(session)) for name, find in (finders or {}).items()},
    )


def note_backup(session: Session, file_name: str, context: Context) -> Outcome[None]:
    """Write down that somebody asked for a backup (those made by the clock are not written down).

    Raises:
        NotAllowedError: the person may not.
    """
    context.require(Right.BACKUP)
    audit.record(session, context, "store.backup", (EntityKind.STORE, context.store.id), {"file": file_name})
    return Outcome(None)


def note_restored(session: Session, file_name: str, context: Context) -> Outcome[None]:
    """Write down, in the database that was brought back, that it was; every screen reads anew.

    Raises:
        NotAllowedError: the person may not.
    """
    context.require(Right.BACKUP)
    audit.record(session, context, "store.restore", (EntityKind.STORE, context.store.id), {"file": file_name})
    return Outcome(None, frozenset(Topic))
