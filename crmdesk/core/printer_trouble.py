"""What can be wrong with a printer: one type per distinct trouble."""

from crmdesk.core.errors import EnvironmentTroubleError


class PrinterTroubleError(EnvironmentTroubleError):
    """Root of the troubles with printers; `path` is the printer's name."""

    def __init__(self, printer: str, detail: str = "") -> None:
        """Keep the printer's name, and what the system said."""
        super().__init__("printer", printer)
        self.detail = detail


class PrinterMissingError(PrinterTroubleError):
    """The printer that is kept for the paper is not there any more, or none was chosen."""


class PrinterRefusedError(PrinterTroubleError):
    """The printer's driver did not take the job."""
