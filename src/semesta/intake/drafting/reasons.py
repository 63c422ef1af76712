"""Why a column is taken for what it is, and how sure that is, in plain words."""

from __future__ import annotations

from typing import Literal

from semesta.intake.drafting.proposing import Proposal

Sure = Literal["sure", "fairly", "doubtful", "unknown"]

_SURE, _FAIRLY = 0.8, 0.6
SURE_WORDS: dict[Sure, str] = {
    "sure": "yakin",
    "fairly": "cukup yakin",
    "doubtful": "ragu",
    "unknown": "belum dikenali",
}
_KNOWN, _PARTLY = 0.9, 0.7
_TELLING = 0.5
# What the values look like to somebody who reads them, by field.
_LOOKS = {
    "number": "angka berurutan 1, 2, 3",
    "nik": "16 angka yang terbaca sebagai NIK",
    "family_card": "16 angka yang terbaca sebagai nomor KK",
    "born_on": "tanggal yang wajar untuk tanggal lahir",
    "born_at_on": "tempat lalu tanggal",
    "sex": "L/P atau kata jenis kelamin",
    "relation": "kata hubungan keluarga",
    "marital_status": "kata status kawin",
    "phone": "angka yang terbaca sebagai nomor HP",
    "asn_nip": "18 angka yang terbaca sebagai NIP",
    "income": "jumlah uang",
    "wage": "jumlah uang",
    "amount": "jumlah uang",
    "kelurahan": "nama kelurahan kota ini",
    "kelurahan_code": "kode kelurahan kota ini",
    "rt_rw": "pasangan angka RT/RW",
    "address": "tulisan seperti alamat",
    "occupation": "nama pekerjaan",
    "name": "tulisan seperti nama orang",
    "mother_name": "tulisan seperti nama orang",
    "employer_name": "tulisan seperti nama",
    "died_on": "tanggal",
    "started_on": "tanggal",
    "occurred_on": "tanggal",
}


def how_sure(proposal: Proposal) -> Sure:
    """The confidence in one of three words, or `unknown` without a proposal."""
    if not proposal.field:
        return "unknown"
    if proposal.confidence >= _SURE:
        return "sure"
    return "fairly" if proposal.confidence >= _FAIRLY else "doubtful"


def why(proposal: Proposal) -> str:
    """What speaks for the proposal, as a sentence without values of the list."""
    if not proposal.field:
        if not proposal.different:
            return "Kolom ini kosong dan judulnya belum dikenal."
        if looks := _LOOKS.get(proposal.looks):
            return f"Isinya {looks}, tetapi kolom lain lebih cocok untuk itu."
        return "Judulnya belum dikenal dan isinya tidak khas."
    told = [_of_header(proposal.named), _of_values(proposal)]
    text = "; ".join(part for part in told if part) or "Isinya mirip."
    return f"{text[0].upper()}{text[1:].removesuffix('.')}."


def _of_header(named: float) -> str:
    if named >= _KNOWN:
        return "judulnya dikenal"
    if named >= _PARTLY:
        return "sebagian judulnya dikenal"
    return "judulnya mirip" if named else ""


def _of_values(proposal: Proposal) -> str:
    looks = _LOOKS.get(proposal.field)
    if proposal.shown >= _TELLING and looks:
        return f"isinya {looks}"
    if not proposal.different:
        return "isinya kosong"
    return "" if not looks else "isinya tidak memastikan"
