"""What permits allow in an area, its cap, and what its published plan says of rain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    PermitFact,
    Place,
    Project,
    PublishedThreshold,
    RegionalCap,
    SourceFact,
    UserFact,
    VersionState,
)
from shuiheng.rules.conditions import Known

GROUND = ("groundwater", "geothermal")


def region_facts(project: Project, planned: Mapping[str, Decimal], on: date) -> dict[str, Known]:
    """Return what is known of the area of a project: caps, and what permits allow with the project.

    The area is its district where the district has a cap, else the city. An amount of which a part
    is not known is left out.
    """
    found: dict[str, Known] = {}
    surface, ground = planned.get("surface"), planned.get("groundwater")
    if surface is not None or ground is not None:
        taken = (surface or Decimal(0)) + (ground or Decimal(0))
        found |= _against_cap(project, "region", taken, on, is_ground=False)
    if ground is not None:
        found |= _against_cap(project, "ground", ground, on, is_ground=True)
    return found | _rain(project.place)


def permitted_m3(city: Place, area: Place, on: date, *, is_ground: bool = False) -> Decimal | None:
    """Return what permits allow in a year in an area; None when one of them states no volume.

    Args:
        city: The city.
        area: The district, or the city for all of it.
        on: The day.
        is_ground: Whether only groundwater is counted.
    """
    rows = standing(PermitFact.objects.filter(subject__source__user__city=city), AsOf(on=on))
    rows = rows.exclude(expires_on__lt=on).filter(subject__source__user__merged_into__isnull=True)
    if area.pk != city.pk:
        users = standing(UserFact.objects.filter(district=area), AsOf(on=on)).values("subject")
        rows = rows.filter(subject__source__user__in=users)
    if is_ground:
        waters = standing(SourceFact.objects.filter(water_kind__in=GROUND), AsOf(on=on)).values("subject")
        rows = rows.filter(subject__source__in=waters)
    if rows.filter(volume_m3__isnull=True).exists():
        return None
    return rows.aggregate(total=Sum("volume_m3"))["total"] or Decimal(0)


def _against_cap(
    project: Project, name: str, taken: Decimal, on: date, *, is_ground: bool
) -> dict[str, Known]:
    cap = _cap(project.place, project.area, on.year, is_ground=is_ground)
    area = project.area if cap is not None and cap.district_id else project.place
    permitted = permitted_m3(project.place, area, on, is_ground=is_ground)
    found = {}
    if cap is not None:
        found[f"{name}_cap_m3"] = Known(value=cap.volume_m3, origin=f"regional_cap:{cap.pk}")
    if permitted is not None:
        found[f"{name}_after_m3"] = Known(value=permitted + taken, origin=f"place:{area.pk}")
    return found


def _cap(city: Place, area: Place, year: int, *, is_ground: bool) -> RegionalCap | None:
    water = "groundwater" if is_ground else ""
    rows = RegionalCap.objects.filter(
        place=city, year=year, use_class="", water_kind=water, superseded_at__isnull=True
    )
    return rows.filter(district=area.pk).first() or rows.filter(district=None).first()


def _rain(city: Place) -> dict[str, Known]:
    """Return the smallest site area at which a published plan of the city asks for rain facilities."""
    rows = PublishedThreshold.objects.filter(
        version__plan__place=city, version__state=VersionState.PUBLISHED, unit="m2", op=">="
    )
    rows = rows.filter(quantity__contains="用地面积")
    row = rows.filter(Q(effect__contains="雨水") | Q(quote__contains="雨水")).order_by("value", "pk").first()
    return {} if row is None else {"rain_threshold_m2": Known(value=row.value, origin=f"threshold:{row.pk}")}
