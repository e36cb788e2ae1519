"""How taking a job that goes round is refused."""

from kernel.errors import Conflict


class AlreadyTaken(Conflict):
    code = "already_taken"
    title = "Somebody else has taken this job."
