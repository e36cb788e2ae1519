"""The least that a search could cost: its statements run as they are, its answer sent as it is."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.test import Client, override_settings
from django.urls import path
from ninja import NinjaAPI

from kernel.edge import working_for

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
api = NinjaAPI(urls_namespace="bench", docs_url=None, openapi_url=None)


class Replay:
    """What the product asked the database, and what it answered."""

    tenant_id: int
    statements: list[tuple[str, Any]]
    items: Any


@api.get("/search")
def bare_search(request: HttpRequest) -> dict[str, object]:
    """Run the statements of a search and return the rows it returned."""
    with connection.cursor() as cursor:
        for sql, values in Replay.statements:
            cursor.execute(sql, values)
            cursor.fetchall()
    return {"items": Replay.items}


urlpatterns = [path("", api.urls)]


def at_tenant(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Work for the tenant that is measured: the only middleware here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        with working_for(Replay.tenant_id):
            return get_response(request)

    return answer


def bare_client() -> Client:
    """Return a client of the bare view, which passes by all of the product's middleware."""
    client = Client()
    with override_settings(MIDDLEWARE=[f"{__name__}.at_tenant"]):
        client.handler.load_middleware()
    return client


def recorded(call: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return the statements that a call sends to the database."""
    found: list[tuple[str, Any]] = []

    def keep(execute: Execute, sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        found.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        call()
    return found
