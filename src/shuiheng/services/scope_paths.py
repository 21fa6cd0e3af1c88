"""How every table is tied to a city, a unit, a task or a water user: what `services.scope` reaches over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Model

from shuiheng.adapters.records import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """How a table is tied to what rights reach over; empty where it is not.

    Args:
        place: Path to the place whose city it belongs to.
        organisation: Path to the organisation whose own it is.
        task: Path to the task of the register that it is part of.
        account: Path to the account whose own it is.
        plan: Path to the plan in whose tasks an organisation has a part.
        area: Path to the place, of the city or below, in which it lies.
        user: Path to the water user whose own it is.
        keeper: Path to the organisation that keeps the meter, or is commissioned with the case.
    """

    place: str = ""
    organisation: str = ""
    task: str = ""
    account: str = ""
    plan: str = ""
    area: str = ""
    user: str = ""
    keeper: str = ""


def _of_user(path: str) -> Paths:
    """Return how a table of the ledger is tied that leads to a water user by a path."""
    to = f"{path}__" if path else ""
    organisation = f"{to}organisation"
    return Paths(
        place=f"{to}city", organisation=organisation, area=f"{organisation}__place", user=path or "pk"
    )


def _of_meter(path: str) -> Paths:
    """Return how a table is tied that leads to a meter by a path; a meter may have no user."""
    to = f"{path}__" if path else ""
    return replace(_of_user(f"{to}user"), place=f"{to}city", keeper=f"{to}keeper")


def _of_project(path: str) -> Paths:
    """Return how a table is tied that leads to a project by a path."""
    return Paths(place=f"{path}__place", organisation=f"{path}__owner", area=f"{path}__area")


def _of_case(path: str) -> Paths:
    """Return how a table is tied that leads to a case of a programme by a path."""
    to = f"{path}__" if path else ""
    return Paths(
        place=f"{to}place",
        organisation=f"{to}organisation",
        area=f"{to}district",
        user=f"{to}user",
        keeper=f"{to}commissioned",
    )


def _of_check(path: str) -> Paths:
    """Return how a table is tied that leads to a check by a path."""
    to = f"{path}__" if path else ""
    return Paths(place=f"{to}place", organisation=f"{to}organisation", area=f"{to}area")


def _of_public_report() -> Paths:
    """Return how a part of a report by the public is tied: to its city, and to the unit it was sent to."""
    return Paths(place="report__place", organisation="report__organisation")


PATHS: dict[type[Model], Paths] = {
    tables.PlanDocument: Paths(place="place"),
    tables.PlanVersion: Paths(place="plan__place"),
    tables.PlanDecision: Paths(place="version__plan__place"),
    tables.PlanFinding: Paths(place="version__plan__place"),
    tables.PublishedTask: Paths(place="version__plan__place"),
    tables.TaskUnit: Paths(place="task__version__plan__place"),
    tables.PublishedTarget: Paths(place="version__plan__place"),
    tables.PublishedDuty: Paths(place="version__plan__place"),
    tables.PublishedThreshold: Paths(place="version__plan__place"),
    tables.Place: Paths(place="pk", area="pk"),
    tables.Organisation: Paths(place="place", organisation="pk", area="place", keeper="pk"),
    tables.OrganisationName: Paths(place="organisation__place", organisation="organisation"),
    tables.UnitMatch: Paths(place="place"),
    tables.Membership: Paths(place="organisation__place", organisation="organisation"),
    tables.PersonProposal: Paths(place="organisation__place", organisation="organisation"),
    tables.RegisterTask: Paths(place="plan__place", task="pk"),
    tables.TaskParty: Paths(place="task__plan__place", task="task"),
    tables.RegisterTarget: Paths(place="plan__place", task="task"),
    tables.TargetShare: Paths(place="target__plan__place", task="target__task"),
    tables.ScopeMeaning: Paths(place="city"),
    tables.TargetLinkChoice: Paths(place="target__plan__place", task="target__task"),
    tables.TaskStep: Paths(place="task__plan__place", task="task"),
    tables.AnnualPlan: Paths(place="plan__place"),
    tables.AnnualItem: Paths(place="annual_plan__plan__place", task="task"),
    tables.ReportingPeriod: Paths(place="plan__place", plan="plan"),
    tables.Progress: Paths(place="task__plan__place", organisation="organisation", task="task"),
    tables.ProgressStep: Paths(
        place="progress__task__plan__place", organisation="progress__organisation", task="progress__task"
    ),
    tables.Evidence: Paths(
        place="progress__task__plan__place", organisation="progress__organisation", task="progress__task"
    ),
    tables.Judgement: Paths(place="task__plan__place", task="task"),
    tables.Comment: Paths(place="task__plan__place", task="task"),
    tables.Meeting: Paths(place="plan__place"),
    tables.MeetingDecision: Paths(place="meeting__plan__place", task="task"),
    tables.Rectification: Paths(place="plan__place", organisation="organisation"),
    tables.AccountabilityEntry: Paths(place="plan__place", organisation="organisation"),
    tables.Message: Paths(place="organisation__place", organisation="organisation", account="account"),
    tables.ImportBatch: Paths(place="organisation__place", organisation="organisation", account="made_by"),
    tables.ReportRecord: Paths(place="plan__place"),
    tables.Letter: Paths(place="place", organisation="organisation"),
    tables.SignedLink: Paths(place="organisation__place", organisation="organisation"),
    tables.Job: Paths(place="place", account="asked_by"),
    tables.SavedFilter: Paths(account="account"),
    tables.Event: Paths(place="place"),
    tables.LedgerBatch: Paths(
        place="place",
        organisation="organisation",
        account="made_by",
        area="organisation__place",
        keeper="organisation",
    ),
    tables.WaterUser: _of_user(""),
    tables.Site: _of_user("user"),
    tables.WaterSource: _of_user("user"),
    tables.Permit: _of_user("source__user"),
    tables.UserMerge: _of_user("kept"),
    tables.LedgerDocument: _of_user("user"),
    tables.UserFact: _of_user("subject"),
    tables.SiteFact: _of_user("subject__user"),
    tables.SourceFact: _of_user("subject__user"),
    tables.PermitFact: _of_user("subject__source__user"),
    tables.ActivityFact: _of_user("subject"),
    tables.ContactFact: _of_user("subject"),
    tables.Meter: _of_meter(""),
    tables.MeterEvent: _of_meter("meter"),
    tables.MeterFact: _of_meter("subject"),
    tables.SettledMonth: _of_meter("meter"),
    tables.SettledTurn: _of_meter("meter"),
    tables.MeterFinding: _of_meter("meter"),
    tables.MeterFiling: _of_meter("meter"),
    tables.ReadingEdit: _of_meter("meter"),
    tables.MeterWatch: _of_meter("meter"),
    tables.UserUse: replace(_of_user("user"), place="city"),
    tables.CityUse: Paths(place="city"),
    tables.UseProfile: _of_user("subject"),
    tables.MemberList: Paths(place="place", area="place"),
    tables.MemberRow: _of_user("user"),
    tables.CityOutline: Paths(place="place", area="place"),
    tables.LocalKind: Paths(place="place"),
    tables.LocalRule: Paths(place="place"),
    tables.RuleCheck: Paths(place="place"),
    tables.UseNorm: Paths(place="place"),
    tables.RegionalCap: Paths(place="place", area="district"),
    tables.AllowanceRound: Paths(place="place"),
    tables.AllowanceProposal: _of_user("user"),
    tables.PlannedAllowance: _of_user("user"),
    tables.AllowanceEntry: _of_user("allowance__user"),
    tables.AllowanceMonth: _of_user("entry__allowance__user"),
    tables.UseWarning: _of_user("allowance__user"),
    tables.AllowanceWatch: _of_user("allowance__user"),
    tables.Project: Paths(place="place", organisation="owner", area="area"),
    tables.GateDocument: _of_project("project"),
    tables.GateFact: _of_project("project"),
    tables.GateRecord: _of_project("project"),
    tables.PermitRecord: _of_user("permit__source__user"),
    tables.EliminationList: Paths(place="place", area="place"),
    tables.ChargeRun: Paths(place="place"),
    tables.Charge: _of_user("user"),
    tables.ChargeEntry: _of_user("charge__user"),
    tables.PayerClass: _of_user("user"),
    tables.AwardScheme: Paths(place="place"),
    tables.Award: _of_user("user"),
    tables.CaseBatch: Paths(place="place", organisation="organisation", area="organisation__place"),
    tables.ProgrammeCase: _of_case(""),
    tables.CaseEvent: _of_case("case"),
    tables.CaseEvidence: _of_case("case"),
    tables.CaseAnswer: _of_case("case"),
    tables.CaseComment: _of_case("case"),
    tables.CaseObjection: _of_case("case"),
    tables.CaseSubject: Paths(place="place", area="district"),
    tables.PublicReport: Paths(place="place", organisation="organisation"),
    tables.PublicReportContact: _of_public_report(),
    tables.PublicReportPhoto: _of_public_report(),
    tables.PublicReportStep: _of_public_report(),
    tables.StatisticBatch: Paths(place="city", organisation="organisation", area="organisation__place"),
    tables.PublicEdition: Paths(place="place"),
    tables.Statistic: Paths(place="city", organisation="organisation", area="place"),
    tables.Figure: Paths(place="city", area="place"),
    tables.HallScreen: Paths(place="city"),
    tables.TargetOdds: Paths(place="city", area="place", task="target__task"),
    tables.KeptStanding: Paths(place="city", area="place", task="target__task"),
    tables.StandingTurn: Paths(place="city", area="place", task="target__task"),
    tables.CreditRecord: Paths(place="place", organisation="organisation", area="organisation__place"),
    tables.CreditRequest: Paths(
        place="record__place", organisation="record__organisation", area="record__organisation__place"
    ),
    tables.InspectorEntry: Paths(place="place", area="organisation__place"),
    tables.InspectionItem: Paths(place="place"),
    tables.InspectionDraw: Paths(place="place", area="area"),
    tables.DrawRecusal: Paths(place="draw__place", area="draw__area"),
    tables.Check: _of_check(""),
    tables.CheckMember: _of_check("of"),
    tables.CheckAnswer: _of_check("of"),
    tables.CheckFile: _of_check("of"),
    tables.CheckOrder: _of_check("of"),
    tables.OrderProof: _of_check("order__of"),
    tables.EntryReceipt: Paths(account="account"),
}
SYSTEM_TABLES: frozenset[type[Model]] = frozenset(
    {
        tables.Account,
        tables.Membership,
        tables.PersonProposal,
        tables.ExternalIdentity,
        tables.Place,
        tables.Organisation,
        tables.OrganisationName,
        tables.Job,
        tables.WorkdayNotice,
        tables.WorkdayException,
        tables.Event,
    }
)
