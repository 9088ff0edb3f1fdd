"""The root of the `perennial` command: names every command, loads the module of the one that is called."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import click

from perennial.cli.unusable import Unusable
from perennial.core.values import Refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: the module in perennial.cli that holds it under its own name, what it does, whether it needs tables."""

    module: str
    does: str
    site: bool = False  # Django is made ready before the module is imported, so that it may import areas at its top


# What judges rules, courses and certificates imports no Django, so that it starts at once.
COMMANDS = {
    "requirements": Entry("requirements", "Show, check and lint what licenses ask."),
    "plan": Entry("plan", "Plan several licenses of one person at the least cost, with proof."),
    "roster": Entry("roster", "Evaluate a whole roster of licensees."),
    "courses": Entry("courses", "Check a course folder."),
    "questions": Entry("questions", "Look at files of questions in the formats of others, and convert them."),
    "attendance": Entry("attendance", "Count who attended a session for how long, and the hours that bodies grant."),
    "certificate": Entry("certificate", "Verify a certificate, with no network."),
    "evidence": Entry("evidence", "Take over what others tell of published works, and pool the effects of trials.", site=True),
    "export": Entry("export", "Write a person's whole record into one file.", site=True),
    "serve": Entry("serve", "Migrate, load the starter library, and serve the site.", site=True),
    "worker": Entry("worker", "Run the background worker alone: reminders, mail, large audit packets, long plans.", site=True),
    "load": Entry("serve", "Load the starter library; safe to repeat.", site=True),
    "doctor": Entry("doctor", "Look whether this installation is in order.", site=True),
    "reference": Entry("reference", "Write docs/reference anew, or check that it is not stale."),
    "manage": Entry("manage", "Hand the rest of the line to Django."),
}

TRACED = {"serve", "worker", "manage"}
"""Commands for those who run the site: what breaks in them is shown whole."""


class Root(click.Group):
    """A group whose commands are loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command whose module is there."""
        return [name for name, entry in COMMANDS.items() if find_spec(f"perennial.cli.{entry.module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command `cmd_name`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        entry = COMMANDS[cmd_name]
        if entry.site:
            import_module("perennial.cli.site").ready()
        found = getattr(import_module(f"perennial.cli.{entry.module}"), cmd_name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].does) for name in self.list_commands(ctx)])


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="perennial")
def root() -> None:
    """Continuing education that renews itself. Exit status: 0 yes, 1 no, 2 input that cannot be used."""


def main() -> None:
    """Run the command line; every fault is one line on standard error."""
    try:
        status = root.main(prog_name="perennial", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        sys.exit(2)
    except click.ClickException as fault:
        where = getattr(fault, "ctx", None)
        path = where.command_path if where else "perennial"
        fail(f"{path}: {fault.format_message()} See: {path} --help", 2)
    except Unusable as fault:
        fail(str(fault), 2)
    except Refusal as refusal:
        fail(str(refusal), 1)
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as fault:  # noqa: BLE001  the last place where it can be told
        _own_fault(fault)
    sys.exit(status if isinstance(status, int) else 0)


def _own_fault(fault: Exception) -> None:
    """A fault that nobody foresaw is no answer: status 2, and no trace before who only asked a question."""
    called = next(iter(sys.argv[1:]), "")
    if called in TRACED or os.environ.get("PERENNIAL_DEBUG") == "yes":
        raise fault
    told = f"perennial {called}: a fault of its own, not of what you gave ({type(fault).__name__}: {fault})."
    fail(f"{told} No answer was given. Report it with what PERENNIAL_DEBUG=yes shows.", 2)


def fail(line: str, status: int) -> None:
    """Say one line on standard error and end with `status`."""
    click.echo(" ".join(line.split()), err=True)
    sys.exit(status)
