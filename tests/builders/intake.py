"""A member with purchases, and loaners that fit one of them: what most tests of the intake begin with."""

from dataclasses import replace
from datetime import date

from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.purchase import Purchase, PurchaseLine
from tests.builders.loaners import SUITCASE, add_loaner, add_member
from tests.builders.shop import STORE_ID, Shop

PHONE = "13805715678"


def add_purchase(shop: Shop, member_id: int, line: tuple[str, str, ItemCategory], day: date, pieces: int = 1) -> int:
    """Note a purchase of one line (name, size, kind) at 1,280 yuan a piece and give the line's key."""
    name, size, category = line
    price = Money.yuan(1280)
    with shop.database.transaction() as session:
        bought = Purchase(
            store_id=STORE_ID,
            number=f"S{day:%m%d}{len(name)}",
            member_id=member_id,
            day=day,
            pieces=pieces,
            net=price * pieces,
        )
        made = PurchaseLine(
            store_id=STORE_ID,
            name=name,
            category=category,
            size=size,
            colour="银色",
            quantity=pieces,
            unit_price=price,
            amount=price * pieces,
        )
        bought.lines = [made]
        session.add(bought)
        session.flush()
        return made.id


def add_zhou(shop: Shop, tier: CardTier = CardTier.GOLD) -> int:
    """Put 周建国 on file, who bought a suitcase lately and a bag before, and two loaners; gives his key."""
    member_id = add_member(shop, phone=PHONE, tier=tier)
    add_purchase(shop, member_id, ("拉杆箱", "20寸", ItemCategory.SUITCASE), date(2026, 9, 18))
    add_purchase(shop, member_id, ("真皮手袋", "", ItemCategory.BAG), date(2026, 5, 2), pieces=2)
    add_loaner(shop, "L-009", replace(SUITCASE, colour="黑色"))
    add_loaner(shop, "L-004", replace(SUITCASE, size_class=SizeClass.MEDIUM, name="22寸拉杆箱"))
    return member_id
