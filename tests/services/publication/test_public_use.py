"""The public table of use withholds cells of few users and those from which they could be reckoned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.records.use_figures import Use
from shuiheng.indicators.small_cells import SmallCellRule
from shuiheng.services.publication import public_use as module
from shuiheng.services.publication.public_use import public_months, public_use

pytestmark = pytest.mark.django_db
RULE = SmallCellRule(fewest=3, dominance=Decimal("0.85"), nearness=Decimal("0.05"))
M3 = 1000
MONTHS = [date(2025, month, 1) for month in range(1, 13)]


def _use(cubic: int | None) -> Use:
    return Use(meters=1, silent=1) if cubic is None else Use(told_litres=cubic * M3, meters=1)


def _table(users: list[tuple[str, str, int | None]], earlier: Any = ()) -> dict[tuple[str, str], Any]:
    """Return the table of users that are told as district, class and m³."""
    account = make_account("reviewer", Role.OFFICE_REVIEWER)
    used = {key: _use(cubic) for key, (_, _, cubic) in enumerate(users)}
    places = {key: (district, use_class) for key, (district, use_class, _) in enumerate(users)}
    with (
        patch.object(module, "use_of_groups", return_value=used),
        patch.object(module, "_places", return_value=places),
    ):
        rows = public_use(account, the_office().place, MONTHS, RULE, earlier=earlier)
    return {(row["district"], row["use_class"]): row for row in rows}


FULL = [
    *(("东区", "industry", cubic) for cubic in (40, 50, 60)),
    *(("东区", "service", cubic) for cubic in (10, 20, 30)),
    *(("西区", "industry", cubic) for cubic in (15, 25, 35)),
    *(("西区", "service", cubic) for cubic in (11, 12, 13)),
]


def test_a_full_table_is_shown_with_its_sums() -> None:
    told = _table(FULL)
    assert told["东区", "industry"]["m3"] == "150"
    assert told["*", "*"]["m3"] == "321"
    assert not any(row["withheld"] for row in told.values())


def test_a_pair_of_few_users_is_withheld_with_enough_others_that_nobody_reckons_it() -> None:
    told = _table([each for each in FULL if each[:2] != ("东区", "service")] + [("东区", "service", 10)])
    withheld = {key for key, row in told.items() if row["withheld"]}
    assert ("东区", "service") in withheld
    assert len(withheld) >= 4, "one more in its row, one in its column, and one where they meet"
    assert all(told[key]["m3"] is None and told[key]["users"] is None for key in withheld)


def test_a_user_of_whom_nothing_is_known_is_no_zero() -> None:
    told = _table([*FULL, ("东区", "industry", None)])
    row = told["东区", "industry"]
    assert (row["m3"], row["users"], row["users_unknown"]) == ("150", 3, 1)


def test_nothing_is_told_while_no_meter_tells_anything() -> None:
    assert _table([("东区", "industry", None)]) == {}


def test_a_table_in_which_every_cell_would_be_withheld_is_left_out() -> None:
    assert _table([("东区", "industry", 40)]) == {}


def test_what_an_earlier_edition_withheld_stays_withheld() -> None:
    earlier = [{"district": "西区", "use_class": "service", "m3": None}]
    assert _table(FULL, earlier)["西区", "service"]["withheld"]


def test_a_whole_year_is_told_where_there_is_one_else_the_last_twelve_months() -> None:
    account = make_account("reviewer", Role.OFFICE_REVIEWER)
    city, on = the_office().place, date(2026, 11, 22)
    with patch.object(module, "has_use", return_value={city.pk}):
        assert public_months(account, city, on) == MONTHS
    found = public_months(account, city, on)
    assert (found[0], found[-1], len(found)) == (date(2025, 11, 1), date(2026, 10, 1), 12)
