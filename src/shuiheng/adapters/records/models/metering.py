"""Tables of what follows from readings: findings of meters, monthly filings, lists of members, outlines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import LedgerBatch, LedgerDocument, Meter, WaterUser
from shuiheng.adapters.records.models.ledger_facts import DatedFact, once_a_day
from shuiheng.adapters.records.models.organisations import Place


class FindingDecision(models.TextChoices):
    """What a person says of a finding of a meter."""

    OPEN = ""
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class MeterFinding(models.Model):
    """What the checks found at a meter (计量疑点), and what a person decided of it.

    `mark` tells two findings of a meter apart and stays the same when the checks run again;
    `gone_at` is when they no longer found it. A decision stays with the row.
    """

    meter = models.ForeignKey(Meter, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    severity = models.CharField(max_length=12)
    at = models.DateTimeField(null=True)
    values = models.JSONField(default=dict)
    evidence = models.CharField(max_length=400, blank=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    decision = models.CharField(
        max_length=10, blank=True, choices=FindingDecision.choices, default=FindingDecision.OPEN
    )
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; a finding stands once with a meter."""

        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["meter", "mark"], name="one_finding_per_mark"),)
        indexes = (models.Index(fields=["gone_at", "decision", "rule"], name="finding_open"),)


class MeterWatch(models.Model):
    """When the readings or the description of a meter last moved, and when the checks last ran over it."""

    meter = models.OneToOneField(Meter, primary_key=True, on_delete=models.CASCADE, related_name="watch")
    touched_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    class Meta:
        """Those whose checks are oldest are found fast."""

        indexes = (models.Index(fields=["checked_at"], name="watch_oldest"),)


class UseProfile(DatedFact):
    """How a user's water lies over the hours of a week and the months of a year (用水曲线).

    Whole weights, joined by commas: 168 from Monday 00:00, 12 from January. Amounts between two
    readings that lie far apart are spread by it.
    """

    subject = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="profiles")
    hours = models.TextField()
    months = models.TextField()
    weeks = models.PositiveSmallIntegerField()

    class Meta:
        """One belief per user and first day."""

        constraints: ClassVar = once_a_day("use_profile")


class MeterFiling(models.Model):
    """A register that a water user filed for a month (用水月报); a later one supersedes it.

    That of a meter that reports by itself is no reading: it has no batch, and `compared_litres` is what
    the meter's own readings tell of that instant, if they do.
    """

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="filings")
    month = models.DateField()
    batch = models.ForeignKey(LedgerBatch, null=True, on_delete=models.PROTECT, related_name="filings")
    read_at = models.DateTimeField()
    register_litres = models.BigIntegerField()
    compared_litres = models.BigIntegerField(null=True)
    photo = models.ForeignKey(LedgerDocument, null=True, on_delete=models.PROTECT, related_name="filings")
    doubts = models.JSONField(default=list)
    remark = models.CharField(max_length=300, blank=True)
    filed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One filing per meter and month stands."""

        ordering = ("-month", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["meter", "month"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_filing_per_month",
            ),
        )


class ReadingEdit(models.Model):
    """A reading that a person set aside, corrected or added; the batch says who, why and if undone."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="edits")
    batch = models.ForeignKey(LedgerBatch, on_delete=models.PROTECT, related_name="edits")
    read_at = models.DateTimeField()
    was_litres = models.BigIntegerField(null=True)
    litres = models.BigIntegerField(null=True)

    class Meta:
        """The newest first; an edit says one thing of an instant."""

        ordering = ("-batch_id", "read_at")
        constraints = (
            models.UniqueConstraint(fields=["batch", "meter", "read_at"], name="one_edit_per_instant"),
        )
        indexes = (models.Index(fields=["meter", "read_at"], name="reading_edit_at"),)


class MemberList(models.Model):
    """Who a rule of membership covers in a year (名录), drawn from the ledger and then adopted.

    `rule` names a rule of the rulebook or a published threshold, and `clause` keeps its words.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="member_lists")
    rule = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    clause = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    terms = models.JSONField(default=dict)
    drawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    generation = models.BigIntegerField(default=0)
    adopted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest year first; one adopted list per place, rule and year stands."""

        ordering = ("-year", "rule", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["place", "rule", "year"],
                condition=models.Q(adopted_at__isnull=False, withdrawn_at__isnull=True),
                name="one_adopted_list_per_year",
            ),
        )


class MemberStanding(models.TextChoices):
    """Whether a rule covers a user."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class MemberRow(models.Model):
    """A water user on a list: what it was judged by, and whether that was enough."""

    list = models.ForeignKey(MemberList, on_delete=models.CASCADE, related_name="rows")
    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="member_rows")
    standing = models.CharField(max_length=8, choices=MemberStanding.choices)
    litres = models.BigIntegerField(null=True)
    basis = models.CharField(max_length=30, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        """A user stands once on a list."""

        ordering = ("user__number", "pk")
        constraints = (models.UniqueConstraint(fields=["list", "user"], name="one_row_per_member"),)


class CityOutline(models.Model):
    """Outlines of the districts from a file that the city supplied, with its approval number (审图号)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="outlines")
    shapes = models.JSONField(default=dict)
    origin = models.CharField(max_length=200)
    approval_number = models.CharField(max_length=60, blank=True)
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; one stands for a place."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_outline_per_place",
            ),
        )
