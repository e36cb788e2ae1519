"""Counts a lost tip that came back, because its dispute was won on appeal, as not gone."""

from importlib import import_module

from django.db import migrations

CONTROLS: str = import_module("payments.migrations.0014_controls").CONTROLS
END = "end $$;"
BEFORE = CONTROLS.split(END, 1)[0].replace("create function", "create or replace function") + END
AFTER = BEFORE.replace("'tip.returned', 'tip.lost'", "'tip.returned', 'tip.lost', 'tip.regained'")


class Migration(migrations.Migration):
    dependencies = [("payments", "0026_bank_figures")]
    operations = [migrations.RunSQL(AFTER, BEFORE)]
