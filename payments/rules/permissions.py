"""Who may move money."""

from kernel.errors import NotAllowed


class PermissionMissing(NotAllowed):
    code = "money.permission"
    title = "The owner has not given you the permission for this."


class SecondPersonNeeded(NotAllowed):
    code = "money.second_person"
    title = "A second person has to confirm this."
