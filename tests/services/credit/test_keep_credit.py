"""A bad record is told first and entered by a second person; a good one stands at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.credit.made_up import BAD, GOOD, City, noted, notice_over, shown, use_terms
from shuiheng.adapters.records.models import CreditRecord, Event, Message, Role
from shuiheng.services.credit.ask_credit import object_to_credit
from shuiheng.services.credit.keep_credit import (
    notify_subject,
    record_credit,
    release_credit,
    withdraw_credit,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_a_good_record_stands_at_once_and_has_no_end(city: City) -> None:
    row = record_credit(city.clerk, city.user("甲厂").organisation_id, GOOD)
    assert (row.state, row.shown_from, row.shown_until) == ("shown", timezone.localdate(), None)


def test_a_bad_record_is_told_and_entered_by_another_after_the_notice(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    row = noted(city, city.user("甲厂"))
    assert row.answer_by is not None and row.answer_by > timezone.localdate()
    assert _code(release_credit, city.reviewer, row.pk, months=6) == "credit.notice_runs"
    entered = release_credit(city.reviewer, notice_over(row).pk, months=6)
    today = timezone.localdate()
    assert entered.state == "shown" and entered.shown_from == today
    assert entered.shown_until is not None and 180 <= (entered.shown_until - today).days <= 184
    assert entered.kept_until == date(2031, 6, 1)  # five years after the decision became final
    assert entered.rules[0]["rule"] == "credit/display"
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["credit_notice", "credit_shown"]
    said = str(list(Event.objects.filter(action__startswith="credit_record").values_list("after", flat=True)))
    assert BAD.item not in said  # so that it can be erased


def test_nobody_enters_what_the_same_person_proposed(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_terms(monkeypatch)
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    row = notice_over(noted(city, city.user("甲厂")))
    assert _code(release_credit, city.clerk, row.pk, months=6) == "credit.own_record"
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRecord.objects.filter(pk=row.pk).update(released_by=city.clerk)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"grade": None}, "grade"), ({"number": " "}, "number"), ({"final_on": None}, "final_on")],
)
def test_a_bad_record_needs_a_final_decision(city: City, changed: dict[str, object], field: str) -> None:
    unit = city.user("甲厂").organisation_id
    with pytest.raises(ServiceError) as refused:
        fields = replace(BAD, **changed)  # type: ignore[arg-type]  # fields of it
        record_credit(city.clerk, unit, fields)
    assert (refused.value.code, refused.value.values["field"]) == ("credit.field_missing", field)


def test_days_ahead_and_decisions_before_the_fact_are_refused(city: City) -> None:
    unit = city.user("甲厂").organisation_id
    tomorrow = timezone.localdate() + timedelta(days=1)
    for changed in ({"happened_on": tomorrow}, {"final_on": date(2026, 2, 28)}, {"final_on": tomorrow}):
        assert _code(record_credit, city.clerk, unit, replace(BAD, **changed)) == "credit.bad_day"


def test_terms_out_of_bounds_or_unchecked_are_refused(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_terms(monkeypatch)
    row = notice_over(noted(city, city.user("甲厂")))
    for months in (2, 13):
        assert _code(release_credit, city.reviewer, row.pk, months=months) == "credit.bad_months"
    use_terms(monkeypatch, is_checked=False)
    assert _code(release_credit, city.reviewer, row.pk, months=6) == "credit.unchecked_rule"


def test_an_open_objection_keeps_it_from_being_entered(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    row = noted(city, user)
    object_to_credit(city.filer(user), row.pk, words="已办许可")
    assert _code(release_credit, city.reviewer, notice_over(row).pk, months=6) == "credit.objection_open"


def test_what_is_shown_is_withdrawn_by_those_who_enter_only(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    row = shown(city, city.user("甲厂"))
    assert _code(withdraw_credit, city.clerk, row.pk, reason="误录") == "credit.wrong_state"
    assert _code(withdraw_credit, city.reviewer, row.pk, reason=" ") == "credit.reason_needed"
    gone = withdraw_credit(city.reviewer, row.pk, reason="处罚决定已撤销")
    assert (gone.state, gone.end_reason) == ("withdrawn", "处罚决定已撤销")
    assert Message.objects.filter(kind="credit_ended").count() == 1


def test_a_proposal_that_nobody_told_is_withdrawn_in_silence(city: City) -> None:
    row = record_credit(city.clerk, city.user("甲厂").organisation_id, BAD)
    withdraw_credit(city.clerk, row.pk, reason="误录")
    assert not Message.objects.exists()
    assert _code(notify_subject, city.clerk, row.pk) == "credit.wrong_state"


def test_a_user_of_another_unit_and_a_person_without_the_right_are_refused(city: City) -> None:
    here, there = city.user("甲厂"), city.user("乙厂")
    with pytest.raises(NotThereError):
        record_credit(city.clerk, here.organisation_id, replace(BAD, user=there.pk))
    with pytest.raises(NotPermittedError):
        record_credit(city.filer(here), here.organisation_id, BAD)
    assert record_credit(city.clerk, here.organisation_id, replace(BAD, user=here.pk)).user == here
