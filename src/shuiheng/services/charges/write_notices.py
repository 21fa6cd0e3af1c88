"""Documents of charges: the notice of one, all notices of a run in one archive, and a derivation."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.records.models import Charge, Job
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.kernel.period import Period
from shuiheng.reports.charge_notice import ChargeFacts, PrintedSteps, charge_notice, derivation_document
from shuiheng.reports.document_number import parse_document_number
from shuiheng.reports.report_json import freeze
from shuiheng.reports.signing import Signing
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import keep_file
from shuiheng.services.job_steps import step
from shuiheng.services.signing_unit import signing_unit

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
NAMES: Mapping[RunKind, str] = {
    RunKind.OVER_PLAN: "超计划用水加价水费",
    RunKind.NON_HOUSEHOLD: "水费",
    RunKind.HOUSEHOLD: "居民水费",
    RunKind.RESOURCE_TAX: "水资源税",
}


@cache
def source_titles() -> Mapping[str, str]:
    """Return the titles of the sources of the rulebook by their ids."""
    return {source.id: source.title for source in read_sources(rulebook_folder())}


def notice_file(charge: Charge) -> bytes:
    """Return the notice of an issued charge as a Word document; the same charge gives the same bytes.

    Raises:
        ServiceError: `charges.not_issued`.
    """
    if not charge.number or charge.issued_at is None or charge.reverses_id is not None:
        raise ServiceError("charges.not_issued")
    place = charge.run.place
    signing = Signing(
        place=place.name,
        signer=signing_unit(charge.run.issued_by, place.name),
        issued_on=timezone.localtime(charge.issued_at).date(),
        document_number=parse_document_number(charge.number),
    )
    report = freeze(charge_notice(_facts(charge), _steps(charge), signing), audit_root=None)
    return write_official_document(report, load_official_form())


def derivation_file(charge: Charge) -> bytes:
    """Return the derivation of a charge as a Word document, marked when it is a trial.

    Raises:
        ServiceError: `charges.no_amount`, it has none.
    """
    if charge.amount_yuan is None:
        raise ServiceError("charges.no_amount")
    report = derivation_document(_facts(charge), _steps(charge), place=charge.run.place.name)
    return write_official_document(report, load_official_form())


def write_notices(job: Job) -> Mapping[str, Any]:
    """Write the notices of the run of a job into one archive, in the order of their numbers."""
    rows = Charge.objects.filter(run=job.arguments["run"], reverses__isnull=True).exclude(number="")
    rows = rows.select_related("run__place", "run__issued_by", "user__organisation").order_by("pk")
    total, out = rows.count(), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, charge in enumerate(rows.iterator(), 1):
            name = f"{done:05d}_{charge.user.number}_{charge.user.organisation.name[:60]}.docx"
            archive.writestr(zipfile.ZipInfo(name.replace("/", "／"), _ZIP_DAY), notice_file(charge))
            step(job, done, total)
    kept = keep_file(out.getvalue())
    Job.objects.filter(pk=job.pk).update(result_name=f"缴费通知_{total}.zip", result_stored_name=kept.name)
    return {"letters": total}


def _facts(charge: Charge) -> ChargeFacts:
    return ChargeFacts(
        key=f"charge:{charge.pk}",
        name=NAMES[RunKind(charge.run.kind)],
        user=charge.user.organisation.name,
        period=Period(charge.run.first, charge.run.last),
        volume_m3=charge.volume_m3,
        limit_m3=charge.limit_m3,
        amount=charge.amount_yuan or Decimal(0),
        due_on=charge.due_on,
        is_estimated=bool(charge.estimated_share),
    )


def _steps(charge: Charge) -> PrintedSteps:
    return PrintedSteps(
        derived=read_derivation(charge.derivation), words=derivation_words("zh"), sources=source_titles()
    )
