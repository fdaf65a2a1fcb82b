"""What can be wrong with a file that a person asked us to write: one type per distinct trouble."""

from typing import ClassVar

from crmdesk.core.errors import EnvironmentTroubleError


class FileTroubleError(EnvironmentTroubleError):
    """Root of the troubles with a file outside the data folder: an export, a paper, a list."""

    summary: ClassVar[str] = "file"

    def __init__(self, path: str, detail: str = "") -> None:
        """Keep the file's path, and what the system said about it."""
        super().__init__(self.summary, path)
        self.detail = detail


class FileInUseError(FileTroubleError):
    """The file is open in another program (Excel, usually), which does not let it be replaced."""

    summary = "file in use"


class FolderNotThereError(FileTroubleError):
    """The folder that the file should go into does not exist."""

    summary = "folder not there"


class FolderNotWritableError(FileTroubleError):
    """Nothing may be written into the folder."""

    summary = "folder not writable"


class FileNotWrittenError(FileTroubleError):
    """The file could not be written for another reason; ``detail`` is the system's own word."""

    summary = "file not written"
