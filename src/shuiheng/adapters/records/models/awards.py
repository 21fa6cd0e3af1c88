"""Tables of what a city gives for saved water: schemes with their budget, and what each user asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.ledger import LedgerDocument, WaterUser
from shuiheng.adapters.records.models.organisations import Place

DIGITS = 20


class SchemeKind(models.TextChoices):
    """What a scheme gives: a reward, a subsidy, a subsidy for spared irrigation water, or a tax relief."""

    REWARD = "reward"
    SUBSIDY = "subsidy"
    IRRIGATION = "irrigation"
    RELIEF = "relief"


class SchemeState(models.TextChoices):
    """How far a scheme has come; only an open one takes applications."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class MoneySource(models.TextChoices):
    """Whose money a scheme pays (资金来源)."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    OTHER = "other"


class AwardScheme(models.Model):
    """A scheme of rewards or subsidies of a year (奖补项目); it never changes once a second person opened it.

    `terms` holds how the amount is found, the conditions, and how often a subject may be paid for.
    A scheme that pays no money of the budget, such as a tax relief, has no budget. `money` is empty where
    nobody said whose money it is.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="award_schemes")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=SchemeKind.choices)
    title = models.CharField(max_length=120)
    budget_yuan = models.DecimalField(max_digits=DIGITS, decimal_places=2, null=True)
    terms = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    clause = models.CharField(max_length=120)
    money = models.CharField(max_length=12, choices=MoneySource.choices, blank=True)
    state = models.CharField(max_length=10, choices=SchemeState.choices, default=SchemeState.DRAFT)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; nobody opens what the same person made."""

        ordering = ("-year", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(opened_by__isnull=True) | ~models.Q(opened_by=models.F("made_by")),
                name="two_persons_open_scheme",
            ),
            models.CheckConstraint(
                condition=models.Q(budget_yuan__isnull=True) | models.Q(budget_yuan__gte=0),
                name="budget_not_negative",
            ),
        ]


class AwardState(models.TextChoices):
    """How far an award has come."""

    ASKED = "asked"
    CHECKED = "checked"
    APPROVED = "approved"
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class AwardMatter(models.TextChoices):
    """What sort of thing an award is for (奖补类别): by it a second payment under another name is found."""

    TITLE = "title"
    WORKS = "works"
    SOURCE = "source"
    AUDIT = "audit"
    IRRIGATION = "irrigation"
    OTHER = "other"


class Award(models.Model):
    """What a water user asks for under a scheme (奖补申请), with every step of its amount.

    `subject_key` is the subject without case, blanks and signs, by which a second payment is found, as it is
    by `matter` and the time from `first` to `last` in which it was done. `twin` is another award for the
    same, `checks` what the conditions said when it was checked.
    """

    scheme = models.ForeignKey(AwardScheme, on_delete=models.PROTECT, related_name="awards")
    user = models.ForeignKey(WaterUser, on_delete=models.PROTECT, related_name="awards")
    subject = models.CharField(max_length=120)
    subject_key = models.CharField(max_length=120, db_index=True)
    matter = models.CharField(max_length=12, choices=AwardMatter.choices, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    basis = models.CharField(max_length=300)
    given = models.JSONField(default=dict)
    amount_yuan = models.DecimalField(max_digits=DIGITS, decimal_places=2, null=True)
    derivation = models.JSONField(default=dict)
    checks = models.JSONField(default=list)
    is_trial = models.BooleanField(default=False)
    twin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    twin_reason = models.CharField(max_length=300, blank=True)
    documents = models.ManyToManyField(LedgerDocument, related_name="+")
    state = models.CharField(max_length=10, choices=AwardState.choices, default=AwardState.ASKED)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True)
    paid_on = models.DateField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; nobody approves what the same person asked for or checked."""

        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    ~models.Q(approved_by=models.F("asked_by"))
                    & ~models.Q(approved_by=models.F("checked_by"))
                ),
                name="two_persons_approve_award",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_yuan__isnull=True) | models.Q(amount_yuan__gte=0),
                name="award_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(first__isnull=True, last__isnull=True)
                | models.Q(last__gte=models.F("first")),
                name="award_time_in_order",
            ),
        ]
