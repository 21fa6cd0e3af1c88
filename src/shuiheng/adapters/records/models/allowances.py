"""Tables of the allowance year: caps, rounds, planned allowances with their entries, proposals, warnings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import LedgerDocument, WaterSource, WaterUser
from shuiheng.adapters.records.models.metering import MemberList
from shuiheng.adapters.records.models.organisations import Organisation, Place

DIGITS, PLACES = 20, 3


class RegionalCap(models.Model):
    """How much a city or district may use in a year (用水总量控制指标), by class of use or kind of water.

    An empty part means all of it. A later row supersedes an earlier one of the same parts.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="regional_caps")
    district = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    use_class = models.CharField(max_length=30, blank=True)
    water_kind = models.CharField(max_length=30, blank=True)
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    basis = models.CharField(max_length=300)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One cap stands for a place, year and its parts."""

        ordering = ("-year", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "district", "year", "use_class", "water_kind"],
                condition=models.Q(superseded_at__isnull=True, district__isnull=False),
                name="one_cap_of_a_district",
            ),
            models.UniqueConstraint(
                fields=["place", "year", "use_class", "water_kind"],
                condition=models.Q(superseded_at__isnull=True, district__isnull=True),
                name="one_cap_of_a_city",
            ),
        ]


class RoundState(models.TextChoices):
    """How far the plan of a year has come."""

    OPEN = "open"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class AllowanceRound(models.Model):
    """The plan of a year of one authority (年度用水计划): its users, its method, its state.

    `rules` keeps the citations by which it was computed, `terms` the choices that the office made.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="allowance_rounds")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    members = models.ForeignKey(MemberList, null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        """One round per place, authority and year."""

        ordering = ("-year", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "authority", "year"], name="one_round_per_year")
        ]


class AllowanceProposal(models.Model):
    """What a water user proposes for a year (用水计划建议), month by month; a later one supersedes it."""

    round = models.ForeignKey(AllowanceRound, on_delete=models.PROTECT, related_name="proposals")
    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="allowance_proposals")
    source = models.ForeignKey(WaterSource, null=True, on_delete=models.PROTECT, related_name="+")
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    months = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(LedgerDocument, null=True, on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One proposal stands for a user, a source and a round."""

        ordering = ("-filed_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "user", "source"],
                condition=models.Q(superseded_at__isnull=True, source__isnull=False),
                name="one_proposal_per_source",
            ),
            models.UniqueConstraint(
                fields=["round", "user"],
                condition=models.Q(superseded_at__isnull=True, source__isnull=True),
                name="one_proposal_per_user",
            ),
        ]


class PlannedAllowance(models.Model):
    """What one user may take from a source in a year (用水计划指标).

    `computed_m3` is what the method gives and `derivation` how; `volume_m3` is what the office decided.
    How much it is on a day follows from its entries. `given` is what the office put in beside the ledger,
    `history` the past years with how well they are known, `months` the split before it is published, and
    `frozen` the months that were billed.
    """

    round = models.ForeignKey(AllowanceRound, on_delete=models.PROTECT, related_name="allowances")
    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="allowances")
    source = models.ForeignKey(WaterSource, null=True, on_delete=models.PROTECT, related_name="+")
    water_kind = models.CharField(max_length=30, blank=True)
    method = models.CharField(max_length=60, blank=True)
    computed_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    derivation = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    history = models.JSONField(default=list)
    months = models.JSONField(default=list)
    split = models.CharField(max_length=12, blank=True)
    frozen = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One allowance per round, user and source."""

        ordering = ("user__number", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "user", "source"],
                condition=models.Q(source__isnull=False),
                name="one_allowance_per_source",
            ),
            models.UniqueConstraint(
                fields=["round", "user"],
                condition=models.Q(source__isnull=True),
                name="one_allowance_per_user",
            ),
        ]


class EntryKind(models.TextChoices):
    """Why an allowance changes."""

    INITIAL = "initial"
    REBALANCING = "rebalancing"
    INCREASE = "increase"
    DECREASE = "decrease"
    TRANSFER = "transfer"
    CARRY_OVER = "carry_over"
    BORROWING = "borrowing"


class EntryState(models.TextChoices):
    """How far a change of an allowance has come; revoked is what counted until its plan was taken back."""

    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class AllowanceEntry(models.Model):
    """One change of an allowance (指标调整); never changed once decided. The initial one is its first.

    `agreed_by` and `agreed_at` are the word of whoever takes water, on its side of a transfer.
    """

    allowance = models.ForeignKey(PlannedAllowance, on_delete=models.PROTECT, related_name="entries")
    partner = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="partners")
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.ASKED)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(LedgerDocument, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField(null=True)
    agreed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were asked."""

        ordering = ("asked_at", "pk")
        indexes = (models.Index(fields=["allowance", "state"], name="allowance_entry_state"),)


class AllowanceMonth(models.Model):
    """By how much an entry changes a month of its allowance; below zero when it takes away."""

    entry = models.ForeignKey(AllowanceEntry, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        """A month stands once with an entry."""

        ordering = ("month",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "month"], name="one_amount_per_month")
        ]


class UseWarning(models.Model):
    """A warning before or after a limit is passed (用水预警); one cause is told once.

    `level` is a step of the ladder of the rulebook, `unknown` where nothing can be said of the year;
    `follows` is what the ladder says follows. `hints` are possible causes, `doubts` what makes the readings
    behind it uncertain, `basis` from what the forecast is. `gone_at` is when the cause no longer held, or a
    higher level covered it. `due_on` is until when what was decided is to be done.
    """

    allowance = models.ForeignKey(PlannedAllowance, on_delete=models.PROTECT, related_name="warnings")
    first = models.DateField()
    last = models.DateField()
    level = models.CharField(max_length=30)
    used_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    limit_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    forecast_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    low_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    high_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    measured_share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    rules = models.JSONField(default=list)
    hints = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    certainty = models.CharField(max_length=10, blank=True)
    basis = models.JSONField(default=dict)
    follows = models.JSONField(default=list)
    covered_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="covers")
    looked_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    follow_up = models.CharField(max_length=30, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; one warning per allowance, period and level."""

        ordering = ("-raised_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["allowance", "first", "last", "level"], name="one_warning_per_level"
            )
        ]
        indexes = (models.Index(fields=["gone_at", "decided_at"], name="use_warning_open"),)


class AllowanceWatch(models.Model):
    """From what an allowance was last judged, so that it is judged again only when that has changed.

    `mark` is a hash of all that the judgement follows from; the row may be removed at any time.
    """

    allowance = models.OneToOneField(
        PlannedAllowance, primary_key=True, on_delete=models.CASCADE, related_name="watch"
    )
    mark = models.CharField(max_length=64)
    looked_at = models.DateTimeField()
