"""A real store in a data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.db.backup import BackupPlan
from crmdesk.db.data_dir import DataDir
from tests.builders.shop import OPENING, Shop, open_shop
from tests.builders.work import grow


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    place = DataDir(tmp_path / "data")
    place.prepare()
    return place


@pytest.fixture
def shop(data: DataDir) -> Iterator[Shop]:
    shop = open_shop(data.root)
    data.set_mark(OPENING)
    grow(shop, 20)
    yield shop
    shop.close()


@pytest.fixture
def plan(data: DataDir) -> BackupPlan:
    return BackupPlan(data)
