"""Things of the demo city that no register lists: pipes, events, products, places; all of it is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseSubject, Place
from shuiheng.services.cases.candidates import listed_sorts
from shuiheng.services.cases.list_subjects import list_subjects

CLERK = "officer"
LINES: Mapping[str, str] = MappingProxyType(
    {
        "pipe_section": "青年路老旧管段,GD-2101\n码头街灰口铸铁管段,GD-2102\n北站支线管段,GD-2103",
        "event": "中国水周校园行\n城市节水宣传周启动仪式\n洗车行业专项检查（冬季）",
        "product": "示例牌坐便器,CP-001\n示例牌淋浴器,CP-002\n示例牌洗衣机,CP-003",
        "place": "翠湖花园,XQ-01,居民小区\n滨江名苑,XQ-02,居民小区\n和平里小区,XQ-03,居民小区\n"
        "东风泵站,BZ-02\n向阳村水源井,JJ-03",
        "park": "示例高新技术产业园,YQ-01,园区",
        "irrigation_district": "向阳小型灌区,GQ-05,灌区",
    }
)


def settle_demo_subjects(city: Place) -> int:
    """List them; return how many. Again, or without the made-up clerk, it lists none."""
    clerk = Account.objects.filter(username=CLERK).first()
    if clerk is None or CaseSubject.objects.filter(place=city).exists():
        return 0
    sorts = listed_sorts(city, timezone.localdate())
    districts = [place.name for place in Place.objects.filter(parent=city).order_by("order", "pk")] or [""]
    return sum(
        list_subjects(clerk, sort, _placed(text, districts)).new
        for sort, text in LINES.items()
        if sort in sorts
    )


def _placed(text: str, districts: Sequence[str]) -> str:
    """Return lines with a district of the city in each, one after another."""
    lines = [line.partition(",") for line in text.splitlines()]
    turns = [districts[number % len(districts)] for number in range(len(lines))]
    return "\n".join(
        f"{name},{district},{rest}" for (name, _, rest), district in zip(lines, turns, strict=True)
    )
