"""Say which organisations the units of the plans are; their tasks follow at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    PlanDocument,
    UnitMatch,
)
from shuiheng.adapters.records.queries_organisations import (
    NamedUnit,
    city_organisations,
    named_units,
    names_in,
    open_matches,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.found_city import new_slug
from shuiheng.services.keep_organisation import OrganisationFields, as_json, write_organisation
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight
from shuiheng.services.sync_parties import sync_parties
from shuiheng.services.unit_proposals import SURE, Certainty, Proposal, is_group, is_zone, propose


def proposals(actor: Actor, place_key: int) -> list[tuple[UnitMatch, Proposal]]:
    """Return the units of a place that nobody has confirmed, each with what it probably is.

    Raises:
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    seen = sight(account, Action.ORGANISATIONS_EDIT)
    place = row_for(account, Action.ORGANISATIONS_EDIT, Place, pk=place_key)
    organisations = city_organisations(seen, place)
    names, former = names_in(organisations)
    units = {each.label: each for each in named_units(seen, place)}
    return [
        (
            match,
            propose(
                units.get(match.label, NamedUnit(label=match.label)),
                place=place,
                organisations=organisations,
                names=names,
                former=former,
            ),
        )
        for match in open_matches(seen, place)
    ]


def confirm_match(
    actor: Actor, match_key: int, *, organisation: int | None = None, members: Collection[int] = ()
) -> UnitMatch:
    """Say which organisation, or which members of a group, a unit of the plans is.

    Args:
        actor: Who confirms.
        match_key: Primary key of the row of the unit.
        organisation: Primary key of the one organisation; or None for a group.
        members: Primary keys of the members of the group.

    Raises:
        ServiceError: `services.nothing_chosen`, neither is given.
        NotThereError, NotPermittedError: One of them is not the actor's, or is closed.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    with transaction.atomic():
        match = row_for(account, Action.ORGANISATIONS_EDIT, UnitMatch, lock=True, pk=match_key)
        keys = [organisation] if organisation is not None else list(members)
        chosen = [_open(account, key) for key in keys]
        if not chosen:
            raise ServiceError("services.nothing_chosen")
        _settle(account, match, chosen, is_one=organisation is not None)
        _follow(match.place, account)
    return match


def reopen_match(actor: Actor, match_key: int) -> UnitMatch:
    """Take a confirmation back; the parts that followed from it end.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    with transaction.atomic():
        match = row_for(account, Action.ORGANISATIONS_EDIT, UnitMatch, lock=True, pk=match_key)
        before = _as_json(match)
        match.is_confirmed = False
        match.decided_by, match.decided_at = account, timezone.now()
        match.save()
        record_event(
            account,
            "unit.match_reopened",
            subject=f"unit_match:{match.pk}",
            place=match.place,
            before=before,
            after=_as_json(match),
        )
        _follow(match.place, account)
    return match


def accept_sure(actor: Actor, place_key: int) -> int:
    """Confirm every proposal of a place that is sure, and return how many.

    Raises:
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    with transaction.atomic():
        place = row_for(account, Action.ORGANISATIONS_EDIT, Place, pk=place_key)
        found = [each for each in proposals(account, place_key) if each[1].certainty in SURE]
        for match, proposal in found:
            chosen = [proposal.organisation] if proposal.organisation else list(proposal.members)
            _settle(account, match, chosen, is_one=proposal.organisation is not None)
        _follow(place, account)
    return len(found)


def make_proposed(actor: Actor, place_key: int, match_keys: Collection[int] | None = None) -> int:
    """Make an organisation for each unit that seems to be a new one, and confirm it.

    Args:
        actor: Who does it.
        place_key: Primary key of the city.
        match_keys: Only these units, even where nothing is known of their kind; else all of
            a known kind.

    Returns:
        How many organisations were made.

    Raises:
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    with transaction.atomic():
        place = row_for(account, Action.ORGANISATIONS_EDIT, Place, pk=place_key)
        made = 0
        for match, proposal in proposals(account, place_key):
            is_wanted = (
                proposal.certainty == Certainty.NEW
                if match_keys is None
                else match.pk in match_keys and not is_group(match.label)
            )
            if is_wanted:
                organisation = _make(account, place, proposal)
                _settle(account, match, [organisation], is_one=True)
                made += 1
        _follow(place, account)
    return made


