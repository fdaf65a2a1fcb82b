"""import, find, show, figures, export: shapes of the JSON, exit codes, one line of complaint."""

import json
from pathlib import Path
from typing import Any

import pytest

from crmdesk.db.data_dir import DataDir
from crmdesk.exchange.opening import open_table
from tests.builders.begun import begun_store
from tests.builders.lists import members_file
from tests.builders.outside_files import write_text
from tests.integration.cli.telling import Told, tell


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return begun_store(tmp_path / "data")


@pytest.fixture
def members(tmp_path: Path) -> Path:
    return members_file(
        tmp_path,
        "会员名单,,,,",
        "姓名,手机号,卡号,生日,等级,积分,储值余额",
        "周敏,13800138000,V001,1990-3-5,金卡,320,1280.5",
        ",,,,,,",
        "王芳,1.38E+10,V002,,,,",
        encoding="gb18030",
    )


@pytest.fixture
def purchases(tmp_path: Path) -> Path:
    lines = [
        "小票号,日期,手机,品名,数量,金额",
        "A1,2026-3-1,13800138000,拉杆箱,1,899",
        "A2,2026-3-5,13800138000,皮带,1,101",
    ]
    return write_text(tmp_path / "p.csv", [line.split(",") for line in lines])


def asked(data: DataDir, *words: str, code: int = 0) -> Any:  # noqa: ANN401 - whatever the JSON says
    told = tell(*words, "--data", str(data.root), "--json")
    assert told.code == code, told.err
    assert told.err == ""
    return json.loads(told.out)


def one_line(told: Told, code: int = 1) -> str:
    assert told.code == code
    assert told.out == ""
    lines = told.err.splitlines()
    assert len(lines) == 1, told.err
    return lines[0]


def test_import_members(data: DataDir, members: Path, tmp_path: Path) -> None:
    tried = asked(data, "import", "members", str(members), "--dry-run", code=3)
    assert asked(data, "find", "周敏") == []
    errors = tmp_path / "bad.xlsx"
    told = asked(data, "import", "members", str(members), "--errors", str(errors), code=3)
    assert told == tried
    assert list(told) == ["rows", "created", "updated", "skipped", "rejected", "warnings"]
    assert (told["rows"], told["created"], told["updated"], told["skipped"]) == (2, 1, 0, 0)
    reason = "Excel has lost digits of this phone number (“1.38E+10”). Type it again as text."
    assert told["rejected"] == [{"row": 5, "field": "phone", "value": "1.38E+10", "reason": reason}]
    assert told["warnings"] == []
    rows = list(open_table(errors).read_rows())
    assert rows[0][1] == ["Original row", "姓名", "手机号", "卡号", "生日", "等级", "积分", "储值余额", "What is wrong"]
    assert rows[1][1] == [5, "王芳", "1.38E+10", "V002", "", "", "", "", reason]
    again = asked(data, "import", "members", str(errors), code=3)
    assert again["rows"] == 1, "the workbook goes through the same import"


def test_mended_rows_come_in_and_leave_nothing_of_ours(data: DataDir, tmp_path: Path) -> None:
    mended = write_text(
        tmp_path / "mended.csv",
        [["Original row", "姓名", "手机号", "What is wrong"], ["5", "王芳", "13900139000", "x"]],
    )
    assert asked(data, "import", "members", str(mended))["created"] == 1
    assert asked(data, "import", "list")[0]["created"] == 1


