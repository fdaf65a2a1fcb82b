"""Members of the demonstration store: who they are, when they join, what they buy."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass, Channel, ConsentPurpose
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender, TouchpointState
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.demo.shop import DemoShop
from crmdesk.demo.words import (
    COLOURS,
    COMPOUND,
    GOODS,
    JOBS,
    MEN,
    READ_OTHERWISE,
    SMALL_GOODS,
    SOURCES,
    STREETS,
    SURNAMES,
    TAGS,
    TASTES,
    WOMEN,
    Goods,
)
from crmdesk.services import cards, member_file, purchases
from crmdesk.services.cards import IssueCard
from crmdesk.services.member_file import SaveMember
from crmdesk.services.members import MemberFacts
from crmdesk.services.purchases import LineFacts, PurchaseFacts

_TIER_SHARES = ((CardTier.DIAMOND, 0.03), (CardTier.GOLD, 0.12), (CardTier.SILVER, 0.25))
_CARE_OF = {CardTier.DIAMOND: CareClass.KEY, CardTier.GOLD: CareClass.IMPORTANT}
_CARD_SHARE, _WECHAT_SHARE, _CONSENT_SHARE = 0.7, 0.62, 0.55
_FOLLOWING = (TouchpointState.ACTIVE,) * 14 + (TouchpointState.BLOCKED, TouchpointState.DELETED)


@dataclass
class Person:
    """A member as the story knows her; ``name`` is kept to write the story, the store has the rest."""

    id: int
    name: str
    tier: CardTier


@dataclass(frozen=True, slots=True)
class Bought:
    """One article that somebody bought and may bring back one day."""

    person: Person
    goods: Goods
    colour: str
    number: str
    day: date


class People:
    """Makes members and their purchases."""

    def __init__(self, shop: DemoShop) -> None:
        """Take the store; phone numbers are counted so that none comes twice."""
        self._shop = shop
        self._phones = 0
        self._receipts = 0

    def join(
        self,
        name: str = "",
        phone: str = "",
        tier: CardTier | None = None,
        gender: Gender | None = None,
        birthday: Birthday | None = None,
    ) -> Person:
        """Make one member's file, with a card and a WeChat contact in most cases."""
        shop, rng = self._shop, self._shop.rng
        gender = gender or rng.choice((Gender.FEMALE, Gender.FEMALE, Gender.MALE))
        tier = tier or self._tier()
        facts = self._facts(name or self._name(gender), gender, tier, birthday or self._birthday())
        wanted = SaveMember(
            facts,
            phones=(normalise(phone or self._phone()),),
            touchpoints={Channel.WECHAT: rng.choice(_FOLLOWING)} if rng.random() < _WECHAT_SHARE else {},
            consents={ConsentPurpose.CALLBACKS: True} if rng.random() < _CONSENT_SHARE else {},
            consent_how="到店",
        )
        made = shop.run(member_file.save, wanted, shop.clerk)
        if rng.random() < _CARD_SHARE:
            valid = shop.clerk.today() + timedelta(days=1095)
            shop.run(cards.issue, IssueCard(made.id, valid), shop.clerk)
        return Person(made.id, facts.name, tier)

    def _facts(self, name: str, gender: Gender, tier: CardTier, birthday: Birthday | None) -> MemberFacts:
        shop, rng = self._shop, self._shop.rng
        return MemberFacts(
            name,
            gender=gender,
            birthday=birthday,
            address=f"杭州市{rng.choice(STREETS)}{rng.randint(1, 600)}号",
            occupation=rng.choice(JOBS),
            preferences=rng.choice(TASTES),
            source=rng.choice(SOURCES),
            guide_id=shop.guide().actor.staff_id,
            care_class=_CARE_OF.get(tier, CareClass.ORDINARY),
            tier=tier,
            tags=frozenset(rng.sample(TAGS, rng.randint(0, 2))),
        )

    def buy(self, person: Person, goods: Goods | None = None, *, entered_later: bool = False) -> Bought:
        """Let somebody buy ``goods`` or one of them all, often with something small beside it.

        A receipt that is entered a day later plans no calls.
        """
        shop, rng = self._shop, self._shop.rng
        chosen = goods or rng.choice(GOODS)
        colour = rng.choice(COLOURS)
        lines = [_line(chosen, colour)]
        lines += [_line(one, "") for one in rng.sample(SMALL_GOODS, rng.choice((0, 0, 1, 1, 2)))]
        self._receipts += 1
        day = shop.clerk.today() - timedelta(days=entered_later)
        number = f"{day:%y%m%d}{self._receipts:05d}"
        guide = shop.guide()
        facts = PurchaseFacts(number, day, tuple(lines), person.id, guide.actor.staff_id)
        shop.run(purchases.record, facts, guide)
        return Bought(person, chosen, colour, number, day)

    def bring_back(self, bought: Bought) -> None:
        """Let somebody give an article back at the till: a receipt below zero."""
        shop = self._shop
        self._receipts += 1
        day, sold = shop.clerk.today(), _line(bought.goods, bought.colour)
        back = replace(sold, amount=-sold.amount, quantity=-1)
        facts = PurchaseFacts(f"{day:%y%m%d}{self._receipts:05d}", day, (back,), bought.person.id, note=bought.number)
        shop.run(purchases.record, facts, shop.clerk)

    def _name(self, gender: Gender) -> str:
        rng = self._shop.rng
        given = rng.choice(WOMEN if gender is Gender.FEMALE else MEN)
        dice = rng.random()
        if dice < 0.02:  # noqa: PLR2004 - share of compound surnames
            return rng.choice(COMPOUND) + given
        return (rng.choice(READ_OTHERWISE) if dice < 0.05 else rng.choice(SURNAMES)) + given  # noqa: PLR2004 - share

    def _phone(self) -> str:
        self._phones += 1
        head = self._shop.rng.choice(("138", "139", "136", "158", "186", "177", "199"))
        return f"{head}{self._phones:04d}{self._shop.rng.randint(0, 9999):04d}"

    def _tier(self) -> CardTier:
        dice = self._shop.rng.random()
        for tier, share in _TIER_SHARES:
            if dice < share:
                return tier
            dice -= share
        return CardTier.ORDINARY

    def _birthday(self) -> Birthday | None:
        rng = self._shop.rng
        if rng.random() < 0.15:  # noqa: PLR2004 - share that does not tell
            return None
        calendar = BirthdayCalendar.LUNAR if rng.random() < 0.25 else BirthdayCalendar.SOLAR  # noqa: PLR2004 - share
        year = rng.choice((None, rng.randint(1958, 2004)))
        return Birthday(calendar, year, rng.randint(1, 12), rng.randint(1, 28))


def _line(goods: Goods, colour: str) -> LineFacts:
    return LineFacts(
        f"{goods.name} {colour}".strip(),
        Money.yuan(goods.yuan),
        style=goods.style,
        category=goods.category,
        colour=colour,
        size=goods.size,
    )
