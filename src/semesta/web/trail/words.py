"""What events and runs are called on the page."""

from __future__ import annotations

from semesta.decrees.states import ACTIONS as ACTIONS_OF

ACTIONS = {
    "person.searched": "Orang dicari",
    "person.viewed": "Data orang dilihat",
    "person.nik_revealed": "NIK dibuka",
    "pair.viewed": "Pasangan meragukan dilihat",
    "intake.supplier_added": "Arti kolom daftar baru ditetapkan",
    "intake.supplier_changed": "Arti kolom diubah",
    "delivery.corrections": "Lembar perbaikan diunduh",
    "delivery.read_again": "Kiriman dibaca ulang dengan arti kolom lain",
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
    "policy.drafted": "Rancangan kebijakan dibuat",
    "policy.saved": "Rancangan kebijakan disimpan",
    "policy.proposed": "Kebijakan diajukan",
    "policy.approved": "Kebijakan disetujui",
    "policy.rejected": "Kebijakan ditolak",
    "pause.begun": "Keputusan dijeda",
    "pause.ended": "Jeda diakhiri",
    "enrolment.data_tasks": "Kekurangan data dicatat",
    "enrolment.codes": "Daftar kode BPJS dimuat",
    "enrolment.rejection": "Penolakan BPJS dikerjakan",
    "month.changes_found": "Perubahan bulanan dicari",
    "month.change_decided": "Perubahan bulanan diputuskan",
    "month.state": "Periode bulanan berganti keadaan",
    "month.deactivation_file": "Berkas nonaktif ditulis",
    **{f"proposal.{action}": f"Usulan SK: {did}" for action, did in ACTIONS_OF.items()},
    "verification.form_downloaded": "Formulir lapangan diunduh",
    "decree.revoked": "Keputusan dicabut",
    "decree.frozen": "Masa beku ditetapkan",
    "decree.freeze_lifted": "Masa beku diakhiri",
    "decree.exported": "Daftar keputusan diunduh",
    "publication.downloaded": "Berkas diunduh",
    "upload.downloaded": "Berkas unggah BPJS diunduh",
    "budget.set_aside": "Pagu dicatat",
    "bill.made": "Tagihan dibuat",
    "payment.recorded": "Pembayaran dicatat",
    "ledger.booked": "Dibukukan di jurnal",
    "ledger.correct": "Catatan iuran dikoreksi",
    "ledger.reconciled": "Iuran dicocokkan dengan BPJS",
    "difference.explained": "Selisih dijelaskan",
    "user.created": "Akun dibuat",
    "user.changed": "Akun diubah",
    "user.closed": "Akun ditutup",
    "user.opened": "Akun dibuka lagi",
    "user.password_set": "Kata sandi diganti admin",
    "user.demo_created": "Akun contoh dibuat",
    "verification.answered": "Jawaban lapangan disimpan",
    "verification.settled": "Beda jawaban diputuskan",
    "verification.closed": "Putaran verifikasi ditutup",
    "verification.due_moved": "Batas waktu putaran diubah",
    "verification.returned": "Jawaban kertas atau formulir dimasukkan",
    "verification.photo_seen": "Foto lapangan dilihat",
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
    "verify": "Putaran verifikasi",
    "decree": "Penetapan keputusan",
    "publish": "Penerbitan dokumen",
    "enrol": "Berkas unggah BPJS",
    "answers": "Jawaban BPJS",
    "post": "Pembukuan iuran",
    "watch": "Pemantauan santunan",
    "guard": "Penjaga masa iur",
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
