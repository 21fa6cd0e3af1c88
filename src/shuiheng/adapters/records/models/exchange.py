"""Tables of what goes out and comes in: messages, workbooks, reports, letters, the workday table."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place
from shuiheng.adapters.records.models.plans import Job, PlanDocument
from shuiheng.adapters.records.models.progress import ReportingPeriod
from shuiheng.adapters.records.models.register import RegisterTask


class Channel(models.TextChoices):
    """How a message reaches people; `paper` is the list for calling by hand."""

    SITE = "site"
    MAIL = "mail"
    SMS = "sms"
    PAPER = "paper"


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    READ = "read"
    DEAD = "dead"


class Message(models.Model):
    """One message to one organisation or person by one channel, written with what caused it.

    `key` names the cause, the receiver and the channel, so that no message is written twice.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="messages")
    task = models.ForeignKey(RegisterTask, null=True, on_delete=models.PROTECT, related_name="messages")
    period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="messages")
    title = models.CharField(max_length=200)
    text = models.TextField()
    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    not_before = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; waiting ones are found by channel."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=["state", "channel"], name="message_waiting"),)


class ImportBatch(models.Model):
    """One workbook that came back: checked, then taken in as a whole or not at all."""

    template = models.CharField(max_length=60)
    plan = models.ForeignKey(PlanDocument, null=True, on_delete=models.PROTECT, related_name="batches")
    period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="batches")
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_name = models.CharField(max_length=64)
    original_name = models.CharField(max_length=160)
    state = models.CharField(max_length=10, default="checked")
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)


class ImportChange(models.Model):
    """What one row of a workbook changed, so that the batch can be undone."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="changes")
    row = models.PositiveIntegerField()
    subject = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)


class ReportState(models.TextChoices):
    """Where a report stands; an issued one never changes."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ISSUED = "issued"


class ReportRecord(models.Model):
    """A report as data with its snapshot id; the database refuses to change an issued one."""

    plan = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    content = models.JSONField()
    snapshot_id = models.CharField(max_length=80, blank=True)
    audit_root = models.CharField(max_length=80, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        """Whoever made a report does not review it."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("made_by")),
                name="maker_does_not_review",
            ),
        )


class NumberSeries(models.Model):
    """The last number given in one year under one mark (机关代字); numbers have no gaps."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=30)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One series for a mark and year."""

        constraints = (models.UniqueConstraint(fields=["place", "mark", "year"], name="one_series_per_year"),)


class Letter(models.Model):
    """A numbered letter (通知、催办函) to one organisation, kept as data."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="letters")
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="letters")
    mark = models.CharField(max_length=30)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    content = models.JSONField()
    snapshot_id = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    @property
    def document_number(self) -> str:
        """The number as it is printed (发文字号)."""
        return f"{self.mark}〔{self.year}〕{self.number}号"

    class Meta:
        """A number is given once; a run writes one letter to an organisation."""

        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=["place", "mark", "year", "number"], name="one_letter_per_number"),
            models.UniqueConstraint(fields=["job", "organisation"], name="one_letter_per_run"),
        )


class WorkdayNotice(models.Model):
    """The notice that settles the holidays of a year (节假日安排的通知)."""

    year = models.PositiveIntegerField(unique=True)
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)


class WorkdayException(models.Model):
    """A weekday without work, or a weekend day with work (调休)."""

    notice = models.ForeignKey(WorkdayNotice, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    is_workday = models.BooleanField()
    words = models.CharField(max_length=60, blank=True)
