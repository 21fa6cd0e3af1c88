"""The fictitious city: districts, zones, users and meters. Everything is invented (合成数据, synthetic)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from shuiheng.kernel.credit_code import check_character

CITY = "示例市"
DISTRICTS = ("临江区", "云湖区", "澄山区", "安渡市", "北岭县", "青禾县", "东港经开区")
REGION = 999_900  # no place has a code of this kind
ZONES_A_DISTRICT = 4
TREES, BRANCHES, LEAVES = (
    150,
    3,
    2,
)  # meters of level 1, each with so many of level 2, each with so many of level 3
USER_COUNT, METER_COUNT = 2_000, 5_000
HOURLY, DAILY = 500, 1_500
LITRES_A_CUBIC_METRE = 1_000


class Cadence(IntEnum):
    """How often a meter is read."""

    HOURLY = 0
    DAILY = 1
    IRREGULAR = 2


class Use(IntEnum):
    """What the water is used for; the rows of `city_use` tables."""

    INDUSTRY_3_SHIFTS = 0
    INDUSTRY_2_SHIFTS = 1
    INDUSTRY_1_SHIFT = 2
    SCHOOL = 3
    HOSPITAL = 4
    HOTEL = 5
    OFFICE = 6
    SHOP = 7
    BATH = 8
    ESTATE = 9
    SITE = 10
    GREEN = 11


USES_OF_TREES = (Use.INDUSTRY_3_SHIFTS, Use.INDUSTRY_2_SHIFTS, Use.INDUSTRY_1_SHIFT, Use.HOSPITAL, Use.SCHOOL)
WORDS = {
    Use.INDUSTRY_3_SHIFTS: "化纤有限公司",
    Use.INDUSTRY_2_SHIFTS: "机械有限公司",
    Use.INDUSTRY_1_SHIFT: "包装有限公司",
    Use.SCHOOL: "学校",
    Use.HOSPITAL: "医院",
    Use.HOTEL: "宾馆",
    Use.OFFICE: "机关",
    Use.SHOP: "商场",
    Use.BATH: "浴场",
    Use.ESTATE: "小区",
    Use.SITE: "建设工地",
    Use.GREEN: "园林所",
}
PERMANENT_FLOWS = (
    2_500,
    4_000,
    6_300,
    16_000,
    25_000,
    63_000,
    100_000,
    250_000,
    400_000,
    1_000_000,
    4_000_000,
)
NOMINAL_MM = (15, 20, 25, 40, 50, 80, 100, 150, 200, 300, 600)
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
SHARES_OF_USES = (0.03, 0.05, 0.14, 0.06, 0.02, 0.05, 0.1, 0.12, 0.03, 0.33, 0.04, 0.03)
MEAN_LITRES_AN_HOUR = (6_000, 3_500, 1_500, 1_200, 3_000, 900, 350, 300, 800, 2_200, 900, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A water user, invented."""

    name: str
    credit_code: str
    district: int
    use: Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Meters:
    """Columns of the meters, one row for each; the row number is the meter.

    The first rows are the inlets of the zones, then come level 1, level 2 and level 3 of the trees,
    then the meters of all other users. A meter below level 1 has the row of its parent.

    Args:
        number: Fourteen digits, invented.
        user: Row of its user, -1 at an inlet.
        zone: Zone that it measures or stands in; district is `zone // ZONES_A_DISTRICT`.
        level: 0 at an inlet, else 1 to 3.
        parent: Row of the meter above in a tree, -1 without one.
        use: A `Use`, -1 at an inlet.
        cadence: A `Cadence`.
        mean_l_h: Usual use of its own, litres per hour, without the meters below.
        step_litres: What its last digit stands for.
        digits: How many digits it shows.
        start_litres: What it shows when the data begin.
        nominal_mm: Nominal diameter DN.
        permanent_flow_l_h: Permanent flow Q3, litres per hour; the greatest is a quarter more.
    """

    number: tuple[str, ...]
    user: np.ndarray
    zone: np.ndarray
    level: np.ndarray
    parent: np.ndarray
    use: np.ndarray
    cadence: np.ndarray
    mean_l_h: np.ndarray
    step_litres: np.ndarray
    digits: np.ndarray
    start_litres: np.ndarray
    nominal_mm: np.ndarray
    permanent_flow_l_h: np.ndarray

    @property
    def modulus_litres(self) -> np.ndarray:
        """Where each register begins again at zero."""
        return 10**self.digits * self.step_litres


ZONES = len(DISTRICTS) * ZONES_A_DISTRICT
FIRST_TREE = ZONES
FIRST_BRANCH = FIRST_TREE + TREES
FIRST_LEAF = FIRST_BRANCH + TREES * BRANCHES
FIRST_SINGLE = FIRST_LEAF + TREES * BRANCHES * LEAVES


def invented_users(rng: np.random.Generator) -> tuple[User, ...]:
    """Return the users; the first are those whose meters form trees."""
    of_trees = rng.choice(len(USES_OF_TREES), TREES)
    others = rng.choice(len(Use), USER_COUNT - TREES, p=SHARES_OF_USES)
    uses = [USES_OF_TREES[each] for each in of_trees] + [Use(each) for each in others]
    districts = rng.integers(0, len(DISTRICTS), USER_COUNT)
    return tuple(
        User(
            name=f"{CITY}{DISTRICTS[district]}{_name(at)}{WORDS[use]}（合成）",
            credit_code=_credit_code(at, int(district), use),
            district=int(district),
            use=use,
        )
        for at, (use, district) in enumerate(zip(uses, districts, strict=True))
    )


