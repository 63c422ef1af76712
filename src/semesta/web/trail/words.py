"""What events and runs are called on the page."""

from __future__ import annotations

ACTIONS = {
    "person.searched": "Orang dicari",
    "person.viewed": "Data orang dilihat",
    "person.nik_revealed": "NIK dibuka",
    "publication.downloaded": "Berkas diunduh",
    "upload.downloaded": "Berkas unggah BPJS diunduh",
    "user.created": "Akun dibuat",
    "user.changed": "Akun diubah",
    "user.closed": "Akun ditutup",
    "user.opened": "Akun dibuka lagi",
    "user.password_set": "Kata sandi diganti admin",
    "user.demo_created": "Akun contoh dibuat",
}
STAGES = {
    "intake": "Terima berkas",
    "link": "Penautan baris",
    "linkage": "Penautan baris",
    "register": "Pendaftaran orang",
    "registry": "Pendaftaran orang",
    "decide": "Penilaian kelayakan",
    "eligibility": "Penilaian kelayakan",
    "plan": "Rencana anggaran",
    "decree": "Penetapan keputusan",
    "enrol": "Berkas unggah BPJS",
    "upload": "Berkas unggah BPJS",
    "answers": "Jawaban BPJS",
    "post": "Pembukuan iuran",
    "ledger": "Pembukuan iuran",
    "watch": "Pemantauan santunan",
    "benefits": "Pemantauan santunan",
    "measure": "Pengukuran cakupan",
    "coverage": "Pengukuran cakupan",
    "comply": "Pemeriksaan pemberi kerja",
    "publish": "Penerbitan dokumen",
    "reports": "Penerbitan dokumen",
}


def stage_in_words(stage: str) -> str:
    """`link` → `Penautan baris`; an unknown stage shows as it is."""
    return STAGES.get(stage, stage)


def action_in_words(action: str) -> str:
    """`run.link` → `Penautan baris`; an unknown action shows as it is."""
    kind, _, rest = action.partition(".")
    if kind == "run":
        return stage_in_words(rest)
    return ACTIONS.get(action, action)
