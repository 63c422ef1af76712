"""The database refuses a month paid twice by one payer, and entries without a ground."""

from django.db import migrations

from semesta.ledger.constraints import paid_once_and_grounded


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only"), ("intake", "0001_initial")]

    operations = [paid_once_and_grounded()]
