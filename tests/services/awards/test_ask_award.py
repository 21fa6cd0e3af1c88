"""A user asks under an open scheme; the amount is found by the terms, or it is not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.made_up import FIXED, PLAIN, YEAR, City, irrigation, use_rate
from shuiheng.adapters.records.models import Event, SchemeKind
from shuiheng.charges.subsidy import Metered
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.awards.ask_award import ask_award, enter_award
from shuiheng.services.awards.award_amount import Given
from shuiheng.services.awards.keep_scheme import close_scheme
from shuiheng.services.awards.terms import AmountMode
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db
FIELD = Given(crop="小麦", area_mu=Decimal(100), norm_m3_mu=Decimal(300))


def test_a_user_asks_with_documents_that_stand_in_the_ledger(city: City) -> None:
    user = city.user("印染厂")
    files = [UploadedFile(name="验收.txt", content="验收合格".encode())]
    award = city.asked(user, city.scheme(), replace(PLAIN, files=files))
    assert (award.state, award.amount_yuan, award.is_trial) == ("asked", Decimal("50000.00"), False)
    assert read_derivation(award.derivation).steps[0].name == "award_fixed"
    document = award.documents.get()
    assert (document.user, document.kind) == (user, "award_application")
    assert Event.objects.get(action="award.asked").subject == f"award:{award.pk}"


@pytest.mark.parametrize(
    ("changed", "given", "amount"),
    [
        ({"mode": AmountMode.ASKED}, Given(asked_yuan=Decimal("1200.50")), "1200.50"),
        ({"mode": AmountMode.ASKED, "most": Decimal(1000)}, Given(asked_yuan=Decimal(1000)), "1000.00"),
        ({"mode": AmountMode.ASKED, "most": Decimal(1000)}, Given(asked_yuan=Decimal("1000.01")), "1000.00"),
        ({"mode": AmountMode.SHARE, "share": Decimal("0.3")}, Given(cost_yuan=Decimal("33.35")), "10.01"),
        (
            {"mode": AmountMode.SHARE, "share": Decimal("0.3"), "most": Decimal(10)},
            Given(cost_yuan=Decimal("33.35")),
            "10.00",
        ),
    ],
)
def test_the_amount_follows_the_terms_and_is_rounded_once(
    city: City, changed: dict[str, object], given: Given, amount: str
) -> None:
    scheme = city.scheme(replace(FIXED, **changed))  # type: ignore[arg-type]  # fields of the class
    award = city.asked(city.user("印染厂"), scheme, replace(PLAIN, given=given))
    assert award.amount_yuan == Decimal(amount)
    assert read_derivation(award.derivation).value == Decimal(amount)


def test_irrigation_is_computed_from_the_metered_water_of_the_year(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_rate(monkeypatch)
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    user = city.user("灌溉站", litres=(0, 2_416_000))  # 28,992 m³ in the year, 1,008 less than 100 × 300
    award = city.asked(user, scheme, replace(PLAIN, given=FIELD))
    assert (award.amount_yuan, award.is_trial) == (Decimal("50.40"), False)
    derived = read_derivation(award.derivation)
    assert f"settled_year:{YEAR}" in {term.origin for step in derived.steps for term in step.terms}


def test_irrigation_whose_water_is_not_known_has_no_amount(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_rate(monkeypatch)
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    award = city.asked(city.user("灌溉站"), scheme, replace(PLAIN, given=FIELD))
    assert (award.amount_yuan, award.derivation) == (None, {})


def test_irrigation_that_was_estimated_has_no_amount_where_the_rule_needs_a_meter(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    user = city.user("灌溉站", litres=(0, 2_416_000))
    meter = user.meters.get()
    meter.months.filter(month__year=YEAR, month__month=7).update(
        measured_seconds=0, estimated_seconds=86_400 * 31, by_time_litres=None, estimated_litres=2_416_000
    )
    use_rate(monkeypatch)
    assert city.asked(user, scheme, replace(PLAIN, given=FIELD)).amount_yuan is None
    use_rate(monkeypatch, needs_meter="no")
    enter = enter_award(city.clerk, user.pk, scheme.pk, replace(PLAIN, given=FIELD, subject="二号地块"))
    assert enter.amount_yuan == Decimal("50.40")


def test_electricity_is_turned_into_water_with_its_step(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_rate(monkeypatch)
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    given = replace(FIELD, metered=Metered.POWER, energy_kwh=Decimal(5800), m3_kwh=Decimal(5))
    award = city.asked(city.user("灌溉站"), scheme, replace(PLAIN, given=given))
    assert award.amount_yuan == Decimal("50.00")  # 30,000 - 29,000 m³ at five fen
    first = read_derivation(award.derivation).steps[0]
    assert (first.name, first.formula) == ("power_volume", "5800 × 5")


def test_without_a_rule_in_force_irrigation_has_no_amount(city: City) -> None:
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    user = city.user("灌溉站", litres=(0, 2_416_000))
    assert city.asked(user, scheme, replace(PLAIN, given=FIELD)).amount_yuan is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"subject": " "}, "awards.field_missing"),
        ({"subject": "——"}, "awards.field_missing"),
        ({"basis": ""}, "awards.field_missing"),
        ({"given": Given()}, "awards.field_missing"),
        ({"files": [UploadedFile(name="a.txt", content=b"a")] * 11}, "awards.too_many_files"),
    ],
)
def test_what_is_missing_is_named(city: City, changed: dict[str, object], code: str) -> None:
    scheme = city.scheme(replace(FIXED, mode=AmountMode.ASKED))
    full = replace(PLAIN, given=Given(asked_yuan=Decimal(1)))
    asked = replace(full, **changed)  # type: ignore[arg-type]  # fields of the class
    with pytest.raises(ServiceError) as refused:
        city.asked(city.user("印染厂"), scheme, asked)
    assert refused.value.code == code


def test_nobody_asks_for_a_unit_of_others_or_under_a_scheme_that_is_not_open(city: City) -> None:
    user, other = city.user("印染厂"), city.user("造纸厂")
    scheme, filer = city.scheme(), city.filer(user)
    with pytest.raises(NotThereError):
        ask_award(filer, other.pk, scheme.pk, PLAIN)
    with pytest.raises(NotThereError):
        ask_award(filer, user.pk, city.scheme(is_open=False).pk, PLAIN)
    with pytest.raises(NotPermittedError):
        ask_award(city.clerk, user.pk, scheme.pk, PLAIN)
    close_scheme(city.clerk, scheme.pk)
    with pytest.raises(ServiceError, match=r"awards\.scheme_not_open"):
        ask_award(filer, user.pk, scheme.pk, PLAIN)


def test_a_user_that_was_merged_is_refused(city: City) -> None:
    user, kept = city.user("印染厂"), city.user("印染公司")
    user.merged_into = kept
    user.save()
    with pytest.raises(ServiceError, match=r"awards\.user_gone"):
        city.asked(user, city.scheme())
