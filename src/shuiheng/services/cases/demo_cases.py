"""Cases of the demo city: of many kinds, some reached, some under way, some late; all of it is made up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseBatch, Place, PlaceKind, ProgrammeCase, WaterUser
from shuiheng.adapters.workbooks import Value
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases import case_form as form
from shuiheng.services.cases.book_cases import write_cases
from shuiheng.services.cases.book_check import NewCase
from shuiheng.services.cases.case_batches import MADE, TAKEN, own_unit, tell_batch
from shuiheng.services.cases.case_rows import Persons, case_of_row
from shuiheng.services.cases.keep_case import Desk, desk_for
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.kinds.kinds_now import kinds_of

CLERK, REVIEWER, ORIGIN = "officer", "reviewer", "demo"
AGES = (1260, 700, 560, 430, 320, 210, 120, 60, 20)
"""How many days ago cases were opened, one after another."""
STEP_DAYS, PUBLIC_DAYS, HALTED = 25, 30, 4
STEMS = ("滨江", "东风", "文昌", "新华", "朝阳", "人民", "建设", "和平", "青年", "翠湖")
MADE_UP = "演示用虚构事项"
KINDS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "saving_enterprise": ("食品厂", 7),
        "saving_school": ("小学", 8),
        "saving_compound": ("家园", 9),
        "saving_institution": ("街道办事处", 5),
        "saving_hospital": ("医院", 2),
        "saving_university": ("职业学院", 2),
        "saving_park": ("工业园", 2),
        "saving_irrigation_district": ("灌区", 2),
        "model_compound": ("花园", 2),
        "model_school": ("中学", 2),
        "model_hotel": ("宾馆", 2),
        "education_base": ("水情教育馆", 3),
        "leader_enterprise": ("化纤厂", 2),
        "county_saving_society": ("新区", 2),
        "balance_test": ("机械厂", 6),
        "use_audit": ("纺织厂", 4),
        "saving_diagnosis": ("造纸厂", 3),
        "retrofit": ("循环冷却改造项目", 5),
        "contract_saving": ("合同节水项目", 3),
        "reclaimed_project": ("再生水厂", 3),
        "rain_project": ("公园雨水调蓄工程", 2),
        "pipe_renewal": ("路供水管网改造", 6),
        "pipe_new": ("片区新建管网", 2),
        "zone_metering": ("片区分区计量", 3),
        "household_meters": ("小区一户一表改造", 3),
        "secondary_supply": ("小区二次供水改造", 3),
        "metering_works": ("泵站计量设施", 2),
        "saving_appliances": ("社区节水器具换装", 3),
        "toilet_retrofit": ("村厕所节水改造", 2),
        "efficient_irrigation": ("村高效节水灌溉", 3),
        "high_standard_farmland": ("片高标准农田", 2),
        "fertigation": ("农场水肥一体化", 2),
        "farm_retrofit": ("养殖场", 2),
        "rural_supply": ("村供水保障工程", 2),
        "three_synchronism": ("商业综合体项目", 3),
        "campaign": ("广场世界水日宣传", 4),
        "special_inspection": ("片区洗车用水检查", 2),
        "policy_document": ("用水管理办法", 2),
        "right_registration": ("取水户水权登记", 2),
        "rectification": ("洗浴中心", 2),
        "abstraction_point": ("河取水口", 2),
        "agriculture_model": ("村节水农业示范区", 1),
        "irrigation_retrofit": ("灌区续建配套改造", 1),
        "joint_enforcement": ("片区取用水联合执法", 1),
        "label_inspection": ("牌水嘴", 2),
        "leader_city": ("县", 1),
        "leader_institution": ("区图书馆", 1),
        "leader_irrigation_district": ("中型灌区", 1),
        "leader_park": ("化工园", 1),
        "leader_product": ("牌坐便器", 1),
        "model_enterprise": ("酒业公司", 1),
        "plan_argument": ("区工业发展规划水资源论证", 1),
        "product_certification": ("牌淋浴器", 1),
        "project_argument": ("热电联产项目", 1),
        "random_inspection": ("片区双随机抽查", 1),
        "region_argument": ("开发区", 1),
        "saving_award": ("印染厂", 1),
        "saving_city": ("县", 1),
        "saving_evaluation": ("数据中心项目", 2),
        "saving_finance": ("节水技改贷款项目", 1),
        "saving_service_area": ("服务区", 1),
        "science_project": ("节水关键技术课题", 1),
        "standard_making": ("行业用水定额", 1),
        "strict_assessment": ("县", 1),
        "supply_works": ("水厂扩建", 1),
        "unconventional_project": ("矿井水利用项目", 1),
        "well_closure": ("村自备井封停", 2),
    }
)
USERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "saving_enterprise": ("示例食品有限公司", "示例印染有限公司"),
        "saving_hospital": ("示例市第一人民医院",),
        "saving_school": ("示例中学",),
        "saving_irrigation_district": ("示例灌区管理所",),
        "balance_test": ("示例印染有限公司",),
    }
)
"""Users of the demo ledger whose cases come first."""
AMOUNTS: Mapping[str, Decimal] = MappingProxyType(
    {
        "km": Decimal("3.6"),
        "household": Decimal(420),
        "mu": Decimal(1_250),
        "m2": Decimal(8_600),
        "m3": Decimal(46_000),
        "m3_day": Decimal(5_000),
        "yuan": Decimal(380_000),
        "persons": Decimal(650),
        "km2": Decimal("12.5"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """In whose name the cases are made, and where they are counted.

    Args:
        clerk: Who opens them.
        reviewer: The second person.
        districts: The districts of the city, or the city itself.
        today: The day.
    """

    clerk: Account
    reviewer: Account
    districts: Sequence[Place]
    today: date

    @property
    def persons(self) -> Persons:
        """Return both, as events name them."""
        return Persons(first=str(self.clerk.pk), second=str(self.reviewer.pk))


def settle_demo_cases(city: Place) -> int:
    """Make the cases; return how many. Again, or without the made-up people, it adds none."""
    clerk, reviewer = (Account.objects.filter(username=name).first() for name in (CLERK, REVIEWER))
    if clerk is None or reviewer is None or CaseBatch.objects.filter(place=city, origin=ORIGIN).exists():
        return 0
    districts = list(Place.objects.filter(parent=city, kind=PlaceKind.DISTRICT, to_on__isnull=True))
    today = timezone.localdate()
    stage = Stage(clerk=clerk, reviewer=reviewer, districts=districts or [city], today=today)
    known = kinds_of(city, today)
    return sum(
        keep_made_up(city, stage, name, lambda desk: _new_cases(city, stage, desk))
        for name in KINDS
        if name in known
    )


@transaction.atomic
def keep_made_up(city: Place, stage: Stage, kind: str, make: Callable[[Desk], Iterable[NewCase]]) -> int:
    """Keep made-up cases of one kind as a batch of their own; return how many."""
    desk = desk_for(city, kind, stage.today)
    batch = CaseBatch.objects.create(
        place=city,
        organisation=own_unit(stage.clerk),
        kind=kind,
        origin=ORIGIN,
        state=TAKEN,
        made_by=stage.clerk,
        made_at=timezone.now(),
        taken_at=timezone.now(),
    )
    rows = write_cases(batch, desk, list(make(desk)), stage.persons)
    batch.content = {MADE: {str(row.pk): row.event_count for row in rows}}
    batch.save(update_fields=["content"])
    tell_batch(stage.clerk, batch, "case_batch.taken", cases=[row.pk for row in rows])
    return len(rows)


def _new_cases(city: Place, stage: Stage, desk: Desk) -> Iterator[NewCase]:
    kind = desk.course.kind
    suffix, count = KINDS[kind.id]
    own = _own_subjects(city, kind)
    running = set(
        ProgrammeCase.objects.filter(place=city, kind=kind.id).values_list("subject_key", flat=True)
    )
    for number in range(count):
        name = f"{STEMS[number % len(STEMS)]}{suffix}"
        named = Subject(key=f"name:{name}", name=name, sort=kind.subject)
        subject = own[number] if number < len(own) else named
        if subject.key in running:
            continue
        district = subject.district or stage.districts[number % len(stage.districts)].pk
        ages = AGES[1:] if kind.result.validity.term is None else AGES
        age = ages[(number + len(kind.id)) % len(ages)]
        told = Told(
            on=max(stage.today - timedelta(days=age), kind.valid_from),
            today=stage.today,
            number=number,
            is_halted=number % HALTED == HALTED - 1,
        )
        row = told_row(kind, told)
        state, events = case_of_row(desk, row, subject, district, stage.persons)
        yield NewCase(
            number=number + 1, row=row, subject=subject, district=district, state=state, events=events
        )


def _own_subjects(city: Place, kind: ProgrammeKind) -> list[Subject]:
    users = WaterUser.objects.filter(city=city, organisation__name__in=USERS.get(kind.id, ()))
    return [
        Subject(
            key=f"user:{user.pk}",
            name=user.organisation.name,
            sort=kind.subject,
            user=user.pk,
            organisation=user.organisation_id,
        )
        for user in users.select_related("organisation").order_by("pk")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a made-up case is to tell.

    Args:
        on: The day on which it was opened.
        today: The day after which nothing has happened.
        number: A number of its own within its kind, from 0.
        level: The level that is aimed at; empty for the lowest.
        amounts: What measures come to; the others come to what suits their units.
        step_days: How many days a step takes.
        is_halted: Whether it goes half the way only.
    """

    on: date
    today: date
    number: int
    level: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    step_days: int = STEP_DAYS
    is_halted: bool = False


