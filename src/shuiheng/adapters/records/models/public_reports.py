"""Tables of reports by the public: what was seen and where, who may be asked, photos, what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place


class PublicReportState(models.TextChoices):
    """How far a report has come."""

    NEW = "new"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    PUBLISHED = "published"
    CLOSED = "closed"
    MERGED = "merged"
    REFUSED = "refused"


class PublicReport(models.Model):
    """What somebody without an account saw and told the office of a city (公众举报).

    The reporter knows `number` and a code of which only `code_digest` is kept; `form_digest` lets the same
    form sent twice be one report. `kind` is a matter of the rulebook, `pace` and `rule` say by which term it
    is answered. `twin` is an earlier report with the same photo or the same words. Words, place and point
    are erased when their term is over; what is published was written anew, by two persons.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="public_reports")
    number = models.CharField(max_length=20, unique=True)
    code_digest = models.CharField(max_length=64)
    form_digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=1000)
    words_digest = models.CharField(max_length=64, db_index=True)
    spot = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    district = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="public_reports_within"
    )
    received_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=PublicReportState.choices, default=PublicReportState.NEW, db_index=True
    )
    pace = models.CharField(max_length=20)
    triage_by = models.DateField()
    due_on = models.DateField()
    rule = models.JSONField(default=dict)
    twin = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="twins")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="public_reports"
    )
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    public_title = models.CharField(max_length=100, blank=True)
    public_answer = models.CharField(max_length=1000, blank=True)
    proposed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; nobody publishes the words that the same person wrote."""

        ordering = ("-received_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["place", "state", "due_on"], name="public_reports_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="two_persons_publish_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PublicReportState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=PublicReportState.MERGED) & models.Q(merged_into__isnull=True)),
                name="merged_reports_name_their_report",
            ),
        ]


class PublicReportContact(models.Model):
    """Who may be asked about a report; kept apart, shown masked, and erased before the report is."""

    report = models.OneToOneField(PublicReport, on_delete=models.PROTECT, related_name="contact")
    name = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    erased_at = models.DateTimeField(null=True)


class PublicReportPhoto(models.Model):
    """A photo of a report, without what a camera writes into it; the file goes when its term is over."""

    report = models.ForeignKey(PublicReport, on_delete=models.PROTECT, related_name="photos")
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=40)
    byte_count = models.PositiveIntegerField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were sent; the same photo stands in a report once."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "sha256"], name="one_photo_of_a_report")
        ]


class PublicReportStep(models.Model):
    """What was done with a report, by whom and why; what its reporter reads is marked."""

    report = models.ForeignKey(PublicReport, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=PublicReportState.choices)
    done = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000, blank=True)

    class Meta:
        """The oldest first."""

        ordering = ("at", "pk")


class PublicVisitor(models.Model):
    """How often an address sent reports or asked for answers on a day; of the address a digest is kept.

    The row without a mark holds the salt of the day. Both are deleted on the next day, and with the salt
    goes every way back from a mark to an address.
    """

    day = models.DateField()
    mark = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    reports = models.PositiveIntegerField(default=0)
    lookups = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for a mark of a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "mark"], name="one_public_visitor_a_day")
        ]
