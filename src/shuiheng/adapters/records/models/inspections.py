"""Tables of random inspections: who inspects, what is looked at, each draw with its record, recusals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place

LONGEST_NAME, LONGEST_TITLE, LONGEST_CLAUSE, LONGEST_REASON = 60, 120, 200, 300


class InspectorEntry(models.Model):
    """A person of the register of inspectors (检查人员名录库), from a day on, to a day.

    `account` is the account by which the person fills a check in, where there is one. `organisation` is the
    unit by which the person is sent. An entry is closed by `to_on` and never deleted.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="inspectors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspectors")
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="inspector_entries"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    certificate = models.CharField(max_length=60)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """By unit and name; a certificate stands once at a time."""

        ordering = ("organisation__name", "name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "certificate"],
                condition=models.Q(to_on__isnull=True),
                name="one_open_inspector_per_certificate",
            )
        ]


class InspectionItem(models.Model):
    """An entry of the register of what is looked at (抽查事项清单), with its questions.

    `kinds` are the kinds of objects to which it applies (`user`, `permit`, `project`); none means all.
    `questions` is a list of `{"id", "text", "clause", "answer"}`; `answer` is `yes_no`, `number` or `text`,
    and a number has its `unit` beside it.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="inspection_items")
    number = models.CharField(max_length=30)
    name = models.CharField(max_length=LONGEST_TITLE)
    kinds = models.JSONField(default=list)
    source = models.CharField(max_length=LONGEST_CLAUSE)
    clause = models.CharField(max_length=LONGEST_CLAUSE)
    questions = models.JSONField(default=list)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """By number, which stands once at a time."""

        ordering = ("number", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "number"],
                condition=models.Q(to_on__isnull=True),
                name="one_open_item_per_number",
            )
        ]


class DrawState(models.TextChoices):
    """How far a draw has come; one that cannot be finished is void and never tried again."""

    DRAFT = "draft"
    COMMITTED = "committed"
    DRAWN = "drawn"
    VOID = "void"


class SeedKind(models.TextChoices):
    """Where chance comes from: a number that others publish later, or numbers that persons sealed."""

    PUBLIC_NUMBER = "public_number"
    SEALED_NUMBERS = "sealed_numbers"


class InspectionDraw(models.Model):
    """A random inspection (双随机抽查): planned for a year, committed to, drawn, published.

    `scope` says who can be drawn: `kind` of objects with `districts`, `classes`, `use_m3` or `numbers`.
    `area` is the district that inspects, or the city. `seed_plan` holds what was announced of chance:
    `what`, `digits` and `known_on` of a public number. `sealed` has for each person `person`, `account` and
    `seal`, and `number` and `salt` once they were opened; before that they are nowhere in the installation.
    `register` is the register as it was hashed, `record` what `docs/formats/draw.md` says. Objects have
    the numbers `U`, `P` or `J` with the key of the water user, permit or project; inspectors `R`, items
    `I` with theirs.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="inspection_draws")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=LONGEST_TITLE)
    year = models.PositiveSmallIntegerField()
    planned_from = models.DateField(null=True)
    planned_to = models.DateField(null=True)
    partners = models.CharField(max_length=LONGEST_CLAUSE, blank=True)
    scope = models.JSONField(default=dict)
    items = models.ManyToManyField(InspectionItem, related_name="draws")
    size = models.PositiveIntegerField()
    seed_kind = models.CharField(max_length=20, choices=SeedKind.choices)
    seed_plan = models.JSONField(default=dict)
    sealed = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DrawState.choices, default=DrawState.DRAFT)
    as_of = models.DateField(null=True)
    register = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, blank=True)
    seed = models.JSONField(default=dict)
    record = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    committed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        """The newest first; nobody commits to a register or publishes a draw that the same person made."""

        ordering = ("-year", "-made_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number"], name="one_draw_per_number"),
            models.CheckConstraint(
                condition=models.Q(committed_by__isnull=True) | ~models.Q(committed_by=models.F("made_by")),
                name="two_persons_commit_to_a_draw",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | ~models.Q(published_by=models.F("made_by")),
                name="two_persons_publish_a_draw",
            ),
        ]


class DrawRecusal(models.Model):
    """An inspector who must not inspect a unit (回避), for one draw; the reason stays with the office."""

    draw = models.ForeignKey(InspectionDraw, on_delete=models.PROTECT, related_name="recusals")
    inspector = models.ForeignKey(InspectorEntry, on_delete=models.PROTECT, related_name="recusals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """In the order in which they were entered, each once."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "inspector", "organisation"], name="one_recusal")
        ]
