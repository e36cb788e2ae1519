"""How a job that goes round is refused: nobody could take it, or somebody else was faster."""

from kernel.errors import Conflict


class AlreadyTaken(Conflict):
    code = "already_taken"
    title = "Somebody else has taken this job."


class NobodyFree(Conflict):
    code = "nobody_free"
    title = "Nobody who goes there is free at that time. Please choose another time."
