"""Made-up series of facts (演示数据): plausible in size, of no real place, the same for the same place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import WHOLE_YEAR
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
IN_ALL = "use_total"
SECTORS = ("agricultural_use", "industrial_use", "domestic_use", "ecological_use")
WHOLE_NUMBERS = "number"
WOBBLE = Decimal("0.03")

# Fact, its value in the first and in the last year; in between it moves evenly.
AMOUNTS: tuple[tuple[str, str, str], ...] = (
    ("agricultural_use", "16500", "15850"),
    ("industrial_use", "8200", "8400"),
    ("domestic_use", "9600", "10390"),
    ("ecological_use", "1900", "2310"),
    ("unconventional_use", "1500", "2150"),
    ("gdp", "2100", "2860"),
    ("industrial_value_added", "840", "1130"),
    ("agricultural_value_added", "120", "148"),
    ("above_scale_intake", "5200", "5050"),
    ("network_input", "11200", "12100"),
    ("network_length", "1420", "1760"),
    ("rural_network_input", "1850", "1980"),
    ("sewage_discharged", "8600", "9200"),
    ("sewage_load_produced", "9100", "9300"),
    ("surface_use", "29300", "28250"),
    ("groundwater_use", "620", "415"),
    ("fixtures", "412000", "448000"),
    ("non_resident_use", "4100", "4380"),
    ("users_due_plan", "860", "935"),
    ("self_supply_use", "2350", "2180"),
    ("abstraction_use", "31200", "30900"),
    ("industrial_ledger_use", "7900", "8120"),
    ("urban_use", "10400", "11300"),
    ("households", "61.5", "68.2"),
    ("meters", "418000", "467000"),
    ("permits_due", "312", "298"),
    ("key_users", "46", "58"),
    ("assessed_enterprises", "74", "88"),
    ("rural_population", "92.4", "84.1"),
    ("urban_population", "148.6", "163.2"),
    ("household_use", "6150", "6720"),
    ("public_institution_heads", "18.6", "19.4"),
    ("rural_villages", "884", "861"),
    ("built_up_area", "136.4", "151.8"),
    ("sections", "24", "24"),
    ("source_tests", "144", "144"),
    ("flow_days", "1460", "1460"),
    ("land_area", "5210", "5210"),
    ("fees_billed", "23400", "26800"),
    ("saved_volume", "1150", "1820"),
    ("resident_population", "241.0", "247.3"),
    ("irrigated_area", "1680000", "1702000"),
    ("green_area", "5200", "5900"),
    ("supply_area", "262", "301"),
    ("supply_capacity", "14500", "16200"),
    ("reclaimed_capacity", "4.2", "7.5"),
    ("mine_water_discharged", "310", "295"),
    ("sewer_length", "46", "58"),
    ("aquaculture_farms", "6", "11"),
    ("rivers_allocated", "1", "2"),
    ("saving_service_firms", "3", "8"),
    ("tap_tests", "8400", "9100"),
)
# Fact, of which fact it is a part, its share in the first and in the last year.
SHARES: tuple[tuple[str, str, str, str], ...] = (
    ("once_through_cooling_use", "industrial_use", "0.12", "0.10"),
    ("above_scale_reused", "above_scale_intake", "7.35", "9.30"),
    ("cooling_reused", "above_scale_reused", "0.41", "0.40"),
    ("irrigation_use", "agricultural_use", "0.91", "0.90"),
    ("irrigation_metered", "irrigation_use", "0.58", "0.79"),
    ("network_registered_use", "network_input", "0.815", "0.828"),
    ("network_sold", "network_input", "0.802", "0.817"),
    ("network_real_loss", "network_input", "0.118", "0.104"),
    ("household_read_use", "network_input", "0.540", "0.556"),
    ("zoned_input", "network_input", "0.42", "0.83"),
    ("rural_network_registered_use", "rural_network_input", "0.824", "0.861"),
    ("sewage_treated", "sewage_discharged", "0.958", "0.984"),
    ("sewage_load_collected", "sewage_load_produced", "0.61", "0.72"),
    ("reclaimed_use", "sewage_treated", "0.150", "0.212"),
    ("reclaimed_to_rivers", "sewage_treated", "0.082", "0.100"),
    ("saving_fixtures", "fixtures", "0.91", "0.995"),
    ("planned_users_use", "non_resident_use", "0.93", "0.984"),
    ("users_with_plan", "users_due_plan", "0.92", "1"),
    ("self_supply_metered", "self_supply_use", "0.88", "0.97"),
    ("abstraction_metered", "abstraction_use", "0.72", "0.89"),
    ("industrial_metered", "industrial_ledger_use", "0.90", "0.98"),
    ("urban_metered", "urban_use", "0.95", "0.99"),
    ("households_with_meter", "households", "0.86", "0.94"),
    ("smart_meters", "meters", "0.35", "0.72"),
    ("permits_held", "permits_due", "0.96", "1"),
    ("key_users_watched", "key_users", "0.80", "1"),
    ("compliant_enterprises", "assessed_enterprises", "0.78", "0.92"),
    ("rural_tap_population", "rural_population", "0.968", "0.991"),
    ("rural_scale_population", "rural_population", "0.71", "0.88"),
    ("rural_assured_population", "rural_population", "0.932", "0.965"),
    ("urban_supplied_population", "urban_population", "0.985", "0.996"),
    ("public_institution_use", "public_institution_heads", "24.8", "21.4"),
    ("rural_villages_treated", "rural_villages", "0.31", "0.58"),
    ("sponge_area", "built_up_area", "0.22", "0.46"),
    ("sections_good", "sections", "0.875", "0.959"),
    ("source_tests_good", "source_tests", "1", "1"),
    ("flow_days_met", "flow_days", "0.93", "0.97"),
    ("land_area_conserved", "land_area", "0.889", "0.897"),
    ("progressive_priced_use", "non_resident_use", "0.74", "1"),
    ("fees_collected", "fees_billed", "0.962", "0.978"),
    ("publicity_population", "resident_population", "0.61", "0.78"),
    ("saving_irrigated_area", "irrigated_area", "0.52", "0.63"),
    ("pricing_reform_area", "irrigated_area", "0.30", "0.51"),
    ("green_area_saving", "green_area", "0.48", "0.69"),
    ("zoned_area", "supply_area", "0.38", "0.66"),
    ("mine_water_use", "mine_water_discharged", "0.58", "0.71"),
    ("tap_tests_good", "tap_tests", "0.996", "0.999"),
)
# Facts that are the same in kind everywhere, by year: indices (100 for no change), factors, pressures.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "gdp_index": ("103.2", "108.1", "103.6", "105.8", "105.4", "105.2"),
    "industrial_value_added_index": ("102.9", "109.0", "104.0", "105.0", "105.5", "104.8"),
    "agricultural_value_added_index": ("102.4", "103.5", "103.1", "103.6", "103.4", "103.3"),
    "normal_year_factor": ("1.02", "0.98", "1.05", "1.01", "0.99", "1.00"),
    "outlet_pressure": ("0.38", "0.38", "0.38", "0.37", "0.37", "0.37"),
    "frost_depth": ("0.20", "0.15", "0.20", "0.25", "0.20", "0.20"),
}
# Years before the table, of which only the main series are told, with their indices (100 for no change).
TOLD_EARLIER = ("unconventional_use", "gdp", "industrial_value_added")
EARLIER: Mapping[int, Mapping[str, str]] = {
    year: {"gdp_index": of_product, "industrial_value_added_index": of_industry}
    for year, of_product, of_industry in (
        (2015, "107.6", "107.0"),
        (2016, "107.4", "106.8"),
        (2017, "107.2", "106.9"),
        (2018, "106.8", "106.2"),
        (2019, "106.5", "105.9"),
    )
}
# Class of irrigation districts: share of the intake, efficiency in the first and in the last year.
IRRIGATION: Mapping[str, tuple[str, str, str]] = {
    "大型灌区": ("0.34", "0.568", "0.589"),
    "中型灌区": ("0.38", "0.592", "0.607"),
    "小型灌区": ("0.22", "0.624", "0.639"),
    "纯井灌区": ("0.06", "0.748", "0.766"),
}


# Facts that are told for the first months of a year, too, and which share of the year has come by then.
TOLD_WITHIN = (
    IN_ALL,
    "unconventional_use",
    "groundwater_use",
    "sewage_treated",
    "reclaimed_use",
    "reclaimed_to_rivers",
)
COME_BY: Mapping[int, Decimal] = {3: Decimal("0.21"), 6: Decimal("0.46"), 9: Decimal("0.76")}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpFact:
    """A made-up fact of a year, in the unit of the fact; `member` is empty for the whole.

    `through` is the last month of which it speaks.
    """

    fact: str
    year: int
    value: Decimal
    member: str = ""
    through: int = WHOLE_YEAR


def made_up_series(key: str, size: Decimal) -> Iterator[MadeUpFact]:
    """Yield made-up facts of a place for all years: as large as it, and a little of its own.

    Args:
        key: Name of the place in addresses; the same key gives the same series.
        size: How large it is, 1 for a city of 2.4 million.
    """
    for year, indices in EARLIER.items():
        early = _amounts(key, size, Decimal(year - YEARS[0]) / (len(YEARS) - 1))
        told = {fact: early[fact] for fact in (IN_ALL, *SECTORS, *TOLD_EARLIER)}
        for fact, value in {**told, **{fact: Decimal(index) for fact, index in indices.items()}}.items():
            yield MadeUpFact(fact=fact, year=year, value=value)
    for order, year in enumerate(YEARS):
        yield from _year(key, size, year, Decimal(order) / (len(YEARS) - 1))


def made_up_parts(key: str, size: Decimal, today: date) -> Iterator[MadeUpFact]:
    """Yield what the first months of the year after the series have brought, beside those of its last year.

    Args:
        key: Name of the place in addresses.
        size: How large it is.
        today: The day; only quarters that are over have brought anything.
    """
    last = YEARS[-1]
    is_later = today.year > last + 1
    over = [month for month in COME_BY if is_later or (today.year == last + 1 and month < today.month)]
    whole = {each.fact: each.value for each in made_up_series(key, size) if each.year == last}
    for fact in TOLD_WITHIN if over else ():
        part = whole[fact] * COME_BY[max(over)]
        grown = part * _own(f"{key}+", fact)
        for year, value in ((last, part), (last + 1, grown)):
            yield MadeUpFact(fact=fact, year=year, value=_rounded(fact, value), through=max(over))


def _year(key: str, size: Decimal, year: int, passed: Decimal) -> Iterator[MadeUpFact]:
    found = _amounts(key, size, passed)
    for fact, whole, first, last in SHARES:
        share = _between(first, last, passed)
        # What is a part of a whole stays one.
        share = min(share * _own(key, fact), Decimal(1)) if Decimal(last) <= 1 else share * _own(key, fact)
        found[fact] = min(_rounded(fact, found[whole] * share), found[whole] * max(share, Decimal(1)))
    for fact, values in PLAIN.items():
        found[fact] = Decimal(values[YEARS.index(year)])
    for fact, value in found.items():
        yield MadeUpFact(fact=fact, year=year, value=value)
    for member, (share_of, first, last) in IRRIGATION.items():
        intake = _rounded("irrigation_intake", found["irrigation_use"] * Decimal(share_of))
        yield MadeUpFact(fact="irrigation_intake", year=year, value=intake, member=member)
        efficiency = _between(first, last, passed).quantize(Decimal("0.0001"))
        yield MadeUpFact(fact="irrigation_class_efficiency", year=year, value=efficiency, member=member)


def _amounts(key: str, size: Decimal, passed: Decimal) -> dict[str, Decimal]:
    """Return the amounts of a place and its use in all; `passed` is 0 in the first year, 1 in the last."""
    found = {
        fact: _rounded(fact, size * _own(key, fact) * _between(first, last, passed))
        for fact, first, last in AMOUNTS
    }
    return {**found, IN_ALL: sum((found[sector] for sector in SECTORS), Decimal(0))}


def _between(first: str, last: str, passed: Decimal) -> Decimal:
    return Decimal(first) + (Decimal(last) - Decimal(first)) * passed


def _own(key: str, fact: str) -> Decimal:
    """Return by what a place differs from the table, near 1."""
    drawn = hashlib.sha256(f"{key}:{fact}".encode()).digest()[0]
    return 1 + WOBBLE * (Decimal(drawn) - 128) / 128 if key else Decimal(1)


def _rounded(fact: str, value: Decimal) -> Decimal:
    is_whole = indicator_book().facts[fact].unit.id == WHOLE_NUMBERS
    return value.quantize(Decimal(1) if is_whole else Decimal("0.01"))
