"""The states of a decree, from its first draft to its end, in one table.

A proposal lives from `draft` to `issued`; there the decree begins, with the same word.
"""

from __future__ import annotations

from typing import NamedTuple

from semesta.kernel import NotPossible


class Step(NamedTuple):
    """One way from a state to the next: what is done, and by whom."""

    action: str
    before: str
    after: str
    who: str


MAKER, REVIEWER, APPROVER, INSURER = "petugas", "penelaah", "pimpinan", "BPJS"

# The state of a proposal or decree changes nowhere else.
TRANSITIONS = (
    Step("submit", "draft", "proposed", MAKER),
    Step("submit", "returned", "proposed", MAKER),
    Step("return", "proposed", "returned", REVIEWER),
    Step("endorse", "proposed", "reviewed", REVIEWER),
    Step("return", "reviewed", "returned", APPROVER),
    Step("reject", "reviewed", "rejected", APPROVER),
    Step("approve", "reviewed", "approved", APPROVER),
    Step("return", "approved", "returned", APPROVER),
    Step("issue", "approved", "issued", APPROVER),
    *(
        Step("withdraw", state, "withdrawn", MAKER)
        for state in ("draft", "returned", "proposed", "reviewed", "approved")
    ),
    Step("send", "issued", "sent", MAKER),
    Step("answer", "issued", "answered", INSURER),
    Step("answer", "sent", "answered", INSURER),
    *(
        Step("revoke", state, "revoked", APPROVER)
        for state in ("issued", "sent", "answered")
    ),
)

LABELS = {
    "draft": "Disusun",
    "returned": "Dikembalikan",
    "proposed": "Menunggu telaah",
    "reviewed": "Menunggu persetujuan",
    "approved": "Disetujui, menunggu nomor",
    "issued": "Ditetapkan",
    "rejected": "Ditolak",
    "withdrawn": "Ditarik",
    "sent": "Dikirim ke BPJS",
    "answered": "Sudah dijawab",
    "revoked": "Dicabut",
}
ACTIONS = {
    "draft": "menyusun usulan",
    "compose": "memperbarui susunan",
    "leave_out": "mengeluarkan nama",
    "remark": "memberi catatan",
    "submit": "mengusulkan",
    "return": "mengembalikan",
    "endorse": "menelaah dan meneruskan",
    "reject": "menolak",
    "approve": "menyetujui",
    "issue": "memberi nomor dan tanggal",
    "withdraw": "menarik usulan",
    "send": "mengirim ke BPJS",
    "answer": "menjawab",
    "revoke": "mencabut",
}
# What a maker may still change; while others look at it, nothing moves.
EDITABLE = ("draft", "returned")
OPEN = ("draft", "returned", "proposed", "reviewed", "approved")
# Who has to act next, per open state.
WAITS_FOR = {
    "draft": MAKER,
    "returned": MAKER,
    "proposed": REVIEWER,
    "reviewed": APPROVER,
    "approved": APPROVER,
}


def may_become(before: str, after: str) -> bool:
    """Whether some step leads from one state to the other."""
    return any((step.before, step.after) == (before, after) for step in TRANSITIONS)


def possible(state: str) -> set[str]:
    """The actions that a state allows."""
    return {step.action for step in TRANSITIONS if step.before == state}


def after(action: str, state: str) -> str:
    """The state that an action leads to. NotPossible `decree.state` when it does not."""
    for step in TRANSITIONS:
        if (step.action, step.before) == (action, state):
            return step.after
    raise NotPossible(
        "decree.state",
        "Langkah ini tidak dapat dilakukan sekarang.",
        f"Usulan ini sudah berkeadaan: {LABELS[state]}.",
        "Buka lagi halaman usulan; di sana tertulis langkah berikutnya.",
    )


def states_markdown() -> str:
    """The table as a diagram and in words, for the reference."""
    lines = [
        "# States of a decree",
        "",
        "A proposal ends, and its decree begins, at `issued`. Nobody reviews or approves",
        "what they proposed or changed themselves.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> draft",
        *(f"    {s.before} --> {s.after}: {s.action}" for s in TRANSITIONS),
        "```",
        "",
        "| from | action | to | by |",
        "|---|---|---|---|",
        *(
            f"| {LABELS[s.before]} (`{s.before}`) | `{s.action}`: {ACTIONS[s.action]} "
            f"| {LABELS[s.after]} (`{s.after}`) | {s.who} |"
            for s in TRANSITIONS
        ),
    ]
    return "\n".join(lines)
