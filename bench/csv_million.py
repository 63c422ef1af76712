"""A 1,000,000-row csv through intake: under 30 s in bounded memory; beside it the floor.

The list is one a tired office would send: comma-separated, some cells quoted, names with
degrees and gelar, NIK damaged in the usual ways, dates in five layouts, places misspelt.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

from bench.machine import intake, seconds_of

ROWS = 1_000_000
HEADER = (
    "NO", "NAMA LENGKAP", "NIK", "NO KK", "TGL LAHIR", "JENIS KELAMIN", "ALAMAT",
    "RT", "RW", "KELURAHAN", "PEKERJAAN", "PENGHASILAN", "NO HP",
)  # fmt: skip
_FIRST = (
    "YUSNIDAR RISKI DEWI ILHAM SYAFRIL ROSMAWATI HENDRI NURBAITI ZULKIFLI ERNA BUSTAMI "
    "MARLIS DARNIS YULIA FITRI AHMAD SITI RAHMAT DESI IRWAN"
).split()
_SECOND = (
    "PUTRA ANGGRAINI HAYATI KURNIAWAN SAPUTRA LESTARI EFENDI WATI RAHMAN FIRDAUS "
    "MAULANA NINGSIH GUSTI ARIF YANTI"
).split()
_THIRD = "KOTO PILIANG TANJUNG JAMBAK GUCI MELAYU CHANIAGO SIKUMBANG".split()
_BORNE = ("{}", "{}", "{}", "{}", "H. {}", "{}, S.Pd", "{} DT. RAJO", "{}.HJ", "M. {}")
_PLACES = (
    "Ganting", "KAMPUNG  MANGGIS", "Balai-Balai", "Koto Katiak", "Bukit Surungan",
    "PASAR USANG", "kel. Ekor Lubuk", "1374010007", "13.74.01.1006", "Guguak Malintang",
)  # fmt: skip
_JOBS = (
    "Petani", "ojek", "Pedagang kecil", "buruh harian", "Penjahit", "IRT", "kuli bangunan",
    "Jualan gorengan", "sopir angkot", "tukang batu",
)  # fmt: skip
_DATES = ("{d:02d}-{m:02d}-{y}", "{d:02d}/{m:02d}/{y} 0:00:00", "{y}-{m:02d}-{d:02d}",
          "{d}/{m}/{s:02d}", "{d:02d}.{m:02d}.{y}")  # fmt: skip
_MONEY = ("1,5 jt", "Rp 1.500.000,-", "750000", "500rb", "2.000.000", "-", "")
_SEXES = (("L", "Laki-laki", "LK", ""), ("P", "perempuan", "PR", ""))


def write_csv(path: Path, rows: int = ROWS) -> None:
    """The invented list; the same bytes every time."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["USULAN PEKERJA RENTAN"])
        writer.writerow([])
        writer.writerow(HEADER)
        writer.writerows(_row(n, chance) for n in range(rows))


def _row(n: int, chance: random.Random) -> list[str]:
    pick, whole = chance.choice, chance.randrange
    day, month, year = whole(1, 29), whole(1, 13), whole(1950, 2008)
    woman = chance.random() < 0.5
    nik = (
        f"13740{whole(1, 3)}{day + 40 * woman:02d}{month:02d}{year % 100:02d}"
        f"{9001 + n % 999}"
    )
    name = f"{pick(_FIRST)} {pick(_SECOND)} {pick(_THIRD)}"
    born = pick(_DATES).format(d=day, m=month, y=year, s=year % 100)
    return [
        str(n + 1), pick(_BORNE).format(name), _damaged(nik, chance),
        f"13740101{whole(100):02d}{month:02d}{9001 + n % 999}", born, pick(_SEXES[woman]),
        f"Jl. Sudirman No. {whole(400)}, Gg. {whole(30)}", f"{whole(1, 10):03d}",
        str(whole(1, 6)), pick(_PLACES), pick(_JOBS), pick(_MONEY), f"0812{n:08d}",
    ]  # fmt: skip


def _damaged(nik: str, chance: random.Random) -> str:
    """One in ten is damaged as sheets and fingers do it."""
    kind = chance.randrange(60)
    damages = {
        0: f"'{nik}", 1: f"{nik}.0", 2: nik.replace("0", "O", 1), 3: nik[:15],
        4: f"{nik[:6]} {nik[6:12]} {nik[12:]}", 5: "",
    }  # fmt: skip
    return damages.get(kind, nik)


def run(folder: Path) -> dict[str, Any]:
    """Seconds and peak memory of `semesta intake`, then of only reading the cells."""
    path = folder / "usulan-sejuta.csv"
    write_csv(path)
    return {
        "goal": "under 30 s, memory bounded",
        "file_mib": round(path.stat().st_size / 2**20),
        **intake(path, folder / "sejuta"),
        "reading_only_seconds": {
            "python csv": seconds_of(_PYTHON, path),
            "duckdb read_csv, all text, to parquet": seconds_of(_DUCKDB, path),
        },
    }


_PYTHON = "import csv,sys;sum(1 for row in csv.reader(open(sys.argv[1],newline='')))"
_DUCKDB = (
    'import duckdb,sys;duckdb.sql("copy (from read_csv(\'"+sys.argv[1]+"\',all_varchar=true,'
    'skip=2,header=true)) to \'"+sys.argv[1]+".parquet\' (format parquet)")'
)
