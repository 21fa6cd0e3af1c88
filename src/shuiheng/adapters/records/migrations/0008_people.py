"""People: proposals, sessions, traces of signing in; no superuser, no mixed administrators."""

import django.db.models.deletion
from django.conf import settings
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
TABLE = "records_membership"
WORDS = "records.mixed_roles: an administrator holds one role"


def _is_mixed(*, is_update: bool) -> str:
    """Return the condition that a new row mixes an administrator's role with another at a time."""
    roles = ", ".join(f"'{role}'" for role in ADMINISTRATORS)
    other = " AND other.id <> OLD.id" if is_update else ""
    return (
        f"EXISTS (SELECT 1 FROM {TABLE} other WHERE other.account_id = NEW.account_id{other} "
        f"AND other.role <> NEW.role AND (other.role IN ({roles}) OR NEW.role IN ({roles})) "
        "AND (other.to_on IS NULL OR other.to_on > NEW.from_on) "
        "AND (NEW.to_on IS NULL OR NEW.to_on > other.from_on))"
    )


def add_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database itself refuse an account with two administrators' roles, or one and business."""
    for verb in ("INSERT", "UPDATE"):
        name, condition = f"{TABLE}_mixed_{verb.lower()}", _is_mixed(is_update=verb == "UPDATE")
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; "
                "END IF; RETURN NEW; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()",
                params=None,
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
                params=None,
            )


def drop_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Allow again what was refused."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb in ("INSERT", "UPDATE"):
        name = f"{TABLE}_mixed_{verb.lower()}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {TABLE}' if is_postgresql else ''}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('records', '0007_checked_progress'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('device', models.CharField(blank=True, max_length=200)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('seen_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('-started_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PersonProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('office_clerk', 'Office Clerk'), ('office_reviewer', 'Office Reviewer'), ('office_leader', 'Office Leader'), ('district_clerk', 'District Clerk'), ('district_reviewer', 'District Reviewer'), ('partner_clerk', 'Partner Clerk'), ('partner_reviewer', 'Partner Reviewer'), ('supplier', 'Supplier'), ('enterprise_filer', 'Enterprise Filer'), ('enterprise_lead', 'Enterprise Lead'), ('third_party', 'Third Party'), ('inspector', 'Inspector'), ('auditor', 'Auditor'), ('reader', 'Reader'), ('system_administrator', 'System Administrator'), ('security_administrator', 'Security Administrator'), ('audit_administrator', 'Audit Administrator'), ('machine', 'Machine')], max_length=30)),
                ('display_name', models.CharField(max_length=60)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('made', 'Made'), ('granted', 'Granted'), ('refused', 'Refused')], default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='SignInTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_success', models.BooleanField()),
                ('address', models.CharField(blank=True, max_length=45)),
                ('device', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('is_staff', False), ('is_superuser', False)), name='no_superuser'),
        ),
        migrations.AddField(
            model_name='accountsession',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personproposal',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personproposal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personproposal',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='records.organisation'),
        ),
        migrations.AddField(
            model_name='personproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personproposal',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signintrace',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signintrace',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trace', to='records.event'),
        ),
        migrations.AddConstraint(
            model_name='personproposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='proposer_does_not_decide'),
        ),
        migrations.AddIndex(
            model_name='signintrace',
            index=models.Index(fields=['account', 'address', 'at'], name='sign_ins_by_address'),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
