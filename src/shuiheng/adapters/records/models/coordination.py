"""Tables of coordination: meetings, rectification, accountability, comments."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation
from shuiheng.adapters.records.models.plans import PlanDocument
from shuiheng.adapters.records.models.register import RegisterTask


class Meeting(models.Model):
    """A meeting of the coordinating body (联席会议) of a plan."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    room = models.CharField(max_length=200, blank=True)
    minutes = models.TextField(blank=True)
    present = models.ManyToManyField(Organisation, related_name="+")
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)


class MeetingDecision(models.Model):
    """What a meeting decided; a decision that asks for work is a task of the register."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    words = models.TextField()
    task = models.OneToOneField(RegisterTask, null=True, on_delete=models.PROTECT, related_name="decided_by")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """Decisions in the order of the minutes."""

        ordering = ("meeting_id", "order", "pk")


class RectificationState(models.TextChoices):
    """Where a rectification item stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class Rectification(models.Model):
    """A fault that an organisation has to mend by a day, with its proof (整改事项)."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="rectifications")
    task = models.ForeignKey(RegisterTask, null=True, on_delete=models.PROTECT, related_name="rectifications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rectifications")
    fault = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    found_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=RectificationState.choices, default=RectificationState.OPEN
    )
    proof_text = models.TextField(blank=True)
    proof_name = models.CharField(max_length=160, blank=True)
    proof_stored_name = models.CharField(max_length=64, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Whoever proves does not close; the nearest deadline first."""

        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True) | ~models.Q(closed_by=models.F("submitted_by")),
                name="prover_does_not_close",
            ),
        )


class AccountabilityKind(models.TextChoices):
    """What was done about a unit that did not do its part."""

    REMINDED = "reminded"
    TALKED_TO = "talked_to"
    CRITICISED = "criticised"
    REFERRED = "referred"


class AccountabilityEntry(models.Model):
    """An entry of the accountability log (问责记录); never changed and never deleted."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="accountability")
    task = models.ForeignKey(RegisterTask, null=True, on_delete=models.PROTECT, related_name="accountability")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accountability")
    kind = models.CharField(max_length=12, choices=AccountabilityKind.choices)
    words = models.TextField()
    basis = models.CharField(max_length=300)
    on = models.DateField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)


class Comment(models.Model):
    """What a person says about a task to those who work on it."""

    task = models.ForeignKey(RegisterTask, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    mentions = models.ManyToManyField(Account, related_name="mentioned_in")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Comments in the order in which they were made."""

        ordering = ("task_id", "pk")
