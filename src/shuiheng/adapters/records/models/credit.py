"""Tables of credit records: what was entered of a unit, good or bad, and what it asked against it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import WaterUser
from shuiheng.adapters.records.models.organisations import Organisation, Place


class CreditKind(models.TextChoices):
    """Whether a record speaks for its subject or against it."""

    GOOD = "good"
    BAD = "bad"


class CreditGrade(models.TextChoices):
    """How grave a bad record is; the rulebook says how long each is shown."""

    MINOR = "minor"
    ORDINARY = "ordinary"
    SEVERE = "severe"


class CreditState(models.TextChoices):
    """How far a record has come. A bad one is told to its subject before a second person enters it."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    SHOWN = "shown"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"


class CreditRecord(models.Model):
    """A dated fact about a unit with its legal basis (信用信息); nothing is ever computed from it.

    The subject is an organisation, and one of its water users where it is about one. `trigger` is the act
    of the rulebook's penalties that it follows, `number` and `final_on` are those of the decision. A bad
    record is shown from `shown_from` to the day before `shown_until` and can be repaired from `repair_from`
    on; `rules` are the citations of these terms. After `kept_until` its words are erased.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="credit_records")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="credit_records")
    user = models.ForeignKey(WaterUser, null=True, on_delete=models.PROTECT, related_name="credit_records")
    kind = models.CharField(max_length=4, choices=CreditKind.choices)
    grade = models.CharField(max_length=10, choices=CreditGrade.choices, blank=True)
    item = models.CharField(max_length=120)
    trigger = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=500)
    happened_on = models.DateField()
    source = models.CharField(max_length=200)
    clause = models.CharField(max_length=120)
    number = models.CharField(max_length=80, blank=True)
    final_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=CreditState.choices, default=CreditState.PROPOSED)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    notified_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    notified_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    released_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    shown_from = models.DateField(null=True)
    repair_from = models.DateField(null=True)
    shown_until = models.DateField(null=True)
    kept_until = models.DateField(null=True)
    rules = models.JSONField(default=list)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; nobody enters a bad record that the same person proposed."""

        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | models.Q(kind=CreditKind.GOOD)
                | ~models.Q(released_by=models.F("made_by")),
                name="two_persons_enter_bad_credit",
            ),
        ]


class CreditRequestKind(models.TextChoices):
    """What a subject asks: that a record is wrong, or that it be repaired."""

    OBJECTION = "objection"
    REPAIR = "repair"


class CreditRequestState(models.TextChoices):
    """What became of it."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class CreditRequest(models.Model):
    """What a subject asks about a record (异议、信用修复); decided once, by `due_on`."""

    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=CreditRequestKind.choices)
    words = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=CreditRequestState.choices, default=CreditRequestState.ASKED
    )
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; of each kind one is open."""

        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=models.Q(state=CreditRequestState.ASKED),
                name="one_open_credit_request",
            )
        ]
