"""Tables of permits and gates: projects, entered facts, outcomes, documents, and what came in of permits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import Permit
from shuiheng.adapters.records.models.organisations import Organisation, Place

DIGITS, PLACES, LONGEST_KEY = 20, 3, 300


class Project(models.Model):
    """A project, or the renewal of a permit, that has to pass gates (建设项目).

    `planned` holds the planned water of a year in m³ by kind of water, `days` the day on which each stage was
    reached, `uses` the processes and equipment as named. `area` is its district, or the city.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="projects")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="projects")
    owner_name = models.CharField(max_length=200, blank=True)
    permit = models.ForeignKey(Permit, null=True, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    category = models.CharField(max_length=30, blank=True)
    stage = models.CharField(max_length=20)
    site_area_m2 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    building_area_m2 = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    planned = models.JSONField(default=dict)
    norm = models.CharField(max_length=LONGEST_KEY, blank=True)
    activity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    uses = models.JSONField(default=list)
    days = models.JSONField(default=dict)
    approved_on = models.DateField(null=True)
    begun_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    is_closed = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The newest first; a permit has one open renewal."""

        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["permit"],
                condition=models.Q(kind="renewal", is_closed=False),
                name="one_open_renewal",
            )
        ]


class GateDocument(models.Model):
    """A document of a project: what shows a fact, or on what an outcome rests."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160)
    byte_count = models.PositiveIntegerField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-pk",)


class GateFact(models.Model):
    """A fact of a project that a person entered with its evidence; a later one supersedes it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    evidence = models.CharField(max_length=300)
    document = models.ForeignKey(GateDocument, null=True, on_delete=models.PROTECT, related_name="facts")
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One belief per fact."""

        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_gate_fact",
            )
        ]


class GateRecord(models.Model):
    """The outcome of a gate that an officer confirmed (准入审查记录); a later one supersedes it.

    `computed` is what the conditions gave then, `values` the facts they were given, `rules` the citations.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="records")
    gate = models.CharField(max_length=60)
    computed = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    values = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(GateDocument, null=True, on_delete=models.PROTECT, related_name="records")
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; one outcome stands."""

        ordering = ("-decided_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "gate"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_outcome_per_gate",
            )
        ]


class PermitRecord(models.Model):
    """What came in or was agreed for a permit: renewal asked, yearly report, kept though idle.

    `year` is the year of a report; a wrong one is superseded, never changed.
    """

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    on = models.DateField()
    note = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")


class EliminationList(models.Model):
    """A list of processes and equipment to be given up (淘汰目录), as it was sent in; it holds from a day."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="elimination_lists")
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    rows = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160)
    sent_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-valid_from", "-pk")
