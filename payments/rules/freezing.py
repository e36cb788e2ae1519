"""Why a wallet cannot be frozen, kept frozen or appealed."""

from kernel.errors import Conflict, Invalid


class ReasonNeeded(Invalid):
    code = "freeze.reason_needed"
    title = "Please say why; the worker can read it."


class AlreadyConfirmed(Conflict):
    code = "freeze.confirmed"
    title = "This was confirmed already."


class AlreadyLifted(Conflict):
    code = "freeze.lifted"
    title = "This wallet is not frozen any more."


class AppealedAlready(Conflict):
    code = "freeze.appealed"
    title = "You have appealed already; the team will answer you."
