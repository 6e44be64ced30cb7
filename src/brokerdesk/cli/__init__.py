"""The command line: every act and report without a window, for IT, scripts and tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from brokerdesk.cli.answers import FAULT, STOPPED, log_fault, print_refusal, print_reply, say_after
from brokerdesk.cli.arguments import read_line, wants_json
from brokerdesk.core import places
from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.ports import Cancelled


def main(given: Sequence[str]) -> int:
    """Run one command; 0 done, 1 refused, 2 unread, 3 place, 4 our fault, 130 stopped."""
    as_json = wants_json(given)
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse prints its help and ends so
        return int(stop.code or 0)
    except BrokenPipeError:
        # The reader went away (`| head`); Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except (BrokerDeskError, Cancelled, KeyboardInterrupt) as why:
        return print_refusal(why, as_json=as_json)
    except Exception as why:
        log_fault(why, places.log_folder, datetime.now(UTC).isoformat(timespec="seconds"))
        print_refusal(why, as_json=as_json)
        return FAULT


def _run(given: Sequence[str]) -> int:
    from brokerdesk.cli.commands import COMMANDS

    command, read = read_line(given, COMMANDS)
    try:
        return print_reply(command.run(read), as_json=read.as_json)
    except (BrokerDeskError, Cancelled, KeyboardInterrupt) as why:
        return print_refusal(why, as_json=read.as_json)
    finally:
        say_after(read.said)
