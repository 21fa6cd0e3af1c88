"""Put users into the ledger, add what belongs to them, and say what has changed since when and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import OrganisationKind, SourceKind, UserFact
from shuiheng.adapters.records.queries_ledger import UserPage, districts_of, units_for
from shuiheng.services.ledger.keep_contact import ActivityFields, ContactFields, set_activity, set_contact
from shuiheng.services.ledger.keep_meter import NewMeter, add_meter
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    add_permit,
    add_site,
    add_source,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user, change_water_user
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger import questions
from shuiheng.web.pages.ledger.asks import Ask, typed
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.pages.ledger.listing import moment_from
from shuiheng.web.pages.ledger.meter_fields import meter_fields
from shuiheng.web.pages.ledger.questions import Choices
from shuiheng.web.pages.ledger.views import user_or_404
from shuiheng.web.words_ledger import SOURCE_KINDS, WATER_KINDS

AUTHORITIES = (OrganisationKind.OFFICE, OrganisationKind.DEPARTMENT, OrganisationKind.DISTRICT)
Answers = dict[str, Any]


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def new_water_user(request: HttpRequest) -> HttpResponse:
    """Put a water user into the ledger."""

    def work(given: Answers) -> str:
        day = given.pop("valid_from")
        user = add_water_user(request.user, WaterUserFields(**_no_none(given)), valid_from=day)
        return reverse("water_user", args=[user.pk])

    form = FormPage(
        title=_("新建用水户"),
        done=_("用水户已建立。"),
        asks=questions.new_user_asks(district_choices(request)),
        initial={"is_open": "1", "valid_from": today_typed()},
        back=reverse("ledger"),
    )
    return asked(request, form, work)


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def edit_water_user(request: HttpRequest, key: int) -> HttpResponse:
    """Say what holds of a user from a day, and why."""
    found = standing_user(request, key)
    fact = found.fact or found.user.facts.order_by("-valid_from").first()
    asks = questions.user_asks(district_choices(request))

    def work(given: Answers) -> str:
        day, reason = given.pop("valid_from"), given.pop("reason")
        given["legal_person"] = given["legal_person"] or (fact.legal_person if fact else "")
        fields = WaterUserFields(**_no_none(given))
        change_water_user(request.user, key, fields, valid_from=day, reason=reason)
        return reverse("water_user", args=[key])

    form = FormPage(
        title=_("修改用水户"),
        done=_("修改已记录，原来的记载保留。"),
        asks=[*asks, *questions.change_asks()],
        initial=(typed(asks, fact) if isinstance(fact, UserFact) else {}) | {"valid_from": today_typed()},
        back=reverse("water_user", args=[key]),
        user=found.user,
    )
    return asked(request, form, work)


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def add_to_user(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """Add a site, source, permit, meter, contact or activity to a user."""
    if kind not in _KINDS:
        raise Http404
    found = standing_user(request, key)
    title, asks_of, initial, write = _KINDS[kind]

    def work(given: Answers) -> str:
        write(request, found, given)
        return reverse("water_user", args=[key])

    form = FormPage(
        title=str(title()),
        done=_("已记入台账。"),
        asks=[*asks_of(request, found), questions.valid_from_ask()],
        initial={**initial, "valid_from": today_typed()},
        back=reverse("water_user", args=[key]),
        user=found.user,
    )
    return asked(request, form, work)


def standing_user(request: HttpRequest, key: int) -> UserPage:
    """Return everything of a user that the reader may change now.

    Raises:
        Http404: There is none, or it was merged into another.
    """
    found = user_or_404(request, key, Action.LEDGER_EDIT, moment_from({}))
    if found.user.merged_into_id is not None:
        raise Http404
    return found


def district_choices(request: HttpRequest) -> Choices:
    """Return the places in which the reader may enter users."""
    return [(place.pk, place.name) for place in districts_of(seen(request, Action.LEDGER_EDIT))]


def unit_choices(request: HttpRequest, found: UserPage, *kinds: OrganisationKind) -> Choices:
    """Return the organisations of these kinds in the user's city."""
    sight = seen(request, Action.ORGANISATIONS_LOOK)
    return [(unit.pk, unit.name) for unit in units_for(sight, kinds, found.user.city_id)]


def site_choices(found: UserPage) -> Choices:
    """Return the sites of a user."""
    return [(fact.subject_id, f"{fact.subject.number} {fact.name}") for fact in found.sites]


