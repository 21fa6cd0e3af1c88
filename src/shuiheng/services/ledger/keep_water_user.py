"""Put a water user into the ledger, and say what has become of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    OrganisationKind,
    Place,
    UserFact,
    WaterUser,
)
from shuiheng.adapters.rulebook.use_classes import use_classes
from shuiheng.kernel.credit_code import credit_code_fault, plain_code
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.keep_organisation import OrganisationFields, write_organisation
from shuiheng.services.ledger.keep_facts import Telling, changed_columns, tell
from shuiheng.services.name_initials import name_initials
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.settle_again import settle_user_again
from shuiheng.services.scope import city_above, row_for

_LENGTHS = {"number": 40, "name": 200, "legal_person": 60, "address": 200, "no_code_reason": 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterUserFields:
    """What is said of a water user.

    Args:
        name: Its full name.
        district: Key of the district in which it lies.
        number: Its number in the ledger; the next free one unless told.
        credit_code: Its unified social credit code, or nothing with a reason.
        no_code_reason: Why it has no code.
        legal_person: Who stands for it.
        address: Where it is.
        industry_code: Code of GB/T 4754, or nothing.
        use_class: Class of use, or nothing.
        is_above_scale: Whether it is an enterprise above the scale of the statistics (规上), or unknown.
        is_public_institution: Whether it is a public institution (公共机构), or unknown.
        is_open: Whether it still uses water.
    """

    name: str
    district: int
    number: str = ""
    credit_code: str = ""
    no_code_reason: str = ""
    legal_person: str = ""
    address: str = ""
    industry_code: str = ""
    use_class: str = ""
    is_above_scale: bool | None = None
    is_public_institution: bool | None = None
    is_open: bool = True


def add_water_user(actor: Actor, fields: WaterUserFields, *, valid_from: date) -> WaterUser:
    """Put a water user of a district into the ledger.

    Raises:
        ServiceError: `ledger.field`, `ledger.code_or_reason`, `ledger.code_taken`,
            `ledger.number_taken`, `services.organisation_name_taken`.
        NotThereError, NotPermittedError: The district is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        place = row_for(account, Action.LEDGER_EDIT, Place, pk=fields.district)
        return write_water_user(place, fields, Telling(by=account, valid_from=valid_from))


def write_water_user(place: Place, fields: WaterUserFields, telling: Telling) -> WaterUser:
    """Write the rows of a new water user and its event; call it inside a transaction.

    Raises:
        ServiceError: As `add_water_user`.
    """
    _check(fields)
    city = Place.objects.select_for_update().get(pk=city_above(place).pk)
    refuse_taken_code(city, fields.credit_code, own=None)
    number = fields.number.strip() or _next_number(city)
    if WaterUser.objects.filter(city=city, number=number).exists():
        raise ServiceError("ledger.number_taken", number=number)
    organisation = write_organisation(
        place,
        OrganisationFields(
            name=fields.name, kind=OrganisationKind.WATER_USER, credit_code=fields.credit_code
        ),
    )
    user = WaterUser.objects.create(organisation=organisation, city=city, number=number)
    fact = tell(UserFact, user, user_columns(fields, place), telling)[-1]
    record_event(
        telling.by,
        "water_user.added",
        subject=f"water_user:{user.pk}",
        place=city,
        reason=telling.reason,
        after={"number": number} | changed_columns(UserFact, None, fact)[1],
        unit_key=organisation.pk,
    )
    return user


