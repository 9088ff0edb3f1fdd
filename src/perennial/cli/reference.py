"""`perennial reference`: pages that are made from the code, so that they are never stale."""

from importlib import import_module
from pathlib import Path

import click

from perennial.config.environment import PROJECT

# Page in docs/reference: the module and function that give its text.
PAGES = {
    "settings.md": ("perennial.config.reference", "settings_page"),
    "rule-files.md": ("perennial.core.rules.reference", "rule_files_page"),
    "command.md": ("perennial.cli.overview", "command_page"),
}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; status 1 when a page is stale.")
def reference(check: bool) -> int:  # noqa: FBT001  click passes it by name
    """Write docs/reference anew."""
    folder = PROJECT / "docs" / "reference"
    stale = [name for name in PAGES if not fresh(folder / name, text(name))]
    for name in stale:
        if check:
            click.echo(f"docs/reference/{name}: stale. Run: make docs", err=True)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text(name), encoding="utf-8")
            click.echo(f"docs/reference/{name}: written")
    return 1 if check and stale else 0


def text(name: str) -> str:
    """The page as it should be."""
    module, function = PAGES[name]
    return str(getattr(import_module(module), function)())


def fresh(page: Path, wanted: str) -> bool:
    """Whether the page stands as it should."""
    return page.is_file() and page.read_text(encoding="utf-8") == wanted
