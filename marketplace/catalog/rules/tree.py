"""The tree of categories: at most four levels, and no branch that grows out of itself."""

from collections.abc import Mapping
from uuid import UUID

from kernel.errors import Invalid

DEEPEST = 4
Parents = Mapping[UUID, UUID | None]


class TreeRefused(Invalid):
    """A place in the tree that does not exist, or is too deep."""

    code = "category.tree"
    title = "Categories have at most four levels, and none is inside itself."


def upwards(category: UUID | None, parents: Parents) -> tuple[UUID, ...]:
    """Return a category, the one it is inside, and so on up."""
    path: list[UUID] = []
    while category is not None and category not in path:
        path.append(category)
        category = parents.get(category)
    return tuple(path)


def downwards(category: UUID, parents: Parents) -> set[UUID]:
    """Return a category and everything inside it."""
    return {each for each in parents if category in upwards(each, parents)} | {category}


def level_of(category: UUID, parent: UUID | None, parents: Parents) -> int:
    """Return the level a category gets inside another, or refuse the move.

    What is inside it moves along, so the deepest of its branches has to find room, too.
    """
    above = upwards(parent, parents)
    if category in above:
        raise TreeRefused(fields=["parent"])
    depths = [
        upwards(each, parents).index(category) for each in downwards(category, parents) - {category}
    ]
    level = len(above) + 1
    if level + max(depths, default=0) > DEEPEST:
        raise TreeRefused(fields=["parent"])
    return level
