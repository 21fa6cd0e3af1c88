"""Keep the stored findings in step with decisions and with the day."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PlanFinding, PlanVersion, VersionState
from shuiheng.services.plan_at_work import plan_at_work

LOOKED_AT = (VersionState.READY, VersionState.PUBLISHED)


def renew_findings(version: PlanVersion) -> None:
    """Write the findings about a version as people decided it, in place of those that stand.

    Call it inside a transaction, after each decision and each compilation.
    """
    findings = plan_at_work(version).decided.plan.findings
    version.findings.all().delete()
    PlanFinding.objects.bulk_create(
        PlanFinding(
            version=version,
            place=place,
            code=finding.code,
            severity=finding.severity.value,
            subject=finding.subject,
            page=finding.page,
            span_start=finding.span.start if finding.span else None,
            span_end=finding.span.end if finding.span else None,
            evidence=finding.evidence,
            values=dict(finding.values),
        )
        for place, finding in enumerate(findings)
    )
    PlanVersion.objects.filter(pk=version.pk).update(findings_as_of=timezone.localdate())


def renew_stale_findings() -> int:
    """Renew the findings that were judged for an earlier day; return of how many versions."""
    stale = PlanVersion.objects.filter(state__in=LOOKED_AT, compiled_as_of__isnull=False)
    keys = list(stale.exclude(findings_as_of=timezone.localdate()).values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            version = PlanVersion.objects.select_for_update().get(pk=key)
            if version.findings_as_of != timezone.localdate():
                renew_findings(version)
    return len(keys)
