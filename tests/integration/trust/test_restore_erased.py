"""Whoever was erased after a backup was made is erased again when that backup comes back."""

from datetime import timedelta

from crmdesk.bootstrap.restoring import restore_into
from crmdesk.core.members import MemberState
from crmdesk.core.roles import Role
from crmdesk.db.backup import BackupPlan, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.erased_list import ErasedList
from crmdesk.db.paper_store import PaperStore
from crmdesk.db.photo_store import PhotoStore
from crmdesk.models.member import Member
from crmdesk.services.erasure import EraseMember, erase
from crmdesk.services.erasure_sweep import Stores, sweep
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def test_a_backup_does_not_bring_an_erased_person_back(shop: Shop, data: DataDir, plan: BackupPlan) -> None:
    member, other = add_member(shop, "欧阳锦程"), add_member(shop, "周建国", "13900001111")
    backup = make_backup(plan, BackupReason.MANUAL, shop.clock)
    shop.clock.advance(timedelta(hours=1))
    context = shop.context(Role.MANAGER)
    shop.do(erase, EraseMember(member, 1, "来信"), context)
    stores = Stores(PhotoStore(data.photos), PaperStore(data.papers), ErasedList(data.erased))
    assert sweep(shop.database, stores, context) == 1
    shop.close()
    restore_into(data, backup, shop.clock)
    again = Shop(Database.open(data.database), shop.clock)
    with again.reading() as session:
        assert session.get_one(Member, member).state is MemberState.ERASED
        assert session.get_one(Member, other).name == "周建国"
    assert sweep(again.database, stores, context) == 1
    assert "欧阳锦程".encode() not in data.database.read_bytes()
    again.close()
