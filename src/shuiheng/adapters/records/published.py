"""Tables of published items: what boards, calendars and unit pages ask.

The rows are a picture of the published version, made anew in one transaction whenever a
version is published. The truth stays with the version's JSON and its decisions.
"""

from __future__ import annotations

from django.db import models

DIGITS, PLACES = 30, 8


class _Item(models.Model):
    """What every published item has: its id in the plan, its place, its certainty."""

    version = models.ForeignKey(
        "records.PlanVersion", on_delete=models.CASCADE, related_name="%(class)s_rows"
    )
    item = models.CharField(max_length=120)
    place = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    confidence = models.FloatField(default=1.0)

    class Meta:
        """No table of its own."""

        abstract = True
        ordering = ("version_id", "place")
        constraints = (models.UniqueConstraint(fields=["version", "item"], name="one_%(class)s_per_id"),)


class PublishedTask(_Item):
    """A task of a published plan."""

    number = models.CharField(max_length=60, blank=True)
    path = models.JSONField(default=list)
    path_text = models.TextField(blank=True)
    text = models.TextField()
    rule = models.CharField(max_length=40)
    due = models.DateField(null=True, db_index=True)
    due_text = models.CharField(max_length=200, blank=True)


class TaskUnit(models.Model):
    """The part of one unit in one task; `label` is the same for all spellings of one unit."""

    task = models.ForeignKey(PublishedTask, on_delete=models.CASCADE, related_name="units")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    label = models.CharField(max_length=200, db_index=True)
    organisation = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=10)
    is_inherited = models.BooleanField(default=False)

    class Meta:
        """Units in the order of the document."""

        ordering = ("task_id", "place")


class PublishedTarget(_Item):
    """A target or milestone of a published plan."""

    task = models.ForeignKey(PublishedTask, null=True, on_delete=models.CASCADE, related_name="target_rows")
    quote = models.TextField()
    metric = models.CharField(max_length=300)
    scope = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    op = models.CharField(max_length=2)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    value_max = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    unit = models.CharField(max_length=20, blank=True)
    baseline_year = models.PositiveIntegerField(null=True)
    baseline_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    deadline = models.DateField(null=True, db_index=True)
    annual = models.BooleanField(default=False)
    stretch_op = models.CharField(max_length=2, blank=True)
    stretch_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    is_hedged = models.BooleanField(default=False)
    is_binding = models.BooleanField(null=True)
    part_of = models.CharField(max_length=120, blank=True)
    indicator = models.CharField(max_length=80, blank=True)


class PublishedDuty(_Item):
    """A recurring report or check of a published plan."""

    task = models.ForeignKey(PublishedTask, null=True, on_delete=models.CASCADE, related_name="duty_rows")
    quote = models.TextField()
    what = models.CharField(max_length=300)
    frequency = models.CharField(max_length=20)
    due = models.CharField(max_length=200, blank=True)
    due_rule = models.JSONField(null=True)
    reporters = models.JSONField(default=list)
    receivers = models.JSONField(default=list)


class PublishedThreshold(_Item):
    """A numeric cut-off of a published plan."""

    task = models.ForeignKey(
        PublishedTask, null=True, on_delete=models.CASCADE, related_name="threshold_rows"
    )
    quote = models.TextField()
    applies_to = models.CharField(max_length=300)
    quantity = models.CharField(max_length=200)
    op = models.CharField(max_length=2)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    unit = models.CharField(max_length=20, blank=True)
    effect = models.CharField(max_length=400)


class PlanFinding(models.Model):
    """A finding on a compiled version; made anew with each compilation."""

    version = models.ForeignKey("records.PlanVersion", on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveIntegerField()
    code = models.CharField(max_length=80, db_index=True)
    severity = models.CharField(max_length=12)
    subject = models.CharField(max_length=120)
    page = models.PositiveIntegerField(null=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    evidence = models.TextField(blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        """Findings in the order in which the linter gives them."""

        ordering = ("version_id", "place")
