"""Rows for any table: every free word in them says to which city, unit and table it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils import timezone

from reports.made_up import SIGNING, half_year
from shuiheng.adapters.records import models as tables
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.kernel.derivation_json import derivation_json
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.letters import notice_letter
from shuiheng.reports.report_json import report_json
from shuiheng.services.file_store import keep_file

M = TypeVar("M", bound=models.Model)
HEAD = "kwzz"
MARK = re.compile(rf"{HEAD}([a-z])([a-z])q([a-z]+)q")
DAY = date(2026, 1, 1)
MOMENT = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)
SHORTEST_MARKED = 30
FIRST_YEAR, YEARS = 2000, 100
SMALL = 30_000  # below what a small integer holds on PostgreSQL
_numbers = count(1)

# Of the installation, not of a city; or of one account only, with nothing that a page prints.
OF_NO_CITY = frozenset(
    {"Seal", "SealedEvent", "WorkdayNotice", "WorkdayException", "FailedLogin", "SecondFactor"}
    | {"UseMark", "UseMonth", "PublicVisitor"}
)


def mark(city: str, unit: str, table: type[models.Model]) -> str:
    """Return the word that stands in every text of a row."""
    return f"{HEAD}{city}{unit}q{table.__name__.lower()}q"


class Rows:
    """The rows of one unit of one city, one in each table, made when they are asked for.

    Args:
        city: Letter of the city.
        unit: Letter of the unit.
        given: Rows that stand already; those of the city are shared by its units.
    """

    def __init__(self, city: str, unit: str, given: Mapping[type[models.Model], models.Model]) -> None:
        self.city, self.unit = city, unit
        self.rows = dict(given)

    def row(self, table: type[M]) -> M:
        """Return the row of a table."""
        if table not in self.rows:
            self.rows[table] = self.make(table)
        return self.rows[table]  # type: ignore[return-value]  # stored by its own type

    def make(self, table: type[M], **fixed: Any) -> M:
        """Return a new row; what is not given is filled in."""
        given = SPECIAL[table](self) if table in SPECIAL else {}
        values = {**given, **fixed}
        for field in table._meta.concrete_fields:
            if field.name not in values and not isinstance(field, models.AutoField):
                filled = self._filled(table, field)
                if filled is not None:
                    values[field.name] = filled
        made: M = table._default_manager.create(**values)
        return made

    def make_all(self) -> None:
        """Make a row in every table that belongs to a city."""
        for table in apps.get_app_config("records").get_models():
            if table.__name__ not in OF_NO_CITY:
                self.row(table)

    def _filled(self, table: type[models.Model], field: models.Field[Any, Any]) -> Any:
        if isinstance(field, models.ForeignKey):
            return self._linked(table, field)
        if field.choices:
            return field.get_default() or next(iter(field.choices))[0]
        if field.null or (field.has_default() and not isinstance(field, models.JSONField)):
            return field.get_default() if field.has_default() else None
        return self._plain(table, field)

    def _linked(self, table: type[models.Model], field: models.ForeignKey[Any, Any]) -> Any:
        target = field.related_model
        if not field.null:
            return self.row(target)
        if isinstance(field, models.OneToOneField) or target in (table, tables.Account):
            return None
        return self.rows.get(target)

    def _plain(self, table: type[models.Model], field: models.Field[Any, Any]) -> Any:
        word = mark(self.city, self.unit, table)
        if isinstance(field, models.EmailField):
            return f"{word}@example.org"
        if isinstance(field, models.CharField | models.TextField):
            return self._word(word, field)
        if isinstance(field, models.JSONField):
            return type(field.get_default())() if field.has_default() else {"said": word}
        simple: dict[type[models.Field[Any, Any]], Any] = {
            models.BooleanField: False,
            models.DecimalField: Decimal(1),
            models.DateTimeField: MOMENT,
            models.DateField: DAY,
            models.FloatField: 1.0,
        }
        for kind, value in simple.items():
            if isinstance(field, kind):
                return value
        number = next(_numbers)
        if field.name == "year":
            return FIRST_YEAR + number % YEARS
        return number % SMALL if isinstance(field, models.SmallIntegerField) else number

    def _word(self, word: str, field: models.Field[Any, Any]) -> str:
        if "sha256" in field.name or "digest" in field.name:
            return f"{next(_numbers):064d}"
        if field.name == "stored_name":
            return keep_file(word.encode("utf-8")).name
        if field.name.endswith(("stored_name", "phone")):
            return ""
        unique = f"{word}{next(_numbers)}" if field.unique else word
        if field.max_length and field.max_length < SHORTEST_MARKED:
            return f"{next(_numbers)}"[: field.max_length]
        return unique[: field.max_length] if field.max_length else f"{unique}_{field.name}"


Fields = Callable[[Rows], dict[str, Any]]


def _charge(rows: Rows) -> dict[str, Any]:
    """Return an issued charge with a derivation of one step."""
    step = Step(name="surcharge", terms=(), formula="1 × 1", value=Decimal(1), unit="yuan")
    derived = Derived(value=step.value, unit="yuan", steps=(step,))
    number = f"{mark(rows.city, rows.unit, tables.Charge)}〔2026〕{next(_numbers)}号"
    fields = {
        "state": "issued",
        "number": number,
        "issued_at": MOMENT,
        "due_on": DAY,
        "amount_yuan": Decimal(1),
    }
    return fields | {"derivation": derivation_json(derived), "reverses": None}


def _report(rows: Rows) -> dict[str, Any]:
    word = mark(rows.city, rows.unit, tables.ReportRecord)
    progress = replace(half_year(), plan_title=word)
    return {"kind": "half_year", "content": report_json(half_year_report(progress, SIGNING))}


def _letter(rows: Rows) -> dict[str, Any]:
    word = mark(rows.city, rows.unit, tables.Letter)
    letter = notice_letter(word, signing=SIGNING, opening=(word,))
    return {"kind": "notice", "content": report_json(letter), "year": 2026, "job": None}


def _event(rows: Rows) -> dict[str, Any]:
    version = rows.row(tables.PlanVersion)
    word = mark(rows.city, rows.unit, tables.Event)
    return {
        "key": str(uuid4()),
        "actor": rows.row(tables.Account),
        "subject": f"version:{version.pk}",
        "action": "plan.published",
        "role": "office_clerk",
        "after": {"said": word},
    }


def _file(table: type[models.Model], name: str = "") -> Fields:
    def fields(rows: Rows) -> dict[str, Any]:
        word = mark(rows.city, rows.unit, table)
        kept = keep_file(word.encode("utf-8"))
        return {f"{name}stored_name": kept.name, f"{name}sha256": kept.sha256}

    return fields


def _soon(rows: Rows) -> dict[str, Any]:
    return {"expires_at": timezone.now() + timedelta(days=9)}


def _terms(rows: Rows) -> dict[str, Any]:
    """Return what a list of members keeps of its rule."""
    words = mark(rows.city, rows.unit, tables.MemberList)
    who = {"classes": [], "sources": [], "is_above_scale": False, "is_public": None}
    return {
        "duty": "allowance",
        "quantity": "annual_use",
        "op": ">=",
        "limit": 1000,
        "is_wish": False,
        "who": who | {"unread": [words], "beside": [words]},
        "source": words,
        "text": "found",
        "use_year": 2025,
        "against": {"year": 2025, "unknown": 0},
        "aside": 0,
        "counts": {"in": 1, "out": 0, "unknown": 0},
        "changes": {"entered": 1, "stayed": 0, "left": 0, "doubted": 0},
    }


def _scheme_terms(rows: Rows) -> dict[str, Any]:
    """Return what a scheme of awards keeps of its terms."""
    kept = {"mode": "fixed", "yuan": "1000", "share": None, "most": None, "use_year": 2025}
    return kept | {"repeats": "once", "conditions": []}


def _edition(rows: Rows) -> dict[str, Any]:
    """Return an edition that was public once and says little."""
    word = mark(rows.city, rows.unit, tables.PublicEdition)
    content = {
        "on": DAY.isoformat(),
        "licence": {"zh": word, "en": word},
        "summary": {},
        "targets": [],
        "figures": [],
        "definitions": {},
        "use": {
            "first": "2025-01",
            "last": "2025-12",
            "rule": {"fewest": 3, "dominance": "0.85"},
            "rows": [],
        },
    }
    return {"state": "superseded", "content": content}


SPECIAL: dict[type[models.Model], Fields] = {
    tables.PublicEdition: _edition,
    tables.AwardScheme: lambda rows: {"terms": _scheme_terms(rows), "year": 2026, "state": "open"},
    tables.PublicReport: lambda rows: {
        "kind": "hydrant",
        "state": "answered",
        "pace": "prompt",
        "organisation": rows.row(tables.Organisation),
        "rule": {},
    },
    tables.PublicReportPhoto: lambda rows: (
        _file(tables.PublicReportPhoto)(rows) | {"media_type": "image/png"}
    ),
    tables.PublicReportStep: lambda rows: {"from_state": "", "to_state": "new", "done": "received"},
    tables.CreditRecord: lambda rows: {
        "kind": "bad",
        "grade": "ordinary",
        "state": "shown",
        "trigger": "",
        "rules": [],
    },
    tables.CreditRequest: lambda rows: {"kind": "objection", "state": "asked"},
    tables.InspectionDraw: lambda rows: {
        "year": 2026,
        "scope": {"kind": "user"},
        "seed_kind": "public_number",
        "seed_plan": {"what": "", "digits": 14, "known_on": "2026-06-01"},
        "record": {"result": {"left_out": [], "chances": {}, "drawn": []}},
    },
    tables.AccountabilityEntry: lambda rows: {"kind": "reminded"},
    tables.Check: lambda rows: {
        "state": "recorded",
        "result": "to_mend",
        "recorded_on": DAY,
        "publish_by": DAY,
    },
    tables.CheckFile: _file(tables.CheckFile),
    tables.CheckOrder: lambda rows: {"kind": "mend", "state": "served", "served_on": DAY, "due_on": DAY},
    tables.EntryReceipt: lambda rows: {"account": rows.row(tables.Account)},
    tables.Event: _event,
    tables.Evidence: lambda rows: (
        _file(tables.Evidence)(rows) | {"media_type": "text/plain", "submitted_by": rows.row(tables.Account)}
    ),
    tables.ImportBatch: lambda rows: {
        "counts": {"effect": [], "new": 0, "changed": 0, "unchanged": 0, "errors": 0}
    },
    tables.Job: lambda rows: (
        {"asked_by": rows.row(tables.Account), "kind": "export", "state": "done"}
        | {"result_name": f"{mark(rows.city, rows.unit, tables.Job)}.csv"}
        | {"result_stored_name": _file(tables.Job)(rows)["stored_name"]}
    ),
    tables.CityOutline: lambda rows: {"superseded_at": None if rows.unit == "c" else MOMENT},  # one stands
    tables.ContactFact: lambda rows: {"duty": "water_manager"},
    tables.ChargeRun: lambda rows: {
        "kind": "over_plan",
        "terms": {"period": "month", "months": ["2026-01"]},
        "reviewed_by": None,
        "issued_by": None,
    },
    tables.Charge: _charge,
    tables.ChargeEntry: lambda rows: {"kind": "waiver", "state": "asked", "released_by": None},
    tables.PayerClass: lambda rows: {"code": "yellow", "state": "asked", "decided_by": None},
    tables.LedgerDocument: _file(tables.LedgerDocument),
    tables.LedgerBatch: lambda rows: {"kind": "interval_csv", "made_by": rows.row(tables.Account)},
    tables.Project: lambda rows: {"kind": "new", "stage": "permit", "category": "", "permit": None},
    tables.GateDocument: _file(tables.GateDocument),
    tables.GateFact: lambda rows: {"name": "argument_approved", "value": "yes"},
    tables.GateRecord: lambda rows: {"gate": "elimination", "computed": "unknown", "outcome": "unknown"},
    tables.PermitRecord: lambda rows: {"kind": "renewal_asked"},
    tables.Letter: _letter,
    tables.LocalKind: lambda rows: {"kind": "saving_school"},
    tables.LocalRule: lambda rows: {
        "rule": "permits/acceptance_days",
        "area": "",
        "value": "5",
        "source": "",
    },
    tables.MemberList: lambda rows: {"terms": _terms(rows), "year": 2026, "adopted_at": MOMENT},
    tables.MemberRow: lambda rows: {
        "standing": "in",
        "values": {"change": "entered", "before": "", "doubts": [], "hangs": False, "shares": [1, 0, 0]},
    },
    tables.MeterFact: lambda rows: {"source": rows.row(tables.WaterSource), "parent": None},
    tables.SourceFact: lambda rows: {"supplier": rows.row(tables.Organisation)},
    tables.Membership: lambda rows: {"role": "partner_clerk"},
    tables.Message: lambda rows: {"kind": "reminder", "account": None},
    tables.PlannedAllowance: lambda rows: {
        "published_at": MOMENT,
        "months": ["1"] * 12,
        "number": rows.row(tables.Letter).document_number,
    },
    tables.PersonProposal: lambda rows: {"role": "partner_clerk"},
    tables.Progress: lambda rows: {"state": "draft", "started_by": rows.row(tables.Account)},
    tables.ProgressStep: lambda rows: {"from_state": "", "to_state": "draft", "by": rows.row(tables.Account)},
    tables.PlanFinding: lambda rows: {
        "severity": "warn",
        "code": rows.row(tables.PlanVersion).findings.order_by("pk")[0].code,
    },
    tables.PublishedDuty: lambda rows: {"frequency": "quarterly"},
    tables.PublishedTarget: lambda rows: {"kind": "count", "op": ">="},
    tables.PublishedThreshold: lambda rows: {"op": ">="},
    tables.Rectification: _file(tables.Rectification, "proof_"),
    tables.RegisterTarget: lambda rows: {"kind": "count", "op": ">=", "item": f"item{next(_numbers)}"},
    tables.RegisterTask: lambda rows: {"item": f"item{next(_numbers)}", "due_on": date(2026, 6, 30)},
    tables.ReportRecord: _report,
    tables.ReportingPeriod: lambda rows: {
        "kind": "half_year",
        "ends_on": date(2026, 6, 30),
        "due_on": date(2026, 7, 15),
    },
    tables.SignedLink: _soon,
    tables.ScopeMeaning: lambda rows: {"kind": "whole", "words": f"城区{next(_numbers)}"},
    tables.TargetLinkChoice: lambda rows: {"verdict": "confirmed", "proposed": {}, "chosen": {}},
    tables.TaskParty: lambda rows: {"role": "lead"},
    tables.TaskUnit: lambda rows: {"role": "lead"},
}
