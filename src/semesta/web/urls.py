"""Addresses of the pages, by task. A name begins with its room in the menu."""

from django.urls import path

from semesta.web.accounts import views as accounts
from semesta.web.books import views as books
from semesta.web.calculators import views as calculators
from semesta.web.cases import views as cases
from semesta.web.coverage import views as coverage
from semesta.web.decrees import changing, checking, freezing, proposals
from semesta.web.decrees import views as decrees
from semesta.web.deliveries import again, columns
from semesta.web.deliveries import views as deliveries
from semesta.web.employers import views as employers
from semesta.web.field import answering, papers, rounds
from semesta.web.field import views as field
from semesta.web.guard import views as guard
from semesta.web.home import views as home
from semesta.web.law import views as law
from semesta.web.membership import ahead, changes, codes
from semesta.web.membership import tasks as mending
from semesta.web.membership import views as membership
from semesta.web.people import identity, pairs, pausing, quality
from semesta.web.people import views as people
from semesta.web.plans import compare as comparing
from semesta.web.plans import views as plans
from semesta.web.policies import editing, judging, trying
from semesta.web.policies import views as policies
from semesta.web.public import views as public
from semesta.web.trail import views as trail
from semesta.web.update import views as update

urlpatterns = [
    path("", public.front, name="front"),
    path("hitung/iuran/", calculators.contribution, name="calculate-contribution"),
    path("hitung/manfaat/", calculators.benefit, name="calculate-benefit"),
    path("dasar-hukum/", law.law, name="law"),
    path("dasar-hukum/<str:key>/", law.parameter, name="law-parameter"),
    path("beranda/", home.home, name="home"),
    path("cakupan/", coverage.coverage, name="coverage"),
    path("cakupan/<str:area>/", coverage.area, name="coverage-area"),
    path("kiriman/", deliveries.deliveries, name="deliveries"),
    path("kiriman/kirim/", deliveries.send, name="deliveries-send"),
    path("kiriman/proses/<str:task>/", deliveries.progress, name="deliveries-progress"),
    path("kiriman/<str:name>/", deliveries.delivery, name="deliveries-delivery"),
    path("kiriman/<str:name>/kolom/", columns.columns, name="deliveries-columns"),
    path("kiriman/<str:name>/baca-ulang/", again.again, name="deliveries-again"),
    path(
        "kiriman/<str:name>/perbaikan.xlsx",
        deliveries.corrections,
        name="deliveries-corrections",
    ),
    path("orang/", people.people, name="people"),
    path("orang/pasangan/", pairs.pairs, name="people-pairs"),
    path("orang/pasangan/urungkan/", pairs.take_back, name="people-answer-back"),
    path("orang/pasangan/<int:pk>/", pairs.answer, name="people-answer"),
    path("orang/pasangan/<int:pk>/alasan/", pairs.why, name="people-why"),
    path("orang/mutu/", quality.quality, name="people-quality"),
    path("orang/mutu/contoh/", quality.draw, name="people-quality-draw"),
    path("orang/mutu/periksa/", quality.check, name="people-quality-check"),
    path("orang/mutu/periksa/<int:pk>/", quality.answer, name="people-quality-answer"),
    path("orang/<int:pk>/", people.person, name="people-person"),
    path("orang/<int:pk>/nik/", people.nik, name="people-nik"),
    path("orang/<int:pk>/pisah/", identity.split, name="people-split"),
    path("orang/<int:pk>/gabung/", identity.merge, name="people-merge"),
    path(
        "orang/<int:pk>/putusan/<int:decision_pk>/batal/",
        identity.take_back,
        name="people-decision-back",
    ),
    path("orang/<int:pk>/jeda/", pausing.begin, name="people-pause"),
    path(
        "orang/<int:pk>/jeda/<int:pause_pk>/akhiri/",
        pausing.end,
        name="people-pause-end",
    ),
    path("kebijakan/", policies.policies, name="policies"),
    path("kebijakan/baru/", editing.new, name="policies-new"),
    path("kebijakan/versi-baru/", policies.start, name="policies-start"),
    path(
        "kebijakan/berkas/<str:region>/<str:name>/", policies.file, name="policies-file"
    ),
    path(
        "kebijakan/berkas/<str:region>/<str:name>.yaml",
        policies.file_text,
        name="policies-file-text",
    ),
    path("kebijakan/nilai/", judging.ask, name="policies-judge"),
    path("kebijakan/nilai/<str:task>/", judging.judging, name="policies-judging"),
    path("kebijakan/<int:pk>/", policies.version, name="policies-version"),
    path("kebijakan/<int:pk>/naskah.yaml", policies.text, name="policies-text"),
    path("kebijakan/<int:pk>/sunting/", editing.edit, name="policies-edit"),
    path("kebijakan/<int:pk>/dampak/", trying.preview_version, name="policies-preview"),
    path("kebijakan/<int:pk>/ajukan/", policies.propose, name="policies-propose"),
    path("kebijakan/<int:pk>/putuskan/", policies.decide, name="policies-decide"),
    path(
        "kebijakan/hitung-ulang/<str:name>/", trying.replay_run, name="policies-replay"
    ),
    path("perbarui/", update.update, name="update"),
    path("perbarui/kalender/", update.move_calendar, name="update-calendar"),
    path("perbarui/<str:task>/", update.progress, name="update-progress"),
    path("rencana/", plans.plans, name="plans"),
    path("rencana/banding/", comparing.compare, name="plans-compare"),
    path("rencana/pembayar/", comparing.payers, name="plans-payers"),
    path("rencana/susun/", comparing.make, name="plans-make"),
    path("rencana/<int:pk>/", plans.plan, name="plans-plan"),
    path("lapangan/", field.field, name="field"),
    path("lapangan/antrean.js", answering.service_worker, name="field-worker"),
    path("lapangan/tanda/", answering.token, name="field-token"),
    path("lapangan/tugas/<int:pk>/", answering.task, name="field-task"),
    path("lapangan/foto/<int:pk>/", field.photo, name="field-photo"),
    path("lapangan/putaran/baru/", rounds.draw, name="field-draw"),
    path("lapangan/putaran/<int:pk>/", rounds.round_page, name="field-round"),
    path("lapangan/putaran/<int:pk>/tutup/", rounds.close, name="field-close"),
    path("lapangan/putaran/<int:pk>/formulir.pdf", papers.form_pdf, name="field-paper"),
    path("lapangan/putaran/<int:pk>/formulir.xlsx", papers.xlsform, name="field-form"),
    path(
        "lapangan/putaran/<int:pk>/tugas.csv", papers.form_people, name="field-people"
    ),
    path("lapangan/jawaban-kembali/", papers.take, name="field-take"),
    path("lapangan/beda/<int:pk>/", rounds.settle, name="field-settle"),
    path("keputusan/", decrees.decrees, name="decrees"),
    path("keputusan/usulan/baru/", proposals.propose, name="decrees-propose"),
    path("keputusan/usulan/<int:pk>/", proposals.proposal, name="decrees-proposal"),
    path("keputusan/masa-beku/", freezing.freezes, name="decrees-freezes"),
    path("keputusan/<int:pk>/perubahan/", changing.change, name="decrees-change"),
    path("cek-sk/", checking.ask, name="check-decree-ask"),
    path("cek-sk/<str:code>/", checking.check, name="check-decree"),
    path("keputusan/<int:pk>/", decrees.decree, name="decrees-decree"),
    path("keputusan/<int:pk>/daftar.csv", decrees.export, name="decrees-export"),
    path(
        "keputusan/<int:pk>/unggah/<int:upload_pk>/",
        decrees.upload,
        name="decrees-upload",
    ),
    path("berkas/<int:pk>/", decrees.publication, name="decrees-publication"),
    path("kepesertaan/", membership.work, name="membership"),
    path("kepesertaan/berkas/", membership.files, name="membership-files"),
    path("kepesertaan/berkas/tulis/", membership.write, name="membership-write"),
    path("kepesertaan/jawaban/", membership.answers, name="membership-answers"),
    path("kepesertaan/jawaban/cocokkan/", membership.match, name="membership-match"),
    path("kepesertaan/tugas/", mending.tasks, name="membership-tasks"),
    path("kepesertaan/tugas/ganti/", mending.replace_all, name="membership-replace"),
    path("kepesertaan/tugas/<int:pk>/", mending.task, name="membership-task"),
    path("kepesertaan/perubahan/", changes.changes, name="membership-changes"),
    path("kepesertaan/perubahan/cari/", changes.find, name="membership-find"),
    path("kepesertaan/perubahan/<int:pk>/", changes.decide, name="membership-decide"),
    path("kepesertaan/periode/<str:month>/", changes.step, name="membership-period"),
    path(
        "kepesertaan/nonaktif/<int:pk>/",
        changes.deactivation,
        name="membership-deactivation",
    ),
    path("kepesertaan/kalender/", ahead.ahead, name="membership-ahead"),
    path("kepesertaan/kode/", codes.codes, name="membership-codes"),
    path("kepesertaan/kode/pilih/", codes.choose, name="membership-choose"),
    path("penjaga/", guard.guard, name="guard"),
    path("buku-iuran/", books.books, name="books"),
    path("buku-iuran/pagu/", books.budget, name="books-budget"),
    path("buku-iuran/jurnal/", books.journal, name="books-journal"),
    path("buku-iuran/tagihan/baru/", books.new_bill, name="books-new-bill"),
    path("buku-iuran/tagihan/<int:pk>/", books.bill, name="books-bill"),
    path("buku-iuran/selisih/", books.differences, name="books-differences"),
    path("buku-iuran/selisih/<int:pk>/", books.difference, name="books-difference"),
    path("santunan/", cases.cases, name="cases"),
    path("santunan/<int:pk>/", cases.case, name="cases-case"),
    path("peringatan/", cases.warnings, name="cases-warnings"),
    path("pemberi-kerja/", employers.employers, name="employers"),
    path("pemberi-kerja/<int:pk>/", employers.employer, name="employers-employer"),
    path("jejak/", trail.trail, name="trail"),
    path("jejak/periksa/", trail.check, name="trail-check"),
    path("jejak/pekerjaan/", trail.runs, name="trail-runs"),
    path("pengguna/", accounts.accounts, name="accounts"),
    path("pengguna/baru/", accounts.new, name="accounts-new"),
    path("pengguna/<int:pk>/", accounts.edit, name="accounts-edit"),
    path("pengguna/<int:pk>/keadaan/", accounts.switch, name="accounts-switch"),
]
