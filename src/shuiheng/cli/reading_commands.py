"""`shuiheng readings …`: listen to the broker of the meters, settle a period."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path
from types import FrameType
from typing import Any

from shuiheng.cli import settle_command
from shuiheng.cli.starting import say, start_site
from shuiheng.services.errors import ServiceError

SETTINGS = "SHUIHENG_MQTT"


def add_to(nouns: Any) -> None:
    """Add the noun `readings` and its verbs."""
    verbs = nouns.add_parser("readings", help="readings of meters").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    hear = verbs.add_parser("listen", help="take in what meters send to a broker, until a signal ends it")
    hear.add_argument(
        "--settings",
        default="",
        metavar="FILE",
        help=f"which broker, as whom, whose meters; else {SETTINGS} names the file",
    )
    hear.set_defaults(run=listen)
    settle_command.add_to(verbs)


def listen(arguments: argparse.Namespace) -> int:
    """Keep the messages of a broker until a signal ends it; what is not kept stays with the broker."""
    path = arguments.settings or os.environ.get(SETTINGS, "")
    if not path:
        raise ServiceError("readings.broker_not_set", variable=SETTINGS)
    start_site()
    from shuiheng.services.readings.broker_settings import broker_settings  # noqa: PLC0415  needs the set-up
    from shuiheng.services.readings.listen import Listener  # noqa: PLC0415

    listener = Listener(broker_settings(Path(path)), say=say)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        listener.stop()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    listener.run()
    return 0
