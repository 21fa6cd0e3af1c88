"""Tables of plans and their versions, decisions on them, and background jobs."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class VersionState(models.TextChoices):
    """Where a version stands on its way from file to published plan."""

    WAITING = "waiting"
    READING = "reading"
    COMPILING = "compiling"
    READY = "ready"
    FAILED = "failed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class PlanDocument(models.Model):
    """One plan of one place, through all its versions."""

    slug = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="plans")
    is_synthetic = models.BooleanField(default=False)
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)


class PlanVersion(models.Model):
    """One uploaded file of a plan, what was read from it and what was compiled."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="versions")
    sequence = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    original_name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=120, blank=True)
    byte_count = models.PositiveBigIntegerField()
    source_json = models.JSONField(null=True)
    compiled_json = models.JSONField(null=True)
    compiler_version = models.CharField(max_length=40, blank=True)
    compiled_as_of = models.DateField(null=True)
    findings_as_of = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=VersionState.choices, default=VersionState.WAITING)
    error_code = models.CharField(max_length=80, blank=True)
    error_values = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    doubts_at_publishing = models.JSONField(default=list)

    class Meta:
        """A version number is used once; one version of a plan is the published one."""

        constraints = (
            models.UniqueConstraint(fields=["plan", "sequence"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(state="published"), name="one_published_version"
            ),
        )


class PlanDecision(models.Model):
    """A person's decision on an item; never changed and never deleted.

    `content` is the JSON of a Decision. A row with `takes_back` undoes that earlier row. A
    decision that was carried over from an earlier version names the row that it came from.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="decisions")
    content = models.JSONField(null=True)
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    origin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="carried_to")
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        """A row either decides or takes back."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(content__isnull=False, takes_back__isnull=True)
                | models.Q(content__isnull=True, takes_back__isnull=False),
                name="decides_or_takes_back",
            ),
        )


class JobState(models.TextChoices):
    """Where a background job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobKind(models.TextChoices):
    """What a background job does."""

    COMPILE = "compile"
    IMPORT = "import"
    EXPORT = "export"
    LETTERS = "letters"
    MESSAGES = "messages"
    SEAL = "seal"
    READINGS = "readings"
    LEDGER = "ledger"
    SETTLE = "settle"
    ALLOWANCES = "allowances"
    CHARGES = "charges"
    REPLAY = "replay"
    DRAW = "draw"
    CASES = "cases"


class Job(models.Model):
    """Work in the background with its progress; `arguments` say on what, `result` what came of it.

    The worker may be killed at any moment: a job that runs again ends in the same rows.
    """

    kind = models.CharField(max_length=20, choices=JobKind.choices, default=JobKind.COMPILE)
    version = models.ForeignKey(PlanVersion, null=True, on_delete=models.CASCADE, related_name="jobs")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.WAITING)
    phase = models.CharField(max_length=20, default=VersionState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=80, blank=True)
    error_values = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_name = models.CharField(max_length=160, blank=True)
    result_stored_name = models.CharField(max_length=64, blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
