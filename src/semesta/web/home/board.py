"""What each role sees first: a few figures, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse

from semesta.access.models import Role, User
from semesta.access.queries import users, users_per_role
from semesta.access.rights import may
from semesta.audit.queries import events, runs
from semesta.benefits.queries import case_totals, warning_totals
from semesta.compliance.queries import exposed_workers, finding_totals, findings
from semesta.coverage.queries import figure as figure_of
from semesta.decrees.queries import decrees, entry_counts
from semesta.enrolment import queries as enrolment
from semesta.enrolment.mending.queries import rejection_tasks
from semesta.intake.queries import deliveries, fate_totals
from semesta.linkage.measuring.queries import newest_sample, sample_pairs
from semesta.linkage.queries import open_tasks
from semesta.planning.queries import newest_plan
from semesta.web.coverage.views import FIRST
from semesta.web.formats import number, percent, rupiah, short_rupiah
from semesta.web.home.decree_tasks import proposals_waiting
from semesta.web.home.field_tasks import people_to_visit
from semesta.web.home.parts import Board, Card, Task
from semesta.web.home.policy_tasks import policies_waiting
from semesta.web.update.news import news

LEADS = {
    Role.LEADER: "Seberapa jauh dari seratus persen, berapa biayanya, dan apa yang "
    "perlu diputuskan.",
    Role.OFFICER: "Dari daftar yang berantakan menjadi keputusan yang kokoh.",
    Role.KELURAHAN: "Siapa yang benar-benar tinggal, bekerja, dan hidup di wilayah ini.",
    Role.INSURER: "Daftar yang diusulkan, yang ditetapkan, dan yang harus dijawab.",
    Role.COMPLIANCE: "Pemberi kerja yang belum memenuhi kewajibannya.",
    Role.AUDITOR: "Setiap rupiah dan setiap nama dapat ditelusuri.",
    Role.ADMIN: "Akun, kiriman, dan pekerjaan sistem.",
}


def board_for(user: User) -> Board:
    """The home page of a user, by role, within the user's area."""
    board = Board(LEADS[Role(user.role)], figure_of(FIRST, area=user.area))
    if may(user, "see_decree"):
        board.decree = next(iter(decrees(user)[:1]), None)
    if board.decree:
        board.listed = entry_counts(user, board.decree)
    for part in PARTS[Role(user.role)]:
        part(board, user)
    return board


def _protected(board: Board, user: User) -> None:
    figure = board.headline
    if figure and figure.missing is not None:
        board.cards.append(
            Card(
                "Belum terlindungi",
                number(figure.missing),
                f"orang, dari {number(figure.denominator)}",
                reverse("coverage"),
                "maroon",
            )
        )


def _money(board: Board, user: User) -> None:
    plan = newest_plan()
    if plan is None:
        return
    board.cards.append(
        Card(
            "Anggaran terpakai",
            short_rupiah(plan.cost),
            f"dari {rupiah(plan.budget)}, untuk {number(plan.people)} orang",
            reverse("decrees") if may(user, "see_decree") else "",
        )
    )
    board.cards.append(
        Card(
            "Daftar tunggu",
            number(plan.waiting),
            "orang memenuhi syarat, anggaran tidak cukup",
            tone="gold",
        )
    )


def _decree(board: Board, user: User) -> None:
    if board.decree and board.listed:
        board.cards.append(
            Card(
                "Penerima tahun ini",
                number(board.listed.total),
                f"{number(board.listed.by_status['registered'])} diterima BPJS",
                reverse("decrees-decree", args=[board.decree.pk]),
            )
        )


def _families(board: Board, user: User) -> None:
    totals = case_totals(user)
    url = reverse("cases") if may(user, "see_cases") else ""
    board.cards.append(
        Card(
            "Keluarga berhak, belum diklaim",
            number(totals["found"]),
            f"perkiraan {short_rupiah(totals['expected_total'])}",
            url,
            "gold",
        )
    )


def _losing(board: Board, user: User) -> None:
    totals = warning_totals(user)
    url = reverse("cases-warnings") if may(user, "see_cases") else ""
    board.cards.append(
        Card(
            "Akan nonaktif",
            number(totals["lapses_soon"]),
            "orang dalam 60 hari, bila tidak dibayar",
            f"{url}?jenis=lapses_soon" if url else "",
            "maroon",
        )
    )


def _employers(board: Board, user: User) -> None:
    board.cards.append(
        Card(
            "Pekerja terdampak",
            number(exposed_workers(user)),
            "di pemberi kerja yang belum patuh",
            reverse("employers"),
            "maroon",
        )
    )


def _findings(board: Board, user: User) -> None:
    for total in finding_totals(user):
        board.cards.append(
            Card(
                total.label,
                number(total.employers),
                f"{number(total.workers_exposed)} pekerja",
                f"{reverse('employers')}?jenis={total.kind}",
                "gold",
            )
        )


def _largest(board: Board, user: User) -> None:
    for finding in findings(user)[:6]:
        board.tasks.append(
            Task(
                finding.workers_exposed or 0,
                finding.employer.name,
                f"pekerja; {finding.get_kind_display().lower()}",
                reverse("employers-employer", args=[finding.employer_id]),
            )
        )


def _questions(board: Board, user: User) -> None:
    found = deliveries(user)
    totals = fate_totals(user)
    board.tasks += [
        Task(
            totals["held"],
            "baris ditahan menunggu jawaban",
            "Tanpa jawaban, orang-orang ini tidak ikut dinilai.",
            reverse("deliveries"),
        ),
        Task(
            found.filter(status="refused").count(),
            "berkas tidak terbaca",
            "Tentukan arti kolomnya, atau lihat sebabnya lalu kirim ulang.",
            reverse("deliveries"),
        ),
    ]


