"""Tables of cases of programmes: what happened, what proves it, what people said and gave, and how it stands.

A case is the list of its events; every other column of it follows from them and is kept so that lists and
counts need not read them all.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.gates import Project
from shuiheng.adapters.records.models.ledger import WaterUser
from shuiheng.adapters.records.models.organisations import Organisation, Place


class CasePhase(models.TextChoices):
    """How far a case has come; the words of `programmes.case.Phase`."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    REACHED = "reached"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


RUNNING = (CasePhase.PLANNED, CasePhase.UNDER_WAY)


class CaseHolding(models.TextChoices):
    """How the result of a case holds; the words of `programmes.living.Holding`."""

    NOT_REACHED = "not_reached"
    REVOKED = "revoked"
    EXPIRED = "expired"
    AT_RISK = "at_risk"
    RECHECK_DUE = "recheck_due"
    VALID = "valid"


class CaseBatch(models.Model):
    """Cases that were opened together, by a workbook or out of an eligibility run; undone as a whole."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="case_batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="case_batches")
    kind = models.CharField(max_length=60)
    origin = models.CharField(max_length=12)
    stored_name = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    original_name = models.CharField(max_length=160, blank=True)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="checked")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-pk",)


class ProgrammeCase(models.Model):
    """A case of a kind of programme (事项).

    `subject_key` is what counts once (`user:12`, `project:3`, `place:5`, or `name:` with the name of what no
    table holds). `organisation` is the unit whose own it is, `commissioned` a third party that works on it.
    `open_steps` are the steps that can end next, `due_on` the first day by which one of them is due. `tally`
    is `programmes.tally.CaseTally` as JSON. `holding` and `risks` are what readings said on `judged_on`.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="cases")
    district = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="programme_cases"
    )
    commissioned = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(WaterUser, null=True, on_delete=models.PROTECT, related_name="programme_cases")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="programme_cases")
    batch = models.ForeignKey(CaseBatch, null=True, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=60)
    kind_version = models.PositiveIntegerField()
    subject_key = models.CharField(max_length=120)
    subject_name = models.CharField(max_length=200)
    level = models.CharField(max_length=12, blank=True)
    phase = models.CharField(max_length=10, choices=CasePhase.choices, default=CasePhase.PLANNED)
    reached_level = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=80, blank=True)
    opened_on = models.DateField()
    last_on = models.DateField()
    reached_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    recheck_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    open_steps = models.JSONField(default=list)
    amounts = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)
    event_count = models.PositiveIntegerField(default=0)
    score_lowest = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    score_highest = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    scored_on = models.DateField(null=True)
    holding = models.CharField(max_length=12, choices=CaseHolding.choices, default=CaseHolding.NOT_REACHED)
    risks = models.JSONField(default=list)
    judged_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The newest first; a subject has one case of a kind under way; a certificate has its own number."""

        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["place", "kind", "phase"], name="case_by_kind"),
            models.Index(fields=["place", "due_on"], name="case_by_due_day"),
            models.Index(fields=["place", "subject_key"], name="case_by_subject"),
            models.Index(fields=["place", "holding"], name="case_by_holding"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "kind", "subject_key"],
                condition=models.Q(phase__in=RUNNING),
                name="one_running_case",
            ),
            models.UniqueConstraint(
                fields=["place", "kind", "number"],
                condition=~models.Q(number=""),
                name="one_case_per_number",
            ),
            models.CheckConstraint(condition=models.Q(phase__in=CasePhase.values), name="known_case_phase"),
            models.CheckConstraint(
                condition=models.Q(reached_on__isnull=False)
                | ~models.Q(phase__in=(CasePhase.REACHED, CasePhase.REVOKED)),
                name="reached_case_has_day",
            ),
        ]


class CaseEvent(models.Model):
    """One thing that happened to a case, by `programmes.events`; never changed and never deleted."""

    case = models.ForeignKey(ProgrammeCase, on_delete=models.PROTECT, related_name="events")
    ordinal = models.PositiveIntegerField()
    sort = models.CharField(max_length=20)
    on = models.DateField()
    content = models.JSONField(default=dict)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """In the order in which they happened."""

        ordering = ("case", "ordinal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="one_case_event_per_place")
        ]


class CaseEvidence(models.Model):
    """A piece of evidence of a step: a kept file, or what lies on paper with a word on where (佐证材料).

    `key` is its key in the events. Who reviews it is not who brought it.
    """

    case = models.ForeignKey(ProgrammeCase, on_delete=models.PROTECT, related_name="evidence")
    key = models.CharField(max_length=40)
    step = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    is_paper = models.BooleanField(default=False)
    is_electronic = models.BooleanField(default=False)
    stored_name = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    original_name = models.CharField(max_length=160, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    byte_count = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    is_accepted = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        """In the order in which it came; nobody reviews what the same person brought."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="one_evidence_per_key"),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("submitted_by")),
                name="two_persons_prove_a_case",
            ),
        ]


class CaseAnswer(models.Model):
    """Points that a person gave for a criterion, or a fact that a person entered, with its source.

    `name` is the id of the criterion (`criterion`) or the fact (`fact`); a later answer supersedes it. Points
    that ended because the case was sent back are of an earlier round.
    """

    case = models.ForeignKey(ProgrammeCase, on_delete=models.PROTECT, related_name="answers")
    sort = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    on = models.DateField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    is_earlier_round = models.BooleanField(default=False)

    class Meta:
        """The newest first; one answer stands at a time."""

        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "sort", "name"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_standing_case_answer",
            )
        ]


class CaseComment(models.Model):
    """What somebody said about a case."""

    case = models.ForeignKey(ProgrammeCase, on_delete=models.PROTECT, related_name="comments")
    words = models.CharField(max_length=1000)
    said_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        """In the order in which they were said."""

        ordering = ("pk",)


class CaseObjection(models.Model):
    """An objection that came in while a result lay open; events know its key (公示异议).

    Who made it stands on the paper that `source` names, not here.
    """

    case = models.ForeignKey(ProgrammeCase, on_delete=models.PROTECT, related_name="objections")
    key = models.CharField(max_length=40)
    source = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=1000)
    received_on = models.DateField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="one_objection_per_key")
        ]


class CaseSubject(models.Model):
    """Something that cases can be about and that no other register lists (其他对象), such as a pipe or event.

    Cases know it by its name (`name:` and the name in `subject_key`). `facts` are what the list told of it,
    by the names of facts, as words of a case answer are kept.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="case_subjects")
    district = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=20)
    name = models.CharField(max_length=110)
    number = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    listed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """By their names; a name stands once for each sort in a city."""

        ordering = ("sort", "name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "sort", "name"], name="one_case_subject_per_name"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_case_subject_is_whole",
            ),
        ]
