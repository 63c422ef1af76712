"""The licensing office's own export of licensed projects (OSS-RBA)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo.dates import ISO, write_days
from semesta.demo.employers import scale_of
from semesta.demo.jobs import column
from semesta.demo.offices.office import InboxFile
from semesta.demo.offices.sheets import Workbook
from semesta.demo.places import kelurahan, settle, words
from semesta.demo.population import Slice
from semesta.demo.seeds import pick
from semesta.demo.truth import Truth
from semesta.demo.work import BPU

FILE = "dpmptsp/Proyek_OSS_1374.xlsx"
HEADER = (
    "id_proyek nib npwp_perusahaan nama_perusahaan uraian_status_penanaman_modal "
    "uraian_jenis_perusahaan uraian_risiko_proyek uraian_skala_usaha alamat_usaha "
    "kecamatan_usaha kelurahan_usaha longitude latitude kbli judul_kbli "
    "kl_sektor_pembina nama_user nomor_identitas_user email nomor_telp "
    "jumlah_investasi mesin_peralatan tki tka "
    "tanggal_terbit_oss day_of_tanggal_pengajuan_proyek nama_proyek"
).split()
_RISKS = {"Rendah": 0.72, "Menengah Rendah": 0.20, "Menengah Tinggi": 0.08}
_OWN_KBLI = {
    "PEDAGANG_KECIL": "47111",
    "ASONGAN": "47111",
    "USAHA_RUMAHAN": "10794",
    "PENGRAJIN": "14111",
    "PENJAHIT": "14111",
    "PETERNAK": "01412",
    "MONTIR": "45407",
    "SOPIR": "49431",
    "TUKANG": "41011",
    "ART": "96011",
}
_WRITTEN_FORMS = ("PT", "CV", "UD", "Yayasan", "Koperasi")


@dataclass
class _Projects:
    """One row per project."""

    number: np.ndarray
    nib: np.ndarray
    npwp: np.ndarray
    name: list[str]
    form: np.ndarray
    scale: np.ndarray
    place: np.ndarray  # position in kelurahan()
    sector: np.ndarray  # position in words("firms")["sector"]
    owner: np.ndarray  # row of the person who applied
    invested: np.ndarray  # rupiah
    workers: np.ndarray


class ProjectExport:
    """One row per project; a licence has several. Workers are as declared."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._book = Workbook(inbox / FILE, author="OSS")
        self._sheet = self._book.sheet("Proyek", (16, 16, 22, 36))
        self._sheet.row(HEADER, self._book.head)
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(FILE)
        rows, projects = _of_firms(rng, part)
        self._write(rng, part, projects, part.firms.number[rows])
        projects = _of_own_account(rng, part)
        # Who works alone is no employer, so these rows are no employer's.
        self._write(rng, part, projects, np.zeros(len(projects.number), dtype=int))

    def _write(
        self,
        rng: np.random.Generator,
        part: Slice,
        projects: _Projects,
        employers: np.ndarray,
    ) -> None:
        first = self._sheet.block(_columns(rng, part, projects))
        self._truth.rows(FILE, self._sheet.name, first, employers, "employer")

    def close(self) -> list[InboxFile]:
        self._book.close()
        rows = self._sheet.line - 2
        return [InboxFile(FILE, "oss_projects", date(2025, 12, 30), rows)]


