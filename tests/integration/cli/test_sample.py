"""The made-up store: in a folder of its own, whole or not there."""

from pathlib import Path

import pytest

from crmdesk.bootstrap.house import is_fresh
from crmdesk.bootstrap.sample import Sample, make_sample, sample_folder, sample_pin
from crmdesk.db.data_dir import DataDir
from tests.builders.begun import PIN, begun_store


def fill(folder: Path) -> str:
    begun_store(folder)
    return PIN


def test_it_is_made_once_beside_the_real_one(tmp_path: Path) -> None:
    first = DataDir(tmp_path / "data")
    make_sample(Sample(fill), first)
    assert sample_pin(sample_folder(first)) == PIN
    assert is_fresh(first), "the real store is still to be begun"
    made_at = sample_folder(first).database.stat().st_mtime_ns
    make_sample(Sample(fill), first)
    assert sample_folder(first).database.stat().st_mtime_ns == made_at


def test_an_interrupted_one_does_not_count(tmp_path: Path) -> None:
    def break_off(folder: Path) -> str:
        begun_store(folder)
        raise KeyboardInterrupt

    first = DataDir(tmp_path / "data")
    with pytest.raises(KeyboardInterrupt):
        make_sample(Sample(break_off), first)
    assert not sample_folder(first).root.exists()
    make_sample(Sample(fill), first)
    assert sample_pin(sample_folder(first)) == PIN


def test_a_real_store_has_no_pin_to_tell(tmp_path: Path) -> None:
    assert sample_pin(begun_store(tmp_path / "data")) == ""
