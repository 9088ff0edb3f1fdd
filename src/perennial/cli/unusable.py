"""Input that the command cannot use."""

from perennial.core.values import Problem


class Unusable(Exception):
    """Ends the command with status 2 and one line: where, what, and how to mend it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
