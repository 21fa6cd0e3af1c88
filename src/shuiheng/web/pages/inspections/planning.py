"""The form by which a random inspection is planned and changed while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import InspectionDraw, Place, PlaceKind, SeedKind
from shuiheng.adapters.records.queries_inspections import inspection_items, one_draw
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.services.inspections.draw_scope import DrawScope, ObjectKind, scope_of, typed_numbers
from shuiheng.services.inspections.keep_draw import DrawFields, SeedFields, change_draw, make_draw
from shuiheng.services.inspections.seal_number import sealers_of
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above
from shuiheng.web.fields import keys_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.words_inspections import KINDS, SEEDS
from shuiheng.web.words_ledger import SOURCE_KINDS, USE_CLASSES

PERCENT = Decimal(100)
LONGEST_LIST = 4000


@page(Action.INSPECTIONS_KEEP, methods=("GET", "POST"))
def new_inspection(request: HttpRequest) -> HttpResponse:
    """Plan a random inspection."""
    places = _places(seen(request, Action.INSPECTIONS_KEEP))

    def done(given: dict[str, Any]) -> str:
        row = make_draw(request.user, fields_of(given, request.POST, places))
        return reverse("inspection", args=[row.pk])

    year = str(timezone.localdate().year)
    first = {"year": year, "kind": "user", "seed_kind": SeedKind.PUBLIC_NUMBER.value}
    first["area"] = str(places[0].pk) if places else ""
    form = FormPage(
        title=_("编制随机抽查"),
        done=_("已保存。请核对名录库，再由另一人公布承诺值。"),
        asks=inspection_asks(places),
        initial=first,
        back=reverse("inspections"),
        further=_further(request, places, {}),
        template="inspections/form.html",
    )
    return asked(request, form, done)


@page(Action.INSPECTIONS_KEEP, methods=("GET", "POST"))
def edit_inspection(request: HttpRequest, key: int) -> HttpResponse:
    """Change a random inspection that is a draft."""
    sight = seen(request, Action.INSPECTIONS_KEEP)
    row, places = one_draw(sight, key), _places(sight)
    if row is None:
        raise Http404

    def done(given: dict[str, Any]) -> str:
        changed = change_draw(request.user, key, fields_of(given, request.POST, places))
        return reverse("inspection", args=[changed.pk])

    form = FormPage(
        title=_("修改随机抽查"),
        done=_("已保存。请核对名录库，再由另一人公布承诺值。"),
        asks=inspection_asks(places),
        initial=typed_of(row),
        back=reverse("inspection", args=[key]),
        further=_further(request, places, row.scope | {"items": [each.pk for each in row.items.all()]}),
        template="inspections/form.html",
    )
    return asked(request, form, done)


def inspection_asks(places: Sequence[Place]) -> list[Ask]:
    """Return what is asked of a random inspection."""
    listed = [(place.pk, place.name) for place in places]
    return [
        Ask(name="title", label=_("名称"), is_needed=True, is_long=True, limit=120),
        Ask(name="year", label=_("年度"), form=Form.WHOLE, is_needed=True),
        Ask(name="area", label=_("由谁检查"), form=Form.KEY, choices=listed, is_needed=True),
        Ask(name="planned_from", label=_("计划开始"), form=Form.DAY),
        Ask(name="planned_to", label=_("计划结束"), form=Form.DAY),
        Ask(name="partners", label=_("联合部门"), is_long=True, hint=_("部门联合抽查时填写。")),
        *_scope_asks(),
        Ask(name="size", label=_("抽查数量"), form=Form.WHOLE, hint=_("数量和比例填一项。")),
        Ask(name="share", label=_("抽查比例（%）"), form=Form.NUMBER, places=2, most=PERCENT),
        *_seed_asks(),
    ]


def _scope_asks() -> list[Ask]:
    choice, all_ = Form.CHOICE, _("不限")
    use, hint = _("近十二个月用水量不少于（m³）"), _("用水量未知的不计入，并列出户数。")
    return [
        Ask(name="kind", label=_("检查对象"), form=choice, table=KINDS, is_needed=True),
        Ask(name="source_kind", label=_("水源"), form=choice, table=SOURCE_KINDS, nothing=all_),
        Ask(name="use_m3", label=use, form=Form.NUMBER, hint=hint),
        Ask(
            name="numbers",
            label=_("只从这些编号中抽取"),
            is_long=True,
            limit=LONGEST_LIST,
            hint=_("户号、许可证号或项目编号，用空格或逗号隔开；不填则不限。"),
        ),
    ]


def _seed_asks() -> list[Ask]:
    example = _("例如某日开奖的号码，由小到大，每个两位，依次相连。")
    return [
        Ask(name="seed_kind", label=_("随机数来源"), form=Form.CHOICE, table=SEEDS, is_needed=True),
        Ask(name="what", label=_("公开数字及写法"), is_long=True, hint=example),
        Ask(name="digits", label=_("一共几位"), form=Form.WHOLE, most=Decimal(200)),
        Ask(name="known_on", label=_("何日公布"), form=Form.DAY, hint=_("须在公布承诺值之后。")),
        Ask(name="persons", label=_("密封人的登录名"), is_long=True, hint=_("至少两人，用空格隔开。")),
    ]


def fields_of(given: Mapping[str, Any], posted: QueryDict, places: Sequence[Place]) -> DrawFields:
    """Return what was typed and ticked as the service takes it.

    Raises:
        ServiceError: `services.nothing_chosen`, what was ticked is none of the choices.
    """
    districts, classes = keys_of(posted, "districts"), posted.getlist("classes")
    if not set(districts) <= {place.pk for place in places} or not set(classes) <= set(USE_CLASSES):
        raise ServiceError("services.nothing_chosen")
    share: Decimal | None = given["share"]
    return DrawFields(
        title=given["title"],
        year=given["year"],
        area=given["area"],
        items=set(keys_of(posted, "items")),
        seed=SeedFields(
            kind=SeedKind(given["seed_kind"]),
            what=given["what"],
            digits=given["digits"],
            known_on=given["known_on"],
            persons=typed_numbers(given["persons"]),
        ),
        size=given["size"],
        share=None if share is None else share / PERCENT,
        scope=DrawScope(
            kind=ObjectKind(given["kind"]),
            districts=tuple(districts),
            classes=tuple(classes),
            use_m3=given["use_m3"],
            source_kind=given["source_kind"],
            numbers=tuple(typed_numbers(given["numbers"])),
        ),
        planned_from=given["planned_from"],
        planned_to=given["planned_to"],
        partners=given["partners"],
    )


def typed_of(row: InspectionDraw) -> dict[str, str]:
    """Return what a draft holds as it would be typed."""
    scope, share, plan = scope_of(row.scope), row.scope.get("share"), row.seed_plan
    said: dict[str, object] = {
        "title": row.title,
        "year": row.year,
        "area": row.area_id,
        "planned_from": row.planned_from,
        "planned_to": row.planned_to,
        "partners": row.partners,
        "kind": scope.kind.value,
        "source_kind": scope.source_kind,
        "use_m3": scope.use_m3,
        "numbers": " ".join(scope.numbers),
        "size": row.size or None,
        "share": None if share is None else f"{(Decimal(share) * PERCENT).normalize():f}",
        "seed_kind": row.seed_kind,
        "what": plan.get("what"),
        "digits": plan.get("digits"),
        "known_on": plan.get("known_on"),
        "persons": " ".join(each.account.username for each in sealers_of(row)),
    }
    return {name: "" if value is None else str(value) for name, value in said.items()}


def _places(sight: Sight) -> list[Place]:
    """Return the places for which the reader may plan: the city with its districts, or one district."""
    return list(sight(Place).filter(to_on__isnull=True).select_related("parent").order_by("order", "pk"))


def _further(request: HttpRequest, places: Sequence[Place], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is ticked in lists: the items, the districts and the classes of use, each with its choices.

    Args:
        request: The request; what was typed goes before what is held.
        places: The places from which the reader chooses.
        held: Of a draft that is changed: `items`, `districts`, `classes`.
    """
    is_typed, items = request.method == "POST", []
    if places:
        items = list(inspection_items(CitySight(city_above(places[0])), on=timezone.localdate()))
    posted = request.POST
    return {
        "items": items,
        "ticked": set(keys_of(posted, "items") if is_typed else held.get("items", ())),
        "districts": [place for place in places if place.kind != PlaceKind.CITY],
        "ticked_districts": keys_of(posted, "districts") if is_typed else held.get("districts", ()),
        "classes": USE_CLASSES.items(),
        "ticked_classes": posted.getlist("classes") if is_typed else held.get("classes", ()),
    }
