"""Half-filled forms, kept in the data folder so that a crash, a kill or a power cut loses no typing."""

import json
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

DELAY_MS = 500
_PLAIN_NAME = re.compile(r"[a-z0-9_.-]+")

DraftState = dict[str, object]


class DraftSource(Protocol):
    """A form whose typing can be kept; `crmdesk.views.support.forms.Form` is one."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when something was typed."""
        ...

    def draft(self) -> DraftState:
        """Give what was typed, as JSON values; empty when nothing was."""
        ...

    def restore(self, state: DraftState) -> None:
        """Put back what `draft` gave."""
        ...


class Drafts(QObject):
    """One file for each kind of form: ``<folder>/<kind>.json``."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Keep the folder; it is made when the first draft is written."""
        super().__init__(parent)
        self._folder = folder
        self._waiting: dict[str, Callable[[], DraftState]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)
        self._failed = False

    @property
    def failed(self) -> bool:
        """Whether the last draft could not be written (disk full, folder gone); typing goes on."""
        return self._failed

    def watch(self, kind: str, form: DraftSource) -> None:
        """Keep what is typed into `form` as the draft `kind` from now on."""
        form.changed.connect(lambda *_args: self.keep(kind, form.draft))

    def keep(self, kind: str, draft: Callable[[], DraftState]) -> None:
        """Write what `draft` gives half a second after the last change."""
        self._waiting[kind] = draft
        self._timer.start()

    def restore(self, kind: str) -> DraftState | None:
        """Give the draft `kind`; None when there is none or it cannot be read."""
        with suppress(OSError, ValueError):
            state = json.loads(self._path(kind).read_text(encoding="utf-8"))
            if isinstance(state, dict) and state:
                return state
        return None

    def clear(self, kind: str) -> None:
        """Forget the draft `kind`: it was saved or thrown away."""
        self._waiting.pop(kind, None)
        with suppress(OSError):
            self._path(kind).unlink(missing_ok=True)

    def flush(self) -> None:
        """Write what waits; call when the program closes."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for kind, draft in waiting.items():
            self._write(kind, draft())

    def _write(self, kind: str, state: DraftState) -> None:
        if not state:
            self.clear(kind)
            return
        try:
            self._replace(self._path(kind), json.dumps(state, ensure_ascii=False))
            self._failed = False
        except OSError:
            self._failed = True

    def _replace(self, path: Path, text: str) -> None:
        # No fsync: this runs on the GUI thread, and a draft must survive the program, not the power.
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".draft-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _path(self, kind: str) -> Path:
        if not _PLAIN_NAME.fullmatch(kind):
            msg = f"not a plain name: {kind!r}"
            raise ValueError(msg)
        return self._folder / f"{kind}.json"
