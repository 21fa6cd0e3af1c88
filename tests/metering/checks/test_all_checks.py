"""All checks of a meter together."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from metering.checks.cases import RULES, daily, hourly, record, told
from metering.histories import HOUR, history
from places import PACKAGE
from shuiheng.adapters.rulebook import finding_texts
from shuiheng.metering.checks import check_meter, record_of
from shuiheng.metering.model import Meter


def test_a_meter_that_runs_well_has_no_finding() -> None:
    works = [30] * 8 + [80, 90, 100, 95, 70, 85, 90, 80, 75, 60] + [40] * 6
    meter = Meter(id="m1", kind="industry", grid_seconds=HOUR)
    assert check_meter(record(hourly(works * 60), meter=meter), RULES) == ()
    assert check_meter(record(daily([500, 450, 480] * 40)), RULES) == ()


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_any_history_is_checked_and_every_finding_has_its_sentence(seed: int) -> None:
    made = history(seed, length=25)
    known = record_of(made.meter, made.versions, known_at=2**40, rules=RULES)
    findings = told(check_meter(known, RULES))
    fell = {each.code for each in findings if each.code == "metering.register_fell"}
    assert bool(fell) == any(each.basis == "fell" for each in known.intervals)
    assert findings == told(check_meter(known, RULES))


def test_every_code_of_the_checks_has_a_sentence_and_every_sentence_a_code() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(PACKAGE / "metering" / "checks").glob("*.py"))
    texts = {code.removeprefix("metering.") for code in finding_texts("zh") if code.startswith("metering.")}
    assert {code for code in texts if f'"{code}"' not in source} == set()
    assert set(re.findall(r'found\(\s*"(\w+)"', source)) - texts == set()
