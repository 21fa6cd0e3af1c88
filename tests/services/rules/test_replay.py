"""A past year is reckoned again under a changed rule; what is not known is counted as such."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from office import make_account
from services.charges.made_up import City, book, ladder, use_book
from services.rules.proposals import LADDER, a_ladder
from services.rules.replaying import YEAR, Callbacks, a_proposal, city, found_of, replayed
from shuiheng.adapters.records.models import Account, Charge, Event, Job, LocalRule, Role
from shuiheng.adapters.rulebook.value_json import value_json
from shuiheng.charges import Figure, Use, surcharge
from shuiheng.charges.readers import ladder_of
from shuiheng.kernel.derivation import Derived
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.rules import replay
from shuiheng.services.rules.local_rules import propose_rule, withdraw_rule
from shuiheng.services.rules.replay import AskedReplay, ask_replay, replay_result

__all__ = ["city"]
pytestmark = pytest.mark.django_db
WHOLE = dict.fromkeys(range(1, 13), 130_000)  # 130 m³ a month over a plan of 100 m³


def test_who_pays_more_under_another_ladder(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """30 m³ over 100: 10 each at 1, 2 and 3 times 4.00 make 240 yuan a month; 30 at 1 time make 120."""
    user = city.user("甲厂", litres=WHOLE)
    row = a_proposal(city, bands=[{"multiple": "1"}])
    found = found_of(city, django_capture_on_commit_callbacks, row)
    (one,) = found["rows"]
    assert (one["user"], one["old"], one["new"], one["why"]) == (user.pk, 240 * 12 * 100, 120 * 12 * 100, "")
    assert (one["litres"], one["plan"]) == (1_560_000, 1_200_000)
    assert found["totals"] | {"count": 1, "less": 1, "more": 0, "same": 0, "unknown": 0} == found["totals"]
    assert found["by_class"][0]["new"] == found["by_district"][0]["new"] == 144_000
    assert found["new"]["rule"] == LADDER and not found["new"]["is_binding"]


def test_the_kernel_and_the_derivation_give_the_same_fen(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    litres = {month: 101_001 + 7_777 * month for month in range(1, 13)}
    city.user("甲厂", litres=litres)
    row = a_proposal(
        city, period="year_to_date", bands=[{"up_to": "0.07", "multiple": "0.35"}, {"multiple": "2.6"}]
    )
    found = found_of(city, django_capture_on_commit_callbacks, row)
    price = Derived(value=Decimal("4.00"), unit="yuan_m3", steps=())
    uses = [Use(volume=_figure(amount), allowed=_figure(100_000), price=price) for amount in litres.values()]
    value = replay.local_value(row)
    assert value is not None
    exact = surcharge(ladder_of(value), uses, charged_before=Figure(value=Decimal(0))).amount.value
    assert found["rows"][0]["new"] == exact * 100


def _figure(litres: int) -> Figure:
    return Figure(value=Decimal(litres) / 1000)


def test_users_of_whom_a_figure_is_missing_are_unknown_and_not_zero(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.user("甲厂", litres=WHOLE)
    city.user("乙厂", litres=WHOLE | {7: None})
    city.user("丙厂", litres=WHOLE, plan=None)
    unclear = city.user("丁厂", litres=WHOLE)
    city.restate(unclear, price_class="amusement")
    listed = book(non_household_price={"industry": Decimal(3)})
    use_book(monkeypatch, listed)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: listed)
    found = found_of(city, django_capture_on_commit_callbacks, a_proposal(city, bands=[{"multiple": "1"}]))
    assert {row["name"]: row["why"] for row in found["rows"]} == {
        "甲厂": "",
        "乙厂": "volume",
        "丁厂": "price",
    }
    totals = found["totals"]
    assert (totals["count"], totals["unknown"], totals["new"]) == (3, 2, 144_000)


def test_without_a_rule_before_nothing_was_charged(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = book(over_plan_ladder=None)  # type: ignore[arg-type]  # None stands for no value
    use_book(monkeypatch, without)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: without)
    city.user("甲厂", litres=WHOLE)
    found = found_of(city, django_capture_on_commit_callbacks, a_proposal(city, bands=[{"multiple": "1"}]))
    assert found["old"] is None and (found["totals"]["old"], found["totals"]["more"]) == (0, 1)


def test_another_price_moves_bills_and_surcharges(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """1,560 m³ cost 4.00 and then 5.00 a cubic metre; the surcharge grows by a quarter."""
    city.user("甲厂", litres=WHOLE)
    wanted = a_ladder(rule="charges/non_household_price", value={"all": "4"})
    row = propose_rule(city.clerk, city.metered.place.pk, wanted)
    bills = found_of(city, django_capture_on_commit_callbacks, row, RunKind.NON_HOUSEHOLD)["totals"]
    assert (bills["old"], bills["new"]) == (624_000, 780_000)
    charges = found_of(city, django_capture_on_commit_callbacks, row)["totals"]
    assert (charges["old"], charges["new"]) == (288_000, 360_000)


def test_a_replay_writes_nothing_but_its_result(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲厂", litres=WHOLE)
    row = a_proposal(city, bands=[{"multiple": "1"}])
    job = replayed(city, django_capture_on_commit_callbacks, row)
    row.refresh_from_db()
    assert (row.state, Charge.objects.count()) == ("proposed", 0)
    assert job.result["totals"]["less"] == 1 and job.done == job.total == 1
    actions = set(Event.objects.filter(subject=f"job:{job.pk}").values_list("action", flat=True))
    assert actions == {"job.asked", "job.done"}


def test_what_cannot_be_replayed_is_refused(city: City) -> None:
    row = a_proposal(city, bands=[{"multiple": "1"}])
    place = city.metered.place.pk

    def ask(actor: Account, **changed: Any) -> Job:
        asked: dict[str, Any] = {"year": YEAR, "kind": RunKind.OVER_PLAN, "rule": LADDER, "proposal": row.pk}
        return ask_replay(actor, place, AskedReplay(**(asked | changed)))

    for changed, code in (
        ({"year": 2999}, "rules.replay_year"),
        ({"year": timezone.localdate().year}, "rules.replay_year"),
        ({"kind": RunKind.HOUSEHOLD}, "rules.replay_kind"),
        ({"rule": "permits/acceptance_days"}, "rules.replay_kind"),
    ):
        with pytest.raises(ServiceError, match=code):
            ask(city.clerk, **changed)
    with pytest.raises(NotPermittedError):
        ask(make_account("leser", Role.READER))
    with pytest.raises(NotThereError):
        ask(city.clerk, proposal=None, digest="0" * 64)
    withdraw_rule(city.clerk, row.pk, reason="x")
    with pytest.raises(NotThereError):
        ask(city.clerk)
    assert not Job.objects.filter(kind="replay").exists()


def test_a_typed_value_is_replayed_and_proposed_by_nobody(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲厂", litres=WHOLE)
    typed = {**value_json(ladder()), "bands": [{"multiple": "1"}]}
    with django_capture_on_commit_callbacks(execute=True):
        asked = AskedReplay(year=YEAR, kind=RunKind.OVER_PLAN, rule=LADDER, typed=typed)
        job = ask_replay(city.clerk, city.metered.place.pk, asked)
    job.refresh_from_db()
    found = replay_result(job)
    assert (found["totals"]["old"], found["totals"]["new"]) == (288_000, 144_000)
    assert not found["new"]["is_binding"] and not LocalRule.objects.exists()
    for wrong, code in (
        ({"bands": "x"}, "rules.bad_value"),
        ({"mode": "total", "bands": [{"multiple": "0.5"}]}, "rules.unusable"),
    ):
        bad = AskedReplay(year=YEAR, kind=RunKind.OVER_PLAN, rule=LADDER, typed={**typed, **wrong})
        with pytest.raises(ServiceError, match=code):
            ask_replay(city.clerk, city.metered.place.pk, bad)
