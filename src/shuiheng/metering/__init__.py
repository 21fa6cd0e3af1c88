"""What was used: readings of registers become volumes, each with its fitness.

In: versions of the readings of one meter (registers in whole litres at instants), its
registers over time and the events that break them (swap, reset). Out: effective readings,
intervals, blocks that join, volumes of days, months and groups with the share that was
measured, spread, estimated or missing, and findings (`metering.checks`). The words are
defined in docs/decisions/0010-readings-and-volumes.md; this is the definition that every
engine is compared with.
"""

from shuiheng.metering.apportion import Spread, apportion, profile_of, spread
from shuiheng.metering.blocks import EMPTY, as_read_litres, block_of, join, joined
from shuiheng.metering.estimate import EstimateRules, estimates_in, shaped
from shuiheng.metering.groups import (
    Change,
    Group,
    GroupKind,
    GroupVolume,
    Member,
    change_between,
    total_of,
)
from shuiheng.metering.intervals import interval_between, intervals_of
from shuiheng.metering.model import (
    EVEN,
    Basis,
    Block,
    EventKind,
    Interval,
    IntervalRules,
    Meter,
    MeterEvent,
    Method,
    Profile,
    Reading,
    Register,
    Rung,
    Version,
    Volume,
    register_of,
)
from shuiheng.metering.night import night_litres
from shuiheng.metering.versions import effective_readings, effective_versions, versions_that_undo
from shuiheng.metering.volumes import (
    Usage,
    days,
    missing_in,
    months,
    usage_of,
    volume,
    with_estimates,
)

__all__ = [
    "EMPTY",
    "EVEN",
    "Basis",
    "Block",
    "Change",
    "EstimateRules",
    "EventKind",
    "Group",
    "GroupKind",
    "GroupVolume",
    "Interval",
    "IntervalRules",
    "Member",
    "Meter",
    "MeterEvent",
    "Method",
    "Profile",
    "Reading",
    "Register",
    "Rung",
    "Spread",
    "Usage",
    "Version",
    "Volume",
    "apportion",
    "as_read_litres",
    "block_of",
    "change_between",
    "days",
    "effective_readings",
    "effective_versions",
    "estimates_in",
    "interval_between",
    "intervals_of",
    "join",
    "joined",
    "missing_in",
    "months",
    "night_litres",
    "profile_of",
    "register_of",
    "shaped",
    "spread",
    "total_of",
    "usage_of",
    "versions_that_undo",
    "volume",
    "with_estimates",
]
