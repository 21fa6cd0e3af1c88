"""An award takes two persons, holds to its conditions and budget, and is not granted twice for the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from services.awards.made_up import FIXED, OF_INDUSTRY, PLAIN, SAVED_5, City, irrigation, use_rate
from shuiheng.adapters.records.models import Award, Event, Role, SchemeKind
from shuiheng.services.awards.ask_award import enter_award
from shuiheng.services.awards.award_amount import Given
from shuiheng.services.awards.decide_award import (
    approve_award,
    check_award,
    reject_award,
    revoke_award,
    withdraw_award,
)
from shuiheng.services.awards.terms import Repeats
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
FIELD = Given(crop="小麦", area_mu=Decimal(100), norm_m3_mu=Decimal(300))


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_conditions_are_held_against_the_ledger_and_what_was_found_is_kept(city: City) -> None:
    scheme = city.scheme(conditions=[SAVED_5, OF_INDUSTRY])
    saver = check_award(city.clerk, city.asked(city.user("甲厂", litres=(100_000, 95_000)), scheme).pk)
    assert [(each["found"], each["verdict"]) for each in saver.checks] == [
        ("0.05", "yes"),
        (["industry"], "yes"),
    ]
    other = check_award(city.clerk, city.asked(city.user("乙厂", litres=(100_000, 95_001)), scheme).pk)
    assert [each["verdict"] for each in other.checks] == ["no", "yes"]
    assert _code(approve_award, city.reviewer, other.pk, reason="照顾") == "awards.not_eligible"
    assert approve_award(city.reviewer, saver.pk).state == "approved"


def test_what_the_ledger_does_not_know_needs_a_reason(city: City) -> None:
    scheme = city.scheme(conditions=[SAVED_5])
    award = check_award(city.clerk, city.asked(city.user("甲厂", litres=(None, 95_000)), scheme).pk)
    assert award.checks[0]["verdict"] == "unknown"
    assert _code(approve_award, city.reviewer, award.pk) == "awards.unknown_needs_reason"
    approved = approve_award(city.reviewer, award.pk, reason="已查验上年抄表记录")
    assert approved.decision == "已查验上年抄表记录"
    assert Event.objects.get(action="award.approved").reason == approved.decision


def test_nobody_approves_what_the_same_person_asked_for_or_checked(city: City) -> None:
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    user, scheme = city.user("甲厂"), city.scheme()
    award = enter_award(city.clerk, user.pk, scheme.pk, PLAIN)
    assert _code(approve_award, city.reviewer, award.pk) == "awards.wrong_state"
    check_award(city.clerk, award.pk)
    assert _code(approve_award, city.clerk, award.pk) == "awards.own_award"
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(approved_by=city.clerk)
    with pytest.raises(NotPermittedError):
        approve_award(city.filer(user), award.pk)
    assert approve_award(city.reviewer, award.pk).approved_by == city.reviewer


def test_the_same_subject_is_not_paid_twice_under_any_scheme(city: City) -> None:
    user = city.user("甲厂")
    first = city.granted(user, city.scheme())
    again = city.asked(user, city.scheme(year=2027), replace(PLAIN, subject="节水型  企业（２次）"))
    assert again.twin is None
    same = city.asked(user, city.scheme(year=2028), replace(PLAIN, subject="节水型-企业"))
    assert same.twin == first
    check_award(city.clerk, same.pk)
    assert _code(approve_award, city.reviewer, same.pk) == "awards.paid_twice"
    approved = approve_award(city.reviewer, same.pk, twin_reason="另一厂区")
    assert (approved.twin, approved.twin_reason) == (first, "另一厂区")


def test_an_entry_that_was_merged_is_the_same_user(city: City) -> None:
    old, kept = city.user("甲厂"), city.user("甲公司")
    first = city.granted(old, city.scheme())
    old.merged_into = kept
    old.save()
    assert city.asked(kept, city.scheme(year=2027)).twin == first


def test_what_was_refused_or_withdrawn_is_no_second_payment(city: City) -> None:
    user, scheme = city.user("甲厂"), city.scheme()
    first = city.asked(user, scheme)
    second = city.asked(user, scheme, PLAIN)
    assert second.twin == first
    reject_award(city.clerk, first.pk, reason="材料不全")
    assert check_award(city.clerk, second.pk).twin is None


def test_a_yearly_subsidy_may_be_paid_again_in_another_year_only(city: City) -> None:
    yearly = replace(FIXED, repeats=Repeats.YEARLY)
    user = city.user("甲厂")
    first = city.granted(user, city.scheme(yearly, year=2025))
    assert city.asked(user, city.scheme(yearly, year=2026), PLAIN).twin is None
    assert city.asked(user, city.scheme(yearly, year=2025), PLAIN).twin == first
    assert city.asked(user, city.scheme(FIXED, year=2026), PLAIN).twin == first


def test_approvals_stay_within_the_budget_to_the_fen(city: City) -> None:
    scheme = city.scheme(budget="100000.00")
    first = city.granted(city.user("甲厂"), scheme)
    city.granted(city.user("乙厂"), scheme)
    third = check_award(city.clerk, city.asked(city.user("丙厂"), scheme).pk)
    assert _code(approve_award, city.reviewer, third.pk) == "awards.over_budget"
    revoke_award(city.leader, first.pk, reason="企业放弃")
    assert approve_award(city.reviewer, third.pk).state == "approved"
    tight = city.scheme(budget="49999.99")
    other = check_award(city.clerk, city.asked(city.user("丁厂"), tight).pk)
    assert _code(approve_award, city.reviewer, other.pk) == "awards.over_budget"


def test_a_relief_has_no_budget_to_hold_to(city: City) -> None:
    scheme = city.scheme(kind=SchemeKind.RELIEF, budget=None)
    assert city.granted(city.user("甲厂"), scheme).state == "approved"


def test_an_amount_that_rests_on_an_unchecked_value_is_not_approved(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_rate(monkeypatch, is_checked=False)
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    user = city.user("灌溉站", litres=(0, 2_416_000))
    award = check_award(city.clerk, city.asked(user, scheme, replace(PLAIN, given=FIELD)).pk)
    assert (award.amount_yuan, award.is_trial) == (Decimal("50.40"), True)
    assert _code(approve_award, city.reviewer, award.pk) == "awards.trial"
    use_rate(monkeypatch)
    assert not check_award(city.clerk, award.pk).is_trial
    assert approve_award(city.reviewer, award.pk).state == "approved"


def test_an_amount_that_is_not_known_is_not_checked(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    award = city.asked(city.user("灌溉站"), scheme, replace(PLAIN, given=FIELD))
    assert _code(check_award, city.clerk, award.pk) == "awards.no_rule"
    use_rate(monkeypatch)
    assert _code(check_award, city.clerk, award.pk) == "awards.unknown_figure"
    award.refresh_from_db()
    assert award.state == "asked"


def test_a_user_takes_back_its_own_until_it_is_approved(city: City) -> None:
    user, other, scheme = city.user("甲厂"), city.user("乙厂"), city.scheme()
    award = city.asked(user, scheme)
    with pytest.raises(NotThereError):
        withdraw_award(city.filer(other), award.pk, reason="误报")
    filer = award.asked_by
    assert _code(withdraw_award, filer, award.pk, reason=" ") == "awards.reason_needed"
    assert withdraw_award(filer, award.pk, reason="误报").state == "withdrawn"
    granted = city.granted(other, scheme)
    assert _code(withdraw_award, granted.asked_by, granted.pk, reason="误报") == "awards.wrong_state"
    assert _code(reject_award, city.clerk, granted.pk, reason="误报") == "awards.wrong_state"
    with pytest.raises(NotPermittedError):
        revoke_award(city.clerk, granted.pk, reason="误报")
