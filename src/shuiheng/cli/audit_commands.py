"""`shuiheng audit …`: verify an exported event log, prove one event of it; no database is needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from shuiheng.audit import verify
from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.proof import find_proof, proof_json
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import sentence_of


def add_to(nouns: Any) -> None:
    """Add the noun `audit` and its verbs."""
    verbs = nouns.add_parser("audit", help="the sealed event log").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    check = verbs.add_parser("verify", help="say whether an exported log was altered, and where first")
    check.add_argument("file", metavar="FILE", help="an exported log, or a proof with --proof")
    check.add_argument("--proof", action="store_true", help="the file is a proof for one event")
    check.add_argument("--partial", action="store_true", help="the log may begin after its first seal")
    check.add_argument(
        "--anchor",
        type=verify.anchor,
        action="append",
        default=[],
        metavar="[NUMBER:]VALUE",
        help="a seal as printed in an issued report; may be given more than once",
    )
    check.set_defaults(run=verify_file)
    prove = verbs.add_parser("proof", help="print the proof that an event stands in a seal")
    prove.add_argument("file", metavar="FILE", help="an exported log")
    prove.add_argument("event", metavar="EVENT", help="key of the event")
    prove.add_argument("--to", type=int, default=None, metavar="NUMBER", help="lead up to this seal")
    prove.add_argument("--out", type=Path, help="write to this file instead of printing")
    prove.set_defaults(run=prove_event)


def verify_file(arguments: argparse.Namespace) -> int:
    """Print the verdict on a log or a proof; the exit code is that of the verifier."""
    anchors = verify.anchors_of(arguments.anchor)
    try:
        with _there(arguments.file).open("rb") as stream:
            if arguments.proof:
                print(verify.check_proof(stream, anchors))
            else:
                print(verify.check_log(stream, anchors, is_partial=arguments.partial))
    except verify.LogError as error:
        sentence = sentence_of(error.code, error.values, language=arguments.language)
        print(f"{error.code}: {sentence.says} {sentence.remedy}")
        return error.exit_code
    return 0


def prove_event(arguments: argparse.Namespace) -> int:
    """Print the proof for one event of a log that holds."""
    path = _there(arguments.file)
    try:
        with path.open("rb") as stream:
            verify.check_log(stream, {}, is_partial=True)
    except verify.LogError as error:
        raise ServiceError("audit.proof_of_other_log") from error
    with path.open(encoding="utf-8", newline="\n") as lines:
        proof = find_proof(lines, arguments.event, up_to=arguments.to)
    if proof is None:
        raise ServiceError("audit.event_not_sealed", key=arguments.event)
    text = canonical_text(proof_json(proof)) + "\n"
    if arguments.out:
        arguments.out.write_text(text, "utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


def _there(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise ServiceError("services.file_missing", path=name)
    return path
