"""The units of the made-up city: some with people from the start, the others from its plan."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Account, Organisation, OrganisationKind, Place, PlaceKind, Role
from shuiheng.adapters.records.queries_organisations import district_candidates
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.events import record_event
from shuiheng.services.keep_organisation import OrganisationFields, as_json, write_organisation
from shuiheng.services.match_units import (
    accept_sure,
    confirm_match,
    found_districts,
    make_proposed,
    proposals,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

PARTNER = OrganisationFields(
    name="示例市工业和信息化局",
    short_name="市工信局",
    other_names=("市工业和信息化局",),
    contact_name="赵启明",
    contact_phone="0500-5550102",
    term="industry_information",
)
DISTRICT_NAME, DISTRICT_SLUG = "临江区", "demo-district"
DISTRICT = OrganisationFields(
    name=f"{DISTRICT_NAME}人民政府",
    kind=OrganisationKind.DISTRICT,
    other_names=(f"{DISTRICT_NAME}政府",),
    contact_name="周立",
    contact_phone="0500-5550201",
    term="people_government",
)
UNIT_USERS = (
    ("partner", "市工信局经办", Role.PARTNER_CLERK, PARTNER),
    ("partner2", "市工信局审核", Role.PARTNER_REVIEWER, PARTNER),
    ("district", "临江区经办", Role.DISTRICT_CLERK, DISTRICT),
)
SEVERAL = 2


def demo_unit_users(city: Place) -> dict[str, str]:
    """Make one department and one district with their people; return each name with its new password."""
    return {
        username: ensure_user(username, display_name=name, roles=((_unit(city, fields), role),))[1]
        for username, name, role, fields in UNIT_USERS
    }


def settle_demo_units(actor: Account, city: Place) -> None:
    """Make the organisations that the published plan of the made-up city names, and confirm them all."""
    seen = sight(actor, Action.ORGANISATIONS_EDIT)
    named = [name for name, count in district_candidates(seen, city) if count >= SEVERAL]
    found_districts(actor, city.pk, named)
    make_proposed(actor, city.pk)
    accept_sure(actor, city.pk)
    for match, proposal in proposals(actor, city.pk):
        if proposal.members:
            confirm_match(actor, match.pk, members=[each.pk for each in proposal.members])
        elif proposal.organisation is not None:
            confirm_match(actor, match.pk, organisation=proposal.organisation.pk)


def _unit(city: Place, fields: OrganisationFields) -> Organisation:
    with transaction.atomic():
        place = _district(city) if fields.kind == OrganisationKind.DISTRICT else city
        standing = Organisation.objects.filter(place=place, name=fields.name, to_on__isnull=True).first()
        if standing is not None:
            return standing
        organisation = write_organisation(place, fields)
        record_event(
            None,
            "organisation.made",
            subject=f"organisation:{organisation.pk}",
            place=place,
            after=as_json(organisation),
        )
    return organisation


def _district(city: Place) -> Place:
    place, is_new = Place.objects.get_or_create(
        slug=DISTRICT_SLUG,
        defaults={
            "name": DISTRICT_NAME,
            "kind": PlaceKind.DISTRICT,
            "parent": city,
            "order": 1,
            "is_synthetic": True,
        },
    )
    if is_new:
        record_event(
            None, "place.made", subject=f"place:{place.pk}", place=city, after={"name": DISTRICT_NAME}
        )
    return place