def test_show_find_and_purchases(data: DataDir, members: Path, purchases: Path) -> None:
    asked(data, "import", "members", str(members), code=3)
    assert asked(data, "import", "purchases", str(purchases))["created"] == 2
    hits = asked(data, "find", "zhoumin")
    assert [list(hit) for hit in hits] == [["kind", "id", "title", "why", "heard", "marked", "exact"]]
    assert (hits[0]["kind"], hits[0]["title"], hits[0]["why"]) == ("member", "周敏", "pinyin")
    assert (hits[0]["heard"], hits[0]["marked"], hits[0]["exact"]) == ("zhou min", ["周敏"], True)
    assert len(asked(data, "find", "1380", "--limit", "1")) == 1
    shown = asked(data, "show", "member", str(hits[0]["id"]))
    assert shown == asked(data, "show", "member", "V001") == asked(data, "show", "member", shown["number"])
    assert shown["phones"] == [
        {"number": "13800138000", "extension": "", "use": "personal", "state": "active", "valid_until": None}
    ]
    assert (shown["addresses"], shown["own"], shown["households"]) == ([], {}, [])
    assert shown["birthday"] == {"calendar": "solar", "year": 1990, "month": 3, "day": 5}
    assert shown["level"] == "gold"
    assert shown["balances"] == {"points": 320, "stored_value": 1280.5, "bonus": 0.0}
    assert (shown["bought"]["purchases"], shown["bought"]["net"]) == (2, 1000.0)


def test_export(data: DataDir, members: Path, tmp_path: Path) -> None:
    asked(data, "import", "members", str(members), code=3)
    target = tmp_path / "members.xlsx"
    assert asked(data, "export", "members", "--out", str(target)) == {"file": str(target), "rows": 1}
    again = begun_store(tmp_path / "second")
    told = asked(again, "import", "members", str(target))
    assert (told["created"], told["warnings"]) == (1, [])
    shown, other = (asked(store, "show", "member", "V001") for store in (data, again))
    for name in ("number", "name", "phones", "birthday", "level", "balances", "joined_on"):
        assert other[name] == shown[name], name
    owner = tmp_path / "owner.xlsx"
    assert asked(data, "export", "owner", "--period", "2026", "--out", str(owner))["sheets"]["members"] == 1
    assert open_table(owner).headers


def test_list_and_undo(data: DataDir, members: Path) -> None:
    asked(data, "import", "members", str(members), code=3)
    (run,) = asked(data, "import", "list")
    assert (run["kind"], run["created"], run["undone"]) == ("members", 1, False)
    assert asked(data, "import", "undo", str(run["import"])) == {"removed": 1, "restored": 0, "kept": []}
    assert asked(data, "find", "周敏") == []
    assert "undone before" in one_line(tell("import", "undo", str(run["import"]), "--data", str(data.root)))


def test_mapping(data: DataDir, tmp_path: Path) -> None:
    path = members_file(tmp_path, "甲,乙", "周敏,13800138000")
    mapping = tmp_path / "m.json"
    mapping.write_text('{"甲": "name", "B": "phone"}', encoding="utf-8")
    assert asked(data, "import", "members", str(path), "--mapping", str(mapping))["created"] == 1
    mapping.write_text('{"丙": "name"}', encoding="utf-8")
    arguments = ("import", "members", str(path), "--mapping", str(mapping), "--data", str(data.root))
    assert "no column “丙”" in one_line(tell(*arguments))
    mapping.write_text("{", encoding="utf-8")
    assert "not valid JSON" in one_line(tell(*arguments))
    mapping.unlink()
    assert one_line(tell(*arguments))


def test_refusals_are_one_line(data: DataDir, tmp_path: Path) -> None:
    where = ("--data", str(data.root))
    assert "does not exist" in one_line(tell("import", "members", str(tmp_path / "no.xlsx"), *where))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 x")
    assert "PDF" in one_line(tell("import", "members", str(tmp_path / "x.pdf"), *where))
    strange = members_file(tmp_path, "地址,备注", "杭州,好", name="s.csv")
    assert "Name or Phone" in one_line(tell("import", "members", str(strange), *where))
    assert one_line(tell("show", "member", "17", *where))
    assert one_line(tell("export", "members", "--out", str(tmp_path / "none" / "x.xlsx"), *where))
    nowhere = ("--data", str(tmp_path / "empty"))
    assert one_line(tell("find", "x", *nowhere))


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "loaners", "x"),
        ("show",),
        ("find",),
        ("export", "owner", "--out", "x.xlsx"),
        ("export", "owner", "--period", "soon", "--out", "x.xlsx"),
        ("figures", "--as-of", "tomorrow"),
        ("find", "x", "--limit", "0"),
    ],
)
def test_usage(words: tuple[str, ...]) -> None:
    assert tell(*words).code == 2
