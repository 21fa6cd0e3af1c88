"""Tables of progress: periods, what units report, its evidence, and what was judged beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation
from shuiheng.adapters.records.models.plans import PlanDocument
from shuiheng.adapters.records.models.register import RegisterTarget, RegisterTask
from shuiheng.adapters.records.published import DIGITS, PLACES


class PeriodKind(models.TextChoices):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class ReportingPeriod(models.Model):
    """A period for which the units of a plan report; `ends_on` is its last day."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField(max_length=10, choices=PeriodKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    due_rule = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        """A period of a plan is opened once; the newest first."""

        ordering = ("-starts_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["plan", "kind", "starts_on"], name="one_period_per_start"),
        )


class ProgressState(models.TextChoices):
    """Where a report of progress stands; `services.progress_rules` says what may follow what."""

    DRAFT = "draft"
    FILED = "filed"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    ACCEPTED = "accepted"
    FROZEN = "frozen"


class Progress(models.Model):
    """What one organisation did for one task in one period (进展).

    `revision` rises with every change, so that two people do not overwrite each other. The
    database refuses changes of the content outside draft and returned. `checked_by` is the
    reviewer of the unit itself, where there is one.
    """

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="progress")
    task = models.ForeignKey(RegisterTask, on_delete=models.PROTECT, related_name="progress")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=10, choices=ProgressState.choices, default=ProgressState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    done_text = models.TextField(blank=True)
    obstacles = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    is_complete = models.BooleanField(default=False)
    marked_field = models.CharField(max_length=40, blank=True)
    return_reason = models.TextField(blank=True)
    started_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """An organisation reports once for a task and period; whoever files does not review."""

        constraints = (
            models.UniqueConstraint(fields=["period", "task", "organisation"], name="one_progress_each"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("filed_by")),
                name="filer_does_not_review",
            ),
        )


class ProgressValue(models.Model):
    """The value that a report states for a target, in the unit of the target."""

    progress = models.ForeignKey(Progress, on_delete=models.CASCADE, related_name="values")
    target = models.ForeignKey(RegisterTarget, on_delete=models.PROTECT, related_name="reported")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        """A target has one value in a report."""

        constraints = (models.UniqueConstraint(fields=["progress", "target"], name="one_value_per_target"),)


class ProgressStep(models.Model):
    """One change of a report, with the content that it left; never changed and never deleted."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="history")
    revision = models.PositiveIntegerField()
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    content = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    marked_field = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A revision is written down once."""

        ordering = ("progress_id", "revision")
        constraints = (
            models.UniqueConstraint(fields=["progress", "revision"], name="one_step_per_revision"),
        )


class Evidence(models.Model):
    """A file that proves a report; somebody other than its submitter reviews it."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="evidence")
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    original_name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=120, blank=True)
    byte_count = models.PositiveBigIntegerField()
    submitted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(auto_now_add=True)
    is_good = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody reviews evidence of their own."""

        ordering = ("progress_id", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("submitted_by")),
                name="submitter_does_not_review",
            ),
        )


class Judgement(models.Model):
    """What a person thinks of a task, beside the computed status; never changed and never deleted."""

    task = models.ForeignKey(RegisterTask, on_delete=models.PROTECT, related_name="judgements")
    words = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
