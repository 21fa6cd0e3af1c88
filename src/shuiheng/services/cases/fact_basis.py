"""What facts of water users are read from, each at most once for any number of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Place, SourceFact, UserFact
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_by_month
from shuiheng.adapters.records.use_figures import Use, months_between
from shuiheng.services.allowances.taken_water import PastYear, past_year
from shuiheng.services.warnings.worker_sight import WorkerSight

M = TypeVar("M", bound=Model)
MOST_KEYS = 900  # in one query; above that the whole city is read


class Belief(NamedTuple):
    """What the ledger says of a user, in the order of the columns."""

    valid_from: date
    use_class: str
    industry: str
    is_public: bool | None
    is_above_scale: bool | None


class SourceBelief(NamedTuple):
    """What the ledger says of a source in use."""

    source: int
    water: str


@dataclass
class FactBasis:
    """The users of a city and the day on which facts of them are asked for; what was read is kept.

    Args:
        city: The city.
        users: Keys of the users.
        on: The day. Use is that of the year before.
    """

    city: Place
    users: frozenset[int]
    on: date
    seen: WorkerSight = field(default_factory=WorkerSight)

    @property
    def year(self) -> int:
        """The year whose use is told: the last that was over on the day."""
        return self.on.year - 1

    @property
    def year_end(self) -> date:
        """The last day of that year."""
        return date(self.year, 12, 31)

    @property
    def months(self) -> list[date]:
        """The months of that year."""
        return months_between(date(self.year, 1, 1), self.year_end)

    @property
    def asked(self) -> tuple[int, ...] | None:
        """The keys by which a query asks; None when it reads the whole city."""
        return tuple(sorted(self.users)) if len(self.users) <= MOST_KEYS else None

    def among(self, rows: QuerySet[M], path: str) -> QuerySet[M]:
        """Return the rows of the users, or of the whole city where they are many."""
        if self.asked is None:
            return rows.filter(**{f"{path}__city": self.city})
        return rows.filter(**{f"{path}__in": self.asked})

    @cached_property
    def beliefs(self) -> Mapping[int, Belief]:
        """What the ledger says of each user on the day."""
        rows = standing(self.among(UserFact.objects.all(), "subject"), AsOf(on=self.on))
        columns = ("valid_from", "use_class", "industry_code", "is_public_institution", "is_above_scale")
        return {user: Belief(*row) for user, *row in rows.values_list("subject_id", *columns)}

    @cached_property
    def sources(self) -> Mapping[int, list[SourceBelief]]:
        """The sources in use of each user on the day."""
        rows = standing(self.among(SourceFact.objects.all(), "subject__user"), AsOf(on=self.on))
        found: dict[int, list[SourceBelief]] = {}
        columns = ("subject__user_id", "subject_id", "water_kind")
        for user, source, water in rows.filter(is_active=True).values_list(*columns):
            found.setdefault(user, []).append(SourceBelief(source=source, water=water))
        return found

    @cached_property
    def year_use(self) -> Mapping[int, PastYear]:
        """The water of each user in the last year; no entry where no meter stands."""
        return self.year_use_of(self.asked)

    def year_use_of(self, users: tuple[int, ...] | None) -> Mapping[int, PastYear]:
        """Return the water in the last year of some users, or of all of the city when None."""
        wanted = UseFilter(city=self.city.pk) if users is None else UseFilter(users=users)
        months: dict[int, dict[date, Use]] = {}
        for (user, month), use in use_by_month(self.seen, Grouping.USER, self.months, wanted).items():
            if isinstance(user, int):
                months.setdefault(user, {})[month] = use
        return {user: past_year(held, self.year) for user, held in months.items()}

    @cached_property
    def source_use(self) -> Mapping[int, Mapping[int | None, PastYear]]:
        """The water of each source of each user in the last year; None for a source that nobody knows."""
        uses = use_of_sources(self.seen, self.months, city=self.city.pk, users=self.asked)
        found: dict[int, dict[int | None, PastYear]] = {}
        for (user, source), held in uses.items():
            found.setdefault(user, {})[source] = past_year(held, self.year)
        return found
