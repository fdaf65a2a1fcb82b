"""Store settings of how long personal data are kept (PIPL 19); nothing is ever removed by itself."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.setting import MONTHS, YEARS, declare_count

PRIVACY_GROUP: Final = mark("How long data are kept")

KEEP_WALK_INS = declare_count(
    PRIVACY_GROUP,
    "privacy.walk_in_months",
    12,
    mark("Files of walk-ins without any business are due for erasing after this long."),
    unit=MONTHS,
    bounds=(1, 120),
)
KEEP_LOST = declare_count(
    PRIVACY_GROUP,
    "privacy.lost_years",
    5,
    mark("Members without any business are due for erasing after this long."),
    unit=YEARS,
    bounds=(1, 30),
)
KEEP_PHOTOS = declare_count(
    PRIVACY_GROUP,
    "privacy.photo_years",
    2,
    mark("Photos of closed tickets are due for removing after this long."),
    unit=YEARS,
    bounds=(1, 30),
)
KEEP_SIGNATURES = declare_count(
    PRIVACY_GROUP,
    "privacy.signature_years",
    3,
    mark("Signatures of closed tickets are due for removing after this long."),
    unit=YEARS,
    bounds=(1, 30),
)
KEEP_LOOKS = declare_count(
    PRIVACY_GROUP,
    "privacy.look_years",
    3,
    mark("Notes of who looked at members are due for removing after this long."),
    unit=YEARS,
    bounds=(1, 30),
)
