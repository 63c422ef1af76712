"""What a rejection means: what is wrong, which office can help, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

# State → states it may go to by a person's hand; `resent` and `closed` also come by
# themselves, with a file that is written and an answer that is taken.
MOVES: dict[str, frozenset[str]] = {
    "open": frozenset({"mending", "ready", "replaced", "closed"}),
    "mending": frozenset({"open", "ready", "replaced", "closed"}),
    "ready": frozenset({"mending", "replaced", "closed"}),
    "resent": frozenset({"mending", "replaced", "closed"}),
    "replaced": frozenset({"open"}),
    "closed": frozenset({"open"}),
}


@dataclass(frozen=True)
class Remedy:
    """How a kind of rejection is worked off. `days`: until it is due; `mendable`: whether
    the same person may be sent again after it."""

    kind: str
    title: str
    office: str
    how: str
    days: int
    mendable: bool


REMEDIES = {
    remedy.kind: remedy
    for remedy in (
        Remedy("not_found", "NIK tidak ditemukan", "Dinas Dukcapil",
               "Minta Dukcapil memastikan NIK orang ini. Bila benar, minta konsolidasi "
               "data; bila salah tulis, isi NIK menurut KTP lalu kirim lagi.", 14, True),
        Remedy("age", "Usia melebihi batas", "Dinas pelaksana",
               "Batas usia pendaftaran pertama tidak dapat ditawar: ganti dengan orang "
               "berikutnya dari daftar tunggu.", 7, False),
        Remedy("active", "Sudah aktif sebagai peserta", "BPJS Ketenagakerjaan",
               "Periksa siapa yang membayarnya. Bila pembayar lain, ganti dengan orang "
               "berikutnya; bila sudah berhenti bekerja, minta bukti nonaktif lalu kirim "
               "lagi.", 14, True),
        Remedy("dead", "Tercatat meninggal", "Kelurahan",
               "Pastikan ke kelurahan. Bila benar, keluarganya mungkin berhak atas "
               "santunan, dan tempatnya diganti; bila keliru, perbaiki di Dukcapil.",
               7, False),
        Remedy("name", "Nama tidak sesuai KTP", "Kelurahan",
               "Lihat KTP-nya, isi nama huruf demi huruf, lalu kirim lagi.", 7, True),
        Remedy("duplicate", "NIK ganda dalam berkas", "Dinas pelaksana",
               "Dua baris memakai satu NIK. Periksa siapa pemiliknya, perbaiki NIK yang "
               "lain, lalu kirim lagi.", 7, True),
        Remedy("other", "Alasan lain", "BPJS Ketenagakerjaan",
               "Tanyakan kepada cabang apa yang kurang, perbaiki, lalu kirim lagi.",
               14, True),
    )
}  # fmt: skip
CODES = {
    "R01": "not_found", "R02": "age", "R03": "active", "R04": "dead", "R05": "name",
    "R06": "duplicate",
}  # fmt: skip
# Where a code is unknown or missing the text tells; the first that fits.
WORDS = (
    ("ganda", "duplicate"),
    ("tidak ditemukan", "not_found"),
    ("tidak terdaftar di dukcapil", "not_found"),
    ("meninggal", "dead"),
    ("usia", "age"),
    ("umur", "age"),
    ("aktif", "active"),
    ("nama", "name"),
)


def remedy_for(code: str, reason: str) -> Remedy:
    """The remedy of a rejection, by the insurer's code or else by its words."""
    kind = CODES.get(code.strip().upper())
    if kind is None:
        text = reason.lower()
        kind = next((kind for word, kind in WORDS if word in text), "other")
    return REMEDIES[kind]


def may_move(before: str, after: str) -> bool:
    """Whether a person may bring a task from one state into another."""
    return after in MOVES[before]
