"""Every command by name."""

from __future__ import annotations

from argparse import ArgumentParser

from brokerdesk.cli import desks, imports, papers, walking
from brokerdesk.cli.arguments import Command

WITHOUT_OPTIONS = desks.no_options


def _acts(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="an act that `acts` lists; arguments come as JSON")


ALL = (
    Command("init", "set up a desk: its authority and officers", desks.init_options, desks.init),
    Command("demo", "make the demo council's desk", desks.demo_options, desks.demo),
    Command("acts", "list every act with its arguments", WITHOUT_OPTIONS, desks.list_acts),
    Command("act", "perform an act with the JSON arguments on standard input", _acts, desks.perform_act),
    Command("import", "show or save a file from outside", imports.import_options, imports.import_file),
    Command("template", "write an empty workbook or list", imports.template_options, imports.template),
    Command("packages", "list the packages", WITHOUT_OPTIONS, papers.packages_list),
    Command("shortlist", "show who may be asked for a package", papers.shortlist_options, papers.shortlist),
    Command("waiting", "show whom to ask for each waiting package", papers.waiting_options, papers.waiting),
    Command("walk", "do a whole scenario", walking.walk_options, walking.walk_scenario),
    Command("letter", "verify a letter", papers.letter_options, papers.letter),
    Command("report", "write a report", papers.report_options, papers.report),
    Command("check", "check database, register and letters", WITHOUT_OPTIONS, desks.check),
    Command("backup", "make a checked backup", desks.backup_options, desks.backup),
    Command("restore", "put a backup into a new folder", desks.restore_options, desks.restore),
    Command("workout", "work out a sum or a date", papers.workout_options, papers.workout),
)
COMMANDS = {command.name: command for command in ALL}
"""By name, in the order in which help lists them."""