def change_water_user(
    actor: Actor, key: int, fields: WaterUserFields, *, valid_from: date, reason: str
) -> WaterUser:
    """Say what holds of a water user from a day; the days before keep what was known of them.

    Args:
        actor: Who says it.
        key: Key of the user.
        fields: What holds from that day; its number does not change.
        valid_from: The day.
        reason: Why.

    Raises:
        ServiceError: `ledger.reason_needed`, and as `add_water_user`.
        NotThereError, NotPermittedError: The user or the district is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        user = row_for(account, Action.LEDGER_EDIT, WaterUser, lock=True, pk=key)
        place = row_for(account, Action.LEDGER_EDIT, Place, pk=fields.district)
        telling = Telling(by=account, valid_from=valid_from, reason=reason.strip())
        write_change(user, place, fields, telling)
    return user


def write_change(user: WaterUser, place: Place, fields: WaterUserFields, telling: Telling) -> bool:
    """Write what holds of a user from a day and its event; return whether anything changed.

    The organisation behind the user follows the newest belief: its name, code and district.

    Raises:
        ServiceError: As `add_water_user`.
    """
    _check(fields)
    refuse_taken_code(user.city, fields.credit_code, own=user)
    before = standing(user.facts.all(), AsOf(on=telling.valid_from)).first()
    added = tell(UserFact, user, user_columns(fields, place), telling)
    if not added:
        return False
    after = standing(user.facts.all(), AsOf(on=telling.valid_from)).get()
    old, new = changed_columns(UserFact, before, after)
    let_organisation_follow(user)
    record_event(
        telling.by,
        "water_user.changed",
        subject=f"water_user:{user.pk}",
        place=user.city,
        reason=telling.reason,
        before=old,
        after=new,
        unit_key=user.organisation_id,
    )
    if "use_class" in new:
        settle_user_again(telling.by, user)
    return True


def let_organisation_follow(user: WaterUser) -> None:
    """Give the organisation behind a user the name, code and district of its newest belief."""
    newest = user.facts.filter(superseded_at__isnull=True).order_by("-valid_from")[0]
    organisation = user.organisation
    organisation.name, organisation.credit_code = newest.name, newest.credit_code
    organisation.initials = newest.initials
    if newest.district_id is not None:
        organisation.place_id = newest.district_id
    organisation.save(update_fields=["name", "credit_code", "initials", "place"])


def user_columns(fields: WaterUserFields, place: Place) -> dict[str, object]:
    """Return what is said of a user as the columns of its facts."""
    return {
        "name": fields.name.strip(),
        "initials": name_initials(fields.name.strip()),
        "credit_code": plain_code(fields.credit_code) if fields.credit_code else "",
        "no_code_reason": fields.no_code_reason.strip(),
        "legal_person": fields.legal_person.strip(),
        "district": place,
        "area_code": place.code,
        "address": fields.address.strip(),
        "industry_code": industry_code_of(fields.industry_code),
        "use_class": fields.use_class,
        "is_above_scale": fields.is_above_scale,
        "is_public_institution": fields.is_public_institution,
        "is_open": fields.is_open,
    }


def industry_code_of(text: str) -> str:
    """Return the code of an industry (行业代码) without the letter of its section, which the digits imply."""
    code = text.strip().upper()
    return code[1:] if code[:1].isalpha() and code[1:].isdigit() else code


def _check(fields: WaterUserFields) -> None:
    if not fields.name.strip():
        raise ServiceError("ledger.field", field="name")
    for name, length in _LENGTHS.items():
        if len(getattr(fields, name)) > length:
            raise ServiceError("ledger.field", field=name)
    if fields.use_class and fields.use_class not in use_classes():
        raise ServiceError("ledger.field", field="use_class")
    if fields.credit_code and credit_code_fault(fields.credit_code) is not None:
        raise ServiceError("ledger.field", field="credit_code")
    if not fields.credit_code and not fields.no_code_reason.strip():
        raise ServiceError("ledger.code_or_reason")


def refuse_taken_code(city: Place, credit_code: str, *, own: WaterUser | None) -> None:
    """Refuse a code that another user of the city has now; no code is nobody's.

    Raises:
        ServiceError: `ledger.code_taken`.
    """
    if not credit_code:
        return
    code = plain_code(credit_code)
    others = UserFact.objects.filter(
        subject__city=city,
        subject__merged_into__isnull=True,
        credit_code=code,
        superseded_at__isnull=True,
        valid_to__isnull=True,
    )
    taken = others.exclude(subject=own).select_related("subject").first()
    if taken is not None:
        raise ServiceError(
            "ledger.code_taken", credit_code=code, number=taken.subject.number, name=taken.name
        )


def _next_number(city: Place) -> str:
    """Return the number after the greatest that is a plain number; the city's row is locked."""
    numbers = WaterUser.objects.filter(city=city, number__regex=r"^\d{6}$").order_by("-number")
    newest = numbers.values_list("number", flat=True).first()
    return f"{int(newest or 0) + 1:06d}"
