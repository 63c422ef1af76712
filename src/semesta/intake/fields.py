"""The catalogue of fields a supplier's map may name, and the columns they fill.

A field is something offices have a column for; most fill one standard column, some fill
several (`RT/RW`, `Tempat/Tgl Lahir`). Earlier fields win over later ones per column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa

from semesta.intake import dates, identity, money, names, phones, places, words
from semesta.intake.cleaning import Cleaned, Reader
from semesta.kernel import Region

TEXT = pa.string()
DAY = pa.date32()
WHOLE = pa.int64()
TRUTH = pa.bool_()


@dataclass(frozen=True)
class Context:
    """What cleaning needs to know beside the cell: where, and as of when."""

    region: Region
    as_of: date


@dataclass(frozen=True)
class Field:
    """One field: its Indonesian title, the columns it fills, and how it is read."""

    title: str
    gives: tuple[str, ...]
    reader: Callable[[Context], Reader]


# Columns of the standard rows, in order: name → type. The first group is always there.
CORE: dict[str, pa.DataType] = {
    "nik": TEXT, "family_card": TEXT, "name": TEXT, "titles": TEXT, "sex": TEXT,
    "born_on": DAY, "born_at": TEXT, "mother_name": TEXT, "address": TEXT, "rt": TEXT,
    "rw": TEXT, "kelurahan": TEXT, "phone": TEXT,
}  # fmt: skip
FURTHER: dict[str, pa.DataType] = {
    "relation": TEXT, "marital_status": TEXT, "alive": TRUTH, "died_on": DAY,
    "occupation": TEXT, "occupation_text": TEXT, "works": TRUTH, "income": WHOLE,
    "decile": WHOLE, "decile_province": WHOLE, "decile_city": WHOLE, "work_status": TEXT,
    "education": TEXT, "kpj": TEXT, "npp": TEXT, "nib": TEXT, "npwp": TEXT,
    "employer_name": TEXT, "scale": TEXT, "workers": WHOLE, "wage": WHOLE,
    "month_from": DAY, "month_until": DAY, "months": WHOLE, "payer": TEXT,
    "programmes": TEXT, "amount": WHOLE, "billing_code": TEXT, "reason_code": TEXT,
    "reason_text": TEXT, "occurred_on": DAY, "decree_number": TEXT, "status": TEXT,
    "arrears_months": WHOLE, "arrears_amount": WHOLE, "paid_until": DAY, "kbli": TEXT,
    "project_id": TEXT, "started_on": DAY, "ended_on": DAY, "asn_nip": TEXT,
    "nik_matched": TRUTH, "decile_p3ke": WHOLE, "farmer_group": TEXT, "agent_code": TEXT,
    "registered_on": DAY, "lives_here": TRUTH, "page_code": TEXT, "line_number": WHOLE,
    "task_code": TEXT, "answer_key": TEXT, "verdict": TEXT, "said_confirm": TRUTH,
    "said_correct": TRUTH, "said_refuse": TRUTH, "refusal": TEXT, "surveyor": TEXT,
    "answered_on": DAY,
    "receives_pkh": TRUTH, "receives_bpnt": TRUTH,
    "receives_sembako": TRUTH, "receives_bst": TRUTH, "receives_bpum": TRUTH, "aid": TEXT,
    "list_name": TEXT,
}  # fmt: skip
COLUMNS = CORE | FURTHER


def _plain(reader: Reader) -> Callable[[Context], Reader]:
    return lambda context: reader


def _day(context: Context) -> Reader:
    return dates.date_reader(as_of=context.as_of)


def _coming_day(context: Context) -> Reader:
    return dates.date_reader(as_of=context.as_of, past=False)


def _birth_day(context: Context) -> Reader:
    return dates.date_reader(as_of=context.as_of, of_birth=True)


def _place_and_date(context: Context) -> Reader:
    return dates.place_and_date_reader(
        as_of=context.as_of, place=places.clean_birth_place
    )


def _kelurahan(context: Context) -> Reader:
    return places.kelurahan_reader(context.region)


def _kelurahan_parts(context: Context) -> Reader:
    return places.parts_reader(context.region)


def _clean_extra_title(cell: str) -> Cleaned:
    value, codes = words.text_reader(longest=60).clean(cell)
    return Cleaned(value.replace(".", "") if value else None, codes)


_TITLES = Reader(_clean_extra_title, (TEXT,))
_AGE = Reader(dates.clean_age, (DAY,))
_TEXT = words.text_reader()
_YES_NO = words.truth_reader("yes_no")
_LONG_TEXT = words.text_reader(longest=200)
_CODE = identity.number_reader(keep_letters=True)


def _one(title: str, column: str, reader: Reader) -> Field:
    return Field(title, (column,), _plain(reader))


FIELDS: dict[str, Field] = {
    "nik": _one("NIK", "nik", identity.NIK),
    "family_card": _one("nomor KK", "family_card", identity.FAMILY_CARD),
    "name": Field("nama", ("name", "titles"), _plain(names.NAME)),
    "titles": _one("gelar", "titles", _TITLES),
    "sex": _one("jenis kelamin", "sex", words.word_reader("sex")),
    "sex_man": _one("jenis kelamin L", "sex", words.tick_reader("L")),
    "sex_woman": _one("jenis kelamin P", "sex", words.tick_reader("P")),
    "born_on": Field("tanggal lahir", ("born_on",), _birth_day),
    "born_at_on": Field("tempat/tanggal lahir", ("born_at", "born_on"), _place_and_date),
    "age": _one("umur", "born_on", _AGE),
    "born_at": _one("tempat lahir", "born_at", places.BIRTH_PLACE),
    "mother_name": _one("nama ibu", "mother_name", names.OTHER_NAME),
    "rt": _one("RT", "rt", places.NEIGHBOURHOOD),
    "rw": _one("RW", "rw", places.NEIGHBOURHOOD),
    "rt_rw": Field("RT/RW", ("rt", "rw"), _plain(places.RT_RW)),
    "address": Field("alamat", ("address", "rt", "rw"), _plain(places.ADDRESS)),
    "kelurahan_code": Field("kode kelurahan", ("kelurahan",), _kelurahan),
    "kelurahan_parts": Field("kode wilayah", ("kelurahan",), _kelurahan_parts),
    "kelurahan": Field("kelurahan", ("kelurahan",), _kelurahan),
    "phone": _one("nomor telepon", "phone", phones.PHONE),
    "relation": _one("hubungan keluarga", "relation", words.word_reader("relation")),
    "marital_status": _one(
        "status kawin", "marital_status", words.word_reader("marital_status")
    ),
    "alive": _one("status hidup", "alive", words.truth_reader("alive")),
    "died_on": Field("tanggal meninggal", ("died_on",), _day),
    "occupation": Field(
        "pekerjaan", ("occupation", "occupation_text"), _plain(words.OCCUPATION)
    ),
    "works": _one("status bekerja", "works", words.truth_reader("yes_no")),
    "income": _one("penghasilan", "income", money.RUPIAH),
    "decile": _one("desil", "decile", money.DECILE),
    "decile_province": _one("desil provinsi", "decile_province", money.DECILE),
    "decile_city": _one("desil kabupaten/kota", "decile_city", money.DECILE),
    "work_status": _one(
        "status dalam pekerjaan", "work_status", words.word_reader("work_status")
    ),
    "education": _one("pendidikan", "education", _TEXT),
    "kpj": _one("KPJ", "kpj", identity.number_reader()),
    "npp": _one("NPP", "npp", identity.number_reader()),
    "nib": _one("NIB", "nib", identity.number_reader(length=13)),
    "npwp": _one("NPWP", "npwp", identity.number_reader(length=15)),
    "employer_name": _one("nama pemberi kerja", "employer_name", _LONG_TEXT),
    "scale": _one("skala usaha", "scale", words.word_reader("scale")),
    "workers": _one("jumlah tenaga kerja", "workers", money.COUNT),
    "wage": _one("upah", "wage", money.RUPIAH),
    "month_from": _one("bulan awal", "month_from", dates.month_reader()),
    "month_last": _one("bulan akhir", "month_until", dates.month_reader(after=True)),
    "months": _one("jumlah bulan", "months", money.COUNT),
    "payer": _one("pembayar", "payer", words.word_reader("payer")),
    "programmes": _one("program", "programmes", words.PROGRAMMES),
    "amount": _one("jumlah iuran", "amount", money.RUPIAH),
    "billing_code": _one("kode iuran", "billing_code", _CODE),
    "reason_code": _one("kode alasan", "reason_code", _CODE),
    "reason_text": _one("alasan", "reason_text", words.text_reader(upper=False)),
    "occurred_on": Field("tanggal kejadian", ("occurred_on",), _day),
    "decree_number": _one(
        "nomor SK", "decree_number", words.text_reader(upper=False, longest=60)
    ),
    "status": _one("status", "status", _TEXT),
    "arrears_months": _one("bulan tunggakan", "arrears_months", money.COUNT),
    "arrears_amount": _one("tunggakan", "arrears_amount", money.RUPIAH),
    "paid_last": _one(
        "iuran terakhir", "paid_until", dates.month_reader(after=True)
    ),
    "kbli": _one("KBLI", "kbli", identity.number_reader(length=5)),
    "project_id": _one("ID proyek", "project_id", _CODE),
    "started_on": Field("tanggal mulai", ("started_on",), _day),
    "ended_on": Field("tanggal berakhir", ("ended_on",), _coming_day),
    "asn_nip": _one("NIP", "asn_nip", identity.NIP),
    "nik_matched": _one("padan Dukcapil", "nik_matched", words.MATCHED),
    # Its own column: a P3KE decile must never pass for the DTSEN decile.
    "decile_p3ke": _one("desil P3KE", "decile_p3ke", money.DECILE),
    "farmer_group": _one("kelompok tani", "farmer_group", _TEXT),
    "agent_code": _one("kode Perisai", "agent_code", _CODE),
    "registered_on": Field("tanggal daftar", ("registered_on",), _day),
    # What the field says of a person: see the suppliers field_paper, field_form and
    # field_verification.
    "lives_here": _one("tinggal di sini", "lives_here", words.truth_reader("yes_no")),
    "page_code": _one("kode halaman", "page_code", _TEXT),
    "line_number": _one("nomor orang di halaman", "line_number", money.COUNT),
    "task_code": _one("kode tugas", "task_code", _TEXT),
    "answer_key": _one("nomor jawaban", "answer_key", words.text_reader(upper=False)),
    "verdict": _one("hasil pemeriksaan", "verdict", words.word_reader("verdict")),
    "said_confirm": _one("benar", "said_confirm", words.truth_reader("yes_no")),
    "said_correct": _one("ada yang berubah", "said_correct", words.truth_reader("yes_no")),
    "said_refuse": _one("ditolak", "said_refuse", words.truth_reader("yes_no")),
    "refusal": _one("alasan ditolak", "refusal", words.word_reader("refusal")),
    "surveyor": _one("petugas lapangan", "surveyor", words.text_reader(upper=False)),
    "answered_on": Field("tanggal pemeriksaan", ("answered_on",), _day),
    "receives_pkh": _one("penerima PKH", "receives_pkh", _YES_NO),
    "receives_bpnt": _one("penerima BPNT", "receives_bpnt", _YES_NO),
    "receives_sembako": _one("penerima sembako", "receives_sembako", _YES_NO),
    "receives_bst": _one("penerima BST", "receives_bst", _YES_NO),
    "receives_bpum": _one("penerima BPUM", "receives_bpum", _YES_NO),
    "aid": _one("bantuan yang diterima", "aid", words.word_reader("aid")),
    "list_name": _one("nama daftar atau perkumpulan", "list_name", _TEXT),
}  # fmt: skip

# Parts of a code given in four columns; they are joined into `kelurahan_parts`.
PARTS = ("code_province", "code_regency", "code_district", "code_kelurahan")
# Columns that are recognised but carry nothing to keep: the running number of a list,
# the number a form's server gives to each submission.
IGNORED = frozenset(("number", "submission"))
NAMEABLE = frozenset(FIELDS) | frozenset(PARTS) | IGNORED


@cache
def inputs_of(column: str) -> tuple[str, ...]:
    """The fields that fill a column, the one that wins first."""
    return tuple(name for name, field in FIELDS.items() if column in field.gives)
