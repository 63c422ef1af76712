"""The suppliers' table for the reference, made from their maps."""

from __future__ import annotations

from semesta.intake.maps import SupplierMap, supplier_maps


def suppliers_markdown() -> str:
    """Markdown: per supplier who answers, what is needed, and the headers understood."""
    parts = [
        "# Pengirim dan kolomnya",
        "",
        "Satu berkas YAML per pengirim di `intake/suppliers/`. Kolom dikenali dari",
        "judulnya, tanpa membedakan huruf besar, spasi, dan tanda baca.",
    ]
    for supplier in sorted(supplier_maps().values(), key=lambda each: each.name):
        parts += ["", *_supplier(supplier)]
    return "\n".join(parts)


def _supplier(supplier: SupplierMap) -> list[str]:
    needed = [x if isinstance(x, str) else " | ".join(x) for x in supplier.required]
    lines = [
        f"## {supplier.title} (`{supplier.name}`)",
        "",
        (
            f"Yang menjawab pertanyaan: {supplier.office}. "
            f"Harus ada: {', '.join(f'`{name}`' for name in needed)}."
        ),
        "",
        "| kolom baku | judul khusus pengirim ini |",
        "|---|---|",
    ]
    for field, headers in supplier.fields.items():
        lines.append(
            f"| `{field}` | {', '.join(f'`{h}`' for h in headers) or 'umum'} |"
        )
    return lines
