"""Tables of the register (任务台账): tasks with their units, shares, steps and yearly plans.

The rows of published plans are made anew with every version; the rows here stay, and what was
reported stays with them. `services.sync_register` ties the two together at each publication.
"""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place
from shuiheng.adapters.records.models.plans import PlanDocument, PlanVersion
from shuiheng.adapters.records.published import DIGITS, PLACES, PublishedTarget, PublishedTask


class TaskOrigin(models.TextChoices):
    """Where a task of the register comes from."""

    PLAN = "plan"
    MEETING = "meeting"
    OFFICE = "office"


class RegisterTask(models.Model):
    """A task that a unit answers for, through all versions of its plan.

    `item` is its id in the version in which it was last published. A task that the newest
    published version no longer holds is withdrawn, not deleted.
    """

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="register_tasks")
    version = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=120, blank=True)
    published = models.OneToOneField(
        PublishedTask, null=True, on_delete=models.SET_NULL, related_name="register_task"
    )
    origin = models.CharField(max_length=10, choices=TaskOrigin.choices, default=TaskOrigin.PLAN)
    number = models.CharField(max_length=60, blank=True)
    path_text = models.TextField(blank=True)
    text = models.TextField()
    initials = models.TextField(blank=True)
    due_on = models.DateField(null=True, db_index=True)
    due_reason = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Tasks in the plan's own order; an item of a plan is one task."""

        ordering = ("plan_id", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "item"],
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(item=""),
                name="one_task_per_item",
            ),
        )


class TaskParty(models.Model):
    """The part of an organisation in a task, from a day; ended by `to_on`, never deleted."""

    task = models.ForeignKey(RegisterTask, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=10)
    order = models.PositiveIntegerField(default=0)
    is_from_plan = models.BooleanField(default=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    set_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Parts in the plan's order; an organisation has one part in a task at a time."""

        ordering = ("task_id", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["task", "organisation"],
                condition=models.Q(to_on__isnull=True),
                name="one_part_at_a_time",
            ),
        )


class RegisterTarget(models.Model):
    """A target of the register, through all versions of its plan."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="register_targets")
    task = models.ForeignKey(RegisterTask, null=True, on_delete=models.PROTECT, related_name="targets")
    item = models.CharField(max_length=120, blank=True)
    published = models.OneToOneField(
        PublishedTarget, null=True, on_delete=models.SET_NULL, related_name="register_target"
    )
    quote = models.TextField()
    metric = models.CharField(max_length=300)
    scope = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    op = models.CharField(max_length=2)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    value_max = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    unit = models.CharField(max_length=20, blank=True)
    baseline_year = models.PositiveIntegerField(null=True)
    deadline = models.DateField(null=True, db_index=True)
    is_annual = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Targets in the plan's own order; an item of a plan is one target."""

        ordering = ("plan_id", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "item"],
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(item=""),
                name="one_target_per_item",
            ),
        )


class TargetShare(models.Model):
    """The share of a district in a target; a correction is a new row that supersedes."""

    target = models.ForeignKey(RegisterTarget, on_delete=models.PROTECT, related_name="shares")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """A district has one share at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["target", "place"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_share_at_a_time",
            ),
        )


class StepKind(models.TextChoices):
    """A part of a task that somebody does, or a point by which something stands."""

    SUB_TASK = "sub_task"
    MILESTONE = "milestone"


class TaskStep(models.Model):
    """A sub-task or milestone of a task."""

    task = models.ForeignKey(RegisterTask, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Steps in the order in which they are to be done."""

        ordering = ("task_id", "order", "pk")


class AnnualPlan(models.Model):
    """The plan of one year (年度实施计划) rolled out of a plan of several years."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="annual_plans")
    year = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        """One plan for a year."""

        constraints = (models.UniqueConstraint(fields=["plan", "year"], name="one_plan_per_year"),)


class AnnualItem(models.Model):
    """What one task, or a goal of the whole city, asks for in one year."""

    annual_plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(RegisterTask, null=True, on_delete=models.PROTECT, related_name="annual_items")
    target = models.ForeignKey(RegisterTarget, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    unit = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """Items in the order of the tasks."""

        ordering = ("annual_plan_id", "order", "pk")
