"""Organisations: the list by kind, and everything about one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import Organisation, OrganisationKind
from shuiheng.adapters.records.queries_organisations import (
    OrganisationFilter,
    changes_of,
    open_match_counts,
    organisation_at,
    organisation_list,
    part_counts,
    parts_of,
    people_of,
    places_of,
)
from shuiheng.services.keep_organisation import CONTACT_FIELDS
from shuiheng.services.masking import reveal_contacts
from shuiheng.services.permission import Action, may, memberships_of
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for, scope
from shuiheng.web.exporting import export_name
from shuiheng.web.fields import words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.organisations.sheet import filter_words, organisation_sheet
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment

PAGE_SIZE = 100
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
LENGTH = 60


@page(Action.ORGANISATIONS_LOOK)
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the organisations of the city with how much each has to do."""
    sight, wanted = seen(request, Action.ORGANISATIONS_LOOK), _wanted(request)
    shown = Paginator(organisation_list(sight, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = {}
    if may(request.user, Action.REGISTER_LOOK):
        counts = part_counts(seen(request, Action.REGISTER_LOOK), shown.object_list)
    context: dict[str, object] = {
        "rows": [(each, counts.get(each.pk, {})) for each in shown.object_list],
        "page": shown,
        "wanted": wanted,
        "kinds": [each.value for each in OrganisationKind],
        "places": places_of(sight),
    }
    if may(request.user, Action.ORGANISATIONS_EDIT):
        context["open_units"] = sum(open_match_counts(seen(request, Action.ORGANISATIONS_EDIT)).values())
    return render(request, "organisations/list.html", context)


@page(Action.ORGANISATIONS_LOOK)
def organisations_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the organisations of a filter as a table, without contacts."""
    if ending not in WRITERS:
        raise Http404
    sight, wanted = seen(request, Action.ORGANISATIONS_LOOK), _wanted(request)
    units = list(organisation_list(sight, wanted))
    counts = {}
    if may(request.user, Action.REGISTER_LOOK):
        counts = part_counts(seen(request, Action.REGISTER_LOOK), units)
    sheet = organisation_sheet(request, units, counts=counts, wanted=filter_words(sight, wanted))
    record_export(request.user, "organisations", rows=len(sheet.rows), action=Action.ORGANISATIONS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def _wanted(request: HttpRequest) -> OrganisationFilter:
    kind = request.GET.get("kind", "")
    return OrganisationFilter(
        kind=kind if kind in {each.value for each in OrganisationKind} else "",
        place=plain(request.GET.get("place", ""))[:LENGTH],
        words=plain(request.GET.get("q", ""))[:LENGTH],
        has_closed=request.GET.get("closed") == "1",
    )


@page(Action.ORGANISATIONS_LOOK)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation: names, contact, tasks, people, what became of it."""
    return _shown(request, organisation_or_404(request, slug), is_revealed=False)


@page(Action.CONTACTS_LOOK, methods=("POST",))
def reveal_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation with its contact in full, and write down who looked and what for."""
    unit = row_for(request.user, Action.CONTACTS_LOOK, Organisation, slug=slug)
    purpose = words_of(request.POST, "purpose", limit=200)
    is_revealed = tried(
        request,
        lambda: reveal_contacts(request.user, [unit.pk], purpose=purpose),
        done=_("已记录本次查看。"),
    )
    return _shown(request, organisation_or_404(request, slug), is_revealed=is_revealed)


def _shown(request: HttpRequest, found: Organisation, *, is_revealed: bool) -> HttpResponse:
    may_register = may(request.user, Action.REGISTER_LOOK)
    may_edit = may_act(request, Action.ORGANISATIONS_EDIT, found)
    sees_contact = is_revealed or is_own(request, found)
    has_contact = any(getattr(found, field) for field in CONTACT_FIELDS)
    is_hidden = has_contact and not sees_contact
    context = {
        "unit": found,
        "names": [row for row in found.names.all() if not row.is_former],
        "former": [row for row in found.names.all() if row.is_former],
        "parts": parts_of(seen(request, Action.REGISTER_LOOK), found) if may_register else [],
        "people": people_of(found),
        "changes": changes_of(found),
        "sees_contact": sees_contact,
        "has_contact": has_contact,
        "may_reveal": is_hidden and may_act(request, Action.CONTACTS_LOOK, found),
        "may_edit": may_edit,
        "may_contact": not is_hidden and may_act(request, Action.CONTACTS_EDIT, found),
        "others": others_of(request, found) if may_edit else [],
        "today": timezone.localdate(),
    }
    return render(request, "organisations/page.html", context)


def organisation_or_404(request: HttpRequest, slug: str) -> Organisation:
    """Return an organisation that the reader may see.

    Raises:
        Http404: There is none.
    """
    found = organisation_at(seen(request, Action.ORGANISATIONS_LOOK), slug)
    if found is None:
        raise Http404
    return found


def may_act(request: HttpRequest, action: Action, organisation: Organisation) -> bool:
    """Return whether the reader may do `action` on this organisation."""
    if organisation.to_on is not None or not may(request.user, action):
        return False
    return scope(request.user, action, Organisation).filter(pk=organisation.pk).exists()


def is_own(request: HttpRequest, organisation: Organisation) -> bool:
    """Return whether the reader is a member of an organisation."""
    return organisation.pk in {membership.organisation_id for membership in memberships_of(request.user)}


def others_of(request: HttpRequest, organisation: Organisation) -> list[Organisation]:
    """Return the open organisations of the same city that can take one over."""
    place = organisation.place
    city = place.parent_id or place.pk
    rows = seen(request, Action.ORGANISATIONS_EDIT)(Organisation).filter(to_on__isnull=True)
    near = rows.filter(place__in=[city, place.pk]).exclude(pk=organisation.pk)
    return list(near.order_by("place__order", "order", "pk"))
