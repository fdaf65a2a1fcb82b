"""A watched folder: settled files come in once, bad ones are put aside with the reason, nothing is moved."""

import json
from pathlib import Path

import pytest

from crmdesk.core.errors import EnvironmentTroubleError, NotAllowedError
from crmdesk.core.member_words import WatchedState
from crmdesk.core.progress import NoProgress
from crmdesk.core.roles import Role
from crmdesk.exchange.fields import ImportKind
from crmdesk.queries.import_sources import (
    SourceRow,
    imports_waiting,
    recent_files,
    recognised,
    seen_files,
    sources,
    watched,
)
from crmdesk.services import import_sources, imports_watch
from crmdesk.services.import_sources import KeepSource, SourceNameError, WatchFolder
from crmdesk.services.imports_file import open_import
from crmdesk.services.imports_parts import ImportParts
from crmdesk.services.unit import perform
from crmdesk.views.support.errors import explain
from tests.builders.lists import members_file
from tests.builders.shop import Shop

HEAD = "小票号,日期,手机,品名,金额"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "till"
    made.mkdir()
    return made


@pytest.fixture
def source(shop: Shop, tmp_path: Path, folder: Path) -> SourceRow:
    manager = shop.context(Role.MANAGER)
    file = open_import(members_file(tmp_path, HEAD, "A1,2026-11-01,,外套,100", name="first.csv"))
    assert file.kind is ImportKind.PURCHASES
    key = shop.do(import_sources.keep, KeepSource("till A", file), manager)
    shop.do(import_sources.watch, WatchFolder(key, str(folder), active=True, seen_version=1), manager)
    with shop.reading() as session:
        (found,) = watched(session, "desk-1", manager)
        assert watched(session, "desk-2", manager) == []
    return found


def round_(shop: Shop, source: SourceRow, tmp_path: Path) -> list[tuple[str, WatchedState]]:
    """Look twice and take in what is there."""
    folder, context = Path(source.folder), shop.context(Role.MANAGER)
    with shop.reading() as session:
        seen = set(seen_files(session, source.id))
    ready = imports_watch.settled(imports_watch.look(folder), imports_watch.look(folder))
    done = []
    for one in imports_watch.examine(ready, source, seen):
        note, _report = imports_watch.take_file(shop.database, context, source, one, tmp_path / "quarantine")
        done.append((note.name, note.state))
    return done


def purchases(shop: Shop) -> int:
    with shop.reading() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM purchase").scalar_one())


def test_files_come_in_once_and_stay_where_they_are(
    shop: Shop, source: SourceRow, folder: Path, tmp_path: Path
) -> None:
    members_file(folder, HEAD, "B1,2026-11-02,,外套,100", "B2,2026-11-02,,裤子,80", name="1.csv")
    assert round_(shop, source, tmp_path) == [("1.csv", WatchedState.IMPORTED)]
    assert round_(shop, source, tmp_path) == []
    (folder / "copy.csv").write_bytes((folder / "1.csv").read_bytes())
    assert round_(shop, source, tmp_path) == [], "the same bytes under another name"
    assert sorted(path.name for path in folder.iterdir()) == ["1.csv", "copy.csv"]
    assert purchases(shop) == 2


def test_a_file_that_grows_waits(folder: Path) -> None:
    path = members_file(folder, HEAD, "B1,2026-11-02,,外套,100", name="1.csv")
    first = imports_watch.look(folder)
    with path.open("ab") as file:
        file.write("B2,2026-11-02,,裤子,80\r\n".encode())
    second = imports_watch.look(folder)
    assert imports_watch.settled({}, first) == imports_watch.settled(first, second) == []
    assert imports_watch.settled(second, imports_watch.look(folder)) == [path]


