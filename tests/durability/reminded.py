"""A site with people who lack hours, and background workers for it: one import, then a fork for each line read.

Makes the tables and as many people as the first argument says, each with a license that lacks hours in twenty days. What is
forked is the work of `perennial worker`. Writes the id of each worker to standard output.
"""

import os
import sys
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from threading import Event

BATCH = 10  # small, so that a search is killed in its midst too


def main() -> None:
    """Fork a worker for each line on standard input; end with the input."""
    import_module("perennial.cli.site").ready()
    fill(int(sys.argv[1]))
    import_module("perennial.apps.licenses.queries").rule_base()
    import_module("perennial.config.urls")
    vars(import_module("perennial.apps.standing.reminding"))["BATCH"] = BATCH
    work = import_module("perennial.cli.worker").work
    import_module("django.db").connections.close_all()
    print("ready", flush=True)
    child = 0
    for _ in sys.stdin:
        if child:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            work(Event(), os.getppid())
            os._exit(0)
        print(child, flush=True)


def fill(people: int) -> None:
    """Make the tables and the people."""
    management = import_module("django.core.management")
    management.call_command("migrate", interactive=False, verbosity=0)
    management.call_command("createcachetable", verbosity=0)
    make_person = import_module("perennial.apps.accounts.builders").make_person
    make_license = import_module("perennial.apps.licenses.builders").make_license
    today = import_module("django.utils.timezone").localdate()
    own = {"profession": "other", "own_months": 24, "own_requirements": [{"name": "All", "hours": "10", "topic": ""}]}
    with import_module("django.db.transaction").atomic():
        for number in range(people):
            person = make_person(email=f"person{number}@example.org", name=f"Person {number}")
            make_license(person=person, expires_on=today + timedelta(days=20), issued_on=None, **own)


if __name__ == "__main__":
    main()