def _doubtful(board: Board, user: User) -> None:
    board.tasks.append(
        Task(
            open_tasks(user).count(),
            "pasangan baris meragukan",
            "Mungkin satu orang, mungkin dua: perlu keputusan manusia.",
            reverse("people-pairs"),
        )
    )


def _sampled(board: Board, user: User) -> None:
    sample = newest_sample()
    waiting = sample_pairs(user, sample).filter(answer="").count() if sample else 0
    board.tasks.append(
        Task(
            waiting,
            "pasangan contoh mutu belum diperiksa",
            "Dari contoh ini diketahui seberapa sering penautan keliru.",
            reverse("people-quality-check"),
        )
    )


def _new_files(board: Board, user: User) -> None:
    came = news()
    board.tasks.append(
        Task(
            len(came.lists) + len(came.payments),
            "kiriman belum masuk ke daftar orang dan buku iuran",
            "Perbarui hasil, supaya angka dan daftar ikut yang terbaru.",
            reverse("update"),
        )
    )


def _decree_tasks(board: Board, user: User) -> None:
    if not (board.decree and board.listed):
        return
    url = reverse("decrees-decree", args=[board.decree.pk])
    board.tasks += [
        Task(
            rejection_tasks(user, board.decree).count(),
            "penolakan BPJS perlu dikerjakan",
            "Perbaiki lalu kirim lagi, atau serahkan tempatnya ke daftar tunggu.",
            reverse("membership-tasks"),
        ),
        Task(
            enrolment.data_tasks(user, board.decree).count(),
            "penerima belum lengkap datanya",
            "Tanpa data ini BPJS tidak dapat mendaftarkan mereka.",
            reverse("membership-files"),
        ),
        Task(
            board.listed.by_status["listed"],
            "penerima menunggu jawaban BPJS",
            "Belum diterima dan belum ditolak.",
            f"{url}?status=listed",
        ),
    ]


def _family_tasks(board: Board, user: User) -> None:
    cases, warned = case_totals(user), warning_totals(user)
    url = reverse("cases-warnings")
    board.tasks += [
        Task(
            cases["found"],
            "keluarga berhak atas santunan, belum diklaim",
            "Hubungi ahli waris dan bantu melengkapi berkasnya.",
            reverse("cases"),
        ),
        Task(
            warned["dead_but_paid"],
            "orang meninggal masih dibayar",
            "Minta akta kematian, lalu ganti penerimanya.",
            f"{url}?jenis=dead_but_paid",
        ),
        Task(
            warned["lapses_soon"],
            "orang akan kehilangan perlindungan",
            "Iurannya habis dalam 60 hari.",
            f"{url}?jenis=lapses_soon",
        ),
        Task(
            warned["near_36_months"],
            "orang hampir genap 36 bulan",
            "Jaga iurannya: beasiswa anak hampir terbuka.",
            f"{url}?jenis=near_36_months",
        ),
    ]


def _trail(board: Board, user: User) -> None:
    done, told = runs(), events()
    latest = done.first()
    board.cards += [
        Card(
            "Peristiwa tercatat",
            number(told.count()),
            "berantai dengan sidik",
            reverse("trail"),
        ),
        Card(
            "Pekerjaan selesai",
            number(done.count()),
            f"terakhir oleh {latest.by}" if latest else "belum ada",
            reverse("trail-runs"),
        ),
        Card(
            "Keutuhan jejak",
            "Periksa",
            "hitung ulang seluruh rantai",
            reverse("trail-check"),
            "gold",
        ),
    ]


def _accounts(board: Board, user: User) -> None:
    per_role = users_per_role()
    empty = [str(Role(role).label) for role, count in per_role.items() if not count]
    board.cards.append(
        Card(
            "Akun terbuka",
            number(sum(per_role.values())),
            f"belum ada: {', '.join(empty)}" if empty else "setiap peran terisi",
            reverse("accounts"),
        )
    )
    never = users().filter(is_active=True, last_login=None)
    board.tasks.append(
        Task(
            never.count(),
            "akun belum pernah dipakai",
            "Tutup akun yang tidak diperlukan.",
            reverse("accounts"),
        )
    )


def _coverage_card(board: Board, user: User) -> None:
    if board.headline and board.headline.value is not None:
        figure = board.headline
        board.cards.append(
            Card(
                f"Cakupan {figure.place}",
                percent(figure.capped),
                f"{number(figure.numerator)} dari {number(figure.denominator)}",
                reverse("coverage"),
            )
        )


Part = Callable[[Board, User], None]
PARTS: dict[Role, Iterable[Part]] = {
    Role.LEADER: (
        _protected, _money, _losing, _families, _employers, proposals_waiting,
        policies_waiting,
    ),
    Role.OFFICER: (
        _coverage_card, _decree, _money, proposals_waiting, _new_files, _questions, _doubtful,
        _sampled, _decree_tasks, _family_tasks,
    ),
    Role.KELURAHAN: (
        people_to_visit, _coverage_card, _decree, _families, _questions, _doubtful, _sampled,
        _family_tasks,
    ),
    Role.INSURER: (_coverage_card, _decree, _employers, _decree_tasks, _family_tasks),
    Role.COMPLIANCE: (_employers, _findings, _largest),
    Role.AUDITOR: (_trail, _decree, _questions),
    Role.ADMIN: (_accounts, _trail, _questions),
}  # fmt: skip
