"""Tables of what a city adds to the rulebook: its own values, through proposal and review, and its checks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Place


class LocalRuleState(models.TextChoices):
    """How far the proposal of a value has come."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class LocalRule(models.Model):
    """A dated value of a rule that a city adds (地方参数); it never changes once it is accepted.

    `source` is the id of a source of the rulebook, or empty when the document is described here.
    Numbers of `value` are strings, so that they stay exact.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="local_rules")
    rule = models.CharField(max_length=120)
    area = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    value = models.JSONField(default=dict)
    source = models.CharField(max_length=80, blank=True)
    source_title = models.CharField(max_length=200, blank=True)
    source_number = models.CharField(max_length=120, blank=True)
    source_issuer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=120)
    printed = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=LocalRuleState.choices, default=LocalRuleState.PROPOSED, db_index=True
    )
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest proposal first."""

        ordering = ("-proposed_at", "-pk")
        indexes = (models.Index(fields=["place", "rule", "state"], name="local_rule_now"),)


class RuleCheck(models.Model):
    """A person of the city held a shipped value against its source (核对); it can be taken back.

    `value_hash` is that of the value with its source and clause, so that a changed file is unchecked again.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rule_checks")
    rule = models.CharField(max_length=120)
    area = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField()
    value_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    checked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """A value is checked once in a city."""

        ordering = ("-checked_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "rule", "area", "value_hash"],
                condition=models.Q(undone_at__isnull=True),
                name="one_check_per_value",
            )
        ]
