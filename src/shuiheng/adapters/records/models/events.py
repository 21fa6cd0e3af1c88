"""Tables of the event log and of its seals; never changed and never deleted."""

from __future__ import annotations

from django.db import models

from shuiheng.adapters.records.models.accounts import Account
from shuiheng.adapters.records.models.organisations import Organisation, Place


class Event(models.Model):
    """Who did what to what, when, why, and what stood before and after.

    `row_hash` is made by the room `audit` from the canonical form of the other columns.
    `place` is the city whose event it is; NULL is an event of the installation.
    """

    key = models.CharField(max_length=36, unique=True, null=True)
    actor = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    details = models.JSONField(default=dict)
    request = models.CharField(max_length=36, blank=True)
    is_refused = models.BooleanField(default=False)
    schema = models.PositiveSmallIntegerField(default=1)
    algorithm = models.CharField(max_length=12, blank=True)
    row_hash = models.CharField(max_length=64, blank=True)


class Seal(models.Model):
    """The root over a batch of events, chained to the seal before."""

    sequence = models.PositiveBigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=12)
    at = models.DateTimeField()


class SealedEvent(models.Model):
    """In which seal an event stands, and at which place in it; an event stands in one.

    `leaf` is the hash of the row as it was sealed. It stands apart from the row, so that a row
    that is changed together with its own hash can be named.
    """

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="leaves")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="sealed")
    place = models.PositiveIntegerField()
    leaf = models.CharField(max_length=64, null=True)

    class Meta:
        """A place of a seal holds one event."""

        constraints = (models.UniqueConstraint(fields=["seal", "place"], name="one_event_per_place"),)
