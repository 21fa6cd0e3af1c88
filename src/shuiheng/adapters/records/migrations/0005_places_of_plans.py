"""Give every plan the city that it was for, and every account its role as a membership there."""

from typing import Any

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

BEFORE = {  # the tables of 0003
    "account", "event", "failedlogin", "job", "plandecision", "plandocument", "planfinding", "planversion",
    "publishedduty", "publishedtarget", "publishedtask", "publishedthreshold", "taskunit",
}
SETTLED = {"place": "plan-", "organisation": "office-"}  # and how the slugs begin that `settle` gives
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
    accounts.objects.filter(is_superuser=True).update(is_superuser=False)  # no account stands above the rights
    accounts.objects.filter(is_staff=True).update(is_staff=False)


def unsettle(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the accounts their single roles again; refuse when more was made than the former tables hold."""
    lost = {}
    for table in apps.get_app_config("records").get_models():
        name = table._meta.model_name
        if name in BEFORE or name == "membership" or table._meta.auto_created:
            continue
        rows = table._default_manager.all()
        if name in SETTLED:
            rows = rows.exclude(slug__startswith=SETTLED[name])
        if count := rows.count():
            lost[name] = count
    if lost:
        tables = ", ".join(f"{name} {count}" for name, count in sorted(lost.items()))
        raise IrreversibleError(
            f"records: 0003 has no place for what was recorded since ({tables}), it would be lost. "
            "Restore the backup that was made before the update instead."
        )
    officers = apps.get_model("records", "Membership").objects.filter(role__in=ROLES["officer"])
    accounts: Any = apps.get_model("records", "Account")
    accounts.objects.filter(pk__in=officers.values("account_id")).update(role="officer")


class Migration(migrations.Migration):
    dependencies = [("records", "0004_register")]
    operations = [migrations.RunPython(settle, unsettle)]
