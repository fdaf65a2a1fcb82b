"""The short form of the campaign: files with bytes changed at random never end the process."""

from tests.campaigns import hostile_files


def test_broken_files_are_refused_or_read() -> None:
    assert hostile_files.campaign(short=True) == []
