"""``check`` tells how the search index stands, and makes it anew when asked."""

from sqlalchemy import text

from crmdesk.core.phone import normalise
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.services import search_index
from tests.integration.cli.telling import tell
from tests.integration.cli.test_data import asked, data, members

__all__ = ["data", "members"]  # fixtures of the neighbour


def test_check_says_what_is_wrong_with_the_search_and_mends_it(data: DataDir, members: object) -> None:
    asked(data, "import", "members", str(members), code=3)
    assert asked(data, "check")["findings"] == {"search index": []}
    database = Database.open(data.database)
    with database.transaction() as session:
        session.execute(text("UPDATE member SET name = '上官背后'"))
        search_index.mark_rebuilt(session, 2**62)
    database.dispose()
    assert asked(data, "check", code=3)["findings"]["search index"] == ["being rebuilt, 1 of 1 members to go"]
    assert "search index: being rebuilt" in tell("check", "--data", str(data.root)).out
    assert asked(data, "check", "--rebuild-search")["whole"]
    (found,) = asked(data, "find", "shangguan")
    assert found["heard"] == "shang guan"
    assert found["marked"] == ["上官"]


def test_find_says_the_field_and_the_reading(data: DataDir, members: object) -> None:
    asked(data, "import", "members", str(members), code=3)
    by_phone = asked(data, "find", normalise("13800138000").digits[-4:])
    assert (by_phone[0]["why"], by_phone[0]["heard"], by_phone[0]["marked"]) == ("phone", "", [])
    by_initials = asked(data, "find", "zm")
    assert (by_initials[0]["why"], by_initials[0]["heard"]) == ("initials", "zhou min")
