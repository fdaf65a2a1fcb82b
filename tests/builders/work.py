"""Work that fills a test store through the services."""

from crmdesk.core.roles import Role
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop


def grow(shop: Shop, members: int) -> list[int]:
    """Register members; give their keys."""
    manager = shop.context(Role.MANAGER)
    return [shop.do(register, MemberFacts(name=f"赵敏{number}", walk_in=True), manager).id for number in range(members)]
