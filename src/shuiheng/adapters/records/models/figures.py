"""Tables of statistics and of figures: facts that persons entered, and values that were computed of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place

WHOLE_YEAR = 12
"""The last month of a year, by which a value speaks of all of it."""


class CollectedUnder(models.TextChoices):
    """By which right a fact was collected; the words of `indicators.facts.CollectedUnder`."""

    ADMINISTRATION = "administration"
    SURVEY = "survey"
    VOLUNTARY = "voluntary"


class StatisticState(models.TextChoices):
    """How far an entered fact has come: it counts once a second person has confirmed it."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Statistic(models.Model):
    """A fact of a year that was entered or imported (统计数据); a later one supersedes it, none is deleted.

    `fact` is an id of `rulebook/indicators/facts.yaml`, and `value` stands in the unit of that fact. `member`
    tells of what part it speaks, such as a class of irrigation districts. `through_month` is the last month
    of which it speaks, 12 for the whole year. `revision` names the census or yearbook by which a series was
    revised; a chain of years must share one.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="statistics")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    through_month = models.PositiveSmallIntegerField(default=WHOLE_YEAR)
    member = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    source = models.CharField(max_length=200)
    page = models.CharField(max_length=120, blank=True)
    revision = models.CharField(max_length=60, blank=True)
    estimated_share = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    collected_under = models.CharField(
        max_length=14, choices=CollectedUnder.choices, default=CollectedUnder.ADMINISTRATION
    )
    state = models.CharField(max_length=10, choices=StatisticState.choices, default=StatisticState.ENTERED)
    batch = models.CharField(max_length=64, blank=True)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """By fact and year; one entered and one confirmed value stand at a time; a second person decides."""

        ordering = ("fact", "-year", "member", "-pk")
        indexes: ClassVar = [models.Index(fields=["city", "fact", "year"], name="statistic_by_fact")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "fact", "year", "through_month", "member", "state"],
                condition=models.Q(superseded_at__isnull=True) & ~models.Q(state=StatisticState.REFUSED),
                name="one_standing_statistic",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("entered_by")),
                name="two_persons_confirm_a_statistic",
            ),
            models.CheckConstraint(
                condition=models.Q(through_month__gte=1) & models.Q(through_month__lte=12),
                name="statistic_ends_in_a_month",
            ),
        ]

    @property
    def key(self) -> tuple[int, str, int, int, str]:
        """Return of what it tells: place, fact, year, last month and member."""
        return self.place_id, self.fact, self.year, self.through_month, self.member


class Figure(models.Model):
    """A value that was computed, signed off and kept with all that went into it (正式数据); never changed.

    `subject` is what it is the value of: `indicator:water_use_total` or `target:12`. `content` holds the
    facts with their origins and grades, the rules, the choices and the arithmetic, to compute it again.
    A later figure supersedes it; `cause` says why they differ.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="figures")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    up_to = models.DateField()
    value = models.DecimalField(max_digits=40, decimal_places=20, null=True)
    unit = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    released_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; one figure of a subject and year stands at a time."""

        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["city", "subject", "year"], name="figure_by_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "subject", "up_to"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_standing_figure",
            )
        ]


class KeptStanding(models.Model):
    """How a target stood when it was judged last, for one place (研判结果); pages read it, none judges anew.

    `content` holds what a page writes out: base, path, deadline, year, indicator and version. `before` is how
    it stood until `since`; `missing` names facts and districts as codes. `is_share` marks the part of a
    district in a target of the city.
    """

    target = models.ForeignKey("RegisterTarget", on_delete=models.CASCADE, related_name="standings")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    standing = models.CharField(max_length=10)
    why = models.CharField(max_length=10)
    served_by = models.CharField(max_length=10)
    problem = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=40, decimal_places=20, null=True)
    path = models.DecimalField(max_digits=40, decimal_places=20, null=True)
    distance = models.DecimalField(max_digits=40, decimal_places=20, null=True)
    up_to = models.DateField(null=True)
    missing = models.JSONField(default=list)
    shares = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    before = models.CharField(max_length=10, blank=True)
    since = models.DateField()
    judged_at = models.DateTimeField()
    is_share = models.BooleanField(default=False)

    class Meta:
        """One row for a target and place; the board reads them by city."""

        ordering = ("target_id", "place_id")
        indexes: ClassVar = [models.Index(fields=["city", "standing"], name="standing_by_city")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "place"], name="one_standing_per_place"),
        ]


class StandingTurn(models.Model):
    """How a target stood from a day on (研判变化), written when its standing, value or demand changed.

    What was told at the time stays, so that a later day shows what changed and why.
    """

    target = models.ForeignKey("RegisterTarget", on_delete=models.CASCADE, related_name="turns")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    standing = models.CharField(max_length=10)
    why = models.CharField(max_length=10)
    problem = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=40, decimal_places=20, null=True)
    missing = models.JSONField(default=list)
    content = models.JSONField(default=dict)

    class Meta:
        """The newest first; one row for a target, place and day."""

        ordering = ("-on", "-pk")
        indexes: ClassVar = [models.Index(fields=["city", "on"], name="turn_by_city")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "place", "on"], name="one_turn_per_day"),
        ]


class TargetOdds(models.Model):
    """With which probability a target will be met in time (达成可能性); for staff, no figure of the city.

    `why` says why there is none. `content` holds what was assumed, what each model gives, and by year what
    the value will be with probability 0.1, 0.5 and 0.9.
    """

    target = models.ForeignKey("RegisterTarget", on_delete=models.CASCADE, related_name="odds")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    chance = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    why = models.CharField(max_length=20, blank=True)
    act_by = models.DateField(null=True)
    content = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        """One row for a target and place; the least likely first."""

        ordering = ("chance", "target_id", "place_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "place"], name="one_odds_per_place"),
            models.CheckConstraint(
                condition=models.Q(chance__isnull=False, why="")
                | (models.Q(chance__isnull=True) & ~models.Q(why="")),
                name="odds_or_why_not",
            ),
        ]
