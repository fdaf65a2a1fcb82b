"""Store settings of returns and of alerts about goods."""

from crmdesk.core.i18n import mark
from crmdesk.core.setting import DAYS, TIMES, declare_count

_RETURNS = mark("Returns and alerts")

DISTANCE_RETURN_DAYS = declare_count(
    _RETURNS,
    "returns.distance_days",
    7,
    mark("Goods bought at a distance go back without a reason within this time of their arrival."),
    unit=DAYS,
    bounds=(7, 365),
)
DISTANCE_REFUND_DAYS = declare_count(
    _RETURNS,
    "returns.distance_refund_days",
    7,
    mark("The money of a distance sale is back within this time after the goods are."),
    unit=DAYS,
    bounds=(0, 7),
)
BATCH_ALERT_COUNT = declare_count(
    _RETURNS,
    "alerts.batch_count",
    3,
    mark("So many pieces of one model with the same fault raise an alert."),
    unit=TIMES,
    bounds=(2, 99),
)
BATCH_ALERT_DAYS = declare_count(
    _RETURNS,
    "alerts.batch_days",
    60,
    mark("The alert looks back over this time."),
    unit=DAYS,
    bounds=(1, 730),
)
