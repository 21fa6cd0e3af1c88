"""What the form of a project asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.models import OrganisationKind, Place, Project
from shuiheng.adapters.records.queries_ledger import units_for
from shuiheng.adapters.rulebook.gates import Names, gate_words
from shuiheng.allowances.figures import shown
from shuiheng.allowances.norm_lookup import norm_key
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.services.gates.keep_project import ProjectFields
from shuiheng.services.gates.norm_facts import key_of_norm, norms_on
from shuiheng.services.permission import Action
from shuiheng.services.rules.norms_now import standard_name
from shuiheng.services.scope import city_above, own_places
from shuiheng.web.page import seen
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.rules.shown import language

MOST, NONE, LONGEST_KEY = Decimal(10) ** 14, "", 300
PLANNED = "planned_"
RENEWAL = "renewal"


def area_choices(request: HttpRequest) -> Sequence[tuple[int, str]]:
    """Return the districts, and the city itself, for which the reader may keep projects."""
    rows = seen(request, Action.GATES_KEEP)(Place).filter(to_on__isnull=True).order_by("order", "pk")
    return [(place.pk, place.name) for place in rows]


def owner_choices(request: HttpRequest) -> Sequence[tuple[int, str]]:
    """Return the water users that can own a project."""
    units = units_for(seen(request, Action.GATES_KEEP), (OrganisationKind.WATER_USER,))
    return [(unit.pk, unit.name) for unit in units]


def project_asks(request: HttpRequest, project: Project | None = None) -> list[Ask]:
    """Return the fields of the form of a project, or of a new one."""
    words = gate_words()
    is_renewal = project is not None and project.kind == RENEWAL
    kinds = {code: names for code, names in words.kinds.items() if (code == RENEWAL) is is_renewal}
    norms = _norms(request, project)
    return [
        Ask(name="name", label=_("项目名称"), is_needed=True, is_long=True),
        Ask(name="kind", label=_("建设性质"), form=Form.CHOICE, table=_named(kinds), is_needed=True),
        Ask(name="stage", label=_("当前阶段"), form=Form.CHOICE, table=_named(words.stages), is_needed=True),
        Ask(name="area", label=_("所在区县"), form=Form.KEY, choices=area_choices(request), is_needed=True),
        Ask(name="owner", label=_("建设单位（台账用水户）"), form=Form.KEY, choices=owner_choices(request)),
        Ask(name="owner_name", label=_("建设单位名称"), hint=_("不在台账中的，填写名称。")),
        Ask(name="category", label=_("项目类别"), form=Form.CHOICE, table=_named(words.categories)),
        _number("site_area_m2", _("规划用地面积（m²）")),
        _number("building_area_m2", _("建筑面积（m²）")),
        *(
            _number(f"{PLANNED}{code}", _("年计划用水量（m³）：%(water)s") % {"water": names[language()]})
            for code, names in words.waters.items()
        ),
        Ask(
            name="norm",
            label=_("主要产品的用水定额"),
            form=Form.CHOICE,
            table=norms,
            limit=LONGEST_KEY,
            is_quoted=True,
        ),
        _number("activity", _("年计划产量（按定额单位）")),
        Ask(
            name="uses",
            label=_("采用的工艺和主要设备"),
            limit=4000,
            is_long=True,
            hint=_("用顿号或分号隔开，与淘汰目录比对。"),
        ),
        Ask(name="approved_on", label=_("取水申请批准日期"), form=Form.DAY),
        Ask(name="begun_on", label=_("取水工程开工日期"), form=Form.DAY),
        Ask(name="note", label=_("说明"), limit=500, is_long=True),
    ]


def fields_of(given: Mapping[str, Any]) -> ProjectFields:
    """Return what was typed as the fields of a project."""
    plain = {name: value for name, value in given.items() if not name.startswith(PLANNED)}
    planned = {
        name.removeprefix(PLANNED): value
        for name, value in given.items()
        if name.startswith(PLANNED) and value is not None
    }
    uses = str(plain.pop("uses") or "").replace("；", "、").replace(";", "、").split("、")
    return ProjectFields(**plain, planned=planned, uses=uses)


def typed_project(project: Project) -> dict[str, str]:
    """Return a project as it would be typed."""
    names = ("name", "kind", "stage", "owner_name", "category", "note")
    numbers = ("site_area_m2", "building_area_m2", "activity")
    found = {name: str(getattr(project, name)) for name in names}
    found |= {name: _typed(getattr(project, name)) for name in numbers}
    found |= {f"{PLANNED}{kind}": _typed(Decimal(volume)) for kind, volume in project.planned.items()}
    days = {"approved_on": project.approved_on, "begun_on": project.begun_on}
    found |= {name: NONE if day is None else day.isoformat() for name, day in days.items()}
    return found | {
        "norm": key_of_norm(project.place, project.norm, timezone.localdate()),
        "area": str(project.area_id),
        "owner": NONE if project.owner_id is None else str(project.owner_id),
        "uses": "、".join(project.uses),
    }


def _number(name: str, label: Any) -> Ask:
    return Ask(name=name, label=label, form=Form.NUMBER, most=MOST, places=3)


def _norms(request: HttpRequest, project: Project | None) -> dict[str, str]:
    """Return the norms in force today by key, of the city of a project or those of the reader's cities."""
    today = timezone.localdate()
    if project is None:
        cities = {each.pk: each for each in map(city_above, own_places(request.user, Action.GATES_KEEP))}
    else:
        cities = {project.place_id: project.place}
    found = {norm_key(norm): _norm_name(norm) for city in cities.values() for norm in norms_on(city, today)}
    if project is not None and project.norm:
        found.setdefault(key_of_norm(project.place, project.norm, today), project.norm)
    return found


def _norm_name(norm: UseNorm) -> str:
    """Return by what a norm is chosen: `product condition（unit，general value） standard`."""
    product = " ".join(filter(None, (norm.product, norm.condition)))
    return f"{product}（{shown(norm.general)} {norm.unit}） {standard_name(norm.standard)}"


def _named(names: Names) -> dict[str, Any]:
    return {code: each[language()] for code, each in names.items()}


def _typed(value: Decimal | None) -> str:
    return (
        NONE
        if value is None
        else f"{value:f}".rstrip("0").rstrip(".")
        if "." in f"{value:f}"
        else f"{value:f}"
    )
