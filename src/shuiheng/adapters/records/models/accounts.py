"""Tables of people: accounts, what they are members of, their second factor, links for guests."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from shuiheng.adapters.records.models.organisations import Organisation


class Role(models.TextChoices):
    """What a person is in an organisation; what each role may do stands in rulebook/access/roles.yaml."""

    OFFICE_CLERK = "office_clerk"
    OFFICE_REVIEWER = "office_reviewer"
    OFFICE_LEADER = "office_leader"
    DISTRICT_CLERK = "district_clerk"
    DISTRICT_REVIEWER = "district_reviewer"
    PARTNER_CLERK = "partner_clerk"
    PARTNER_REVIEWER = "partner_reviewer"
    SUPPLIER = "supplier"
    ENTERPRISE_FILER = "enterprise_filer"
    ENTERPRISE_LEAD = "enterprise_lead"
    THIRD_PARTY = "third_party"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    READER = "reader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    MACHINE = "machine"


class Account(AbstractUser):
    """A person, or a machine client, that may log in; the rights come from memberships."""

    display_name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    password_changed_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta(AbstractUser.Meta):
        """No account stands above the rights; rights come from memberships only."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_superuser=False, is_staff=False), name="no_superuser"
            ),
        )

    @property
    def shown_name(self) -> str:
        """The name that pages and exports print."""
        return self.display_name or self.username


class Membership(models.Model):
    """A role of an account in an organisation, from a day to the day before `to_on`."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A role is held once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "organisation", "role"],
                condition=models.Q(to_on__isnull=True),
                name="role_held_once",
            ),
        )


class SecondFactor(models.Model):
    """The secret of a time-based code, encrypted; `last_step` keeps a code from being used twice."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.PositiveBigIntegerField(default=0)


class ExternalIdentity(models.Model):
    """By which name a provider of identities knows an account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)

    class Meta:
        """A name at a provider is one account."""

        constraints = (
            models.UniqueConstraint(fields=["provider", "subject"], name="one_account_per_subject"),
        )


class FailedLogin(models.Model):
    """How often signing in failed for one account or from one address, and when last.

    `mark` is a keyed hash: the table tells no names and no addresses.
    """

    mark = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()


class SignedLink(models.Model):
    """A link by which a unit without an account answers for one task in one period, once.

    The address and the code that confirms it are kept as keyed hashes only.
    """

    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey("records.RegisterTask", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("records.ReportingPeriod", on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    opened = models.PositiveIntegerField(default=0)
    wrong_codes = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SavedFilter(models.Model):
    """A filter of a list page that a person keeps under a name."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        """A name is used once on a page."""

        constraints = (
            models.UniqueConstraint(fields=["account", "page", "name"], name="one_filter_per_name"),
        )


class ApiToken(models.Model):
    """A secret with which a program acts for an account; only its keyed hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ApiCall(models.Model):
    """The answer to a call that carried an idempotency key, so that a repeated call does nothing."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A key of an account is used for one call."""

        constraints = (models.UniqueConstraint(fields=["account", "key"], name="one_call_per_key"),)
