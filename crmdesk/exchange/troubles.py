"""Why a file from outside is not read: typed facts, no sentences."""

from enum import StrEnum

from crmdesk.core.errors import RefusedError


class FileTrouble(StrEnum):
    """What is wrong with the whole file; the sentence is in `crmdesk.exchange.reasons`."""

    MISSING = "missing"
    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    PASSWORD = "password"  # noqa: S105 - the name of a trouble
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    SUSPICIOUS = "suspicious"
    HTML = "html"
    XML_SHEET = "xml_sheet"
    OTHER_SHEET = "other_sheet"
    OTHER_DOCUMENT = "other_document"
    PICTURE = "picture"
    PDF = "pdf"
    ARCHIVE = "archive"
    BINARY = "binary"
    ENCODING = "encoding"
    CELL_TOO_LONG = "cell_too_long"
    QUOTE_OPEN = "quote_open"
    TOO_MANY_CELLS = "too_many_cells"
    STRAY_CELL = "stray_cell"
    NO_SHEET = "no_sheet"
    NO_SUCH_SHEET = "no_such_sheet"
    NO_ROWS = "no_rows"


class FileRefusedError(RefusedError):
    """A file that is not read, and why."""

    def __init__(self, reason: FileTrouble, *, name: str = "", detail: str = "", row: int = 0) -> None:
        """Keep the facts.

        Args:
            reason: what is wrong.
            name: the file's name without folder, as the person knows it.
            detail: one more fact: a part, a cell address, a limit, the names of the sheets.
            row: the row in which it is, 0 when it has none.
        """
        super().__init__(f"{reason.value} {name} {detail}".strip())
        self.reason = reason
        self.name = name
        self.detail = detail
        self.row = row
