"""What events and runs are called on the page."""

from __future__ import annotations

ACTIONS = {
    "person.searched": "Orang dicari",
    "person.viewed": "Data orang dilihat",
    "person.nik_revealed": "NIK dibuka",
    "pair.viewed": "Pasangan meragukan dilihat",
    "intake.supplier_added": "Arti kolom daftar baru ditetapkan",
    "intake.supplier_changed": "Arti kolom diubah",
    "linkage.answer": "Pasangan meragukan dijawab",
    "linkage.sample_viewed": "Pasangan contoh dilihat",
    "linkage.sample_answer": "Pasangan contoh diperiksa",
    "linkage.weights_chosen": "Bobot penautan dipilih",
    "linkage.answer_taken_back": "Jawaban atas pasangan ditarik",
    "identity.split": "Baris dipisahkan dari orang",
    "identity.merged": "Dua orang digabungkan",
    "identity.taken_back": "Pemisahan atau penggabungan dibatalkan",
    "budget.added": "Anggaran dicatat",
    "budget.changed": "Anggaran diubah",
    "enrolment.data_tasks": "Kekurangan data dicatat",
    "decree.exported": "Daftar keputusan diunduh",
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
    "linkage": "Penautan baris",
    "sample": "Contoh mutu penautan",
    "quality": "Pengukuran mutu penautan",
    "weights": "Pembelajaran bobot penautan",
    "registry": "Pendaftaran orang",
    "decisions": "Penilaian kelayakan",
    "plan": "Rencana anggaran",
    "decree": "Penetapan keputusan",
    "publish": "Penerbitan dokumen",
    "enrol": "Berkas unggah BPJS",
    "answers": "Jawaban BPJS",
    "post": "Pembukuan iuran",
    "watch": "Pemantauan santunan",
    "measure": "Pengukuran cakupan",
    "comply": "Pemeriksaan pemberi kerja",
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
