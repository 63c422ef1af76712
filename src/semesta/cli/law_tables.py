"""The law and its answers for people at a terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from semesta.kernel import Rupiah
from semesta.law.answer import PAYER_IN_WORDS
from semesta.law.book import law_book
from semesta.law.membership import STATUS_IN_WORDS
from semesta.law.reference import show_value
from semesta.law.schema import CONFIDENCE_IN_WORDS

if TYPE_CHECKING:
    from semesta.law.cases import Replay
    from semesta.law.lookup import LookedUp

PAYABLE = {"now": "segera", "after_arrears": "sesudah tunggakan dilunasi"}


def print_parameters(found: list[LookedUp], on: date) -> None:
    """Each parameter: today's value first, then its history."""
    console = Console()
    for each in found:
        parameter, now = each.parameter, each.found
        console.print(f"\n[bold]{parameter.label}[/bold]  [dim]{parameter.key}[/dim]")
        if now is None:
            console.print(f"  {on}: tidak ada aturan")
        else:
            shown = show_value(parameter.unit, now.value).replace("<br>", "\n  ")
            console.print(f"  {on}: [bold]{shown}[/bold]")
            sure = CONFIDENCE_IN_WORDS[now.dated.confidence]
            console.print(f"  {now.law}; keyakinan {now.dated.confidence}: {sure}")
        for value in parameter.values:
            until = value.until.isoformat() if value.until else "sekarang"
            shown = show_value(parameter.unit, value.value).split("<br>")[0]
            period = f"  {value.from_} – {until}"
            console.print(f"[dim]{period}  {shown}  {law_book().cite(value)}[/dim]")


def print_instruments(listed: list[dict[str, Any]]) -> None:
    """One line per instrument."""
    table = Table(box=None)
    for heading in ("Peraturan", "Tentang", "Mulai", "Keadaan", "Keyakinan"):
        table.add_column(heading)
    for each in listed:
        table.add_row(
            each["short"],
            each["title"],
            each["in_force_from"] or "–",
            each["status"],
            each["confidence"],
        )
    Console().print(table)


def print_switches(listed: list[dict[str, Any]]) -> None:
    """One block per uncertain rule."""
    console = Console()
    for each in listed:
        console.print(f"\n[bold]{each['question']}[/bold]  [dim]{each['id']}[/dim]")
        for option in each["options"]:
            mark = "●" if option["id"] == each["default"] else "○"
            console.print(f"  {mark} {option['id']}: {option['means']}")
        console.print(f"  [dim]Akibatnya: {each['consequence']}[/dim]")
        console.print(f"  [dim]Dipastikan oleh: {each['settled_by']}[/dim]")


def print_answer(answer: dict[str, Any]) -> None:
    """The sentence and the sum first, then the lines, then what else matters."""
    console = Console()
    if answer.get("sentence"):
        console.print(f"\n[bold]{answer['sentence']}[/bold]")
    if "status" in answer:
        words = STATUS_IN_WORDS.get(answer["status"], "belum diketahui")
        months = answer.get("tenure_months")
        console.print(f"Peserta {words}; masa iur {months if months else 0} bulan.")
    _print_lines(console, answer.get("lines", []))
    _print_scholarship(console, answer)
    _print_steps(console, answer.get("steps", []))
    _print_what_to_do(console, answer)
    for fact in answer.get("unknown", []):
        console.print(f"[yellow]Perlu diketahui: {fact}[/yellow]")
    for switch in answer.get("switches_used", []):
        console.print(f"[dim]Belum pasti: {law_book().switches[switch].question}[/dim]")


def _print_lines(console: Console, lines: list[dict[str, Any]]) -> None:
    if not lines:
        return
    waits = any(line["payable"] != "now" for line in lines)
    table = Table(box=None)
    table.add_column("")
    table.add_column("Jumlah", justify="right")
    table.add_column("Dibayar oleh")
    if waits:
        table.add_column("Kapan")
    table.add_column("Perhitungan dan dasar hukum")
    for line in lines:
        when = [PAYABLE[line["payable"]]] if waits else []
        table.add_row(
            line["label"],
            str(Rupiah(line["amount"])),
            PAYER_IN_WORDS[line["paid_by"]],
            *when,
            f"{line['explanation']} [dim]({line['law']})[/dim]",
        )
    console.print(table)


def _print_scholarship(console: Console, answer: dict[str, Any]) -> None:
    if not answer.get("scholarship_why"):
        return
    console.print(f"Beasiswa: {answer['scholarship_why']}")
    for child in answer["children"]:
        total = "" if child["total"] is None else f" {Rupiah(child['total'])}"
        console.print(f"  anak {child['child']}:{total} {child['why']}")
    if answer["scholarship_total"]:
        console.print(f"  seluruhnya {Rupiah(answer['scholarship_total'])}")


def _print_steps(console: Console, steps: list[dict[str, Any]]) -> None:
    for step in steps:
        last = step["last_day"] or "sampai dipenuhi"
        style = "" if step["needed"] else "dim strike"
        amount = f" {Rupiah(step['amount'])} sebulan" if step["amount"] else ""
        text = (
            f"  {step['first_day']} – {last}  {step['what']}{amount} ({step['actor']})"
        )
        console.print(text, style=style)


def _print_what_to_do(console: Console, answer: dict[str, Any]) -> None:
    """Until when, by whom, and with which papers."""
    if answer.get("due_on"):
        jht = answer.get("due_on_jht")
        also = f"; JHT {jht}" if jht else ""
        console.print(f"Dibayar paling lambat {answer['due_on']}{also}.")
    for each in answer.get("deadlines", []):
        last = f", paling lambat {each['last_day']}" if each["last_day"] else ""
        whom = f"{each['who']} kepada {each['to']}"
        console.print(f"• {each['what']} ({whom}): {each['within']}{last}")
    papers = [each["name"] for each in answer.get("documents", [])]
    if papers:
        console.print("Siapkan: " + "; ".join(papers) + ".")


def print_replay(found: Replay) -> None:
    """The same, or what differs and what of the law changed."""
    console = Console()
    if found.same:
        console.print("Sama: pertanyaan lama mendapat jawaban yang sama.")
        return
    console.print("[bold]Jawabannya berbeda.[/bold]")
    for each in found.differences:
        console.print(f"  {each['path']}: {each['then']} → {each['now']}")
    for each in found.changed:
        name = each.get("parameter") or each.get("switch")
        console.print(f"  hukum {name}: {each['then']} → {each['now']}")
