"""Everything that is known of a project: its form, the ledger, and what officers entered with evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import EliminationList, GateFact, PermitFact, Project, SourceFact
from shuiheng.adapters.records.queries_gates import elimination_lists, permit_lines, permit_records
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.conditions import FactWord
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.rules.conditions import FactValue, Known
from shuiheng.services.gates.norm_facts import last_year_grade, planned_grade
from shuiheng.services.gates.region_facts import GROUND, region_facts

RENEWAL, FLAGS = "renewal", {"yes": True, "no": False}
OWN_WATERS = ("surface", "groundwater")
DAYS_OF_YEAR, HECTARE_M2, MU_OF_HECTARE = Decimal(365), Decimal(10_000), Decimal(15)
SHORTEST_NAME = 2
_SEPARATORS = re.compile(r"[\W_]+")


def project_facts(
    seen: Sight, project: Project, entered: Iterable[GateFact], on: date
) -> Mapping[str, Known]:
    """Return what is known of a project on a day, by the name of the fact.

    What a person entered with evidence counts before what the program found.
    """
    planned = planned_water(project)
    found = of_permit(seen, project, on) if project.kind == RENEWAL else _of_form(project, planned)
    if project.kind == RENEWAL:
        grade = last_year_grade(seen, project, on)
    else:
        total = sum(planned.values(), Decimal(0)) if planned else None
        found |= region_facts(project, planned, on)
        grade = planned_grade(project, total, on)
    if grade is not None:
        found["norm_grade"] = grade
    listed = uses_listed(project.uses, elimination_lists(seen, on=on))
    if listed is not None:
        found["uses_eliminated"] = listed
    words = gate_words().facts
    for row in entered:
        value = fact_value(words[row.name], row.value) if row.name in words else None
        if value is not None:
            found[row.name] = Known(value=value, origin=f"gate_fact:{row.pk}")
    return found


def fact_value(word: FactWord, text: str) -> FactValue | None:
    """Return what was typed for a fact as its value, or None when it is none of its form."""
    if word.form == "flag":
        return FLAGS.get(text)
    if word.form == "word":
        return text if text in word.choices else None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def planned_water(project: Project) -> Mapping[str, Decimal]:
    """Return the planned water of a year in m³ by kind of water, as far as the form tells."""
    return {kind: Decimal(volume) for kind, volume in project.planned.items()}


def uses_listed(uses: Iterable[str], lists: Iterable[EliminationList]) -> Known | None:
    """Return whether a named process or equipment stands in a list; None without names or lists.

    A name stands in a list when one of both names contains the other, signs and blanks left out.
    """
    named = [name for each in uses if len(name := _bare(each)) >= SHORTEST_NAME]
    held = list(lists)
    if not named or not held:
        return None
    for each in held:
        for row in each.rows:
            wanted = _bare(str(row.get("name", "")))
            if len(wanted) >= SHORTEST_NAME and any(wanted in name or name in wanted for name in named):
                return Known(value=True, origin=f"elimination_list:{each.pk}")
    return Known(value=False, origin=f"elimination_list:{held[0].pk}")


def of_permit(seen: Sight, project: Project, on: date) -> dict[str, Known]:
    """Return what the ledger tells of the permit that is to be renewed."""
    found: dict[str, Known] = {"needs_permit": Known(value=True, origin="project")}
    permit = project.permit
    if permit is None:
        return found
    origin = f"permit:{permit.pk}"
    source = standing(SourceFact.objects.filter(subject=permit.source_id), AsOf(on=on)).first()
    if source is not None:
        found["takes_groundwater"] = Known(value=source.water_kind in GROUND, origin=origin)
    fact = standing(PermitFact.objects.filter(subject=permit), AsOf(on=on)).first()
    if fact is not None and fact.volume_m3 is not None:
        found["planned_abstraction_m3"] = Known(value=fact.volume_m3, origin=origin)
    records = permit_records(seen, [permit.pk]).get(permit.pk, ())
    begins = permit_lines(seen, [fact], on)[0].begins_on if fact is not None else None
    asked = next(
        (row for row in records if row.kind == "renewal_asked" and begins and row.on >= begins), None
    )
    if asked is not None and fact is not None and fact.expires_on is not None:
        days = Decimal((fact.expires_on - asked.on).days)
        if days >= 0:
            found["renewal_asked_days"] = Known(value=days, origin=f"permit_record:{asked.pk}")
    reported = next((row for row in records if row.kind == "annual_report" and row.year == on.year - 1), None)
    if reported is not None:
        found["annual_report_filed"] = Known(value=True, origin=f"permit_record:{reported.pk}")
    return found


def _of_form(project: Project, planned: Mapping[str, Decimal]) -> dict[str, Known]:
    values: dict[str, FactValue | None] = {
        "category": project.category or None,
        "site_area_m2": project.site_area_m2,
        "building_area_m2": project.building_area_m2,
    }
    if planned:
        own = sum((planned.get(kind, Decimal(0)) for kind in OWN_WATERS), Decimal(0))
        total = sum(planned.values(), Decimal(0))
        values |= {
            "needs_permit": own > 0,
            "takes_groundwater": planned.get("groundwater", Decimal(0)) > 0,
            "planned_abstraction_m3": own,
            "planned_use_year_m3": total,
            "planned_use_day_m3": total / DAYS_OF_YEAR,
            "planned_m3_mu": _per_mu(total, project.site_area_m2),
            "reclaimed_share": planned.get("reclaimed", Decimal(0)) / total if total else None,
        }
    origin = f"project:{project.pk}"
    return {name: Known(value=value, origin=origin) for name, value in values.items() if value is not None}


def _per_mu(planned_m3: Decimal, site_m2: Decimal | None) -> Decimal | None:
    """Return planned water by the mu of a site, of which 15 make a hectare."""
    return planned_m3 * HECTARE_M2 / (site_m2 * MU_OF_HECTARE) if site_m2 else None


def _bare(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).lower()