def told_row(kind: ProgrammeKind, told: Told) -> dict[str, Value]:
    """Return what a workbook would tell of a case: each step as far as its age allows, or until it halts."""
    on, number = told.on, told.number
    found: dict[str, Value] = {form.OPENED: on, form.PAPER: MADE_UP, form.NOTE: MADE_UP}
    if kind.result.levels:
        names = {level: name for name, level in form.level_names(kind).items()}
        found[form.LEVEL] = names[told.level or kind.result.levels[0]]
    if kind.criteria is not None:
        marks = kind.criteria.pass_marks
        found[form.SCORE] = max(kind.criteria.full - number, marks.get(told.level, min(marks.values())))
    found[form.NUMBER] = f"演〔{on.year}〕{len(kind.id)}{number + 1:02d}号"
    for each in kind.measures:
        found[f"{form.MEASURE}{each.id}"] = told.amounts.get(each.id) or _amount(each.unit, number)
    for step in kind.steps[: len(kind.steps) // 2] if told.is_halted else kind.steps:
        if step.publication_days is not None:
            found[f"{form.PUBLISHED}{step.id}"] = on + timedelta(days=1)
        on += timedelta(days=told.step_days if step.publication_days is None else PUBLIC_DAYS)
        if on > told.today:
            if step.publication_days is not None and on - timedelta(days=PUBLIC_DAYS) >= told.today:
                found.pop(f"{form.PUBLISHED}{step.id}")
            break
        found[f"{form.ENDED}{step.id}"] = on
    return found


def _amount(unit: str, number: int) -> Decimal:
    """Return an amount that suits its unit; no two cases have the same."""
    return AMOUNTS.get(unit, Decimal(12)) + number
