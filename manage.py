#!/usr/bin/env python
"""Runs the portal's administrative commands, on the embedded servers when no database is named."""

import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    """Start Django's command line; `python manage.py …` finds `.venv` by itself."""
    if VENV_PYTHON.exists() and Path(sys.prefix) != VENV_PYTHON.parent.parent:
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606 (our own interpreter)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tthc_portal.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        sys.exit("Chưa cài thư viện. Hãy chạy `make demo` hoặc `make test` trước.")
    from tthc_portal import embedded  # noqa: PLC0415 (needs the libraries checked above)

    try:
        if not {"--stop", "--remove"} & set(sys.argv):
            embedded.ensure_running()
        execute_from_command_line(sys.argv)
    except embedded.EmbeddedServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
