"""What happens on a full disk: run inside a small file system of its own, prints one line for each thing that failed.

Arguments: the folder where the small file system lies.
"""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crmdesk.core import settings_desk
from crmdesk.core.errors import CrmdeskError
from crmdesk.core.roles import Role
from crmdesk.core.trouble import DiskFullError
from crmdesk.db.backup import BackupPlan, make_backup, verify_backup
from crmdesk.db.backup_shelf import BackupReason, list_backups
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.engine import Database
from crmdesk.db.files import write_whole
from crmdesk.db.health import Expected, diagnose
from crmdesk.db.log import start_logging, stop_logging
from crmdesk.db.raw import Mode, raw_connection
from crmdesk.db.reserve import Reserve, is_disk_full
from crmdesk.db.restore import restore
from crmdesk.migrations import runner
from crmdesk.migrations.schema import metadata
from crmdesk.services.maintenance import check_store
from crmdesk.services.members import MemberFacts, register
from tests.builders.harm import content_digests
from tests.builders.shop import OPENING, Shop, open_shop

SAVES_AT_MOST = 5_000


class Campaign:
    """One small disk, filled to the brim again and again."""

    def __init__(self, disk: Path) -> None:
        self.data = DataDir(disk / "data")
        self.data.prepare()
        self.reserve = Reserve(self.data.reserve)
        self.filler = disk / "filler"
        self.failures: list[str] = []
        self.saved: list[int] = []
        open_shop(self.data.root).close()
        self.data.set_mark(OPENING)
        self.shop = Shop(Database.open(self.data.database))

    def run(self) -> None:
        """Try every path that writes."""
        for path in (
            self.save_until_full,
            self.save_with_the_reserve,
            self.back_up,
            self.bring_back,
            self.upgrade,
            self.desk_settings,
            self.photo,
            self.log,
            self.everything_is_there,
        ):
            self.reserve.fill()
            try:
                path()
            except Exception as error:  # noqa: BLE001 - each path is looked at on its own
                self.failures.append(f"{path.__name__}: {type(error).__name__} {error}")
            self.make_room()

    def expect(self, truth: object, what: str) -> None:
        """Note ``what`` unless ``truth``."""
        if not truth:
            self.failures.append(what)

    def fill(self, leave: int = 0) -> None:
        """Fill the disk, but for ``leave`` bytes."""
        with suppress(OSError), self.filler.open("ab") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
        size = self.filler.stat().st_size
        with self.filler.open("r+b") as file:
            file.truncate(max(0, size - leave))

    def make_room(self) -> None:
        """Empty the disk again."""
        self.filler.unlink(missing_ok=True)

    def save(self) -> None:
        """Register one member."""
        facts = MemberFacts(name=f"赵敏{len(self.saved)}", notes="满" * 500, walk_in=True)
        self.saved.append(self.shop.do(register, facts, self.shop.context(Role.MANAGER)).id)

    def save_fifty(self) -> None:
        """Register fifty members."""
        for _ in range(50):
            self.save()

    def trouble_of(self, act: Callable[[], object]) -> BaseException | None:
        """Carry out ``act``; give what it raised."""
        try:
            act()
        except (CrmdeskError, OSError, RuntimeError, ValueError) as error:
            return error
        except Exception as error:  # noqa: BLE001 - a driver's error
            return error
        return None

    def save_until_full(self) -> None:
        """A save that fails says why, and the next one works when there is room."""
        self.fill(leave=200_000)
        trouble = None
        for _ in range(SAVES_AT_MOST):
            trouble = self.trouble_of(self.save)
            if trouble is not None:
                break
        self.expect(isinstance(trouble, DiskFullError), f"save: {trouble!r} is not seen as a full disk")
        self.make_room()
        self.expect(self.trouble_of(self.save) is None, "save: does not work after room was made")

    def save_with_the_reserve(self) -> None:
        """The reserve makes the next save work."""
        self.expect(self.reserve.is_whole(), "reserve: not filled")
        self.fill()
        before = len(self.saved)
        self.shop.database.reserve = self.reserve
        trouble = self.trouble_of(self.save_fifty)
        self.shop.database.reserve = None
        self.expect(trouble is None, f"reserve: 50 saves failed with {trouble!r}")
        self.expect(len(self.saved) == before + 50, "reserve: not every save was made")

    def back_up(self) -> None:
        """A backup that does not fit says so and leaves nothing; the older ones stay good."""
        plan = BackupPlan(self.data)
        good = make_backup(plan, BackupReason.MANUAL, self.shop.clock)
        for leave in (0, 4096, 100_000, 700_000):
            self.fill(leave)
            trouble = self.trouble_of(lambda: make_backup(plan, BackupReason.HOURLY, self.shop.clock))
            self.expect(isinstance(trouble, DiskFullError), f"backup with {leave} left: {trouble!r}")
            self.expect([one.path for one in list_backups(plan.target)] == [good.path], f"backup: leftovers at {leave}")
            self.make_room()
        verify_backup(good)

    def bring_back(self) -> None:
        """A restore that does not fit touches nothing."""
        [good] = list_backups(self.data.backups)
        self.shop.close()
        before = content_digests(self.data.database)
        for leave in (0, 4096, 300_000):
            self.fill(leave)
            trouble = self.trouble_of(lambda: restore(self.data, good, self.shop.clock))
            self.expect(isinstance(trouble, DiskFullError), f"restore with {leave} left: {trouble!r}")
            self.make_room()
            self.expect(content_digests(self.data.database) == before, f"restore: data changed at {leave}")

    def upgrade(self) -> None:
        """An upgrade that does not fit leaves the old schema."""
        path = self.data.root / "old.db"
        database = Database.open(path)
        runner.upgrade(database, "0001")
        database.dispose()
        before = content_digests(path)
        self.fill(leave=20_000)
        trouble = self.trouble_of(lambda: runner.upgrade(database))
        database.dispose()
        self.expect(trouble is not None and is_disk_full(trouble), f"upgrade: {trouble!r} is not seen as a full disk")
        self.make_room()
        self.expect(content_digests(path) == before, "upgrade: half done")
        runner.upgrade(database)
        self.expect(runner.current(database) == runner.head(), "upgrade: does not work after room was made")
        database.dispose()
        path.unlink()

    def desk_settings(self) -> None:
        """Desk settings keep their old value."""
        desk = DeskFile(self.data.desk_file)
        desk.put(settings_desk.THEME, "dark")
        self.fill()
        trouble = self.trouble_of(lambda: desk.put(settings_desk.EXPORT_FOLDER, "x" * 900))
        self.expect(trouble is not None and is_disk_full(trouble), f"desk: {trouble!r}")
        again = DeskFile(self.data.desk_file)
        self.expect(again.get(settings_desk.THEME) == "dark", "desk: the old settings are gone")
        self.expect(again.get(settings_desk.EXPORT_FOLDER) == "", "desk: half written")

    def photo(self) -> None:
        """A file that does not fit is not there at all."""
        self.fill(leave=10_000)
        target = self.data.photos / "big.jpg"
        trouble = self.trouble_of(lambda: write_whole(target, lambda file: _ignore(file.write(os.urandom(500_000)))))
        self.expect(trouble is not None and is_disk_full(trouble), f"photo: {trouble!r}")
        self.expect(list(self.data.photos.iterdir()) == [], "photo: a part is left")

    def log(self) -> None:
        """A log that cannot be written stops nobody."""
        handler = start_logging(self.data.logs)
        self.fill()
        for number in range(2_000):
            logging.getLogger("crmdesk").warning("line %s", number)
        stop_logging(handler)

    def everything_is_there(self) -> None:
        """After all this, each acknowledged save is on the disk and nothing else is half there."""
        self.shop.close()
        diagnose(self.data, Expected(None, runner.known_revisions(), runner.head()))
        with raw_connection(self.data.database, None, Mode.READ) as connection:
            found = {row[0] for row in connection.execute("SELECT id FROM member").fetchall()}
        self.expect(set(self.saved) == found, f"{len(self.saved)} acknowledged, {len(found)} there")
        with self.shop.reading() as session:
            self.expect(check_store(session).whole, "check: not whole")
        self.shop.close()


def _ignore(_written: int) -> None:
    """Take the number of bytes; nobody asks for it."""


def main() -> int:
    """Run; exit code 1 when anything failed."""
    metadata()
    campaign = Campaign(Path(sys.argv[1]))
    campaign.run()
    print("\n".join(campaign.failures))
    print(f"{len(campaign.saved)} acknowledged saves", file=sys.stderr)
    return 1 if campaign.failures else 0


if __name__ == "__main__":
    sys.exit(main())
