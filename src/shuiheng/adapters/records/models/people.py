"""Tables of how people come to work here: who is proposed, who is signed in, who tried to be."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuiheng.adapters.records.models.accounts import Account, Role
from shuiheng.adapters.records.models.events import Event
from shuiheng.adapters.records.models.organisations import Organisation


class ProposalState(models.TextChoices):
    """Where a proposal stands: said, account made, role granted, or refused."""

    PROPOSED = "proposed"
    MADE = "made"
    GRANTED = "granted"
    REFUSED = "refused"


class PersonProposal(models.Model):
    """That a person should get a role: one proposes, another makes the account, a third grants.

    `replaces` is the account whose work the person takes over; it is closed when the role is
    granted.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=30, choices=Role.choices)
    display_name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The oldest first; nobody decides on a proposal of their own."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="proposer_does_not_decide",
            ),
        )


class AccountSession(models.Model):
    """A session in which an account works now; the row goes when the session ends."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first."""

        ordering = ("-started_at", "-pk")


class SignInTrace(models.Model):
    """From where somebody signed in or tried to: the personal side of an event, which can be erased."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="trace")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    is_success = models.BooleanField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["account", "address", "at"], name="sign_ins_by_address"),)