def found_districts(actor: Actor, place_key: int, names: Iterable[str]) -> list[Organisation]:
    """Make districts and zones of a city, each with its government; those that stand are left.

    Raises:
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    with transaction.atomic():
        city = row_for(account, Action.ORGANISATIONS_EDIT, Place, pk=place_key)
        wanted = [name.strip()[:60] for name in dict.fromkeys(names) if name.strip()]
        return [_government(account, _district(account, city, name)) for name in wanted]


def _district(account: Account, city: Place, name: str) -> Place:
    place = Place.objects.filter(parent=city, name=name).first()
    if place is not None:
        return place
    place = Place.objects.create(
        slug=new_slug("place"),
        name=name,
        kind=PlaceKind.ZONE if is_zone(name) else PlaceKind.DISTRICT,
        parent=city,
        order=Place.objects.filter(parent=city).count() + 1,
        is_synthetic=city.is_synthetic,
    )
    record_event(account, "place.made", subject=f"place:{place.pk}", place=city, after={"name": name})
    return place


def _government(account: Account, place: Place) -> Organisation:
    seats = Organisation.objects.filter(place=place, kind=OrganisationKind.DISTRICT, to_on__isnull=True)
    seat = seats.order_by("order", "pk").first()
    if seat is not None:
        return seat
    ending, short, term = (
        ("管理委员会", "管委会", "development_zone")
        if place.kind == PlaceKind.ZONE
        else ("人民政府", "政府", "people_government")
    )
    fields = OrganisationFields(
        name=f"{place.name}{ending}",
        kind=OrganisationKind.DISTRICT,
        other_names=(f"{place.name}{short}",),
        term=term,
    )
    return _write(account, place, fields)


def _make(account: Account, place: Place, proposal: Proposal) -> Organisation:
    if proposal.district:
        return _government(account, _district(account, place, proposal.district))
    unit = proposal.unit
    others = tuple(name for name in unit.spellings if name != unit.label and name.startswith(place.name))
    fields = OrganisationFields(
        name=unit.label,
        kind=proposal.kind,
        short_name=min(unit.spellings, key=len)[:60] if unit.spellings else "",
        other_names=others,
        term=unit.term,
    )
    standing = Organisation.objects.filter(place=place, name=fields.name, to_on__isnull=True).first()
    return standing or _write(account, place, fields)


def _write(account: Account, place: Place, fields: OrganisationFields) -> Organisation:
    organisation = write_organisation(place, fields)
    record_event(
        account,
        "organisation.made",
        subject=f"organisation:{organisation.pk}",
        place=place,
        after=as_json(organisation),
    )
    return organisation


def _open(account: Account, key: int) -> Organisation:
    return row_for(account, Action.ORGANISATIONS_EDIT, Organisation, pk=key, to_on__isnull=True)


def _settle(account: Account, match: UnitMatch, chosen: list[Organisation], *, is_one: bool) -> None:
    before = _as_json(match)
    match.organisation = chosen[0] if is_one else None
    match.is_group, match.is_confirmed = not is_one, True
    match.decided_by, match.decided_at = account, timezone.now()
    match.save()
    match.members.set([] if is_one else chosen)
    record_event(
        account,
        "unit.matched",
        subject=f"unit_match:{match.pk}",
        place=match.place,
        before=before,
        after=_as_json(match),
    )


def _as_json(match: UnitMatch) -> dict[str, object]:
    members = match.members.order_by("order", "pk").values_list("name", flat=True)
    return {
        "label": match.label,
        "organisation": match.organisation.name if match.organisation else None,
        "members": list(members),
        "is_confirmed": match.is_confirmed,
    }


def _follow(place: Place, account: Account) -> None:
    for plan in PlanDocument.objects.filter(place=place).order_by("pk"):
        sync_parties(plan, by=account)
