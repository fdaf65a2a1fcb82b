"""A member with an account."""

import pytest

from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop


@pytest.fixture
def member(shop: Shop) -> int:
    """Give the key of a member without any movement."""
    return shop.do(register, MemberFacts("周敏", (normalise("13800138000"),)), shop.context(Role.MANAGER)).id
