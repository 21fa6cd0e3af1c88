"""Tables of checks: who was looked at by whom, what was found and proved, what was ordered and mended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.gates import Project
from shuiheng.adapters.records.models.inspections import InspectionDraw, InspectorEntry
from shuiheng.adapters.records.models.ledger import Permit, WaterUser
from shuiheng.adapters.records.models.organisations import Organisation, Place

LONGEST_SUBJECT, LONGEST_WORDS, LONGEST_REASON, LONGEST_NOTE = 160, 1000, 300, 300


class CheckState(models.TextChoices):
    """How far a check has come; a closed one is published and nothing of it is open."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    RECORDED = "recorded"
    FINDING_OPEN = "finding_open"
    CLOSED = "closed"
    VOID = "void"


class CheckResult(models.TextChoices):
    """What a check came to."""

    PASSED = "passed"
    TO_MEND = "to_mend"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


class Check(models.Model):
    """A check of one object by a team (现场检查), of a draw or by itself.

    The object is a water user, a project or a permit of the ledger, or words alone; `subject` says what it
    is called, `organisation` whose it is. `items` is what is asked, as it stood when the check was opened:
    a list of `{"id", "name", "source", "clause", "questions"}`, a question as in `InspectionItem`. `digest`
    is the hash of what was filled in; who signs signs it. `publish_by` follows from the rules `rules`.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checks")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    draw = models.ForeignKey(InspectionDraw, null=True, on_delete=models.PROTECT, related_name="checks")
    user = models.ForeignKey(WaterUser, null=True, on_delete=models.PROTECT, related_name="checks")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="checks")
    permit = models.ForeignKey(Permit, null=True, on_delete=models.PROTECT, related_name="checks")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="checks")
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    subject_key = models.CharField(max_length=20, blank=True)
    items = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=CheckState.choices, default=CheckState.PLANNED)
    due_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=CheckResult.choices, blank=True)
    summary = models.CharField(max_length=LONGEST_WORDS, blank=True)
    present = models.CharField(max_length=60, blank=True)
    is_certificate_shown = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    recorded_on = models.DateField(null=True)
    publish_by = models.DateField(null=True)
    rules = models.JSONField(default=list)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        """The newest first; an object is checked once for a draw unless its check is void."""

        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["place", "state", "due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draw", "subject_key"],
                condition=models.Q(draw__isnull=False) & ~models.Q(state=CheckState.VOID),
                name="one_check_per_drawn_object",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True) | models.Q(recorded_on__isnull=False),
                name="what_is_published_was_recorded",
            ),
        ]


class CheckMember(models.Model):
    """An inspector of the team of a check, and the signature; `digest` is the hash that was signed."""

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="team")
    inspector = models.ForeignKey(InspectorEntry, on_delete=models.PROTECT, related_name="checks")
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """In the order in which they were named, each once; an account signs once."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "inspector"], name="one_place_in_a_team"),
            models.UniqueConstraint(
                fields=["of", "signed_by"],
                condition=models.Q(signed_by__isnull=False),
                name="an_account_signs_a_check_once",
            ),
        ]


class CheckAnswer(models.Model):
    """The answer to one question of a check, with a note; `unit` stands beside a number."""

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    answer = models.CharField(max_length=LONGEST_NOTE, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        """One for each question."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "question"], name="one_answer_per_question")
        ]


class CheckFileKind(models.TextChoices):
    """What a file of a check is: a picture, the signature of who was there, a scan of paper."""

    PHOTO = "photo"
    SIGNATURE = "signature"
    SCAN = "scan"


class CheckFileState(models.TextChoices):
    """How far a file has come as evidence; the same words as in `programmes.evidence`."""

    RAW = "raw"
    REVIEWED = "reviewed"
    REJECTED = "rejected"


class CheckFile(models.Model):
    """A file of a check (证据材料); what a device made supports nothing before it was reviewed."""

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="files")
    question = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=CheckFileKind.choices, default=CheckFileKind.PHOTO)
    stored_name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    byte_count = models.PositiveIntegerField()
    is_electronic = models.BooleanField(default=True)
    taken_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CheckFileState.choices, default=CheckFileState.RAW)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        """In the order in which they came; nobody reviews what the same person brought."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "kind", "sha256"], name="one_file_of_a_check"),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("added_by")),
                name="two_persons_review_a_file_of_a_check",
            ),
        ]


class OrderKind(models.TextChoices):
    """What is ordered: to mend, a warning, a fine, or that another authority takes the case."""

    MEND = "mend"
    WARNING = "warning"
    FINE = "fine"
    TRANSFER = "transfer"


class OrderState(models.TextChoices):
    """How far an order has come; one that was served waits for proof, and its proof for a second look."""

    DECIDED = "decided"
    SERVED = "served"
    PROVED = "proved"
    CLOSED = "closed"
    VOID = "void"


class CheckOrder(models.Model):
    """What an officer ordered after a check, with the clause and why (责令改正、处罚等).

    `act` is the act of the rulebook's penalties, `measure` the case of it in words, `source` and `clause` the
    law as it stood. `fine_yuan` is what the officer wrote; the program shows the legal range and computes
    nothing. Below the range needs `lesser_reason`. `files` are those on which it rests.
    """

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="orders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="check_orders")
    kind = models.CharField(max_length=10, choices=OrderKind.choices)
    number = models.CharField(max_length=80, blank=True)
    fault = models.CharField(max_length=LONGEST_WORDS)
    act = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    clause = models.CharField(max_length=200)
    measure = models.CharField(max_length=500)
    fine_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    lesser_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    reason = models.CharField(max_length=LONGEST_WORDS)
    files = models.ManyToManyField(CheckFile, related_name="orders")
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.DECIDED)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    deliver_by = models.DateField()
    due_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    served_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=list)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        """The newest first; only a fine has an amount, and what was served has a day."""

        ordering = ("-decided_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(fine_yuan__isnull=True) | models.Q(kind=OrderKind.FINE),
                name="only_a_fine_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(OrderState.SERVED, OrderState.PROVED))
                | models.Q(served_on__isnull=False),
                name="what_was_served_has_a_day",
            ),
        ]


class OrderProof(models.Model):
    """What a unit shows to have mended (整改佐证), and the second look at it.

    `look_by` is by when somebody looks again. A proof that did not do is followed by another one.
    """

    order = models.ForeignKey(CheckOrder, on_delete=models.PROTECT, related_name="proofs")
    words = models.CharField(max_length=LONGEST_WORDS)
    stored_name = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    original_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sent_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    look_by = models.DateField()
    looked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    is_good = models.BooleanField(null=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        """The newest first; who sent a proof does not accept it."""

        ordering = ("-sent_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(looked_by__isnull=True) | ~models.Q(looked_by=models.F("sent_by")),
                name="two_persons_prove_and_look",
            )
        ]


class EntryReceipt(models.Model):
    """That an entry made without a network was taken, and what became of it (回执).

    Kept as long as what follows from the entry. `outcome` names it, such as `check:12`.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entry_receipts")
    key = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    taken_at = models.DateTimeField()

    class Meta:
        """The newest first; a key of an account is taken once."""

        ordering = ("-taken_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="one_receipt_per_key")
        ]
