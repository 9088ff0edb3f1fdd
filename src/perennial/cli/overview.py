"""The reference page of the command itself."""

from perennial.cli.root import COMMANDS, root


def command_page() -> str:
    """docs/reference/command.md: every command and what it does."""
    rows = [f"| `perennial {name}` | {entry.does} |" for name, entry in COMMANDS.items()]
    return "\n".join(
        (
            "# The command",
            "",
            "Made by `make docs` from `src/perennial/cli/root.py`; do not edit.",
            "",
            str(root.help),
            "A fault is one line on standard error: where, what, how to mend it. `--help` on each tells its options.",
            "",
            "| Command | What it does |",
            "|---|---|",
            *rows,
            "",
        )
    )
