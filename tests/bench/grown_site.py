"""A site of a city that has worked for years, in a folder: made once, then opened page by page.

With `PYTHONPATH=tests`, `python tests/bench/grown_site.py make FOLDER` fills it, `… sign_in FOLDER`
prints the cookies of three people who are signed in, and `… open FOLDER [WORD]` prints for each page
(whose address holds the word) the queries, the median of five times in seconds of the processor, and
the bytes.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access.world import City

UNITS, YEARS = 2000, 5
SECTIONS, TASKS_OF_A_SECTION = 10, 10
TIMES = 5
SUBJECTS = ("灌区", "管网", "再生水", "水表", "绿地", "机关", "学校", "园区", "泵站", "河道")
PARTNERS = ("市财政局", "市发展改革委", "市住房城乡建设局", "市农业农村局")


def plan_text(city: str) -> str:
    """Return a made-up plan of the size of a real one: ten sections of ten tasks."""
    lines = [f"{city}节水工作实施方案", "一、主要目标", "到2027年，全市用水总量控制在3.2亿立方米以内。"]
    lines += ["二、重点任务"]
    for section, subject in enumerate(SUBJECTS[:SECTIONS]):
        lines.append(f"（{'一二三四五六七八九十'[section]}）{subject}节水")
        for place in range(TASKS_OF_A_SECTION):
            number, year = section * TASKS_OF_A_SECTION + place + 1, 2026 + place % 3
            lines.append(
                f"{number}. 推进{subject}第{number}项改造。到{year}年，完成{subject}改造{number}处。"
                f"（牵头单位：市水利局；参与单位：{PARTNERS[place % len(PARTNERS)]}）"
            )
    return "\n\n".join(lines) + "\n"


def make(folder: Path, *, units: int = UNITS, years: int = YEARS) -> None:
    """Fill the records of a folder with a city of so many units and years."""
    from django.core.management import call_command
    from django.db import transaction

    from access.world import make_city
    from web.grown_city import grow

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        city = make_city("a", "青禾市", units=("d", "r"), text=plan_text("青禾市"))
        grow(city, units=units, years=years)
    (folder / "city.pickle").write_bytes(pickle.dumps(city))


def city_of(folder: Path) -> City:
    """Return the city that was made in a folder."""
    city: City = pickle.loads((folder / "city.pickle").read_bytes())  # noqa: S301  written by `make`
    return city


def sign_in(folder: Path) -> None:
    """Print the cookie of an officer, of a clerk of a department and of one of a district."""
    from shuiheng.adapters.records.models import Role
    from web.addresses import Visitors

    visitors = Visitors(city_of(folder))
    people = {
        "officer": visitors.of(Role.OFFICE_CLERK),
        "department": visitors.of(Role.PARTNER_CLERK, "d"),
        "district": visitors.of(Role.DISTRICT_CLERK, "r"),
    }
    print(json.dumps({name: f"session={who.cookies['session'].value}" for name, who in people.items()}))


def open_pages(folder: Path, *, wanted: str = "") -> None:
    """Print what each page costs, for somebody who may open it and for a clerk of a district."""
    from shuiheng.adapters.records.models import Role
    from web.addresses import Visitors
    from web.page_costs import asked_paths, cost_of

    visitors = Visitors(city_of(folder))
    asked = [(path, who, "holder") for path, who in asked_paths(visitors)]
    district = visitors.of(Role.DISTRICT_CLERK, "r")
    asked += [(path, district, "district") for path, _who, _name in asked]
    print(f"{'page':50s}{'visitor':>10s}{'queries':>9s}{'ms':>8s}{'KB':>8s}")
    for path, who, name in asked:
        who.raise_request_exception = False
        cost = cost_of(who, path, times=TIMES) if wanted in path else None
        if cost and cost.status != HTTPStatus.NOT_FOUND:
            failed = "" if cost.status < HTTPStatus.BAD_REQUEST else f"  {cost.status}"
            numbers = f"{cost.queries:9d}{cost.seconds * 1e3:8.0f}{cost.size / 1e3:8.0f}{failed}"
            print(f"{path[:48]:50s}{name:>10s}{numbers}", flush=True)


def main(verb: str, folder: Path, *words: str) -> None:
    """Do one thing with the site in a folder; pages are opened in a copy, since opening writes too."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copied:
        state = Path(copied) if verb == "open" else folder
        if verb == "open":
            shutil.copytree(folder, state, dirs_exist_ok=True)
        os.environ |= {"SHUIHENG_STATE": str(state), "SHUIHENG_JOBS": "inline", "SHUIHENG_POLICY": "demo"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
        os.environ.pop("SHUIHENG_DATABASE_URL", None)
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        if verb == "open":
            open_pages(state, wanted="".join(words))
        else:
            {"make": make, "sign_in": sign_in}[verb](folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
