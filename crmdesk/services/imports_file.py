"""A file on its way in: opened, its columns mapped, its fingerprint taken; no database yet."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from crmdesk.core.errors import RefusedError
from crmdesk.core.i18n import LANGUAGES, gettext_in
from crmdesk.core.text_clean import clean_line
from crmdesk.documents.sheets.import_errors import REASON_TITLE, ROW_NUMBER_TITLE
from crmdesk.exchange.fields import Field, ImportKind
from crmdesk.exchange.guessing import guess_kind, guess_mapping
from crmdesk.exchange.mapping import MappedColumn, Mapping, mapping_from_json
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.policy import Policy, policy_from_json
from crmdesk.exchange.table import Table
from crmdesk.queries.member_export import COUNTED

_BLOCK: Final = 1 << 20


class MappingMissesError(RefusedError):
    """No column goes to a field that is needed; ``fields`` of which one must be there."""

    def __init__(self, fields: frozenset[Field]) -> None:
        """Keep the fields."""
        super().__init__(" / ".join(sorted(field.value for field in fields)))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class ImportFile:
    """An opened file with its mapping.

    Attributes:
        table: headers and rows; the rows can be read as often as needed.
        mapping: which column goes where.
        sha256: of the file's bytes, to know the same file again.
        path: where it lies, to go on with it after a stop; empty when it is nobody's file.
        policy: what it may do to members who are on file.
        source_id: the kept source that it comes from, None when it has none.
    """

    table: Table
    mapping: Mapping
    sha256: str
    path: str = ""
    policy: Policy = field(default_factory=lambda: Policy(ImportKind.MEMBERS))
    source_id: int | None = None

    @property
    def kind(self) -> ImportKind:
        """Tell what the rows are."""
        return self.mapping.kind

    def mapped(self, mapping: Mapping) -> "ImportFile":
        """Give the same file with another mapping."""
        policy = self.policy if self.policy.kind is mapping.kind else Policy(mapping.kind)
        return replace(self, mapping=mapping, policy=policy)

    def under(self, policy: Policy, source_id: int | None = None) -> "ImportFile":
        """Give the same file with another policy, and the source that it comes from."""
        return replace(self, policy=policy, source_id=source_id or self.source_id)

    def require_complete(self) -> None:
        """Stop here when a needed field has no column.

        Raises:
            MappingMissesError: one has none.
        """
        for fields in self.mapping.missing():
            raise MappingMissesError(fields)


def open_import(path: Path, kind: ImportKind | None = None, *, sheet: str | None = None) -> ImportFile:
    """Open a file and guess what it is and where its columns go.

    Args:
        path: an .xlsx, .xls or text file.
        kind: what it holds; None guesses that too.
        sheet: which sheet; None takes the first one with something in it.

    Raises:
        FileRefusedError: the file is not read, with the reason.
        EnvironmentTroubleError: the computer does not let it be read.
    """
    table = open_table(path, sheet)
    mapping = guess_mapping(table, kind or guess_kind(table))
    return ImportFile(table, _without_ours(mapping), fingerprint(path), str(path.absolute()), Policy(mapping.kind))


def open_mapped(path: Path, kind: ImportKind, mapping_of: Callable[[], str] | None) -> ImportFile:
    """Open a file with the mapping that somebody wrote down (text of a mapping file); None guesses.

    Raises:
        FileRefusedError: the file is not read.
        MappingError: the mapping does not fit.
        MappingMissesError: a needed field has no column.
    """
    opened = open_import(path, kind)
    if mapping_of is not None:
        opened = opened.mapped(mapping_from_json(mapping_of(), opened.table, kind))
    opened.require_complete()
    return opened


def reopen(path: Path, kind: ImportKind, mapping: str, policy: str, source_id: int | None = None) -> ImportFile:
    """Open a file as an import or a source that is kept saw it.

    Args:
        path: the file.
        kind: what it holds.
        mapping: which column goes where, as it was kept (JSON).
        policy: what it may do, as it was kept (JSON).
        source_id: the source that it comes from.

    Raises:
        FileRefusedError: the file is not read.
        MappingError: the mapping does not fit.
        MappingMissesError: a needed field has no column.
    """
    opened = open_mapped(path, kind, lambda: mapping)
    return opened.under(policy_from_json(policy, kind), source_id)


def _without_ours(mapping: Mapping) -> Mapping:
    """Leave out what a workbook of refused rows and an exported list have more than the file they came from."""
    columns = tuple(_left_out(column) if clean_line(column.header) in _ours() else column for column in mapping.columns)
    return replace(mapping, columns=columns)


def _left_out(column: MappedColumn) -> MappedColumn:
    return replace(column, field=None, custom="", confidence=0.0)


@cache
def _ours() -> frozenset[str]:
    titles: set[str] = set()
    for language in LANGUAGES:
        try:
            titles |= {gettext_in(language, title) for title in (ROW_NUMBER_TITLE, REASON_TITLE, *COUNTED)}
        except OSError:  # the catalogue of that language was never built
            continue
    return frozenset(titles)


def fingerprint(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
