"""The only writers of proposed changes: who leaves a list, and who takes the places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from semesta.decrees.changes import queries
from semesta.decrees.changes.change import check_within
from semesta.decrees.models import Decree, DecreeEntry, Proposal, ProposalEntry
from semesta.decrees.proposals.queries import open_proposals
from semesta.decrees.proposals.stepping.services import (
    check_editable,
    check_not_frozen,
    checked_reasons,
    hold,
    log_step,
    move,
)
from semesta.kernel import Actor, Month, NotPossible, UserError
from semesta.planning.price import price_of
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

Kind = ProposalEntry.Kind
TITLE = "Perubahan atas Keputusan Nomor {number} tentang {title}"


@transaction.atomic
def draft_change(
    *,
    decree: Decree,
    leaving: Mapping[int, str],
    first_month: Month,
    workspace: Workspace,
    by: Actor,
    on: date,
    version: int = 0,
) -> Proposal:
    """Draft a changed decree: entries that leave (pk → reason) from a month on; the next
    in rank take their places.

    With `version` the open draft is composed anew. UserError `decree.reason`,
    `decree.change_empty`, `decree.change_month`, `decree.over_budget`; NotPossible
    `decree.change_open` when another change is on its way, `decree.revoked`,
    `decree.frozen`; StaleForm.
    """
    first = decree.amends or decree
    there = open_proposals().filter(amends=first).first()
    check_not_frozen(on)
    _check_stands(first)
    reasons = checked_reasons(leaving)
    entries = _leaving_entries(first, reasons, on)
    _check_month(first, first_month)
    if there is None:
        proposal = _new_change(first, first_month, by)
        _write(proposal, entries, reasons, workspace, on)
        log_step(proposal, "draft", by, detail={"leaving": len(entries)})
        return proposal
    if not version:
        raise _already_open(there)
    held = hold(there, version, by, on=on, action="compose")
    check_editable(held)
    held.entries.all().delete()
    _set_months(held, first, first_month)
    _write(held, entries, reasons, workspace, on)
    return move(held, "compose", by, detail={"leaving": len(entries)})


def _new_change(first: Decree, first_month: Month, by: Actor) -> Proposal:
    title = TITLE.format(number=first.number, title=first.title)
    proposal = Proposal(
        plan=first.plan,
        amends=first,
        title=title[:200],
        state="draft",
        made_by=by.username,
        made_at=by.at,
    )
    _set_months(proposal, first, first_month)
    proposal.save()
    return proposal


def _set_months(proposal: Proposal, first: Decree, first_month: Month) -> None:
    months = Month.of(first.until_month) - first_month
    price = price_of(first_month, months, payer=first.payer)
    proposal.first_month = first_month.first_day
    proposal.until_month = first.until_month
    proposal.price, proposal.cost_each = int(price.first), int(price.whole)


def _leaving_entries(
    first: Decree, reasons: Mapping[int, str], on: date
) -> list[DecreeEntry]:
    rows = queries.in_force(first, on).filter(pk__in=reasons).select_related("decree")
    entries = list(rows.order_by("decree_id", "number"))
    if entries and len(entries) == len(reasons):
        return entries
    raise UserError(
        "decree.change_empty",
        "Nama yang keluar belum dipilih, atau sudah tidak ada di daftar.",
        "SK perubahan mengeluarkan orang yang ada pada daftar yang berlaku.",
        "Tandai paling sedikit satu nama pada daftar yang tampil.",
    )


def _check_month(first: Decree, month: Month) -> None:
    begins, ends = Month.of(first.first_month), Month.of(first.until_month)
    if begins <= month < ends:
        return
    raise UserError(
        "decree.change_month",
        f"Bulan mulai {month.in_words()} tidak dapat dipakai.",
        f"SK ini membayar {begins.in_words()} sampai {(ends + -1).in_words()}.",
        "Pilih bulan di antaranya.",
    )


def _check_stands(first: Decree) -> None:
    if first.status != Decree.Status.REVOKED:
        return
    raise NotPossible(
        "decree.revoked",
        f"SK {first.number} sudah dicabut.",
        f"Sebabnya: {first.revoked_reason}.",
        "Usulkan SK baru dari rencana yang berlaku.",
    )


def _already_open(there: Proposal) -> NotPossible:
    return NotPossible(
        "decree.change_open",
        "Usulan perubahan untuk SK ini sudah ada.",
        f"Disusun oleh {there.made_by}; dua perubahan sekaligus saling meniadakan.",
        "Buka usulan itu, atau tarik lebih dahulu.",
    )


def _write(
    proposal: Proposal,
    entries: list[DecreeEntry],
    reasons: Mapping[int, str],
    workspace: Workspace,
    on: date,
) -> None:
    """Those who leave, and the next in rank for each place, within the budget."""
    first = proposal.amends
    assert first is not None
    why = {entry.person_id: reasons[entry.pk] for entry in entries}
    places = {entry.person_id: entry for entry in entries}
    found = queries.successors(first, places, workspace, on=on)
    ranks = queries.ranks_of(first, workspace)
    people = Person.objects.only("kelurahan").in_bulk([p for p in found.values() if p])
    leaving = [
        ProposalEntry(
            proposal=proposal,
            person_id=entry.person_id,
            kind=Kind.LEAVING,
            rank=ranks.get(entry.person_id, 0),
            kelurahan=entry.kelurahan,
            reason=reasons[entry.pk],
            entry=entry,
        )
        for entry in entries
    ]
    coming = [
        ProposalEntry(
            proposal=proposal,
            person_id=person,
            kind=Kind.STEPPED_IN,
            rank=ranks[person],
            kelurahan=people[person].kelurahan,
            reason=f"Pengganti nomor urut {places[place].number} "
            f"({why[place][0].lower()}{why[place][1:]})"[:300],
            instead_of=place,
        )
        for place, person in found.items()
        if person is not None
    ]
    month = Month.of(proposal.first_month)
    check_within(
        first.plan.budget,
        spent=queries.spent(first),
        freed=sum(queries.freed_by(entry, month) for entry in entries),
        added=len(coming) * proposal.cost_each,
    )
    ProposalEntry.objects.bulk_create([*leaving, *coming])
    proposal.people, proposal.leaving = len(coming), len(leaving)
    proposal.save(update_fields=["people", "leaving"])
