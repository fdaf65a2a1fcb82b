"""Nobody's name or phone gets into a log."""

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.db.log import FILE_NAME, describe, scrub, start_logging, stop_logging

PEOPLE = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "+86 138 0013 8000",
    "１３８００１３８０００",
    "0571-8765 4321",
    "(0571) 87654321",
    "87654321",
    "周敏",
    "尉迟恭",
    "𠮷野家",
    "杭州市西湖区文三路 1 号",
    "zhou.min+shop@example.com",
]
HARMLESS = [
    "saved 912658439201837465 in 4 ms",
    "ticket R-01-261121-0017 is ready",
    "backup of 2026-11-21 took 3.25 s",
    "File crmdesk/db/engine.py, line 120",
    "rows 120, 3500, 18",
    "0x7f3a5c001200",
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = start_logging(tmp_path)
    yield tmp_path / FILE_NAME
    stop_logging(handler)


@pytest.mark.parametrize("text", PEOPLE)
def test_people_are_hidden(text: str) -> None:
    line = scrub(f"member {text} called")
    assert line.startswith("member ")
    assert line.endswith(" called")
    assert not [char for char in text if char.isalnum() and ord(char) > 0x2E80 and char in line]
    assert sum(char.isdigit() for char in line) <= 1, line


@pytest.mark.parametrize("text", HARMLESS)
def test_what_support_needs_stays(text: str) -> None:
    assert scrub(text) == text


def test_messages_arguments_and_traces_are_scrubbed(log: Path) -> None:
    logger = logging.getLogger("crmdesk.test")
    logger.info("called %s at %s", "周敏", "13800138000")
    try:
        _ = dict[str, str]()["Alice Zhou 13800138000"]
    except KeyError:
        logger.exception("lookup failed for 周敏")
    text = log.read_text(encoding="utf-8")
    for word in ("周敏", "called 138", "KeyError: 'Alice"):
        assert word not in text
    assert "test_log.py" in text
    assert "KeyError" in text


def test_a_chain_of_troubles_is_told_from_the_first() -> None:
    def fail() -> None:
        try:
            int("Alice")
        except ValueError as first:
            raise RuntimeError("cannot read 'Alice'") from first

    with pytest.raises(RuntimeError) as caught:
        fail()
    text = describe(caught.value)
    assert text.index("ValueError") < text.index("which led to") < text.index("RuntimeError")
    assert "literal for int() with base 10: [hidden]" in text


def test_the_log_rotates_and_stays_small(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    assert isinstance(handler, logging.handlers.RotatingFileHandler)
    handler.maxBytes, handler.backupCount = 2000, 2
    for number in range(500):
        logging.getLogger("crmdesk.test").info("line %s", number)
    stop_logging(handler)
    files = list(tmp_path.glob("crmdesk.log*"))
    assert len(files) == 3
    assert all(file.stat().st_size <= 2100 for file in files)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    handler = start_logging(folder)
    folder.rmdir()
    folder.write_text("now a file", encoding="utf-8")
    logging.getLogger("crmdesk.test").warning("still running")
    stop_logging(handler)
    assert capsys.readouterr().err == ""
