"""The kinds of programmes that the program ships: complete, cited rightly, and found by plans of cities."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from decimal import Decimal

import pytest

from places import SHARED, needs_real_plans
from plans.measure import AS_OF, knowledge
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook.printed_figures import articles_of
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.adapters.rulebook.target_links import target_links
from shuiheng.kernel import Span
from shuiheng.plans.compiler import compile_plan
from shuiheng.plans.model import Operator, Plan, PlanHeader, Target, TargetKind, Task
from shuiheng.plans.resolve.indicators import indicator_of
from shuiheng.programmes.kind import ProgrammeKind, StepOutcome
from shuiheng.programmes.target_link import TargetLink, link_plan
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Mark

KINDS = shipped_programmes()
ASKED_FOR = (
    "saving_enterprise",
    "saving_institution",
    "saving_school",
    "saving_university",
    "saving_compound",
    "saving_irrigation_district",
    "saving_park",
    "saving_service_area",
    "model_hotel",
    "model_school",
    "model_compound",
    "model_enterprise",
    "education_base",
    "leader_enterprise",
    "leader_institution",
    "leader_irrigation_district",
    "leader_product",
    "leader_park",
    "leader_city",
    "county_saving_society",
    "saving_city",
    "balance_test",
    "use_audit",
    "saving_diagnosis",
    "retrofit",
    "reclaimed_project",
    "rain_project",
    "unconventional_project",
    "pipe_renewal",
    "zone_metering",
    "secondary_supply",
    "household_meters",
    "contract_saving",
    "saving_evaluation",
    "three_synchronism",
    "plan_argument",
    "project_argument",
    "region_argument",
    "right_registration",
    "label_inspection",
    "product_certification",
    "high_standard_farmland",
    "efficient_irrigation",
    "fertigation",
    "farm_retrofit",
    "rural_supply",
    "toilet_retrofit",
    "science_project",
    "standard_making",
    "campaign",
    "saving_award",
    "saving_finance",
    "special_inspection",
    "random_inspection",
    "joint_enforcement",
    "rectification",
)
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def bases_of(kind: ProgrammeKind) -> list[Basis]:
    """Return every clause that a kind names, wherever it stands."""
    leaves = list(kind.criteria.leaves()) if kind.criteria is not None else []
    found = [*kind.bases, *kind.result.bases, *(leaf.basis for leaf in leaves if leaf.basis is not None)]
    for holder in (*kind.steps, *kind.rates, *kind.result.revocations):
        found += holder.bases
    return found


def test_no_kind_that_was_asked_for_is_missing() -> None:
    assert [name for name in ASKED_FOR if name not in KINDS] == []


@every_kind
def test_a_kind_is_complete(kind: ProgrammeKind) -> None:
    evidence = [need for step in kind.steps for need in step.evidence]
    lacks = {
        "steps": len(kind.steps) < 3,
        "evidence": not evidence,
        "second person": not any(step.other_than for step in kind.steps)
        and not any(e.is_reviewed for e in evidence),
        "documents": not kind.documents,
        "counts": not kind.counts,
        "words": not kind.serves,
        "public fields": not kind.public,
        "clause": not kind.bases,
        "reason to take it away": not kind.result.revocations,
    }
    assert [part for part, is_lacking in lacks.items() if is_lacking] == []


@every_kind
def test_the_steps_of_a_kind_hang_together(kind: ProgrammeKind) -> None:
    loose = [step.id for step in kind.steps[1:] if not step.after]
    free = [
        step.id
        for step in kind.steps
        if StepOutcome.RETURN in step.outcomes and step.returns_to in ("", step.id)
    ]
    assert (loose, free) == ([], [])


def test_a_default_deadline_says_that_it_is_one() -> None:
    silent = []
    for kind in KINDS.values():
        for step in kind.steps:
            is_new = kind.id not in ("saving_enterprise", "balance_test")
            if is_new and step.deadline is not None and not step.bases:
                silent.append((kind.id, step.id))
    assert silent == []


def test_points_that_were_not_found_make_a_template_that_says_so() -> None:
    templates = [kind for kind in KINDS.values() if kind.is_template]
    assert [kind.id for kind in templates if not kind.note.get("zh") and kind.id != "balance_test"] == []
    assert len(templates) > 20


def test_only_what_readings_or_the_ledger_tell_is_watched() -> None:
    facts, unseen = programme_words().facts, []
    for kind in KINDS.values():
        for leaf in kind.criteria.leaves() if kind.criteria is not None else ():
            if leaf.is_watched and any(facts[name].origin in ("entered", "case") for name in leaf.facts):
                unseen.append((kind.id, leaf.id))
    assert unseen == []


def test_every_word_of_programmes_is_used() -> None:
    words = programme_words()
    used = {
        "subjects": {kind.subject for kind in KINDS.values()},
        "evidence": {need.kind for kind in KINDS.values() for step in kind.steps for need in step.evidence},
        "documents": {name for kind in KINDS.values() for name in kind.documents},
        "facts": {name for kind in KINDS.values() for name in kind.facts},
    }
    unused = {name: set(getattr(words, name)) - known for name, known in used.items()}
    spare = {
        "subjects": {"permit", "document"},
        "documents": {"revocation_notice"},
        "evidence": {"certificate"},
    }
    left = {name: rest - spare.get(name, set()) for name, rest in unused.items()}
    left["facts"] -= {"is_above_scale", "use_year_m3"}
    assert {name: rest for name, rest in left.items() if rest} == {}


@needs_real_plans
@pytest.mark.real_plans
def test_every_found_clause_prints_its_words_no_earlier_than_its_text_holds() -> None:
    texts = {
        "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(): articles_of(path.read_text("utf-8"))
        for path in sorted((SHARED / "laws").glob("*.txt"))
    }
    looked, wrong = 0, []
    for kind in KINDS.values():
        for basis in bases_of(kind):
            if basis.mark is not Mark.FOUND:
                continue
            source = shipped_sources()[basis.source]
            article = "".join(texts[source.text_hash or ""].get(basis.clause, "").split())
            is_early = source.text_holds_from is None or basis.valid_from < source.text_holds_from
            looked += len(basis.printed)
            if is_early or not basis.printed or any(each not in article for each in basis.printed):
                wrong.append((kind.id, basis.source, basis.clause))
    assert wrong == []
    assert looked > 70


def labelled(name: str) -> Plan:
    """Return a real plan as it was labelled by hand, with the indicators that the rulebook finds."""
    labels = json.loads((SHARED / "plans" / "gold" / f"{name}.json").read_text("utf-8"))
    targets = tuple(
        Target(
            id=row["id"],
            task=row["task"],
            quote=row["quote"],
            span=Span(0, 1),
            metric=row["metric"],
            scope=row["scope"],
            kind=TargetKind(row["kind"]),
            op=Operator(row["op"]),
            value=None if row["value"] is None else Decimal(str(row["value"])),
            unit=row["unit"],
            indicator=indicator_of(row["metric"], row["unit"], knowledge().indicators),
        )
        for row in labels["targets"]
    )
    tasks = tuple(Task(id=row["id"], path=(), text=row["text"], span=Span(0, 1)) for row in labels["tasks"])
    return Plan(document=name, header=PlanHeader(title=labels["title"]), tasks=tasks, targets=targets)


def linked_table(name: str, plan: Plan, links: tuple[TargetLink, ...]) -> list[str]:
    """Return how many targets of each kind are linked, and those that are not with the reason."""
    made: Counter[tuple[TargetKind, bool]] = Counter()
    rows = []
    for target, link in zip(plan.targets, links, strict=True):
        made[target.kind, link.is_linked] += 1
        if not link.is_linked:
            rows.append(f"  {target.id} {target.metric}: {link.gap} {link.gap_words}")
    counted = ", ".join(
        f"{kind} {made[kind, True]} of {made[kind, True] + made[kind, False]}"
        for kind in TargetKind
        if made[kind, True] or made[kind, False]
    )
    return [f"{name}: {counted}", *rows]


@needs_real_plans
@pytest.mark.real_plans
def test_every_target_of_the_real_plans_is_linked(capsys: pytest.CaptureFixture[str]) -> None:
    linking, rows, unlinked = target_links().linking, [], []
    for path in sorted((SHARED / "plans").glob("0*.txt")):
        compiled = compile_plan(read_document(path.read_bytes(), name=path.name), knowledge(), as_of=AS_OF)
        for name, plan in (
            (f"{path.stem} labelled", labelled(path.name[:3])),
            (f"{path.stem} compiled", compiled),
        ):
            links = link_plan(plan, linking)
            rows += linked_table(name, plan, links)
            unlinked += [(name, link.target) for link in links if not link.is_linked]
    with capsys.disabled():
        print("", *rows, sep="\n")
    assert unlinked == []
