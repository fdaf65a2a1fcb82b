"""Why an import does not go on, or is not taken back."""

from crmdesk.core.errors import RefusedError


class NoSuchImportError(RefusedError):
    """There is no import with this key."""

    def __init__(self, run_id: int) -> None:
        """Keep the key."""
        super().__init__(str(run_id))
        self.run_id = run_id


class AlreadyUndoneError(RefusedError):
    """The import was undone before."""

    def __init__(self, file_name: str) -> None:
        """Keep the name of its file."""
        super().__init__(file_name)
        self.file_name = file_name


class NothingToGoOnError(RefusedError):
    """The import is finished, or is being taken back: there is nothing to go on with."""

    def __init__(self, file_name: str) -> None:
        """Keep the name of its file."""
        super().__init__(file_name)
        self.file_name = file_name


class FileChangedError(RefusedError):
    """The file is not the one that the import began with."""

    def __init__(self, file_name: str) -> None:
        """Keep its name."""
        super().__init__(file_name)
        self.file_name = file_name


class ImportElsewhereError(RefusedError):
    """Another desk is at work on this import right now."""

    def __init__(self, desk: str) -> None:
        """Keep the desk."""
        super().__init__(desk)
        self.desk = desk
