"""The queues of the default run, in a schema of their own. Messages hold ids, nothing personal."""

from typing import Any

from django.db import migrations
from pgmq.install import get_embedded_install_sql

from kernel.roles import APP

QUEUES = ("celery", "payments")

RIGHTS = f"""
grant usage on schema pgmq to {APP};
grant select, insert, update, delete on all tables in schema pgmq to {APP};
grant usage, select on all sequences in schema pgmq to {APP};
grant execute on all functions in schema pgmq to {APP};
"""


def make_queues(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.cursor.execute(get_embedded_install_sql())
        for queue in QUEUES:
            cursor.execute("select pgmq.create(%s)", [queue])
        cursor.execute(RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_functions")]
    operations = [
        migrations.RunPython(make_queues, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, "drop schema pgmq cascade"),
    ]
