"""Made-up projects and permits for the tests of gates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from office import the_office
from shuiheng.adapters.records.models import Account, Permit, Project, SourceKind, WaterUser
from shuiheng.services.gates.keep_project import ProjectFields, add_project
from shuiheng.services.ledger.keep_source import PermitFields, SourceFields, add_permit, add_source
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

BEGUN, ENDS = date(2022, 1, 1), date(2031, 12, 31)


def a_user(officer: Account, name: str = "青禾纺织厂") -> WaterUser:
    """Return a new water user of the city."""
    fields = WaterUserFields(
        name=name, district=the_office().place.pk, no_code_reason="测试用虚构单位", use_class="industry"
    )
    return add_water_user(officer, fields, valid_from=BEGUN)


def a_permit(
    officer: Account,
    *,
    user: WaterUser | None = None,
    water: str = "surface",
    volume_m3: int | None = 600_000,
    ends: date | None = ENDS,
    number: str = "取水001",
) -> Permit:
    """Return a new permit of a user of the city."""
    owner = user or a_user(officer)
    source = add_source(
        officer, owner.pk, SourceKind.ABSTRACTION, SourceFields(water_kind=water), valid_from=BEGUN
    )
    allowed = PermitFields(
        expires_on=ends, volume_m3=None if volume_m3 is None else Decimal(volume_m3), purpose="生产"
    )
    return add_permit(officer, source.pk, number, allowed, valid_from=BEGUN)


def some_fields(**changed: Any) -> ProjectFields:
    """Return what is said of a made-up project."""
    given: dict[str, Any] = {
        "name": "青禾纺织二期",
        "kind": "new",
        "stage": "permit",
        "area": the_office().place.pk,
        "owner_name": "青禾纺织厂",
        "category": "industry",
        "planned": {"surface": Decimal(120_000)},
    }
    return ProjectFields(**{**given, **changed})


def a_project(officer: Account, **changed: Any) -> Project:
    """Return a new made-up project."""
    return add_project(officer, some_fields(**changed))
