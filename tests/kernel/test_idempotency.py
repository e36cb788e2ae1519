"""The same key: one effect, one answer, however often and however at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kernel.edge import working_for
from kernel.idempotency import InFlight, KeyMissing, KeyReused, once
from kernel.models import UsedKey


def counting(calls: list[int]):
    def answer() -> tuple[int, dict[str, int]]:
        calls.append(1)
        return 201, {"n": len(calls)}

    return answer


def test_the_second_time_gets_the_first_answer(patitas):
    calls: list[int] = []
    asked = {"caller": "ana", "key": "k", "request": {"a": 1, "b": 2}}
    first = once(**asked, answer=counting(calls))
    asked["request"] = {"b": 2, "a": 1}  # The same request, written the other way round.
    assert once(**asked, answer=counting(calls)) == first == (201, {"n": 1})


def test_the_same_key_for_something_else_is_refused(patitas):
    calls: list[int] = []
    once(caller="ana", key="k", request={"a": 1}, answer=counting(calls))
    with pytest.raises(KeyReused):
        once(caller="ana", key="k", request={"a": 2}, answer=counting(calls))
    assert len(calls) == 1


def test_keys_are_each_callers_own(patitas, lar_limpo):
    calls: list[int] = []
    once(caller="ana", key="k", request={}, answer=counting(calls))
    once(caller="bea", key="k", request={}, answer=counting(calls))
    with working_for(lar_limpo.pk):
        once(caller="ana", key="k", request={}, answer=counting(calls))
    assert len(calls) == 3


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_1_to_255_characters(patitas, key):
    with pytest.raises(KeyMissing):
        once(caller="ana", key=key, request={}, answer=counting([]))


def test_a_failure_leaves_the_key_free(patitas):
    def fails() -> tuple[int, object]:
        raise OSError("no")

    with pytest.raises(OSError, match="no"):
        once(caller="ana", key="k", request={}, answer=fails)
    assert not UsedKey.objects.exists()
    assert once(caller="ana", key="k", request={}, answer=counting([])) == (201, {"n": 1})


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect(patitas):
    calls: list[int] = []
    together = Barrier(8)

    def ask(_: int) -> object:
        together.wait()
        try:
            with working_for(patitas.pk):
                return once(caller="ana", key="k", request={}, answer=counting(calls))
        except InFlight:
            return "in flight"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert len(calls) == 1
    assert all(each in ((201, {"n": 1}), "in flight") for each in answers)
    assert (201, {"n": 1}) in answers
