"""What the database itself refuses of paid months, on SQLite and PostgreSQL.

The services keep these rules too; the triggers hold when somebody writes past them, and
when two write at once. Which entries count depends on later ones (corrections), so no
plain constraint can say it.
"""

from __future__ import annotations

from typing import Any

TABLE = "ledger_ledgerentry"
OVERLAP = "the same payer paid these months before"
NO_GROUND = "no delivery shows that these months were paid"
# In force and of the same payer for the same person; {shared}: a programme in common.
_OVERLAPPING = """
SELECT 1 FROM ledger_ledgerentry e
WHERE e.person_id = NEW.person_id AND e.segment = NEW.segment AND e.payer = NEW.payer
  AND e.paid_from < NEW.paid_until AND e.paid_until > NEW.paid_from
  AND e.paid_until > e.paid_from AND NEW.paid_until > NEW.paid_from
  AND (NEW.corrects_id IS NULL OR e.id <> NEW.corrects_id)
  AND NOT EXISTS (SELECT 1 FROM ledger_ledgerentry c WHERE c.corrects_id = e.id)
  AND ({shared})
"""
_GROUND = "SELECT 1 FROM intake_delivery d WHERE d.name = NEW.delivery"
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")


def paid_once_and_grounded() -> Any:
    """A migration operation: no month twice by one payer, no entry without a delivery."""
    from django.db.migrations import RunPython

    def create(apps: Any, schema_editor: Any) -> None:
        for statement in _create(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:
        for statement in _drop(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return RunPython(create, drop)


def _create(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return _create_on_postgresql()
    overlapping = _OVERLAPPING.format(shared=_shared_on_sqlite())
    return [
        (
            f"CREATE TRIGGER {TABLE}_paid_once BEFORE INSERT ON {TABLE} BEGIN "
            f"SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS ({overlapping}); END"
        ),
        (
            f"CREATE TRIGGER {TABLE}_grounded BEFORE INSERT ON {TABLE} BEGIN "
            f"SELECT RAISE(ABORT, '{NO_GROUND}') "
            f"WHERE NEW.row_id = '' OR NOT EXISTS ({_GROUND}); END"
        ),
    ]


def _shared_on_sqlite() -> str:
    """SQLite has no arrays: each programme is looked for in both lists."""
    both = (
        f"(instr('+' || e.programmes || '+', '+{name}+') > 0 "
        f"AND instr('+' || NEW.programmes || '+', '+{name}+') > 0)"
        for name in PROGRAMMES
    )
    return " OR ".join(["e.programmes = NEW.programmes", *both])


def _create_on_postgresql() -> list[str]:
    shared = (
        "string_to_array(e.programmes, '+') && string_to_array(NEW.programmes, '+')"
    )
    overlapping = _OVERLAPPING.format(shared=shared)
    return [
        # Two writers at once would not see each other's rows, so one waits.
        (
            f"CREATE FUNCTION {TABLE}_one_writer() RETURNS trigger AS $$ BEGIN "
            f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE; RETURN NULL; END "
            "$$ LANGUAGE plpgsql"
        ),
        (
            f"CREATE TRIGGER {TABLE}_one_writer BEFORE INSERT ON {TABLE} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_one_writer()"
        ),
        (
            f"CREATE FUNCTION {TABLE}_checked() RETURNS trigger AS $$ BEGIN "
            f"IF EXISTS ({overlapping}) THEN RAISE EXCEPTION '{OVERLAP}'; END IF; "
            f"IF NEW.row_id = '' OR NOT EXISTS ({_GROUND}) THEN "
            f"RAISE EXCEPTION '{NO_GROUND}'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
        ),
        (
            f"CREATE TRIGGER {TABLE}_checked BEFORE INSERT ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_checked()"
        ),
    ]


def _drop(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            statement
            for name in ("one_writer", "checked")
            for statement in (
                f"DROP TRIGGER {TABLE}_{name} ON {TABLE}",
                f"DROP FUNCTION {TABLE}_{name}()",
            )
        ]
    return [f"DROP TRIGGER {TABLE}_{name}" for name in ("paid_once", "grounded")]
