"""Occupations: one table of codes with the words each office uses for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from semesta.demo.places import semicolon_list, words


@dataclass(frozen=True)
class Job:
    """One occupation and the words of the register, insurer and local lists."""

    code: str
    registry: str
    insurer: str
    said: tuple[str, ...]
    share: float = 0.0
    men: float = 0.5
    income: int = 0  # median rupiah a month


_FIXED = (
    Job("BELUM_BEKERJA", "BELUM/TIDAK BEKERJA", "", ("Tidak Bekerja",)),
    Job("PELAJAR", "PELAJAR/MAHASISWA", "", ("Pelajar",)),
    Job("RUMAH_TANGGA", "MENGURUS RUMAH TANGGA", "", ("IRT", "Ibu Rumah Tangga")),
    Job("PENSIUNAN", "PENSIUNAN", "", ("Pensiunan",)),
    Job("PNS", "PEGAWAI NEGERI SIPIL (PNS)", "", ("PNS",)),
    Job("PPPK", "PEGAWAI NEGERI SIPIL (PNS)", "", ("PPPK", "P3K")),
    Job("TNI", "TENTARA NASIONAL INDONESIA (TNI)", "", ("TNI",)),
    Job("POLRI", "KEPOLISIAN RI (POLRI)", "", ("POLRI",)),
    Job("HONORER", "KARYAWAN HONORER", "TENAGA HONORER", ("Honorer", "THL")),
    Job("KARYAWAN", "KARYAWAN SWASTA", "KARYAWAN", ("Karyawan Swasta", "Karyawan")),
    Job("GURU_SWASTA", "GURU", "GURU", ("Guru Swasta",)),
)


@cache
def jobs() -> tuple[Job, ...]:
    """All occupations: fixed ones, those outside employment, officers."""
    lists = words("jobs")
    outside = [
        Job(
            code=entry["code"],
            registry=entry.get("registry", "WIRASWASTA"),
            insurer=entry["insurer"],
            said=tuple(semicolon_list(entry["said"])),
            share=entry["share"],
            men=entry["men"],
            income=entry.get("income", 1_400_000),
        )
        for entry in [*lists["job"], *lists["officer"]]
    ]
    return (*_FIXED, *outside)


@cache
def job_number(code: str) -> int:
    """Position of an occupation code in jobs()."""
    return [job.code for job in jobs()].index(code)


def outside_jobs() -> np.ndarray:
    """Positions of the BPU occupations, without the officers."""
    first = len(_FIXED)
    return np.arange(first, first + len(words("jobs")["job"]))


def officer_jobs() -> np.ndarray:
    """Positions of the neighbourhood officers (RT, LPM, kader, imam)."""
    return np.arange(len(_FIXED) + len(words("jobs")["job"]), len(jobs()))


def column(field: str) -> np.ndarray:
    """One field of all occupations, by position: `column("registry")[person_jobs]`."""
    return np.array([getattr(job, field) for job in jobs()], dtype=object)


def say(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    """What local lists write for these occupations, one of several words."""
    table = [job.said for job in jobs()]
    draws = rng.random(len(numbers)).tolist()
    said = [
        table[n][int(d * len(table[n]))]
        for n, d in zip(numbers.tolist(), draws, strict=True)
    ]
    return np.array(said, dtype=object)
