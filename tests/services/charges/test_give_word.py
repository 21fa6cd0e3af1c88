"""A charge on too much estimated water is held back until an officer writes why it is issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import DUE, Callbacks, City
from shuiheng.adapters.records.models import Charge, SettledMonth
from shuiheng.services.charges.charge_jobs import ask_compute
from shuiheng.services.charges.give_word import give_word
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.errors import NotPermittedError, ServiceError

pytestmark = pytest.mark.django_db
M3 = 1000


def _estimate(city: City, litres: int, of: int) -> None:
    """Make a user whose use of March was estimated in part."""
    user = city.user(f"甲厂{litres}", litres={3: of})
    SettledMonth.objects.filter(meter__user=user, month=date(2025, 3, 1)).update(
        by_time_litres=of - litres, estimated_litres=litres, estimated_seconds=1
    )


@pytest.mark.parametrize(("litres", "is_held"), [(24 * M3, False), (24 * M3 + 1, True)])
def test_a_fifth_may_be_estimated_and_not_a_litre_more(
    city: City, django_capture_on_commit_callbacks: Callbacks, litres: int, is_held: bool
) -> None:
    _estimate(city, litres, of=120 * M3)
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks))
    assert (charge.amount_yuan, charge.is_held) == (Decimal("120.00"), is_held)
    code = "charges.too_much_estimated" if is_held else "charges.partly_estimated"
    assert [each["code"] for each in charge.findings] == [code]


def test_what_is_held_back_is_issued_later_with_a_word(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("乙厂", litres={3: 150 * M3})
    _estimate(city, 60 * M3, of=120 * M3)
    run = city.run(django_capture_on_commit_callbacks)
    held = Charge.objects.get(run=run, is_held=True)
    review_run(city.reviewer, run.pk)
    assert issue_run(city.leader, run.pk, mark="青节水", due_on=DUE) == 1
    held.refresh_from_db()
    assert held.state == "draft"
    with pytest.raises(ServiceError) as refused:
        issue_run(city.leader, run.pk, mark="青节水", due_on=DUE)
    assert refused.value.code == "charges.nothing_due"
    with pytest.raises(NotPermittedError):
        give_word(city.leader, held.pk, word="水表检修期间按上月用水估算")
    give_word(city.clerk, held.pk, word="水表检修期间按上月用水估算")
    assert issue_run(city.leader, run.pk, mark="青节水", due_on=DUE) == 1
    held.refresh_from_db()
    assert (held.state, held.word_by, held.number[-2:]) == ("issued", city.clerk, "2号")
    with pytest.raises(ServiceError) as refused:
        give_word(city.clerk, held.pk, word="再写一次")
    assert refused.value.code == "charges.not_held"


def test_a_word_needs_words_and_goes_with_the_figures_that_it_was_given_for(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    _estimate(city, 60 * M3, of=120 * M3)
    run = city.run(django_capture_on_commit_callbacks)
    with pytest.raises(ServiceError) as refused:
        give_word(city.clerk, Charge.objects.get(run=run).pk, word=" ")
    assert refused.value.code == "charges.reason_needed"
    give_word(city.clerk, Charge.objects.get(run=run).pk, word="水表故障")
    with django_capture_on_commit_callbacks(execute=True):
        ask_compute(city.clerk, run.pk)
    assert Charge.objects.get(run=run).word == ""
