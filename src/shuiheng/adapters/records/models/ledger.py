"""Tables of the water-user ledger (用水户台账): who and what exists; `ledger_facts` says what is known."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place
from shuiheng.adapters.records.models.plans import Job


class LedgerBatch(models.Model):
    """A file or call that brought facts or readings: checked, then taken in, and undone as a whole.

    `month` is the month that a monthly workbook is about.
    """

    kind = models.CharField(max_length=30)
    month = models.DateField(null=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="ledger_batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ledger_batches")
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_name = models.CharField(max_length=64, blank=True)
    original_name = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, default="checked")
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-pk",)


class WaterUser(models.Model):
    """A water user (用水户) under its number in the ledger; a merged one points to the one kept."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="water_user")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="water_users")
    number = models.CharField(max_length=40)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A number stands once in a city."""

        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=["city", "number"], name="one_user_per_number"),)


class Site(models.Model):
    """A place where a water user uses water (用水地点)."""

    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="sites")
    number = models.CharField(max_length=40)

    class Meta:
        """A number stands once with a user."""

        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=["user", "number"], name="one_site_per_number"),)


class SourceKind(models.TextChoices):
    """Where a user's water comes from; the authority follows from it."""

    ABSTRACTION = "abstraction"
    SUPPLY = "supply"


class WaterSource(models.Model):
    """A source (水源) of a water user: an abstraction of its own or a connection to public supply."""

    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="sources")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=SourceKind.choices)

    class Meta:
        """A number stands once with a user."""

        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=["user", "number"], name="one_source_per_number"),)


class Permit(models.Model):
    """An abstraction permit (取水许可证) under its number and the scheme of the number."""

    source = models.ForeignKey(WaterSource, on_delete=models.PROTECT, related_name="permits")
    scheme = models.CharField(max_length=30, blank=True)
    number = models.CharField(max_length=60)

    class Meta:
        """A number stands once with a source."""

        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=["source", "number"], name="one_permit_per_number"),)


class Meter(models.Model):
    """A measuring point (计量点) with its meter; its key is that of the readings.

    `user` is None for a meter of a supplier, such as the inlet of a zone.
    """

    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="meters")
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="kept_meters")
    user = models.ForeignKey(WaterUser, null=True, on_delete=models.PROTECT, related_name="meters")
    number = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A number stands once with the organisation that keeps the meter."""

        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=["keeper", "number"], name="one_meter_per_number"),)


class MeterEventKind(models.TextChoices):
    """What happens to a meter on an instant."""

    INSTALLED = "installed"
    SWAPPED = "swapped"
    RESET = "reset"
    REMOVED = "removed"
    VERIFIED = "verified"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    TELEMETRY_ON = "telemetry_on"
    TELEMETRY_OFF = "telemetry_off"


class MeterEvent(models.Model):
    """What happened to a meter (计量器具事件); a wrong one is superseded, never changed."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=15, choices=MeterEventKind.choices)
    at = models.DateTimeField()
    final_litres = models.BigIntegerField(null=True)
    start_litres = models.BigIntegerField(null=True)
    serial = models.CharField(max_length=60, blank=True)
    valid_until_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    batch = models.ForeignKey(LedgerBatch, null=True, on_delete=models.PROTECT, related_name="meter_events")
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they happened."""

        ordering = ("at", "pk")
        indexes = (models.Index(fields=["meter", "at"], name="meter_event_at"),)


class UserMerge(models.Model):
    """Two ledger entries that were one user, with the reason and the way back."""

    kept = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="merges_into")
    reason = models.CharField(max_length=300)
    moved = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)


class LedgerDocument(models.Model):
    """A document of a water user (台账资料): a permit scan, a test report, a photo of a register."""

    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="documents")
    meter = models.ForeignKey(Meter, null=True, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    on = models.DateField()
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160)
    byte_count = models.PositiveIntegerField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")
