"""Make, edit, rename, merge, split and close organisations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypedDict

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import ChangeKind, Organisation, OrganisationKind
from shuiheng.adapters.records.queries_organisations import places_of
from shuiheng.services.change_organisation import (
    close_organisation,
    merge_organisations,
    rename_organisation,
    split_organisation,
)
from shuiheng.services.errors import NotThereError
from shuiheng.services.keep_organisation import (
    OrganisationFields,
    edit_contact,
    edit_organisation,
    make_organisation,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import key_of, keys_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried

REFUSED = 422


@page(Action.ORGANISATIONS_EDIT, methods=("GET", "POST"))
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Make an organisation."""
    made: list[Organisation] = []

    def work() -> None:
        place = key_of(request.POST, "place")
        if place is None:
            raise NotThereError("place:")
        made.append(make_organisation(request.user, place, _fields(request.POST)))

    if request.method == "POST" and tried(request, work, done=_("单位已建立。")):
        return redirect("organisation", slug=made[0].slug)
    return _form(request, None, request.POST or {"kind": OrganisationKind.DEPARTMENT})


@page(Action.ORGANISATIONS_EDIT, methods=("GET", "POST"))
def edit_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is known of an organisation, except its name."""
    unit = _unit(request, slug, Action.ORGANISATIONS_EDIT)

    def work() -> None:
        edit_organisation(request.user, unit.pk, _fields(request.POST, name=unit.name))

    if request.method == "POST":
        if tried(request, work, done=_("单位信息已更新。")):
            return redirect("organisation", slug=slug)
        return _form(request, unit, request.POST)
    return _form(request, unit, _posted(unit))


@page(Action.CONTACTS_EDIT, methods=("POST",))
def edit_unit_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Change whom to call at an organisation."""
    unit = _unit(request, slug, Action.CONTACTS_EDIT)
    tried(
        request,
        lambda: edit_contact(
            request.user,
            unit.pk,
            name=words_of(request.POST, "contact_name"),
            phone=words_of(request.POST, "contact_phone"),
            email=words_of(request.POST, "contact_email"),
        ),
        done=_("联系人已更新。"),
    )
    return redirect("organisation", slug=slug)


@page(Action.ORGANISATIONS_EDIT, methods=("POST",))
def change_unit(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Rename, merge, split or close an organisation on a day, on a basis."""
    unit = _unit(request, slug, Action.ORGANISATIONS_EDIT)
    into = keys_of(request.POST, "into")
    works: dict[str, Callable[[], object]] = {
        ChangeKind.RENAMED: lambda: rename_organisation(
            request.user, unit.pk, name=words_of(request.POST, "name"), **_when(request.POST)
        ),
        ChangeKind.MERGED: lambda: merge_organisations(
            request.user, [unit.pk], _one(into), **_when(request.POST)
        ),
        ChangeKind.SPLIT: lambda: split_organisation(request.user, unit.pk, into, **_when(request.POST)),
        ChangeKind.CLOSED: lambda: close_organisation(request.user, unit.pk, **_when(request.POST)),
    }
    if verb not in works:
        raise Http404
    tried(request, works[verb], done=_("机构变动已记录，相关任务已随之调整。"))
    return redirect("organisation", slug=slug)


class _When(TypedDict):
    """The day of a change and the document that says so."""

    on: date
    basis: str


def _when(posted: QueryDict) -> _When:
    return {"on": wanted_day(posted, "on"), "basis": words_of(posted, "basis", limit=300)}


def _one(keys: list[int]) -> int:
    if len(keys) != 1:
        raise NotThereError("organisation:")
    return keys[0]


def _unit(request: HttpRequest, slug: str, action: Action) -> Organisation:
    return row_for(request.user, action, Organisation, slug=slug)


def _fields(posted: QueryDict, *, name: str = "") -> OrganisationFields:
    kind = posted.get("kind", "")
    names = words_of(posted, "other_names").replace("，", "、").replace("\n", "、").replace(";", "、")
    return OrganisationFields(
        name=name or words_of(posted, "name"),
        kind=OrganisationKind(kind) if kind in set(OrganisationKind) else OrganisationKind.DEPARTMENT,
        short_name=words_of(posted, "short_name"),
        credit_code=words_of(posted, "credit_code"),
        contact_name=words_of(posted, "contact_name"),
        contact_phone=words_of(posted, "contact_phone"),
        contact_email=words_of(posted, "contact_email"),
        other_names=tuple(each.strip() for each in names.split("、") if each.strip()),
    )


def _posted(unit: Organisation) -> dict[str, str]:
    names = [row.name for row in unit.names.all() if not row.is_former]
    fields = ("kind", "short_name", "credit_code")
    return {name: str(getattr(unit, name)) for name in fields} | {"other_names": "、".join(names)}


def _form(request: HttpRequest, unit: Organisation | None, posted: object) -> HttpResponse:
    context = {
        "unit": unit,
        "posted": posted,
        "kinds": [each.value for each in OrganisationKind],
        "places": places_of(seen(request, Action.ORGANISATIONS_EDIT)),
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "organisations/form.html", context, status=status)