def _name(at: int) -> str:
    base = len(NAMES)
    return NAMES[at // base**2 % base] + NAMES[at // base % base] + NAMES[at % base]


def _credit_code(at: int, district: int, use: Use) -> str:
    """Return a code that is well formed and belongs to nobody: its region does not exist."""
    kind = "12" if use in (Use.SCHOOL, Use.HOSPITAL) else "11" if use is Use.OFFICE else "91"
    body = f"{kind}{REGION + district + 1}MA{at:07d}"
    return body + check_character(body)


def invented_meters(users: tuple[User, ...], rng: np.random.Generator) -> Meters:
    """Return the meters of the users and of the inlets."""
    owner = _owners(rng)
    district = np.array([user.district for user in users])
    zone_of_user = district * ZONES_A_DISTRICT + rng.integers(0, ZONES_A_DISTRICT, len(users))
    use_of_user = np.array([user.use for user in users])
    zone = np.where(owner >= 0, zone_of_user[owner], np.arange(METER_COUNT))
    use = np.where(owner >= 0, use_of_user[owner], -1)
    level, parent, cadence = _levels(), _parents(), _cadences(rng)
    mean = np.array(MEAN_LITRES_AN_HOUR)[use] * rng.lognormal(0, 0.6, METER_COUNT)
    mean *= np.choose(level, [0, 0.05, 0.1, 0.6])  # what a tree's meter measures beside those below
    mean[FIRST_SINGLE:] /= 0.05
    mean[FIRST_SINGLE:] *= np.where(use[FIRST_SINGLE:] == Use.ESTATE, 0.5, 0.25)
    step = np.choose(cadence, [1, 10, LITRES_A_CUBIC_METRE])
    size = np.searchsorted(PERMANENT_FLOWS, _expected(mean, zone, level) * np.where(use == Use.GREEN, 16, 8))
    return Meters(
        number=tuple(f"9999{at:010d}" for at in range(METER_COUNT)),
        user=owner,
        zone=zone,
        level=level,
        parent=parent,
        use=use,
        cadence=cadence,
        mean_l_h=mean,
        step_litres=step,
        digits=np.where(cadence == Cadence.HOURLY, 10, np.where(cadence == Cadence.DAILY, 8, 6)),
        nominal_mm=np.array(NOMINAL_MM)[size],
        permanent_flow_l_h=np.array(PERMANENT_FLOWS)[size],
        start_litres=rng.integers(2_000, 30_000, METER_COUNT) * 1_000 + rng.integers(0, 1_000, METER_COUNT),
    )


def _expected(mean: np.ndarray, zone: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Return the usual flow through each meter, with what passes on to those below it."""
    flow = mean.copy()
    flow[FIRST_BRANCH:FIRST_LEAF] += flow[FIRST_LEAF:FIRST_SINGLE].reshape(-1, LEAVES).sum(axis=1)
    flow[FIRST_TREE:FIRST_BRANCH] += flow[FIRST_BRANCH:FIRST_LEAF].reshape(-1, BRANCHES).sum(axis=1)
    flow[:ZONES] = np.bincount(zone[level == 1], weights=flow[level == 1], minlength=ZONES)
    return flow


def _owners(rng: np.random.Generator) -> np.ndarray:
    owner = np.full(METER_COUNT, -1)
    owner[FIRST_TREE:FIRST_BRANCH] = np.arange(TREES)
    owner[FIRST_BRANCH:FIRST_LEAF] = np.arange(TREES * BRANCHES) // BRANCHES
    owner[FIRST_LEAF:FIRST_SINGLE] = np.arange(TREES * BRANCHES * LEAVES) // (BRANCHES * LEAVES)
    others = np.arange(TREES, USER_COUNT)
    second = rng.choice(others, METER_COUNT - FIRST_SINGLE - len(others))
    owner[FIRST_SINGLE:] = np.concatenate([others, second])
    return owner


def _levels() -> np.ndarray:
    level = np.ones(METER_COUNT, dtype=int)
    level[:FIRST_TREE] = 0
    level[FIRST_BRANCH:FIRST_LEAF] = 2
    level[FIRST_LEAF:FIRST_SINGLE] = 3
    return level


def _parents() -> np.ndarray:
    parent = np.full(METER_COUNT, -1)
    parent[FIRST_BRANCH:FIRST_LEAF] = FIRST_TREE + np.arange(TREES * BRANCHES) // BRANCHES
    parent[FIRST_LEAF:FIRST_SINGLE] = FIRST_BRANCH + np.arange(TREES * BRANCHES * LEAVES) // LEAVES
    return parent


def _cadences(rng: np.random.Generator) -> np.ndarray:
    """Return who is read hourly, daily and irregularly: from the top of the trees downward."""
    cadence = np.full(METER_COUNT, Cadence.IRREGULAR)
    cadence[:FIRST_SINGLE] = Cadence.DAILY
    cadence[:HOURLY] = Cadence.HOURLY
    singles = rng.choice(np.arange(FIRST_SINGLE, METER_COUNT), HOURLY + DAILY - FIRST_SINGLE, replace=False)
    cadence[singles] = Cadence.DAILY
    return cadence
