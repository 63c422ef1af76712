"""Nobody edits the books, and the database keeps them from going below zero."""

from django.db import migrations

from semesta.audit.append_only import forbid_edits
from semesta.ledger.books.constraints import no_more_than_there_is


class Migration(migrations.Migration):
    dependencies = [("ledger", "0051_books_and_differences")]

    operations = [
        forbid_edits("ledger_journalentry"),
        forbid_edits("ledger_bill"),
        forbid_edits("ledger_billline"),
        forbid_edits("ledger_payment"),
        no_more_than_there_is(),
    ]
