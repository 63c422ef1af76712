"""Nobody edits what has been recorded, not even with a database console."""

from django.db import migrations

from semesta.audit.append_only import forbid_edits


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [forbid_edits("ledger_ledgerentry")]
