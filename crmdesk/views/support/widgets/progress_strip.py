"""How far something is: a thin bar, filled or moving."""

from PySide6.QtWidgets import QProgressBar, QSizePolicy


class ProgressStrip(QProgressBar):
    """A thin bar; `set_busy` when the length is not known."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(6)
        self.set_progress(0, 1)

    def set_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self.setRange(0, max(total, 1))
        self.setValue(min(done, max(total, 1)))
        self.setAccessibleName(f"{done} / {total}")

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001  (a state, as Qt's setters)
        """Move without an end, or stop."""
        self.setRange(0, 0 if busy else 1)
