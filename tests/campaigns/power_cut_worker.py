"""The program whose power is cut: saves members and tickets and acknowledges each in a file beside the database.

Arguments: the data folder, how many saves, and the value of ``synchronous`` (the shipped one, or a weaker one that
shows that the campaign would notice).
"""

import os
import sys
from pathlib import Path

from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.db import engine
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from tests.builders.shop import Shop


def main() -> None:
    """Save; each acknowledgement is one write after the commit."""
    data, saves, synchronous = DataDir(Path(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
    metadata()
    if synchronous != "shipped":
        engine.PRAGMAS = (*engine.PRAGMAS, f"PRAGMA synchronous={synchronous}")  # type: ignore[assignment]
    shop = Shop(Database.open(data.database))
    acknowledged = os.open(data.root / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(saves):
        facts = MemberFacts(name=f"赵敏{number}", walk_in=True)
        member = shop.do(register, facts, shop.context(Role.MANAGER)).id
        os.write(acknowledged, f"member {member}\n".encode())
        request = TakeIn(TicketKind.REPAIR, member, "轮子坏了", item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱"))
        ticket = shop.do(take_in, request, shop.context()).id
        os.write(acknowledged, f"ticket {ticket}\n".encode())
    os._exit(0)  # like a power cut for the log of the database: nothing is closed


if __name__ == "__main__":
    main()
