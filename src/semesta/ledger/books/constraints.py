"""What the database itself refuses of the books, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

JOURNAL, PAYMENT = "ledger_journalentry", "ledger_payment"
BELOW_ZERO = "more than stands on the account"
LARGER = "more than the bill"
_BALANCE = f"""
SELECT coalesce(sum(CASE WHEN j.target = NEW.source THEN j.amount
                         WHEN j.source = NEW.source THEN -j.amount ELSE 0 END), 0)
FROM {JOURNAL} j WHERE j.budget_id = NEW.budget_id
"""
_TOO_LITTLE = f"NEW.source <> 'granted' AND ({_BALANCE}) < NEW.amount"
_TOO_MUCH = f"""
(SELECT coalesce(sum(p.amount), 0) FROM {PAYMENT} p WHERE p.bill_id = NEW.bill_id)
    + NEW.amount > (SELECT b.amount FROM ledger_bill b WHERE b.id = NEW.bill_id)
"""
RULES = {JOURNAL: (_TOO_LITTLE, BELOW_ZERO), PAYMENT: (_TOO_MUCH, LARGER)}


def no_more_than_there_is() -> Any:
    """A migration operation: no account below zero, no payment beyond its bill."""
    from django.db.migrations import RunPython

    def create(apps: Any, schema_editor: Any) -> None:
        for table, (condition, message) in RULES.items():
            for statement in _create(
                table, condition, message, schema_editor.connection.vendor
            ):
                schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:
        for table in RULES:
            for statement in _drop(table, schema_editor.connection.vendor):
                schema_editor.execute(statement)

    return RunPython(create, drop)


def _create(table: str, condition: str, message: str, vendor: str) -> list[str]:
    name = f"{table}_enough"
    if vendor == "postgresql":
        return [
            # The lock makes a second writer wait until it sees what the first wrote.
            f"""CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN
            LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;
            IF {condition} THEN RAISE EXCEPTION '{message}'; END IF;
            RETURN NEW; END $$ LANGUAGE plpgsql""",
            f"""CREATE TRIGGER {name} BEFORE INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION {name}()""",
        ]
    return [
        f"""CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN
        SELECT RAISE(ABORT, '{message}') WHERE {condition}; END"""
    ]


def _drop(table: str, vendor: str) -> list[str]:
    name = f"{table}_enough"
    if vendor == "postgresql":
        return [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"]
    return [f"DROP TRIGGER {name}"]
