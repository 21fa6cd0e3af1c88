"""What is granted ends a record, what is refused lets it stand; its proposer does not decide."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.credit.made_up import City, noted, shown, use_terms
from shuiheng.adapters.records.models import CreditRecord, Message, Role
from shuiheng.services.credit.ask_credit import ask_repair, object_to_credit
from shuiheng.services.credit.decide_credit import decide_credit
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db


def test_an_objection_that_holds_withdraws_the_record(city: City) -> None:
    user = city.user("甲厂")
    row = noted(city, user)
    asked = object_to_credit(city.filer(user), row.pk, words="井已封填")
    decided = decide_credit(city.reviewer, asked.pk, is_granted=True, reason="查实已封填")
    row.refresh_from_db()
    assert (decided.state, row.state, row.end_reason) == ("granted", "withdrawn", "查实已封填")


def test_repair_ends_the_display_and_a_refusal_lets_it_stand(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    row, filer = shown(city, user), city.filer(user)
    CreditRecord.objects.filter(pk=row.pk).update(repair_from=timezone.localdate())
    refused = ask_repair(filer, row.pk, words="已补办").pk
    decide_credit(city.reviewer, refused, is_granted=False, reason="尚未补缴")
    row.refresh_from_db()
    assert row.state == "shown" and Message.objects.filter(kind="credit_refused").count() == 1
    granted = ask_repair(filer, row.pk, words="已补缴").pk
    decide_credit(city.reviewer, granted, is_granted=True, reason="已整改")
    row.refresh_from_db()
    assert row.state == "repaired"


def test_a_decision_needs_a_reason_another_person_and_is_made_once(city: City) -> None:
    user = city.user("甲厂")
    asked = object_to_credit(city.filer(user), noted(city, user).pk, words="井已封填")
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    for account, reason, code in (
        (city.reviewer, " ", "credit.reason_needed"),
        (city.clerk, "属实", "credit.own_record"),
    ):
        with pytest.raises(ServiceError) as stopped:
            decide_credit(account, asked.pk, is_granted=False, reason=reason)
        assert stopped.value.code == code
    decide_credit(city.reviewer, asked.pk, is_granted=False, reason="井未封填")
    with pytest.raises(ServiceError) as stopped:
        decide_credit(city.leader, asked.pk, is_granted=True, reason="复核")
    assert stopped.value.code == "credit.wrong_state"
