"""Where a sheet file goes: a path that is replaced as a whole, or a stream; with its temporary files."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from crmdesk.documents.sheets.rows import RowSpool
from crmdesk.documents.sheets.saving import replacing


@dataclass(slots=True)
class Output:
    """An open target; its spools lie beside it and are gone when it is closed, however that happens."""

    file: BinaryIO
    folder: Path | None
    _open: ExitStack = field(default_factory=ExitStack)

    def spool(self) -> RowSpool:
        """Give a new spool for rows."""
        spool = RowSpool(self.folder)
        self._open.callback(spool.close)
        return spool

    def close(self) -> None:
        """Let all spools go."""
        self._open.close()


@contextmanager
def opened(target: Path | BinaryIO) -> Iterator[Output]:
    """Open ``target`` for writing: a path takes its place at the end, a stream is written as it is.

    Raises:
        EnvironmentTroubleError: see `replacing`.
    """
    with ExitStack() as stack:
        file = stack.enter_context(replacing(target)) if isinstance(target, Path) else target
        output = Output(file, target.parent if isinstance(target, Path) else None)
        stack.callback(output.close)
        yield output
