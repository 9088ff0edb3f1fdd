"""The project speaks of itself alone: no path of one machine, no host of a package index."""

import re

from tests.architecture.tree import PROJECT, named, tracked

FOLDERS = re.compile(r"(?<![\w.~-])/(?:" + "|".join(("work", "root", "home/[a-z]+", "Users/[A-Za-z]+")) + r")/")
HOSTS = re.compile(
    "|".join(re.escape(".".join(parts)) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org")))
)
BINARY = {".png", ".pdf", ".ico", ".jpg", ".sqlite3", ".woff2"}


def offenders(pattern: re.Pattern[str]) -> list[str]:
    """Files with a line that fits `pattern`."""
    found = []
    for path in tracked():
        if path.suffix in BINARY or path.name == "LICENSE":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{named(path)}:{number}")
    return found


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert not offenders(FOLDERS)


def test_no_file_names_a_package_host() -> None:
    assert not offenders(HOSTS)


def test_the_locks_give_a_hash_for_every_package() -> None:
    for lock in ("run.txt", "test.txt"):
        text = (PROJECT / "requirements" / lock).read_text(encoding="utf-8")
        packages = re.split(r"\n(?=[a-z0-9])", text)
        assert not [package.split(" ")[0] for package in packages if "==" in package and "--hash=sha256:" not in package]
