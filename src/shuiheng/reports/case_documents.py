"""The documents that kinds of programmes name, each made from a case (事项文书)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from shuiheng.programmes.kind import StepKind
from shuiheng.reports import case_forms as forms
from shuiheng.reports import case_notices as notices
from shuiheng.reports.case_paper import DRAFT, CasePaper, is_draft, papers_of, produced_on, producing_step
from shuiheng.reports.errors import UnknownPaperError
from shuiheng.reports.model import Report
from shuiheng.reports.signing import Signing, signed

Builder = Callable[[CasePaper, StepKind], Report]
BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "application_form": forms.application_form,
        "score_sheet": forms.score_sheet,
        "visit_record": forms.visit_record,
        "register_form": forms.register_form,
        "project_card": forms.project_card,
        "acceptance_form": forms.acceptance_form,
        "evaluation_report": forms.evaluation_report,
        "inspection_plan": forms.inspection_plan,
        "inspection_report": forms.inspection_report,
        "activity_report": forms.activity_report,
        "return_notice": notices.return_notice,
        "review_opinion": notices.review_opinion,
        "publication_text": notices.publication_text,
        "decision": notices.decision,
        "certificate": notices.certificate,
        "recheck_notice": notices.recheck_notice,
        "revocation_notice": notices.revocation_notice,
        "filing_receipt": notices.filing_receipt,
        "task_notice": notices.task_notice,
        "acceptance_notice": notices.acceptance_notice,
        "rectification_notice": notices.rectification_notice,
    }
)


def case_document(document: str, paper: CasePaper, signing: Signing) -> Report:
    """Return a document of a case (事项文书); a draft says so and is neither signed nor dated.

    Raises:
        UnknownPaperError: Cases of the kind have no such document.
    """
    if document not in papers_of(paper.kind):
        raise UnknownPaperError(document, papers_of(paper.kind))
    report = BUILDERS[document](paper, producing_step(paper.kind, document, paper.state))
    if is_draft(paper, document):
        report = replace(report, title=f"{DRAFT}{report.title}")
        return signed(report, replace(signing, signer="", issued_on=None))
    return signed(report, replace(signing, issued_on=produced_on(paper, document)))
