"""Short forms of the campaigns: kills and a full disk; and the PRAGMAs and pool that make saves survive a power cut."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from crmdesk.core.roles import Role
from crmdesk.core.trouble import LockedByAnotherError
from crmdesk.db.data_dir import DataDir
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop
from tests.campaigns import disk_full, power_cut
from tests.campaigns.kill import SHORT_ROUNDS, kill_often

# What a save needs to be on the disk when the screen says so; measured, not to be changed lightly.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_every_connection_has_the_shipped_pragmas(shop: Shop, pragma: str, value: object) -> None:
    with shop.database.transaction() as writing, shop.database.reading() as reading:
        for session in (writing, reading):
            assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_the_pool_is_the_measured_one(shop: Shop) -> None:
    assert type(shop.database.engine.pool) is QueuePool


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    tally = kill_often(tmp_path, SHORT_ROUNDS, seed=20)
    assert tally.failures == []
    assert tally.rounds == SHORT_ROUNDS
    assert tally.acknowledged > SHORT_ROUNDS // 2


@pytest.mark.skipif(not disk_full.can_run(), reason="no file system can be mounted here")
def test_a_full_disk_at_every_path_that_writes() -> None:
    assert disk_full.campaign(short=True) == []


@pytest.mark.skipif(not power_cut.can_run(), reason="needs Linux and a C compiler")
def test_a_power_cut_loses_nothing_acknowledged() -> None:
    assert power_cut.cut_often(power_cut.SHORT_CUTS, "shipped", seed=7) == []


def test_a_save_that_has_to_wait_too_long_says_who_is_in_the_way(shop: Shop, data: DataDir) -> None:
    manager = shop.context(Role.MANAGER)
    with shop.database.transaction() as other:
        other.execute(text("SELECT 1"))
        impatient = Shop(shop.database, shop.clock)
        with impatient.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        with pytest.raises(LockedByAnotherError) as caught:
            impatient.do(register, MemberFacts(name="赵敏", walk_in=True), manager)
    assert caught.value.path == str(data.database)
