"""A payer has a class of differential prices from a day on, on a document and by two persons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import Callbacks, City, book, use_book
from shuiheng.adapters.records.models import Charge, PayerClass, WaterUser
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.payer_classes import AskedClass, ask_class, decide_class
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db
FACTORS = {"yellow": Decimal("1.1"), "red": Decimal("1.5")}


@pytest.fixture(autouse=True)
def _factors(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(credit_price_factor=FACTORS))


def _asked(code: str, day: str = "2025-01-01", reason: str = "评价结果") -> AskedClass:
    sent = UploadedFile(name="评价.pdf", content=b"%PDF-1.4 grades")
    return AskedClass(code=code, valid_from=date.fromisoformat(day), reason=reason, document=sent)


def _classed(city: City, user: WaterUser, code: str, day: str = "2025-01-01") -> PayerClass:
    row = ask_class(city.clerk, user.pk, _asked(code, day))
    return decide_class(city.reviewer, row.pk, is_accepted=True)


def _amount(city: City, callbacks: Callbacks, month: int, kind: RunKind = RunKind.NON_HOUSEHOLD) -> Decimal:
    amount = Charge.objects.get(run=city.run(callbacks, kind, month=month)).amount_yuan
    assert amount is not None
    return amount


def test_a_class_holds_from_its_day_until_the_next_one(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("甲厂", litres=dict.fromkeys((1, 2, 3, 4), 100_000))
    _classed(city, user, "red", "2025-02-01")
    _classed(city, user, "yellow", "2025-03-01")
    _classed(city, user, "", "2025-04-01")
    amounts = [_amount(city, django_capture_on_commit_callbacks, month) for month in (1, 2, 3, 4)]
    assert amounts == [Decimal(each) for each in ("400.00", "550.00", "430.00", "400.00")]  # sewage 1.00


def test_a_surcharge_multiplies_the_price_of_the_class_and_says_so(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("甲厂", litres={3: 110_000})
    _classed(city, user, "red")
    run = city.run(django_capture_on_commit_callbacks)
    charge = Charge.objects.get(run=run)
    assert charge.amount_yuan == Decimal("55.00")  # 10 m³ × (3.00 × 1.5 + 1.00)
    steps = read_derivation(charge.derivation).steps
    assert [each.value for each in steps if each.name == "supply_price_of_credit"] == [Decimal("4.500")]


def test_what_was_not_accepted_changes_nothing(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("甲厂", litres={3: 100_000})
    waiting = ask_class(city.clerk, user.pk, _asked("red"))
    rejected = ask_class(city.clerk, user.pk, _asked("yellow"))
    decide_class(city.reviewer, rejected.pk, is_accepted=False, words="名单有误")
    assert _amount(city, django_capture_on_commit_callbacks, 3) == Decimal("400.00")
    assert waiting.document.sha256 == rejected.document.sha256


def test_a_class_that_has_no_factor_any_more_is_told(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = city.user("甲厂", litres={3: 100_000})
    _classed(city, user, "red")
    use_book(monkeypatch, book())
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks, RunKind.NON_HOUSEHOLD))
    assert charge.amount_yuan == Decimal("400.00")
    assert [each["code"] for each in charge.findings] == ["charges.class_without_factor"]


def test_one_person_alone_classes_nobody_and_a_class_needs_a_document(city: City) -> None:
    user = city.user("甲厂", litres={})
    for asked, code in (
        (_asked("blue"), "charges.unknown_class"),
        (_asked("red", reason=" "), "charges.reason_needed"),
        (
            AskedClass(code="red", valid_from=date(2025, 1, 1), reason="评价", document=None),
            "charges.document_needed",
        ),
    ):
        with pytest.raises(ServiceError) as refused:
            ask_class(city.clerk, user.pk, asked)
        assert refused.value.code == code
    row = ask_class(city.clerk, user.pk, _asked("red"))
    PayerClass.objects.filter(pk=row.pk).update(asked_by=city.reviewer)
    with pytest.raises(ServiceError) as refused:
        decide_class(city.reviewer, row.pk, is_accepted=True)
    assert refused.value.code == "charges.own_entry"
    decide_class(city.leader, row.pk, is_accepted=True)
    with pytest.raises(ServiceError) as refused:
        decide_class(city.leader, row.pk, is_accepted=False, words="再看")
    assert refused.value.code == "charges.already_decided"
