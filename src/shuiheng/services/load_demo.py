"""Load plans from folders, compile and publish them: what the demo shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from shuiheng.adapters.records.models import Account, PlanVersion, VersionState
from shuiheng.services.background import enqueue
from shuiheng.services.publish_version import publish_version
from shuiheng.services.upload_plan import upload_plan

ENDINGS = (".docx", ".txt", ".pdf")
Say = Callable[[str], None]


def load_demo(actor: Account, *, made_up: Path, real: Path | None, say: Say) -> int:
    """Load the plan of the made-up city and, where they are at hand, the real plans.

    Every plan is published with its doubts listed. Loading twice adds nothing.

    Args:
        actor: In whose name it is done.
        made_up: Folder with the plan of the made-up city and its draft.
        real: Folder with real plans, or None.
        say: Called with one line for each plan.

    Returns:
        How many versions are published now.
    """
    drafts = sorted(made_up.glob("*_draft.docx"))
    finals = _one_form_of_each(path for path in made_up.glob("*.*") if not path.stem.endswith("_draft"))
    plan: str | None = None
    count = 0
    for path in [*drafts, *finals]:
        version = _load(actor, path, plan=plan, is_synthetic=True, say=say)
        plan = version.plan.slug
        count += _publish(actor, version) if path in finals else 0
    for path in _one_form_of_each((real or Path("/nonexistent")).glob("*.txt")) if real else ():
        count += _publish(actor, _load(actor, path, plan=None, is_synthetic=False, say=say))
    return count


def _one_form_of_each(paths: Iterable[Path]) -> list[Path]:
    """Return one file for each plan, the form with the most structure first."""
    best: dict[str, Path] = {}
    for path in paths:
        if path.suffix in ENDINGS and (
            path.stem not in best or ENDINGS.index(path.suffix) < ENDINGS.index(best[path.stem].suffix)
        ):
            best[path.stem] = path
    return [best[stem] for stem in sorted(best)]


def _load(actor: Account, path: Path, *, plan: str | None, is_synthetic: bool, say: Say) -> PlanVersion:
    version = upload_plan(actor, path.read_bytes(), name=path.name, plan=plan, is_synthetic=is_synthetic)
    for job in version.jobs.filter(state="waiting"):
        enqueue(job.pk)
    version.refresh_from_db()
    say(f"{path.name}: {version.state} {version.error_code}".strip())
    return version


def _publish(actor: Account, version: PlanVersion) -> int:
    if version.state == VersionState.READY:
        publish_version(actor, version.pk, with_doubts=True)
        return 1
    return int(version.state == VersionState.PUBLISHED)
