"""The only writer of publications."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from semesta.audit.services import find_run, recorded_run
from semesta.decrees.models import Decree
from semesta.decrees.queries import listed, removed
from semesta.eligibility.queries import policy_of
from semesta.kernel import Actor, Month
from semesta.law.book import law_at
from semesta.reports.decree_annex import annex_bytes
from semesta.reports.decree_text import DecreeFacts, decree_data
from semesta.reports.letterhead import docx
from semesta.reports.models import Publication
from semesta.reports.typeset import pdf
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

DECREE_PDF, DECREE_ANNEX, DECREE_DOCX = "decree_pdf", "decree_annex", "decree_docx"


def publish_decree(
    *, decree: Decree, workspace: Workspace, by: Actor, masked: bool = True
) -> list[Publication]:
    """Publish a decree as PDF with its list, the list as a workbook, and its text in
    the office's letterhead (Word).

    `masked` (default) hides the middle of each NIK in the PDF; the workbook is for the
    office and shows them whole. Publishing again gives the first publications; a file
    that was removed from the folder is made again.
    """
    inputs = {
        "decree": decree.sha256,
        "masked": masked,
        "address": workspace.public_address,
    }
    subject = f"decree:{decree.pk}"
    done = find_run("publish", inputs)
    if done:
        there = Publication.objects.filter(
            subject=subject, sha256__in=list(done.outputs.values())
        )
        if all((workspace.publications / p.filename).exists() for p in there):
            return list(there.order_by("pk"))
    facts = decree_facts(decree, workspace.public_address)
    entries = listed(decree)
    region = workspace.region
    data = decree_data(facts, entries, region, masked=masked)
    contents = {
        DECREE_PDF: pdf("decree", data, made_on=facts.issued_on),
        DECREE_ANNEX: annex_bytes(facts, entries, region),
        DECREE_DOCX: docx(data, workspace.templates, made_on=facts.issued_on),
    }
    hashes = {
        kind: write_bytes(
            content, workspace.publications / _name(kind, decree, content)
        )
        for kind, content in contents.items()
    }
    if done:
        return list(there.order_by("pk"))
    with recorded_run(
        stage="publish", inputs=inputs, by=by, as_of=decree.issued_on
    ) as draft:
        published = [
            Publication.objects.get_or_create(
                kind=kind,
                subject=subject,
                sha256=hashes[kind],
                defaults={
                    "filename": _name(kind, decree, content),
                    "inputs": inputs,
                    "made_at": by.at,
                    "made_by": by.username,
                },
            )[0]
            for kind, content in contents.items()
        ]
        draft.counts = {"entries": len(entries), "files": len(published)}
        draft.outputs = hashes
    return published


def decree_facts(decree: Decree, public_address: str = "") -> DecreeFacts:
    """A decree with the policy and payer it rests on, as its text needs them."""
    plan = decree.plan
    payers = law_at(decree.first_month).get("bpu.payers").value
    return DecreeFacts(
        number=decree.number,
        title=decree.title,
        issued_on=decree.issued_on,
        instrument=policy_of(plan.decision_run).instrument,
        decided_on=plan.decision_run.as_of,
        payer_name=payers.get(decree.payer, decree.payer),
        first_month=Month.of(decree.first_month),
        until_month=Month.of(decree.until_month),
        price=decree.price,
        cost_each=decree.cost_each,
        people=decree.entries_count,
        sha256=decree.sha256,
        code=decree.code,
        check_at=f"{public_address}/cek-sk/{decree.code}/" if public_address else "",
        amends=decree.amends.number if decree.amends else "",
        removed=tuple(removed(decree)),
    )


_NAMES: dict[str, Callable[[str, str], str]] = {
    DECREE_PDF: lambda number, mark: f"SK_{number}_{mark}.pdf",
    DECREE_ANNEX: lambda number, mark: f"Lampiran_SK_{number}_{mark}.xlsx",
    DECREE_DOCX: lambda number, mark: f"SK_{number}_{mark}.docx",
}


def _name(kind: str, decree: Decree, content: bytes) -> str:
    """A file name that other content of the same decree never has."""
    number = re.sub(r"[^\w.]+", "-", decree.number).strip("-.")
    return _NAMES[kind](number, hashlib.sha256(content).hexdigest()[:8])
