"""A unit objects to what it was told of, and asks for repair when the rule allows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from services.credit.made_up import BAD, City, noted, shown, use_terms
from shuiheng.adapters.records.models import CreditGrade, CreditRecord
from shuiheng.services.credit.ask_credit import ask_repair, object_to_credit
from shuiheng.services.credit.keep_credit import record_credit
from shuiheng.services.errors import NotThereError, ServiceError

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_an_objection_has_a_day_by_which_it_is_decided(city: City) -> None:
    user = city.user("甲厂")
    row, filer = noted(city, user), city.filer(user)
    asked = object_to_credit(filer, row.pk, words="井已封填")
    assert asked.due_on > timezone.localdate() and asked.words == "井已封填"
    assert _code(object_to_credit, filer, row.pk, words="再次") == "credit.asked_already"


def test_what_nobody_told_and_what_is_anothers_is_not_there(city: City) -> None:
    user = city.user("甲厂")
    row = record_credit(city.clerk, user.organisation_id, BAD)
    with pytest.raises(NotThereError):
        object_to_credit(city.filer(user), row.pk, words="不实")
    with pytest.raises(NotThereError):
        object_to_credit(city.filer(city.user("乙厂")), noted(city, user).pk, words="不实")


def test_repair_waits_for_the_shortest_time(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    row, filer = shown(city, user), city.filer(user)
    assert _code(ask_repair, filer, row.pk, words="已补办") == "credit.too_early"
    CreditRecord.objects.filter(pk=row.pk).update(repair_from=timezone.localdate())
    assert ask_repair(filer, row.pk, words="已补办").kind == "repair"


def test_no_repair_where_the_rule_has_none_nor_after_the_term(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    filer = city.filer(user)
    severe = shown(city, user, replace(BAD, grade=CreditGrade.SEVERE))
    assert severe.repair_from is None
    assert _code(ask_repair, filer, severe.pk, words="已补办") == "credit.not_repairable"
    over = shown(city, user)
    CreditRecord.objects.filter(pk=over.pk).update(shown_until=timezone.localdate())
    assert _code(ask_repair, filer, over.pk, words="已补办") == "credit.wrong_state"
    assert _code(object_to_credit, filer, over.pk, words="  ") == "credit.words_needed"
