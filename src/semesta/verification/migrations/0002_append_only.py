"""An answer from the field is never edited; a later one takes its place."""

from django.db import migrations

from semesta.audit.append_only import forbid_edits


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_rounds_tasks_answers")]

    operations = [forbid_edits("verification_fieldanswer")]