def _of_firms(rng: np.random.Generator, part: Slice) -> tuple[np.ndarray, _Projects]:
    """Projects of licensed firms, larger firms having more, and the firm of each."""
    firms = part.firms
    licensed = np.flatnonzero((firms.nib != "") & (firms.workers > 0))
    projects = 1 + rng.poisson(0.55 + 0.25 * np.log(firms.workers[licensed]))
    rows = np.repeat(licensed, projects)
    turn = np.arange(len(rows)) - np.repeat(np.cumsum(projects) - projects, projects)
    adults = np.flatnonzero((part.age > 25) & (part.age < 70))
    first = np.maximum(firms.workers[rows] * rng.uniform(0.6, 1.1, len(rows)), 1)
    workers = np.where(turn == 0, first.round(), rng.integers(0, 3, len(rows)))
    invested = np.exp(rng.normal(17.2, 1.2, len(rows))) * np.maximum(workers, 1) ** 0.6
    return rows, _Projects(
        number=firms.number[rows] * 10 + turn,
        nib=firms.nib[rows],
        npwp=np.where(turn > 2, "", firms.npwp[rows]),
        name=[
            f"{form} {name}" if form in _WRITTEN_FORMS else name
            for form, name in zip(firms.form[rows], firms.name[rows], strict=True)
        ],
        form=np.where(firms.form[rows] == "UD", "Perorangan", firms.form[rows]),
        scale=scale_of(firms.workers[rows]),
        place=firms.kelurahan[rows],
        sector=(firms.sector[rows] + turn * 3) % len(words("firms")["sector"]),
        owner=rng.choice(adults, len(firms.number))[rows],
        invested=invested,
        workers=workers.astype(np.int64),
    )


def _of_own_account(rng: np.random.Generator, part: Slice) -> _Projects:
    """Licences of people who work for themselves and employ nobody."""
    sector = np.array([_own_sector(code) for code in column("code")])[part.work.job]
    trades = (part.work.segment == BPU) & part.here & (part.age < 66) & (sector >= 0)
    people = pick(rng, trades.astype(float), part.quota("own_account_licences"))
    labels = column("insurer")[part.work.job[people]]
    draws = rng.random(len(people)).tolist()
    return _Projects(
        number=part.person[people] + 900_000_000,
        nib=np.char.mod("98%011d", part.person[people]).astype(object),
        npwp=np.full(len(people), "", dtype=object),
        name=[
            f"{name} ({label.title()})" if draw < 0.4 else name
            for name, label, draw in zip(
                part.names.name[people], labels, draws, strict=True
            )
        ],
        form=np.full(len(people), "Perorangan"),
        scale=np.full(len(people), "Usaha Mikro"),
        place=part.kelurahan[people],
        sector=sector[people],
        owner=people,
        invested=np.exp(rng.normal(15.6, 0.8, len(people))),
        workers=np.zeros(len(people), dtype=np.int64),
    )


def _own_sector(code: str) -> int:
    """Position of the sector in which an occupation gets a licence, -1 = in none."""
    codes = [sector["kbli"] for sector in words("firms")["sector"]]
    return codes.index(_OWN_KBLI[code]) if code in _OWN_KBLI else -1


def _columns(rng: np.random.Generator, part: Slice, of: _Projects) -> list:
    count = len(of.number)
    sectors = [words("firms")["sector"][s] for s in of.sector.tolist()]
    places = [kelurahan()[p] for p in of.place.tolist()]
    issued = np.datetime64("2019-02-01") + rng.integers(0, 2_480, count)
    invested = np.round(of.invested, -5).astype(np.int64)
    return [
        np.char.mod("9%012d", of.number),
        *(of.nib, of.npwp, of.name),
        *(["PMDN"] * count, of.form),
        rng.choice(list(_RISKS), count, p=list(_RISKS.values())),
        *(of.scale, settle(rng, count).address),
        [place.kecamatan for place in places],
        [place.name for place in places],
        np.round(100.37 + rng.random(count) * 0.06, 6),
        np.round(-0.49 + rng.random(count) * 0.06, 6),
        [sector["kbli"] for sector in sectors],
        [sector["title"] for sector in sectors],
        [sector["ministry"] for sector in sectors],
        *(part.names.name[of.owner], part.nik[of.owner]),
        np.char.mod("usaha%d@example.com", of.number),
        part.phone[of.owner],
        *(invested, invested // 4, of.workers, [0] * count),
        *(write_days(issued, ISO), write_days(issued + 3, ISO)),
        [f"{s['word']} {p.name}" for s, p in zip(sectors, places, strict=True)],
    ]
