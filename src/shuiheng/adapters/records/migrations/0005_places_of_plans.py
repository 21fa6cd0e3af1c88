"""Give every plan the city that it was for, and every account its role as a membership there."""

from typing import Any

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

ROLES = {"officer": ("office_clerk", "office_reviewer", "office_leader"), "reader": ("reader",)}


def settle(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make a place and an office for each jurisdiction; former roles reach all of them, as they did."""
    Place, Organisation = apps.get_model("records", "Place"), apps.get_model("records", "Organisation")
    Membership = apps.get_model("records", "Membership")
    offices = []
    for plan in apps.get_model("records", "PlanDocument").objects.order_by("pk"):
        name = plan.jurisdiction[:60] or plan.title[:60]
        place, is_new = Place.objects.get_or_create(
            name=name,
            defaults={"slug": f"plan-{plan.slug}", "kind": "city", "is_synthetic": plan.is_synthetic},
        )
        plan.place = place
        plan.save(update_fields=["place"])
        if is_new:
            offices.append(
                Organisation.objects.create(
                    slug=f"office-{plan.slug}", name="节约用水办公室", kind="office", place=place
                )
            )
    accounts: Any = apps.get_model("records", "Account")
    for account in accounts.objects.values("pk", "role"):
        for role in ROLES.get(account["role"], ()):
            for office in offices:
                Membership.objects.create(
                    account_id=account["pk"], organisation=office, role=role, from_on=timezone.localdate()
                )


class Migration(migrations.Migration):
    dependencies = [("records", "0004_register")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
