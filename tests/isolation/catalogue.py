"""What PostgreSQL itself says about our tables: the tests of the wall ask it, not our models."""

from collections.abc import Sequence

from django.db import connection

Row = tuple[object, ...]


def ask(query: str, parameters: Sequence[object] = ()) -> list[Row]:
    """Return all rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def names(query: str, parameters: Sequence[object] = ()) -> list[str]:
    """Return the first column of a query, as text."""
    return [str(row[0]) for row in ask(query, parameters)]


def tables() -> list[str]:
    """Return every table of the application's schema."""
    return names(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('r', 'p') order by relname"
    )


def tables_without(condition: str) -> set[str]:
    """Return the tables for which a condition on their pg_class row does not hold."""
    return set(
        names(
            "select relname from pg_class c where relnamespace = 'public'::regnamespace"
            f" and relkind in ('r', 'p') and not ({condition})"
        )
    )