def test_bad_files_are_put_aside_with_the_reason(shop: Shop, source: SourceRow, folder: Path, tmp_path: Path) -> None:
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "page.xls").write_bytes(b"<html><table></table></html>")
    members_file(folder, "别的,列", "1,2", name="other.csv")
    members_file(folder, HEAD, "C1,2026-11-02,,外套,100", "C2,2099-01-01,,外套,1", name="good.csv")
    (folder / "notes.log").write_text("not looked at", encoding="utf-8")
    (folder / "~$good.xlsx").write_bytes(b"lock")
    done = dict(round_(shop, source, tmp_path))
    aside = WatchedState.QUARANTINED
    assert done == {
        "broken.xlsx": aside,
        "page.xls": aside,
        "other.csv": aside,
        "good.csv": WatchedState.IMPORTED,
    }
    kept = {path.name for path in (tmp_path / "quarantine").iterdir()}
    assert {"broken.xlsx", "page.xls", "other.csv"} < kept
    assert len(kept) == 4, "and the rows of the good one to mend"
    with shop.reading() as session:
        files = {one.name: one for one in recent_files(session, shop.context(Role.MANAGER))}
        assert "web page" in files["page.xls"].reason
        assert "column" in files["other.csv"].reason
        assert "1 row to mend" in files["good.csv"].reason
        assert imports_waiting(session, shop.context(Role.MANAGER)) == 3
        assert imports_waiting(session, shop.context(Role.CLERK)) == 0
    assert round_(shop, source, tmp_path) == []
    shop.do(import_sources.look_again, files["page.xls"].id, shop.context(Role.MANAGER))
    assert round_(shop, source, tmp_path) == [("page.xls", aside)]
    assert (tmp_path / "quarantine" / "page (2).xls").exists(), "no copy is overwritten"


def test_a_file_imported_by_hand_is_passed_over(shop: Shop, source: SourceRow, folder: Path, tmp_path: Path) -> None:
    path = members_file(folder, HEAD, "D1,2026-11-02,,外套,100", name="1.csv")
    from tests.builders.lists import take_purchases

    take_purchases(shop, path)
    assert round_(shop, source, tmp_path) == [("1.csv", WatchedState.SEEN_BEFORE)]
    assert purchases(shop) == 1


def test_a_file_that_was_killed_half_way_goes_on(shop: Shop, source: SourceRow, folder: Path, tmp_path: Path) -> None:
    lines = [f"E{place},2026-11-02,,外套,{place + 1}" for place in range(1000)]
    path = members_file(folder, HEAD, *lines, name="1.csv")
    manager = shop.context(Role.MANAGER)
    (one,) = imports_watch.examine([path], source, ())
    assert one.file is not None
    parts = ImportParts(one.file, manager, NoProgress())
    for _count, step in zip(range(2), parts.steps(), strict=False):
        perform(shop.database, manager, step)
    assert 0 < purchases(shop) < 1000
    assert round_(shop, source, tmp_path) == [("1.csv", WatchedState.IMPORTED)]
    assert purchases(shop) == 1000


def test_a_folder_that_is_away_says_so(source: SourceRow, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(EnvironmentTroubleError) as caught:
        imports_watch.look(Path(source.folder))
    assert explain(caught.value) is not None


def test_sources_are_recognised_named_and_forgotten(shop: Shop, source: SourceRow, tmp_path: Path) -> None:
    manager = shop.context(Role.MANAGER)
    with shop.reading() as session:
        found = recognised(session, ["金额", "品名 ", "手机", "日期", "小票号", "另一列"], None, manager)
        assert found is not None
        assert (found.id, json.loads(found.mapping)["kind"]) == (source.id, "purchases")
        assert recognised(session, ["姓名", "手机"], None, manager) is None
    other = open_import(members_file(tmp_path, "姓名,手机", "周敏,13800138000"))
    for name in ("", "till A"):
        with pytest.raises(SourceNameError) as caught:
            shop.do(import_sources.keep, KeepSource(name, other), manager)
        assert explain(caught.value) is not None
    with pytest.raises(NotAllowedError):
        shop.do(import_sources.keep, KeepSource("x", other), shop.context(Role.CLERK))
    shop.do(import_sources.forget, source.id, manager)
    with shop.reading() as session:
        assert sources(session, manager) == []
