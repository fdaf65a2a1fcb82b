"""The goods on the intake form: chosen from what the person has, or typed; faults, accessories, value."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.item_templates import accessories_for
from crmdesk.core.labels import label
from crmdesk.core.size_guess import size_class_of
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.queries.intake import IntakeRules, PersonFacts
from crmdesk.queries.intake_come_back import ComeBack
from crmdesk.queries.intake_goods import GoodsRow
from crmdesk.services.ticket_intake import ItemFacts
from crmdesk.views.service.intake_alerts import AlertBanner
from crmdesk.views.service.intake_fields import ChipsField, GoodsField, SuggestedTags
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_template import TemplatePart
from crmdesk.views.service.intake_words import goods_words, warranty_words
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TickField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import show_if


class ItemPart(QWidget):
    """What is handed in; `item_changed` when drawing, faults or fitting loaners may be others."""

    item_changed = Signal()
    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add the fields to `fields`."""
        super().__init__()
        self._presenter = presenter
        self._kind = TicketKind.REPAIR
        self._category: ItemCategory | None = None
        self._rules = IntakeRules()
        self._by_serial: ComeBack | None = None
        self._make_fields(fields)
        self.alerts = AlertBanner(presenter)
        self._arrange()
        self._show_chosen()

    def _make_fields(self, fields: FieldSet) -> None:
        add = fields.add
        self.goods = add("goods", GoodsField(gettext("&Item (from purchases)"), goods_words))
        self.goods.changed.connect(self._show_chosen)
        self.serial = add("serial", LineField(gettext("Serial number"), max_length=40))
        kinds = [(label(one), one) for one in ItemCategory]
        self.category = add("category", ChoiceField[ItemCategory](gettext("Kind of goods"), kinds))
        self.category.changed.connect(self._show_category)
        self.item_name = add("item", LineField(gettext("What it is"), max_length=60))
        self.brand = add("brand", LineField(gettext("Brand"), max_length=40))
        self.model = add("model", LineField(gettext("Model or style"), max_length=40))
        self.colour = add("colour", LineField(gettext("Its colour"), max_length=40))
        self.size_words = add("size", LineField(gettext("Its size"), max_length=40))
        self.size_words.left.connect(self.item_changed)
        self.faults = add("faults", ChipsField(gettext("Faults"), gettext("Space or 1–9")))
        self.accessories = add("accessories", SuggestedTags(gettext("Accessories taken in")))
        self.value = add("declared_value", MoneyField(gettext("Declared value")))
        self.estimate_only = add("estimate_only", TickField(gettext("Estimate only"), in_line=True))
        self.template = TemplatePart(fields, self._presenter)
        self.template.stops_changed.connect(self.stops_changed)
        self.serial.left.connect(self._look_for_serial)
        self.model.left.connect(self._ask_alerts)
        self.brand.left.connect(self._ask_alerts)
        self.faults.changed.connect(self._ask_alerts)

    def _arrange(self) -> None:
        first = FieldsLayout((self.goods, 2), (self.serial, 1))
        self._typed = QWidget()
        self._typed.setLayout(
            FieldsLayout(
                (self.category, 3),
                (self.item_name, 4),
                (self.brand, 2),
                (self.model, 2),
                (self.colour, 2),
                (self.size_words, 2),
            )
        )
        last = FieldsLayout((self.accessories, 3), (self.value, 2), (self.estimate_only, 1))
        self.setLayout(column(first, self._typed, self.faults, self.alerts, last, gap=2))

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        typed = (self.category, self.item_name, self.brand, self.model, self.colour, self.size_words)
        return [
            self.goods.editor,
            self.serial.editor,
            *(field.editor for field in typed),
            self.faults.editor,
            self.accessories.editor,
            self.value.editor,
            self.estimate_only.editor,
        ]

    # -- what is chosen --------------------------------------------------------------------------

    def show_kind(self, kind: TicketKind) -> None:
        """A complaint may do without goods; the return has lines of its own."""
        self._kind = kind
        show_if(self, kind is not TicketKind.RETURN)
        repair = kind is TicketKind.REPAIR
        show_if(self.accessories, repair)
        show_if(self.value, repair)
        show_if(self.estimate_only, repair)
        self._show_chosen()

    def person_changed(self, facts: PersonFacts | None) -> None:
        """Offer another person's goods."""
        if facts is None:
            self.goods.set_rows(())
        else:
            self._presenter.read_goods(facts.id, self.goods.set_rows)

    def _show_chosen(self) -> None:
        chosen = self.goods.value()
        show_if(self._typed, self.goods.is_new and self._kind is not TicketKind.RETURN)
        if chosen is not None:
            self.serial.set_value(chosen.serial or self.serial.value())
            self.serial.line.setReadOnly(bool(chosen.serial))
            self.template.show_values(chosen.values)
            if chosen.price is not None and self.value.is_empty():
                self.value.set_value(chosen.price)
        else:
            self.serial.line.setReadOnly(False)
        self._show_warranty()
        self._show_category()

    def _show_category(self) -> None:
        wanted = self.category_now()
        if wanted is not self._category:
            self._category = wanted
            codes = codes_for(wanted) if wanted is not None else ()
            self.faults.set_chips([(code, fault_name(code)) for code in codes])
            self.accessories.offer(accessories_for(wanted) if wanted is not None else ())
            self.stops_changed.emit()
        show_if(self.faults, wanted is not None)
        self._ask_alerts()
        asked = self._rules.item_fields.get(wanted, ()) if wanted is not None else ()
        self.template.ask(wanted, asked if self._kind is not TicketKind.RETURN else ())
        self.item_changed.emit()

    # -- what happened to it before ------------------------------------------------------------------

    def _ask_alerts(self) -> None:
        self.alerts.ask(self.facts() if self._kind is TicketKind.REPAIR else None, self.faults.value())

    def _look_for_serial(self) -> None:
        self._presenter.find_serial(self.serial.value() or "", self._found_serial)

    def _found_serial(self, back: ComeBack | None) -> None:
        self._by_serial = back
        self.item_changed.emit()

    def category_now(self) -> ItemCategory | None:
        """Give the kind of the goods, chosen or typed."""
        chosen = self.goods.value()
        if chosen is not None:
            return chosen.category
        return self.category.value() if self.goods.is_new else None

    def set_rules(self, rules: IntakeRules) -> None:
        """Take the store's lengths of time."""
        self._rules = rules
        self._show_warranty()
        self._show_category()

    def _show_warranty(self) -> None:
        chosen = self.goods.value()
        bought = chosen.purchased_on if chosen is not None else None
        self.goods.set_hint(warranty_words(bought, self._presenter.today(), self._rules))

    def come_back(self) -> ComeBack | None:
        """Give the earlier repair that makes this one a come-back."""
        if self._kind is not TicketKind.REPAIR:
            return None
        chosen = self.goods.value()
        return (chosen.come_back if chosen else None) or (self._by_serial if self.serial.value() else None)

    def facts(self) -> ItemFacts | None:
        """Give the goods for the service; None when there are none."""
        chosen = self.goods.value()
        if chosen is not None:
            return replace(_chosen_facts(chosen, self.serial.value() or ""), values=self.template.values())
        category = self.category.value()
        if not self.goods.is_new or category is None:
            return None
        size, name = self.size_words.value() or "", self.item_name.value() or ""
        return ItemFacts(
            category=category,
            name=name or label(category),
            brand=self.brand.value() or "",
            model=self.model.value() or "",
            colour=self.colour.value() or "",
            size=size,
            size_class=size_class_of(category, size, name),
            serial=self.serial.value() or "",
            values=self.template.values(),
        )

    def check(self) -> bool:
        """Show what is missing; a complaint may do without goods."""
        if self._kind is not TicketKind.REPAIR or self.facts() is not None:
            return self.template.check()
        if self.goods.is_new:
            self.category.show_problem(gettext("Please choose the kind."))
            self.category.setFocus()
        else:
            self.goods.show_problem(gettext("Please choose what is handed in."))
            self.goods.setFocus()
        return False


def _chosen_facts(chosen: GoodsRow, serial: str) -> ItemFacts:
    facts = ItemFacts(
        category=chosen.category,
        name=chosen.name,
        item_id=chosen.item_id,
        brand=chosen.brand,
        model=chosen.model,
        colour=chosen.colour,
        size=chosen.size,
        size_class=chosen.size_class,
        serial=serial,
        purchased_on=chosen.purchased_on,
        price=chosen.price,
    )
    return facts if chosen.item_id else replace(facts, purchase_line_id=chosen.purchase_line_id)
