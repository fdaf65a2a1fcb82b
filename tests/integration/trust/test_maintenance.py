"""What the check finds, and what can be rescued from a damaged file without a backup."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.roles import Role
from crmdesk.core.topics import Topic
from crmdesk.db.data_dir import DataDir
from crmdesk.db.raw import Mode, raw_connection
from crmdesk.db.salvage import salvage, schema_of
from crmdesk.models.audit import AuditEntry
from crmdesk.services.maintenance import check_store, note_backup, note_restored
from crmdesk.services.unit import perform
from tests.builders.harm import content_digests, leaf_pages, zero
from tests.builders.shop import Shop, open_shop
from tests.builders.work import grow


def test_a_good_store_is_whole(shop: Shop) -> None:
    with shop.reading() as session:
        report = check_store(session, {"search index": lambda _session: ()}, thorough=True)
    assert report.whole
    assert report.rows["member"] == 20
    assert report.audit.rows >= 20


def test_orphans_and_findings_of_areas_are_told(shop: Shop, data: DataDir) -> None:
    with raw_connection(data.database, None, Mode.WRITE) as careless:
        careless.execute("UPDATE staff SET store_id = 5 WHERE id = 201")
    with shop.reading() as session:
        report = check_store(session, {"search index": lambda _session: ("member 7 cannot be found",)})
    assert [(one.table, one.parent) for one in report.orphans] == [("staff", "store")]
    assert report.findings["search index"] == ("member 7 cannot be found",)
    assert not report.whole


def test_damage_is_told_and_nothing_else_is_tried(shop: Shop, data: DataDir) -> None:
    shop.close()
    zero(data.database, leaf_pages(data.database, "audit_entry")[1] * 4096, 4096)
    with shop.reading() as session:
        report = check_store(session)
    assert report.structure
    assert not report.whole


def test_backups_and_restores_asked_for_are_audited(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    shop.do(note_backup, "one.db", owner)
    outcome = perform(shop.database, owner, lambda session, _: note_restored(session, "one.db", owner))
    assert outcome.changed == frozenset(Topic)
    with pytest.raises(NotAllowedError):
        shop.do(note_backup, "one.db", shop.context(Role.CLERK))
    with shop.reading() as session:
        acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.ordinal.desc()).limit(2)))
    assert acts == ["store.restore", "store.backup"]


@pytest.fixture
def schema(tmp_path: Path) -> list[str]:
    folder = tmp_path / "schema"
    folder.mkdir()
    other = open_shop(folder)
    statements = schema_of(folder / "crmdesk.db")
    other.close()
    return statements


def test_from_a_whole_file_everything_is_rescued(shop: Shop, data: DataDir, tmp_path: Path, schema: list[str]) -> None:
    shop.close()
    saved = salvage(data.database, tmp_path / "rescued.db", schema)
    assert saved.complete
    rescued, original = content_digests(saved.path), content_digests(data.database)
    searched = {table for table in original if table.startswith("member_search") or "search" in table}
    assert {table for table in original if rescued[table] != original[table]} <= searched


def test_from_a_damaged_file_what_can_be_read_is_rescued(
    shop: Shop, data: DataDir, tmp_path: Path, schema: list[str]
) -> None:
    grow(shop, 300)
    shop.close()
    leaves = leaf_pages(data.database, "audit_entry")
    for page in (leaves[3], leaves[4], leaves[10]):
        zero(data.database, page * 4096, 4096)
    saved = salvage(data.database, tmp_path / "rescued.db", schema)
    assert not saved.complete
    audit = next(one for one in saved.tables if one.table == "audit_entry")
    assert audit.unreadable == 2, "two neighbours and a single one"
    assert 200 < audit.saved < 320
    member = next(one for one in saved.tables if one.table == "member")
    assert (member.saved, member.unreadable) == (320, 0)
    with raw_connection(saved.path, None, Mode.READ) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_rescue_never_writes_over_a_file(data: DataDir, shop: Shop) -> None:
    with pytest.raises(FileExistsError):
        salvage(data.database, data.database, [])
    with shop.reading() as session:
        assert session.execute(text("SELECT count(*) FROM member")).scalar_one() == 20
