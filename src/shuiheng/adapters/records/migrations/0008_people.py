"""People: proposals, sessions, traces of signing in; no superuser."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


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
    ]
