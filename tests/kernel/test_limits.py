"""Allowances: used up, filled again, each tenant's and each subject's own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kernel.edge import working_for
from kernel.errors import TooMany
from kernel.limits import Limit, take
from kernel.models import Allowance

THREE_A_MINUTE = Limit("tests.knock", burst=3, seconds=60)


def use_up(subject: str = "ana") -> None:
    for _ in range(3):
        take(THREE_A_MINUTE, subject=subject)


def test_the_fourth_is_refused_and_told_when_to_come_back(patitas):
    use_up()
    with pytest.raises(TooMany) as refused:
        take(THREE_A_MINUTE, subject="ana")
    assert refused.value.details == {"limit": "tests.knock", "retry_after_seconds": 20}


def test_one_uses_nobody_elses_allowance(patitas, lar_limpo):
    use_up()
    take(THREE_A_MINUTE, subject="bea")
    with working_for(lar_limpo.pk):
        take(THREE_A_MINUTE, subject="ana")
    assert sorted(Allowance.objects.values_list("subject", flat=True)) == ["ana", "bea"]


def test_it_fills_up_with_time_and_never_over_the_brim(patitas):
    use_up()
    _let_pass(20)
    take(THREE_A_MINUTE, subject="ana")
    with pytest.raises(TooMany):
        take(THREE_A_MINUTE, subject="ana")
    _let_pass(3_600)
    use_up()
    with pytest.raises(TooMany):
        take(THREE_A_MINUTE, subject="ana")


def _let_pass(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update kernel_allowance set filled_at = filled_at - %s * interval '1 second'",
            [seconds],
        )


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_get_three(patitas):
    def knock(_: int) -> bool:
        try:
            with working_for(patitas.pk):
                take(THREE_A_MINUTE, subject="ana")
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(knock, range(10))) == 3
