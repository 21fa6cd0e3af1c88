"""The use norms of a city (用水定额): those that the program ships and those that it imported."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.models import UseNorm as NormRow
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.adapters.rulebook.use_norms import shipped_use_norms
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.rules.in_force import areas_of
from shuiheng.rules.parameter import Check, Mark
from shuiheng.services.rules.rulebook_now import area_of_city

PROVINCE = 2


def norms_now(city: Place) -> tuple[UseNorm, ...]:
    """Return the norms that bear on a city, of the nation, its province and itself.

    Rows of a workbook that was undone stand among them with the day, so that they can be asked for as
    they were known. Whoever took a workbook in has held it against the standard.
    """
    areas = areas_of(area_of_city(city))
    shipped = tuple(each for each in shipped_use_norms() if each.area in areas)
    rows = NormRow.objects.filter(place=city).select_related("batch__made_by").order_by("pk")
    return (*shipped, *(norm_of_row(row) for row in rows))


def norm_of_row(row: NormRow) -> UseNorm:
    """Return an imported row as a norm."""
    recorded = timezone.localdate(row.recorded_at)
    account = row.batch.made_by
    factors = None
    if row.factor_least is not None and row.factor_most is not None:
        factors = (row.factor_least.normalize(), row.factor_most.normalize())
    return UseNorm(
        id=row.number,
        standard=row.standard,
        area=row.area,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        table=row.table,
        industry=row.industry,
        product=row.product,
        condition=row.condition,
        unit=row.unit,
        general=row.general.normalize(),
        advanced=None if row.advanced is None else row.advanced.normalize(),
        leader=None if row.leader is None else row.leader.normalize(),
        factors=factors,
        scope=row.scope,
        page=row.page,
        mark=Mark.FOUND,
        check=Check(by=account.shown_name, on=recorded) if account is not None else None,
        recorded_on=recorded,
        withdrawn_on=None if row.withdrawn_at is None else timezone.localdate(row.withdrawn_at),
    )


def standard_name(standard: str) -> str:
    """Return title and number of a standard of the rulebook; a standard that is described stands as it is."""
    source = shipped_sources().get(standard)
    return standard if source is None else f"{source.title} {source.number or ''}".strip()


def by_level(city: Place) -> Mapping[str, str]:
    """Return the code of the place for each level that a workbook names: nation, province, city."""
    own = area_of_city(city)
    return {"全国": "", "省": own[:PROVINCE], "本市": own}
