"""Tables of places and organisations, dated, with what they were called and what became of them."""

from __future__ import annotations

from django.db import models


class PlaceKind(models.TextChoices):
    """What a place is; a functional zone (功能区) has no code of GB/T 2260 of its own."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    ZONE = "zone"
    TOWN = "town"


class Place(models.Model):
    """A place (行政区划或功能区) of a dated tree; `order` is the order in which the plan prints it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    code = models.CharField(max_length=12, blank=True, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    is_beside = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        """Places in the plan's own order."""

        ordering = ("order", "pk")


class OrganisationKind(models.TextChoices):
    """What an organisation is in the work of the plan."""

    OFFICE = "office"
    DEPARTMENT = "department"
    DISTRICT = "district"
    SUPPLIER = "supplier"
    WATER_USER = "water_user"
    THIRD_PARTY = "third_party"


class Organisation(models.Model):
    """A unit that leads, joins, supplies, uses or tests; never deleted, closed by `to_on`.

    `term` is the id of its kind in the rulebook's dictionary of organisations. `place` is the
    city or district whose unit it is.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    term = models.CharField(max_length=80, blank=True)
    credit_code = models.CharField(max_length=18, blank=True, db_index=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    initials = models.CharField(max_length=200, blank=True, db_index=True)
    order = models.PositiveIntegerField(default=0)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        """Organisations in the office's own order; a name is used once in a place at a time."""

        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["place", "name"], condition=models.Q(to_on__isnull=True), name="one_name_per_place"
            ),
        )


class OrganisationName(models.Model):
    """Another name of an organisation: an alias, or the one it had until a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200, db_index=True)
    is_former = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    initials = models.CharField(max_length=200, blank=True)

    class Meta:
        """A name stands once with an organisation."""

        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="one_row_per_name"),)


class ChangeKind(models.TextChoices):
    """What can happen to an organisation on a day."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    CLOSED = "closed"


class OrganisationChange(models.Model):
    """What became of organisations on a day, and on what basis; never changed and never deleted."""

    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    on = models.DateField()
    basis = models.CharField(max_length=300)
    before = models.ManyToManyField(Organisation, related_name="changes_out")
    after = models.ManyToManyField(Organisation, related_name="changes_in")
    former_name = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("records.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)


class UnitMatch(models.Model):
    """Which organisation a unit named by the plans of a place is; a person confirms it."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="unit_matches")
    label = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="unit_matches"
    )
    is_group = models.BooleanField(default=False)
    members = models.ManyToManyField(Organisation, related_name="group_matches")
    is_confirmed = models.BooleanField(default=False)
    decided_by = models.ForeignKey("records.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """A label of a place is matched once."""

        constraints = (models.UniqueConstraint(fields=["place", "label"], name="one_match_per_label"),)
