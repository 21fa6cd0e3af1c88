"""Tables of what is said of water users, sites, sources, permits and meters, on two axes of time.

`valid_from` to `valid_to` (exclusive) is when a fact held in the world; `recorded_at` to `superseded_at`
is when the ledger believed it. A row is never changed but for `superseded_at`, and never deleted, so that
the ledger can be read as of any day and as it was known at any instant.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import LedgerBatch, Meter, Permit, Site, WaterSource, WaterUser
from shuiheng.adapters.records.models.organisations import Organisation, Place

DIGITS, PLACES = 20, 6


class DatedFact(models.Model):
    """One belief about a subject for a run of days; `subject` is the field of the table that it is about."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(LedgerBatch, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


def once_a_day(name: str, *kind: str) -> list[models.BaseConstraint]:
    """Return the constraints that a subject has one belief of a kind per first day, and days run forward."""
    return [
        models.UniqueConstraint(
            fields=["subject", *kind, "valid_from"],
            condition=models.Q(superseded_at__isnull=True),
            name=f"one_{name}_per_day",
        ),
        models.CheckConstraint(
            condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            name=f"{name}_days_run_forward",
        ),
    ]


class UserFact(DatedFact):
    """What a water user is: name, code, district, industry, class."""

    subject = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True, db_index=True)
    no_code_reason = models.CharField(max_length=120, blank=True)
    legal_person = models.CharField(max_length=60, blank=True)
    district = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=200, blank=True)
    industry_code = models.CharField(max_length=6, blank=True)
    use_class = models.CharField(max_length=30, blank=True)
    is_above_scale = models.BooleanField(null=True)
    is_public_institution = models.BooleanField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        """One belief per user and first day; the current ones are found fast."""

        constraints: ClassVar = once_a_day("user_fact")
        indexes = (models.Index(fields=["subject", "superseded_at", "valid_from"], name="user_fact_now"),)


class SiteFact(DatedFact):
    """Where a site is; coordinates are CGCS2000 longitude and latitude."""

    subject = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=200)
    district = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    position_method = models.CharField(max_length=30, blank=True)

    class Meta:
        """One belief per site and first day."""

        constraints: ClassVar = once_a_day("site_fact")


class SourceFact(DatedFact):
    """What a source is, and which authority its plan, meter and inspection belong to."""

    subject = models.ForeignKey(WaterSource, on_delete=models.PROTECT, related_name="facts")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    water_kind = models.CharField(max_length=30)
    authority = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    account_number = models.CharField(max_length=60, blank=True, db_index=True)
    price_class = models.CharField(max_length=30, blank=True)
    basin_code = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        """One belief per source and first day."""

        constraints: ClassVar = once_a_day("source_fact")


class PermitFact(DatedFact):
    """What a permit allows: volume a year, for what, how, until when."""

    subject = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="facts")
    expires_on = models.DateField(null=True)
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    purpose = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=120, blank=True)
    outlet = models.CharField(max_length=200, blank=True)

    class Meta:
        """One belief per permit and first day."""

        constraints: ClassVar = once_a_day("permit_fact")


class MeterFact(DatedFact):
    """What a meter is, where it stands in the tree (三级计量), and how often it should report."""

    subject = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="facts")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(WaterSource, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(Meter, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=12, default="use")
    zone = models.CharField(max_length=40, blank=True, db_index=True)
    nominal_mm = models.PositiveIntegerField(null=True)
    q3_m3_h = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    flow_ratio = models.PositiveIntegerField(null=True)
    register_digits = models.PositiveSmallIntegerField(null=True)
    step_litres = models.PositiveIntegerField(default=1)
    multiplier = models.PositiveIntegerField(default=1)
    grid_minutes = models.PositiveIntegerField(null=True)
    telemetry_id = models.CharField(max_length=60, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        """One belief per meter and first day."""

        constraints: ClassVar = once_a_day("meter_fact")
        indexes = (models.Index(fields=["subject", "superseded_at", "valid_from"], name="meter_fact_now"),)


class ActivityFact(DatedFact):
    """What a user made or served in a run of days (活动量): output, beds, pupils, area."""

    subject = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        """One belief per user, activity and first day."""

        constraints: ClassVar = once_a_day("activity_fact", "code")


class ContactFact(DatedFact):
    """Who answers for water at a user: the water manager (水务经理), the one who files."""

    subject = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="contacts")
    duty = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    certificate = models.CharField(max_length=60, blank=True)

    class Meta:
        """One belief per user, duty and first day."""

        constraints: ClassVar = once_a_day("contact_fact", "duty")


class SettledMonth(models.Model):
    """What a meter measured in a month, as last settled; made anew from the readings whenever they change."""

    meter = models.ForeignKey(Meter, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    as_read_litres = models.BigIntegerField(null=True)
    by_time_litres = models.BigIntegerField(null=True)
    measured_seconds = models.PositiveIntegerField(default=0)
    spread_seconds = models.PositiveIntegerField(default=0)
    estimated_seconds = models.PositiveIntegerField(default=0)
    missing_seconds = models.PositiveIntegerField(default=0)
    estimated_litres = models.BigIntegerField(default=0)
    rung = models.CharField(max_length=2, blank=True)
    profile = models.CharField(max_length=60, blank=True)
    flags = models.JSONField(default=list)
    generation = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(auto_now=True)

    class Meta:
        """A month stands once with a meter."""

        constraints = (models.UniqueConstraint(fields=["meter", "month"], name="one_month_per_meter"),)
        indexes = (models.Index(fields=["month", "meter", "by_time_litres"], name="settled_month_tells"),)
