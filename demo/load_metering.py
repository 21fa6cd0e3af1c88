"""Load the fictitious city's metering into the demo while it is served: `python -m demo.load_metering`."""

from __future__ import annotations

import os

import django


def main() -> None:
    """Set up the site and load what is not there yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuiheng.web.settings")
    django.setup()
    from demo.metering_records import load_metering  # noqa: PLC0415  needs the set-up above

    load_metering(lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
