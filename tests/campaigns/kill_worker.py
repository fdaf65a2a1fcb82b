"""The program that is killed: saves through the services as fast as it can and tells what it has acknowledged.

Started once; for each line on its input (a seed) it begins a fresh worker, which the campaign kills by its number.
What a worker has told is true at that moment: the line is written after the commit.
"""

import os
import random
import sys
import traceback
from pathlib import Path

from crmdesk.core.clock import SystemClock
from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.core.settings_service import LOANER_LIMIT_DAYS
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.db.backup import BackupPlan, clear_old, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.settings import ChangeSettings, change_settings
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.services.unit import perform
from tests.builders.shop import Shop, open_shop

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


class Worker:
    """One life of the program."""

    def __init__(self, data: DataDir, seed: int) -> None:
        self._random = random.Random(seed)
        self._data = data
        self._quiet = False
        self._shop = Shop(Database.open(data.database))
        self._members: list[int] = []

    def warm_up(self) -> None:
        """Do everything once without telling, so that a worker born from this process works at once."""
        self._quiet = True
        for work in (self._member, self._ticket, self._setting, self._backup):
            work()
        self._shop.close()

    def run(self) -> None:
        """Work until killed."""
        work = [self._member, self._ticket, self._ticket, self._setting]
        while True:
            self._random.choice(work)()
            if self._random.random() < 0.03:
                self._backup()

    def _tell(self, kind: str, key: int) -> None:
        if not self._quiet:
            os.write(1, f"{kind} {key}\n".encode())  # one write: a kill cannot cut it in two

    def _context(self, role: Role) -> Context:
        context = self._shop.context(role)
        return Context(SystemClock(), context.actor, context.store, context.desk)

    def _member(self) -> None:
        context = self._context(Role.MANAGER)
        name = "".join(self._random.choice(SURNAMES) for _ in range(3))
        facts = MemberFacts(name=name, walk_in=True)
        made = perform(self._shop.database, context, lambda session, _: register(session, facts, context)).value
        self._members.append(made.id)
        self._tell("member", made.id)

    def _ticket(self) -> None:
        if not self._members:
            self._member()
        context = self._context(Role.CLERK)
        request = TakeIn(
            TicketKind.REPAIR,
            self._random.choice(self._members),
            "轮子坏了" * self._random.randrange(1, 60),
            item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱"),
            accessories=("钥匙", "防尘袋"),
        )
        made = perform(self._shop.database, context, lambda session, _: take_in(session, request, context)).value
        self._tell("ticket", made.id)

    def _setting(self) -> None:
        context = self._context(Role.OWNER)
        days = self._random.randrange(1, 60)
        request = ChangeSettings({LOANER_LIMIT_DAYS.key: days})
        perform(self._shop.database, context, lambda session, _: change_settings(session, request, context))
        self._tell("setting", days)

    def _backup(self) -> None:
        plan = BackupPlan(self._data)
        make_backup(plan, BackupReason.HOURLY, SystemClock())
        self._tell("backup", 0)
        clear_old(plan, SystemClock())


def main() -> None:
    """Begin a worker for each seed; say which process it is and when it is gone."""
    data, scratch = DataDir(Path(sys.argv[1])), DataDir(Path(sys.argv[2]))
    scratch.prepare()
    metadata()  # every mapped class, as in the program
    open_shop(scratch.root).close()
    Worker(scratch, 0).warm_up()
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                Worker(data, int(line)).run()
            finally:
                traceback.print_exc()
                os._exit(1)
        os.write(1, f"worker {process}\n".encode())
        _, status = os.waitpid(process, 0)
        # Anything but our kill is a failure of the worker itself.
        os.write(1, f"gone {int(not os.WIFSIGNALED(status))}\n".encode())


if __name__ == "__main__":
    main()
