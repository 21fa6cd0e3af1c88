"""Make and edit organisations; what one is called changes only by `change_organisation`."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from shuiheng.adapters.records.models import Organisation, OrganisationKind, OrganisationName, Place
from shuiheng.kernel.credit_code import credit_code_fault, plain_code
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.found_city import new_slug
from shuiheng.services.masking import masked_value
from shuiheng.services.name_initials import name_initials
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

CONTACT_FIELDS = ("contact_name", "contact_phone", "contact_email")
_LENGTHS = {"name": 200, "short_name": 60, "contact_name": 60, "contact_phone": 30, "contact_email": 254}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFields:
    """What a person enters about an organisation.

    Args:
        name: Its full name.
        kind: What it is in the work of the plan.
        short_name: The name by which people speak of it.
        credit_code: Its unified social credit code, or nothing.
        contact_name: Whom to call.
        contact_phone: Under which number.
        contact_email: Under which address.
        other_names: Further names that it has now.
        term: Id of its kind in the dictionary of organisations, or nothing.
    """

    name: str
    kind: OrganisationKind = OrganisationKind.DEPARTMENT
    short_name: str = ""
    credit_code: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    other_names: tuple[str, ...] = ()
    term: str = ""


def make_organisation(actor: Actor, place_key: int, fields: OrganisationFields) -> Organisation:
    """Make an organisation of a place.

    Raises:
        ServiceError: A field cannot be so, or the name is taken in the place.
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    check_fields(fields)
    with transaction.atomic():
        place = row_for(account, Action.ORGANISATIONS_EDIT, Place, pk=place_key)
        organisation = write_organisation(place, fields)
        record_event(
            account,
            "organisation.made",
            subject=f"organisation:{organisation.pk}",
            place=place,
            after=as_json(organisation),
        )
    return organisation


def edit_organisation(actor: Actor, key: int, fields: OrganisationFields) -> Organisation:
    """Change what is known of an organisation, except its name and its contact.

    Raises:
        ServiceError: A field cannot be so.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ORGANISATIONS_EDIT)
    check_fields(fields)
    with transaction.atomic():
        organisation = row_for(account, Action.ORGANISATIONS_EDIT, Organisation, lock=True, pk=key)
        before = as_json(organisation)
        _fill(organisation, fields)
        organisation.save(update_fields=["kind", "short_name", "credit_code", "term", "initials"])
        _set_names(organisation, fields.other_names)
        after = as_json(organisation)
        if after != before:
            record_event(
                account,
                "organisation.edited",
                subject=f"organisation:{organisation.pk}",
                place=organisation.place,
                before=before,
                after=after,
            )
    return organisation


def edit_contact(actor: Actor, key: int, *, name: str, phone: str, email: str) -> Organisation:
    """Change whom to call at an organisation; its own clerks may do so too.

    Raises:
        ServiceError: A field cannot be so.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CONTACTS_EDIT)
    with transaction.atomic():
        organisation = row_for(account, Action.CONTACTS_EDIT, Organisation, lock=True, pk=key)
        check_fields(
            OrganisationFields(
                name=organisation.name, contact_name=name, contact_phone=phone, contact_email=email
            )
        )
        standing = tuple(getattr(organisation, field) for field in CONTACT_FIELDS)
        if standing == (name, phone, email):
            return organisation
        before = _masked_contact(organisation)
        organisation.contact_name, organisation.contact_phone, organisation.contact_email = name, phone, email
        organisation.save(update_fields=CONTACT_FIELDS)
        record_event(
            account,
            "organisation.contact_edited",
            subject=f"organisation:{organisation.pk}",
            place=organisation.place,
            before=before,
            after=_masked_contact(organisation),
        )
    return organisation


def check_fields(fields: OrganisationFields) -> None:
    """Refuse fields that cannot be so.

    Raises:
        ServiceError: `services.organisation_field` names the field.
    """
    if not fields.name.strip():
        raise ServiceError("services.organisation_field", field="name")
    for name, length in _LENGTHS.items():
        if len(getattr(fields, name)) > length:
            raise ServiceError("services.organisation_field", field=name)
    if fields.credit_code and credit_code_fault(fields.credit_code) is not None:
        raise ServiceError("services.organisation_field", field="credit_code")
    if fields.contact_email:
        try:
            validate_email(fields.contact_email)
        except ValidationError as error:
            raise ServiceError("services.organisation_field", field="contact_email") from error


def write_organisation(place: Place, fields: OrganisationFields) -> Organisation:
    """Write the rows of a new organisation; call it inside a transaction that records the event.

    Raises:
        ServiceError: `services.organisation_name_taken`.
    """
    name = fields.name.strip()
    if Organisation.objects.filter(place=place, name=name, to_on__isnull=True).exists():
        raise ServiceError("services.organisation_name_taken", name=name)
    organisation = Organisation(slug=new_slug("unit"), place=place, name=name)
    organisation.order = Organisation.objects.filter(place=place).count() + 1
    _fill(organisation, fields)
    organisation.contact_name, organisation.contact_phone = fields.contact_name, fields.contact_phone
    organisation.contact_email = fields.contact_email
    organisation.save()
    _set_names(organisation, fields.other_names)
    return organisation


def as_json(organisation: Organisation) -> dict[str, object]:
    """Return what the log keeps of an organisation: for ever, and so its contact under the mask only."""
    names = organisation.names.filter(is_former=False).order_by("pk").values_list("name", flat=True)
    fields = ("name", "short_name", "kind", "credit_code", "term")
    plain = {name: str(getattr(organisation, name)) for name in fields}
    return plain | _masked_contact(organisation) | {"other_names": list(names)}


def _masked_contact(organisation: Organisation) -> dict[str, str]:
    return {field: masked_value(organisation, field) for field in CONTACT_FIELDS}


def _fill(organisation: Organisation, fields: OrganisationFields) -> None:
    organisation.kind, organisation.short_name = fields.kind, fields.short_name.strip()
    organisation.credit_code = plain_code(fields.credit_code) if fields.credit_code else ""
    organisation.term = fields.term or organisation.term
    shown = f"{organisation.name}{organisation.short_name}"
    organisation.initials = name_initials(shown)


def _set_names(organisation: Organisation, names: tuple[str, ...]) -> None:
    """Make these the further names that an organisation has now; former names stay."""
    wanted = [name.strip()[:200] for name in dict.fromkeys(names) if name.strip()]
    organisation.names.filter(is_former=False).exclude(name__in=wanted).delete()
    known = set(organisation.names.values_list("name", flat=True))
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=organisation, name=name, initials=name_initials(name))
        for name in wanted
        if name not in known and name != organisation.name
    )
