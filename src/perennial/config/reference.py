"""The reference page of the settings."""

from perennial.config.environment import SETTINGS


def settings_page() -> str:
    """docs/reference/settings.md: every setting, its default, its meaning."""
    rows = [f"| `{setting.name}` | {setting.default} | {setting.means} |" for setting in SETTINGS]
    return "\n".join(
        (
            "# Settings",
            "",
            "Made by `make docs` from `src/perennial/config/environment.py`; do not edit.",
            "",
            "Every setting is a name in the environment, and none is needed: a clone runs on SQLite in `./data`.",
            "A name that begins with `PERENNIAL_` and is not listed here stops the start, since it is most often a slip.",
            "",
            "| Name | Without it | Meaning |",
            "|---|---|---|",
            *rows,
            "",
        )
    )
