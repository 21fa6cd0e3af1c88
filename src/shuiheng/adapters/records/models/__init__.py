"""Tables of the records; each file holds one subject. Django finds models through this package."""

from __future__ import annotations

from shuiheng.adapters.records.models.accounts import (
    Account,
    ApiCall,
    ApiToken,
    ExternalIdentity,
    FailedLogin,
    Membership,
    Role,
    SavedFilter,
    SecondFactor,
    SignedLink,
)
from shuiheng.adapters.records.models.allowances import (
    AllowanceEntry,
    AllowanceMonth,
    AllowanceProposal,
    AllowanceRound,
    AllowanceWatch,
    EntryKind,
    EntryState,
    PlannedAllowance,
    RegionalCap,
    RoundState,
    UseWarning,
)
from shuiheng.adapters.records.models.awards import (
    Award,
    AwardMatter,
    AwardScheme,
    AwardState,
    MoneySource,
    SchemeKind,
    SchemeState,
)
from shuiheng.adapters.records.models.cases import (
    CaseAnswer,
    CaseBatch,
    CaseComment,
    CaseEvent,
    CaseEvidence,
    CaseHolding,
    CaseObjection,
    CasePhase,
    CaseSubject,
    ProgrammeCase,
)
from shuiheng.adapters.records.models.charges import (
    Charge,
    ChargeEntry,
    ChargeEntryKind,
    ChargeEntryState,
    ChargeRun,
    ChargeState,
    PayerClass,
    PayerClassState,
    RunState,
)
from shuiheng.adapters.records.models.checks import (
    Check,
    CheckAnswer,
    CheckFile,
    CheckFileKind,
    CheckFileState,
    CheckMember,
    CheckOrder,
    CheckResult,
    CheckState,
    EntryReceipt,
    OrderKind,
    OrderProof,
    OrderState,
)
from shuiheng.adapters.records.models.coordination import (
    AccountabilityEntry,
    AccountabilityKind,
    Comment,
    Meeting,
    MeetingDecision,
    Rectification,
    RectificationState,
)
from shuiheng.adapters.records.models.credit import (
    CreditGrade,
    CreditKind,
    CreditRecord,
    CreditRequest,
    CreditRequestKind,
    CreditRequestState,
    CreditState,
)
from shuiheng.adapters.records.models.events import (
    Event,
    Seal,
    SealedEvent,
)
from shuiheng.adapters.records.models.exchange import (
    Channel,
    ImportBatch,
    ImportChange,
    Letter,
    Message,
    MessageState,
    NumberSeries,
    ReportRecord,
    ReportState,
    WorkdayException,
    WorkdayNotice,
)
from shuiheng.adapters.records.models.figures import (
    WHOLE_YEAR,
    CollectedUnder,
    Figure,
    KeptStanding,
    StandingTurn,
    Statistic,
    StatisticState,
    TargetOdds,
)
from shuiheng.adapters.records.models.gates import (
    EliminationList,
    GateDocument,
    GateFact,
    GateRecord,
    PermitRecord,
    Project,
)
from shuiheng.adapters.records.models.hall_screens import HallScreen
from shuiheng.adapters.records.models.inspections import (
    DrawRecusal,
    DrawState,
    InspectionDraw,
    InspectionItem,
    InspectorEntry,
    SeedKind,
)
from shuiheng.adapters.records.models.kept_use import CityUse, KeptUse, UseMark, UseMonth, UserUse
from shuiheng.adapters.records.models.kinds import LocalKind, LocalKindState
from shuiheng.adapters.records.models.ledger import (
    LedgerBatch,
    LedgerDocument,
    Meter,
    MeterEvent,
    MeterEventKind,
    Permit,
    Site,
    SourceKind,
    UserMerge,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.records.models.ledger_facts import (
    ActivityFact,
    ContactFact,
    DatedFact,
    MeterFact,
    PermitFact,
    SettledMonth,
    SiteFact,
    SourceFact,
    UserFact,
)
from shuiheng.adapters.records.models.metering import (
    CityOutline,
    FindingDecision,
    MemberList,
    MemberRow,
    MemberStanding,
    MeterFiling,
    MeterFinding,
    MeterWatch,
    ReadingEdit,
    UseProfile,
)
from shuiheng.adapters.records.models.norms import UseNorm
from shuiheng.adapters.records.models.organisations import (
    ChangeKind,
    Organisation,
    OrganisationChange,
    OrganisationKind,
    OrganisationName,
    Place,
    PlaceKind,
    UnitMatch,
)
from shuiheng.adapters.records.models.people import (
    AccountSession,
    PersonProposal,
    ProposalState,
    SignInTrace,
)
from shuiheng.adapters.records.models.plans import (
    Job,
    JobKind,
    JobState,
    PlanDecision,
    PlanDocument,
    PlanVersion,
    VersionState,
)
from shuiheng.adapters.records.models.progress import (
    Evidence,
    Judgement,
    PeriodKind,
    Progress,
    ProgressState,
    ProgressStep,
    ProgressValue,
    ReportingPeriod,
)
from shuiheng.adapters.records.models.public_reports import (
    PublicReport,
    PublicReportContact,
    PublicReportPhoto,
    PublicReportState,
    PublicReportStep,
    PublicVisitor,
)
from shuiheng.adapters.records.models.publication import EditionState, PublicEdition
from shuiheng.adapters.records.models.register import (
    AnnualItem,
    AnnualPlan,
    RegisterTarget,
    RegisterTask,
    StepKind,
    TargetShare,
    TaskOrigin,
    TaskParty,
    TaskStep,
)
from shuiheng.adapters.records.models.rules import LocalRule, LocalRuleState, RuleCheck
from shuiheng.adapters.records.models.scope_meanings import ScopeKind, ScopeMeaning
from shuiheng.adapters.records.models.settled_turns import SettledTurn
from shuiheng.adapters.records.models.statistic_batches import StatisticBatch
from shuiheng.adapters.records.models.target_links import LinkVerdict, TargetLinkChoice
from shuiheng.adapters.records.published import (
    PlanFinding,
    PublishedDuty,
    PublishedTarget,
    PublishedTask,
    PublishedThreshold,
    TaskUnit,
)
