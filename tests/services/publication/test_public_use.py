"""The public table of use withholds cells of few users and those from which they could be reckoned."""

from __future__ import annotations

from collections.abc import Sequence
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
from shuiheng.services.publication.public_use import UserGroup, public_use, user_groups

pytestmark = pytest.mark.django_db
RULE = SmallCellRule(fewest=3, dominance=Decimal("0.85"), nearness=Decimal("0.05"))
M3 = 1000
MONTHS = [date(2025, month, 1) for month in range(1, 13)]


def _use(cubic: int | None) -> Use:
    return Use(meters=1, silent=1) if cubic is None else Use(told_litres=cubic * M3, meters=1)


def _users(users: Sequence[tuple[str, str, int | None]]) -> dict[int, UserGroup]:
    """Return users that are told as district, class and m³."""
    return {
        key: UserGroup(group=(district, use_class), use=_use(cubic))
        for key, (district, use_class, cubic) in enumerate(users)
    }


def _table(users: list[tuple[str, str, int | None]], earlier: Any = ()) -> dict[tuple[str, str], Any]:
    rows = public_use(_users(users), RULE, earlier=earlier)
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


FEW = [each for each in FULL if each[:2] != ("东区", "service")] + [("东区", "service", 10)]


def test_a_cell_that_readers_know_nearly_protects_no_other() -> None:
    first = _table(FEW)
    protecting = next(
        key for key, row in first.items() if row["withheld"] and key[1] == "industry" and key[0] != "*"
    )
    told = [{"district": protecting[0], "use_class": protecting[1], "m3": "151"}]
    assert _table(FULL)[protecting]["m3"] in ("150", "75")
    again = _table(FEW, [{**told[0], "m3": _table(FULL)[protecting]["m3"]}])
    near = _table(FEW, [{**told[0], "m3": str(int(_table(FULL)[protecting]["m3"]) + 1)}])
    assert not again[protecting]["withheld"] and not near[protecting]["withheld"]
    assert near["东区", "service"]["withheld"]


def test_the_users_of_a_city_come_with_district_class_and_water() -> None:
    account = make_account("reviewer", Role.OFFICE_REVIEWER)
    with (
        patch.object(module, "use_of_groups", return_value={7: _use(40), 8: _use(None), None: _use(1)}),
        patch.object(module, "_places", return_value={7: ("东区", "industry")}),
    ):
        users = user_groups(account, the_office().place, MONTHS)
    assert {key: (user.key, user.litres) for key, user in users.items()} == {
        7: ("东区|industry", 40 * M3),
        8: ("|", None),
    }
