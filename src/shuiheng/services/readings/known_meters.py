"""What is known of the meters of a keeper before the readings of a month come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterFact, Organisation, SettledMonth, SourceFact
from shuiheng.adapters.rulebook.workbook_columns import workbook_columns
from shuiheng.metering.checks.record import LITRES_OF_M3
from shuiheng.metering.civil_time import day_of, end_of, month_after, months_before
from shuiheng.metering.intervals import register_at
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Reading, Register
from shuiheng.services.readings.reading_store import meter_rules, newest_readings, reading_store


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMeter:
    """A meter as the ledger and the readings know it before a month.

    Args:
        key: Its key.
        number: Its number with its keeper.
        names: Further names under which it reports.
        user: Name of its water user, or nothing.
        account: Number of the user's account with the supplier, or nothing.
        is_active: Whether it still measures.
        digits: Whole digits of its register in m³, after which it rolls over, or None.
        rules: Register, swaps and resets, for the core.
        last: Its last reading before the month, or None.
        usual_litres: What it measures in a usual month, or None when too few are known.
    """

    key: int
    number: str
    names: tuple[str, ...] = ()
    user: str = ""
    account: str = ""
    is_active: bool = True
    digits: int | None = None
    rules: MeterRules
    last: Reading | None = None
    usual_litres: int | None = None

    @property
    def last_on(self) -> date | None:
        """The day of the last reading."""
        return None if self.last is None else day_of(self.last.read_at)


def known_meters(keeper: Organisation, month: date) -> list[KnownMeter]:
    """Return the meters that an organisation keeps, as they are known before a month, by number.

    Args:
        keeper: The organisation.
        month: First day of the month.
    """
    meters = list(Meter.objects.filter(keeper=keeper).select_related("user__organisation").order_by("number"))
    as_of = AsOf(on=month_after(month) - timedelta(days=1))
    facts = {
        fact.subject_id: fact for fact in standing(MeterFact.objects.filter(subject__keeper=keeper), as_of)
    }
    accounts = _accounts((fact.source_id for fact in facts.values() if fact.source_id), as_of)
    rules, last, usual = meter_rules(meters), _last_readings(meters, month), _usual_months(keeper, month)
    found = []
    for meter in meters:
        fact = facts.get(meter.pk)
        found.append(
            KnownMeter(
                key=meter.pk,
                number=meter.number,
                names=(fact.telemetry_id,) if fact is not None and fact.telemetry_id else (),
                user=meter.user.organisation.name if meter.user is not None else "",
                account=accounts.get(fact.source_id, "") if fact is not None and fact.source_id else "",
                is_active=fact is not None and fact.is_active,
                digits=whole_digits(register_at(rules[meter.pk], end_of(as_of.on))),
                rules=rules[meter.pk],
                last=last.get(meter.pk),
                usual_litres=usual.get(meter.pk),
            )
        )
    return found


def whole_digits(register: Register) -> int | None:
    """Return how many digits of m³ a register shows before its point; None where that is not known."""
    if register.modulus_litres is None or register.modulus_litres <= LITRES_OF_M3:
        return None
    return len(str(register.modulus_litres // LITRES_OF_M3 - 1))


def _accounts(sources: Iterable[int], as_of: AsOf) -> Mapping[int, str]:
    wanted = set(sources)
    rows = standing(SourceFact.objects.exclude(account_number=""), as_of)
    return {key: number for key, number in rows.values_list("subject_id", "account_number") if key in wanted}


def _last_readings(meters: Iterable[Meter], month: date) -> Mapping[int, Reading]:
    """Return the last reading of each meter before a month; one at 00:00 of its first day is before."""
    with reading_store().snapshot() as reader:
        return newest_readings(reader, (meter.pk for meter in meters), months_before(month, 1))


def _usual_months(keeper: Organisation, month: date) -> Mapping[int, int]:
    """Return the middle one of the latest known months of each meter of a keeper."""
    doubts = workbook_columns().doubts
    rows = SettledMonth.objects.filter(
        meter__keeper=keeper,
        month__lt=month,
        month__gte=months_before(month, doubts.usual_months),
    )
    months: dict[int, list[int]] = defaultdict(list)
    for key, litres in rows.values_list("meter_id", "as_read_litres"):
        if litres is not None:
            months[key].append(litres)
    return {key: median_low(each) for key, each in months.items() if len(each) >= doubts.fewest_months}
