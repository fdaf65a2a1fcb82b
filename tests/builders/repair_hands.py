"""Small hands for the ends of repairs, each one step of the desk."""

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import ApprovalChannel, Liability, Remedy
from crmdesk.services import judgement, pickup, quotes
from crmdesk.services.judgement import Judge
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.repair_ends import PostBack, Scrap
from tests.builders.repairs import ready, seen, taken_in
from tests.builders.shop import Shop


def acts(shop: Shop, ticket_id: int) -> list[TicketAct]:
    return [event.act for event in reversed(seen(shop, ticket_id).events)]


def judged(shop: Shop, remedy: Remedy, **changes: object) -> int:
    ticket_id = taken_in(shop, **changes)
    version = seen(shop, ticket_id).version
    shop.do(
        judgement.judge,
        Judge(ticket_id, version, Liability.PRODUCT_FAULT, remedy, "箱体开裂"),
        shop.context(Role.MANAGER),
    )
    return ticket_id


def answer(shop: Shop, ticket_id: int, amount: Money, *, agreed: bool = True) -> None:
    version = seen(shop, ticket_id).version
    said = RecordAnswer(ticket_id, version, agreed, ApprovalChannel.PHONE, "周建国", amount, words="好")
    shop.do(quotes.record_answer, said, shop.context())


def quote(shop: Shop, ticket_id: int, yuan: int, **changes: object) -> None:
    version = seen(shop, ticket_id).version
    shop.do(
        quotes.quote,
        MakeQuote(ticket_id, version, "换轮组", Money.yuan(yuan), **changes),  # type: ignore[arg-type]
        shop.context(),
    )


def pay(shop: Shop, ticket_id: int, amount: Money) -> None:
    shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, amount, "wechat"), shop.context())


def handed(shop: Shop, ticket_id: int) -> HandBack:
    now = seen(shop, ticket_id)
    ticked = frozenset(one.id for one in now.accessories)
    return HandBack(ticket_id, now.version, "周建国", item_back=True, signed=True, accessories=ticked)


def collected(shop: Shop, **changes: object) -> int:
    ticket_id = ready(shop, **changes)
    pay(shop, ticket_id, Money.yuan(80))
    shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context())
    return ticket_id


def scrap_of(shop: Shop, ticket_id: int, **changes: object) -> Scrap:
    facts = {"person": "周建国", "words": "同意由门店处理，不再取回"} | changes
    return Scrap(ticket_id, seen(shop, ticket_id).version, **facts)  # type: ignore[arg-type]


def parcel(shop: Shop, ticket_id: int, **changes: object) -> PostBack:
    facts = {
        "courier": "顺丰",
        "tracking": "sf1234567890",
        "recipient": "周建国",
        "address": "杭州市西湖区文三路 1 号",
        "phone": "13805715678",
    } | changes
    return PostBack(ticket_id, seen(shop, ticket_id).version, **facts)  # type: ignore[arg-type]
