"""A cap is superseded by a later one of the same parts, and withdrawn with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, RegionalCap
from shuiheng.services.allowances.keep_cap import CapFields, set_cap, withdraw_cap
from shuiheng.services.errors import NotPermittedError, ServiceError

pytestmark = pytest.mark.django_db


def _cap(volume: str, **parts: object) -> CapFields:
    return CapFields(**({"year": 2026, "volume_m3": Decimal(volume), "basis": "青禾〔2025〕9号"} | parts))  # type: ignore[arg-type]


def test_a_later_cap_of_the_same_parts_supersedes_and_one_of_others_stands_beside(officer: Account) -> None:
    city = the_office().place.pk
    first, other = (
        set_cap(officer, city, _cap("100")),
        set_cap(officer, city, _cap("50", use_class="industry")),
    )
    later = set_cap(officer, city, _cap("90"))
    standing = RegionalCap.objects.filter(superseded_at__isnull=True)
    assert set(standing.values_list("pk", flat=True)) == {other.pk, later.pk}
    first.refresh_from_db()
    assert first.superseded_at is not None and first.volume_m3 == 100


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"year": 26}, "allowances.year"),
        ({"volume_m3": Decimal("-1")}, "allowances.volume"),
        ({"volume_m3": Decimal("NaN")}, "allowances.volume"),
        ({"basis": " "}, "allowances.basis_needed"),
    ],
)
def test_a_cap_needs_a_year_a_volume_and_a_basis(
    officer: Account, parts: dict[str, object], code: str
) -> None:
    with pytest.raises(ServiceError) as error:
        set_cap(officer, the_office().place.pk, _cap("1", **parts))
    assert error.value.code == code


def test_a_cap_of_zero_is_one(officer: Account) -> None:
    assert set_cap(officer, the_office().place.pk, _cap("0")).volume_m3 == 0


def test_a_cap_is_withdrawn_once_with_a_reason(officer: Account, reader: Account) -> None:
    cap = set_cap(officer, the_office().place.pk, _cap("100"))
    with pytest.raises(ServiceError):
        withdraw_cap(officer, cap.pk, reason="")
    with pytest.raises(NotPermittedError):
        withdraw_cap(reader, cap.pk, reason="错")
    withdraw_cap(officer, cap.pk, reason="录入错误")
    with pytest.raises(ServiceError) as error:
        withdraw_cap(officer, cap.pk, reason="再次")
    assert error.value.code == "allowances.cap_ended"
