"""The root of the `perennial` command: names every command, loads the module of the one that is called."""

import sys
from importlib import import_module
from importlib.util import find_spec

import click

from perennial.core.values import Problem, Refusal

# Name of the command: the module in perennial.cli that holds a click command of that name, and what it does.
# What judges rules and courses imports no Django, so that it starts at once.
COMMANDS = {
    "requirements": ("requirements", "Show, check and lint what licenses ask."),
    "courses": ("courses", "Check a course folder."),
    "certificate": ("certificate", "Verify a certificate."),
    "export": ("export", "Write a person's whole record into one file."),
    "serve": ("serve", "Migrate, load the starter library, and serve the site."),
    "load": ("serve", "Load the starter library; safe to repeat."),
    "doctor": ("doctor", "Look whether this installation is in order."),
    "manage": ("manage", "Hand the rest of the line to Django."),
}


class Root(click.Group):
    """A group whose commands are loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command whose module is there."""
        return [name for name, (module, _) in COMMANDS.items() if find_spec(f"perennial.cli.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command `cmd_name`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = getattr(import_module(f"perennial.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="perennial")
def root() -> None:
    """Continuing education that renews itself. Exit status: 0 yes, 1 no, 2 input that cannot be used."""


class Unusable(Exception):
    """Input that cannot be used: says where, what, and how to mend it; ends with status 2."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def main() -> None:
    """Run the command line; every fault is one line on standard error."""
    try:
        status = root.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        where = getattr(fault, "ctx", None)
        path = where.command_path if where else "perennial"
        fail(f"{path}: {fault.format_message()} See: {path} --help", 2)
    except Unusable as fault:
        fail(str(fault), 2)
    except Refusal as refusal:
        fail(str(refusal), 1)
    sys.exit(status if isinstance(status, int) else 0)


def fail(line: str, status: int) -> None:
    """Say one line on standard error and end with `status`."""
    click.echo(" ".join(line.split()), err=True)
    sys.exit(status)
