"""Tables of what is owed: runs, charges with their derivation, and what was paid, waived or refunded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.allowances import PlannedAllowance
from shuiheng.adapters.records.models.ledger import LedgerDocument, WaterSource, WaterUser
from shuiheng.adapters.records.models.organisations import Place

DIGITS = 20


class RunState(models.TextChoices):
    """How far a run of charges has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class ChargeRun(models.Model):
    """Charges of one kind for a period (核算批次). A run that rests on an unchecked value is a trial."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="charge_runs")
    kind = models.CharField(max_length=30)
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    terms = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    is_trial = models.BooleanField(default=True)
    findings = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-first", "-pk")


class ChargeState(models.TextChoices):
    """What became of a charge; an issued one is never edited, only reversed."""

    DRAFT = "draft"
    ISSUED = "issued"
    REVERSED = "reversed"


class Charge(models.Model):
    """What a user owes for a period (应缴费用), with every step that led to it.

    One that is held back is issued only with the written word (`word`) of an officer.
    """

    run = models.ForeignKey(ChargeRun, on_delete=models.PROTECT, related_name="charges")
    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="charges")
    source = models.ForeignKey(WaterSource, null=True, on_delete=models.PROTECT, related_name="+")
    allowance = models.ForeignKey(
        PlannedAllowance, null=True, on_delete=models.PROTECT, related_name="charges"
    )
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    volume_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=3, null=True)
    limit_m3 = models.DecimalField(max_digits=DIGITS, decimal_places=3, null=True)
    amount_yuan = models.DecimalField(max_digits=DIGITS, decimal_places=2, null=True)
    estimated_share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    derivation = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    is_trial = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=ChargeState.choices, default=ChargeState.DRAFT)
    number = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    is_held = models.BooleanField(default=False)
    word = models.CharField(max_length=300, blank=True)
    word_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    word_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)

    class Meta:
        """By user; a number is given once."""

        ordering = ("user__number", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="one_charge_per_number"
            )
        ]


class ChargeEntryKind(models.TextChoices):
    """What can happen to an issued charge."""

    PAYMENT = "payment"
    WAIVER = "waiver"
    REFUND = "refund"
    LATE_FEE = "late_fee"
    REVERSAL = "reversal"


class ChargeEntryState(models.TextChoices):
    """Whether a second person released what one person asked for."""

    ASKED = "asked"
    RELEASED = "released"
    REJECTED = "rejected"


class ChargeEntry(models.Model):
    """A payment, waiver, refund, late fee or reversal (缴纳与退减免); giving money away takes two persons."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=ChargeEntryKind.choices)
    state = models.CharField(max_length=10, choices=ChargeEntryState.choices)
    amount_yuan = models.DecimalField(max_digits=DIGITS, decimal_places=2)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(LedgerDocument, null=True, on_delete=models.PROTECT, related_name="+")
    derivation = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    released_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        """In their order; nobody releases what the same person asked for."""

        ordering = ("asked_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(kind__in=("waiver", "refund", "reversal"))
                | ~models.Q(released_by=models.F("asked_by")),
                name="two_persons_release",
            ),
            models.CheckConstraint(condition=models.Q(amount_yuan__gte=0), name="entry_amount_not_negative"),
        ]


class PayerClassState(models.TextChoices):
    """Whether a second person accepted the class of a payer."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class PayerClass(models.Model):
    """By which class of differential prices a user pays from a day on (差别价格分类); empty for none.

    The latest that was accepted and has begun holds. It rests on a document, and takes two persons.
    """

    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="payer_classes")
    code = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    document = models.ForeignKey(LedgerDocument, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PayerClassState.choices, default=PayerClassState.ASKED)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; nobody accepts what the same person asked for."""

        ordering = ("-valid_from", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="accepted")
                | models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("asked_by")),
                name="two_persons_class_a_payer",
            ),
        ]
