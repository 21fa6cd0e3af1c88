"""A few made-up water users of the demo city, so that its ledger is not empty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    SourceKind,
    WaterUser,
)
from shuiheng.services.events import record_event
from shuiheng.services.keep_organisation import OrganisationFields, as_json, write_organisation
from shuiheng.services.ledger.keep_contact import ActivityFields, ContactFields, set_activity, set_contact
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    add_permit,
    add_site,
    add_source,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user, change_water_user

MADE_UP = "演示用虚构单位"
SUPPLIER_NAME = "示例市供水有限公司"
FIRST, RENAMED = date(2024, 1, 1), date(2025, 7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpUser:
    """One made-up user.

    Args:
        name: Its name.
        use_class: Class of use.
        industry_code: Code of its industry, or nothing.
        activity: What it makes or serves, the unit, the amount.
        permitted_m3: What it may take itself in a year, or None when it is supplied only.
        meters: Numbers of its meters; the first stands at the entrance, the others below it.
        later_name: Its name from a later day, or nothing.
    """

    name: str
    use_class: str
    industry_code: str
    activity: tuple[str, str, int]
    permitted_m3: int | None = None
    meters: tuple[str, ...] = ()
    later_name: str = ""


USERS = (
    MadeUpUser(
        name="示例印染厂",
        later_name="示例印染有限公司",
        use_class="industry",
        industry_code="1713",
        activity=("棉布", "百米", 480_000),
        permitted_m3=600_000,
        meters=("YR-01", "YR-02", "YR-03"),
    ),
    MadeUpUser(
        name="示例食品有限公司",
        use_class="industry",
        industry_code="1439",
        activity=("速冻食品", "吨", 12_000),
        meters=("SP-01", "SP-02"),
    ),
    MadeUpUser(
        name="示例市第一人民医院",
        use_class="services",
        industry_code="8411",
        activity=("床位", "张", 860),
        meters=("YY-01",),
    ),
    MadeUpUser(name="示例中学", use_class="services", industry_code="8334", activity=("学生", "人", 2_400)),
    MadeUpUser(
        name="示例灌区管理所",
        use_class="agriculture",
        industry_code="0513",
        activity=("灌溉面积", "亩", 52_000),
        permitted_m3=9_000_000,
        meters=("GQ-01",),
    ),
)


def settle_demo_ledger(actor: Account, city: Place) -> int:
    """Enter made-up users with sources, permits, meters and contacts; return how many were new.

    Args:
        actor: In whose name, a clerk of the demo city's office.
        city: The demo city.
    """
    if WaterUser.objects.filter(city=city).exists():
        return 0
    supplier = demo_supplier(city)
    districts = list(city.children.order_by("order", "pk")) or [city]
    for order, made_up in enumerate(USERS):
        _enter(actor, made_up, districts[order % len(districts)], supplier)
    return len(USERS)


def _enter(actor: Account, made_up: MadeUpUser, district: Place, supplier: Organisation) -> None:
    fields = WaterUserFields(
        name=made_up.name,
        district=district.pk,
        no_code_reason=MADE_UP,
        use_class=made_up.use_class,
        industry_code=made_up.industry_code,
        address=f"{district.name}示例路",
    )
    user = add_water_user(actor, fields, valid_from=FIRST)
    site = add_site(actor, user.pk, "1", SiteFields(name="主厂区", district=district.pk), valid_from=FIRST)
    office = Organisation.objects.filter(place=supplier.place, kind=OrganisationKind.OFFICE).first()
    authority = office.pk if office is not None else None
    tap = SourceFields(
        water_kind="tap",
        site=site.pk,
        authority=authority,
        supplier=supplier.pk,
        account_number=f"DEMO-{user.number}",
        price_class="non_residential",
    )
    source = add_source(actor, user.pk, SourceKind.SUPPLY, tap, valid_from=FIRST)
    if made_up.permitted_m3 is not None:
        river = SourceFields(water_kind="surface", site=site.pk, authority=authority)
        source = add_source(actor, user.pk, SourceKind.ABSTRACTION, river, valid_from=FIRST)
        permit = PermitFields(
            expires_on=date(2028, 12, 31), volume_m3=Decimal(made_up.permitted_m3), purpose="生产用水"
        )
        add_permit(actor, source.pk, f"DEMO{user.number}", permit, valid_from=FIRST)
    at_source = MeterFields(site=site.pk, source=source.pk, nominal_mm=100)
    _meter(actor, user, made_up, supplier, at_source)
    _describe(actor, user, made_up, fields)


def _meter(
    actor: Account, user: WaterUser, made_up: MadeUpUser, supplier: Organisation, at_source: MeterFields
) -> None:
    top: int | None = None
    for number in made_up.meters:
        fields = replace(at_source, parent=top, level=1 if top is None else 2)
        new = NewMeter(number=number, keeper=supplier.pk, user=user.pk)
        made = add_meter(actor, new, fields, valid_from=FIRST)
        top = top or made.pk


def _describe(actor: Account, user: WaterUser, made_up: MadeUpUser, fields: WaterUserFields) -> None:
    what, unit, amount = made_up.activity
    activity = ActivityFields(code=what, unit=unit, amount=Decimal(amount))
    set_activity(actor, user.pk, activity, valid_from=FIRST)
    contact = ContactFields(duty="water_manager", name="吴敏", phone=f"0500-5551{user.number[-3:]}")
    set_contact(actor, user.pk, contact, valid_from=FIRST)
    if made_up.later_name:
        names = {name: getattr(fields, name) for name in WaterUserFields.__slots__}
        renamed = WaterUserFields(**{**names, "name": made_up.later_name})
        change_water_user(actor, user.pk, renamed, valid_from=RENAMED, reason="企业改制更名（演示）")


def demo_supplier(city: Place) -> Organisation:
    """Return the water company of the city; it is made when there is none."""
    kind = OrganisationKind.SUPPLIER
    standing = Organisation.objects.filter(place=city, kind=kind, to_on__isnull=True).first()
    if standing is not None:
        return standing
    with transaction.atomic():
        organisation = write_organisation(city, OrganisationFields(name=SUPPLIER_NAME, kind=kind))
        record_event(
            None,
            "organisation.made",
            subject=f"organisation:{organisation.pk}",
            place=city,
            after=as_json(organisation),
        )
    return organisation