def source_choices(found: UserPage, kind: SourceKind | None = None) -> Choices:
    """Return the sources of a user, of one kind if told."""
    return [
        (
            fact.subject_id,
            f"{fact.subject.number} {SOURCE_KINDS[fact.subject.kind]} "
            f"{WATER_KINDS.get(fact.water_kind, fact.water_kind)}",
        )
        for fact in found.sources
        if kind is None or fact.subject.kind == kind
    ]


def meter_choices(found: UserPage, *, but: int | None = None) -> Choices:
    """Return the meters of a user that may stand above another."""
    return [
        (fact.subject_id, f"{fact.subject.number} · {fact.level}")
        for fact in found.meters
        if fact.subject_id != but
    ]


def _no_none(given: Answers) -> Answers:
    """Return answers without those that were left open where the service has its own word for that."""
    return {name: value for name, value in given.items() if value is not None}


def _site_asks(request: HttpRequest, found: UserPage) -> list[Ask]:
    number = questions.number_ask(_("地点编号"))
    return [number, *questions.site_asks(district_choices(request))]


def _add_site(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day, number = given.pop("valid_from"), given.pop("number")
    add_site(request.user, found.user.pk, number, SiteFields(**given), valid_from=day)


def source_asks(request: HttpRequest, found: UserPage) -> list[Ask]:
    """Return what is asked of a source of this user."""
    return questions.source_asks(
        site_choices(found),
        unit_choices(request, found, *AUTHORITIES),
        unit_choices(request, found, OrganisationKind.SUPPLIER),
    )


def _source_asks(request: HttpRequest, found: UserPage) -> list[Ask]:
    return [questions.kind_ask(), *source_asks(request, found)]


def _add_source(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day, kind = given.pop("valid_from"), SourceKind(given.pop("kind"))
    add_source(request.user, found.user.pk, kind, SourceFields(**given), valid_from=day)


def _permit_asks(request: HttpRequest, found: UserPage) -> list[Ask]:
    own = source_choices(found, SourceKind.ABSTRACTION)
    return [
        questions.key_ask("source", _("自备水源"), own),
        questions.number_ask(_("许可证编号"), limit=60),
        *questions.permit_asks(),
    ]


def _add_permit(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day, source, number = given.pop("valid_from"), given.pop("source"), given.pop("number")
    add_permit(request.user, source, number, PermitFields(**given), valid_from=day)


def meter_asks(found: UserPage, *, but: int | None = None) -> list[Ask]:
    """Return what is asked of a meter of this user."""
    return questions.meter_asks(site_choices(found), source_choices(found), meter_choices(found, but=but))


def _meter_asks(request: HttpRequest, found: UserPage) -> list[Ask]:
    own = (found.user.organisation_id, found.user.organisation.name)
    keepers = [*unit_choices(request, found, OrganisationKind.SUPPLIER), own]
    return [
        questions.number_ask(_("表号")),
        questions.key_ask("keeper", _("管表单位"), keepers),
        *meter_asks(found),
    ]


def _add_meter(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day, number, keeper = given.pop("valid_from"), given.pop("number"), given.pop("keeper")
    new = NewMeter(number=number, keeper=keeper, user=found.user.pk)
    add_meter(request.user, new, meter_fields(given), valid_from=day)


def _add_contact(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day = given.pop("valid_from")
    set_contact(request.user, found.user.pk, ContactFields(**given), valid_from=day)


def _add_activity(request: HttpRequest, found: UserPage, given: Answers) -> None:
    day, end = given.pop("valid_from"), given.pop("valid_to")
    set_activity(request.user, found.user.pk, ActivityFields(**given), valid_from=day, valid_to=end)


_Kind = tuple[
    Callable[[], str],
    Callable[[HttpRequest, UserPage], list[Ask]],
    dict[str, str],
    Callable[[HttpRequest, UserPage, Answers], None],
]
IN_USE = {"is_active": "1"}
NEW_METER = {**IN_USE, "level": "1", "role": "use", "step_litres": "1000", "multiplier": "1"}
_KINDS: dict[str, _Kind] = {
    "site": (lambda: _("增加用水地点"), _site_asks, {}, _add_site),
    "source": (lambda: _("增加水源"), _source_asks, IN_USE, _add_source),
    "permit": (lambda: _("增加取水许可证"), _permit_asks, {}, _add_permit),
    "meter": (lambda: _("增加计量点"), _meter_asks, NEW_METER, _add_meter),
    "contact": (lambda: _("登记联系人"), lambda request, found: questions.contact_asks(), {}, _add_contact),
    "activity": (
        lambda: _("登记活动量"),
        lambda request, found: questions.activity_asks(),
        {},
        _add_activity,
    ),
}
