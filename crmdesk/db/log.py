"""Log files without people in them: rotating, and scrubbed of names, phones, addresses and mail."""

import logging
import re
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from typing_extensions import override

FILE_NAME: Final = "crmdesk.log"
_FILE_BYTES: Final = 2_000_000
_FILES: Final = 5

_HIDDEN: Final = "[hidden]"
# Program texts in the log are English, so Chinese, Japanese or Korean characters are somebody's words or name.
_HAN: Final = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# Seven to sixteen digits with separators; a key of the program has more. Days and ticket numbers stay.
_NUMBER: Final = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d(?!\d))\+?\(?\d(?:[ ()-]{0,2}\d){6,15}(?!\d)")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


def scrub(text: str) -> str:
    """Take out of ``text`` what may point to a person: Chinese characters, phone numbers, mail addresses."""
    for pattern in (_MAIL, _HAN, _MOBILE, _NUMBER):
        text = pattern.sub(_HIDDEN, text)
    return text


def describe(trouble: BaseException) -> str:
    """Give the trace of ``trouble`` and of what caused it, fit for a log and for a crash report.

    Quoted parts of the messages are hidden as well: they repeat what somebody typed.
    """
    parts = [_describe_one(one) for one in _chain(trouble)]
    return "\nwhich led to:\n".join(reversed(parts))


def start_logging(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Write the log of the whole program into ``folder``, which must exist.

    Returns:
        The handler, for ``stop_logging``.
    """
    handler = _QuietRotatingHandler(
        folder / FILE_NAME, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(ScrubbingFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close the log; later records go nowhere."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class ScrubbingFormatter(logging.Formatter):
    """Formats a record in UTC; message and trace pass through ``scrub``."""

    def __init__(self) -> None:
        """Set the one form of a line."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime

    @override
    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # another handler's trace, not scrubbed
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    @override
    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = scrub(record.message)
        return super().formatMessage(record)

    @override
    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return describe(ei[1]) if ei[1] is not None else ""

    @override
    def formatStack(self, stack_info: str) -> str:
        return scrub(stack_info)


class _QuietRotatingHandler(RotatingFileHandler):
    """Never breaks the program: a log that cannot be written (full disk, folder gone) is skipped."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        pass

    @override
    def close(self) -> None:
        with suppress(OSError):  # the last lines do not fit
            super().close()


def _chain(trouble: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = trouble
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _describe_one(trouble: BaseException) -> str:
    kind = type(trouble)
    message = _QUOTED.sub(_HIDDEN, str(trouble))
    stack = "".join(traceback.format_tb(trouble.__traceback__))
    return scrub(f"{stack}{kind.__module__}.{kind.__qualname__}: {message}")
