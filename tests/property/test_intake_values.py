"""What is written in any of the usual ways is read back as what was meant."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION

from semesta.intake.cells import NUMBER, cell_text
from semesta.intake.dates import date_reader, month_reader
from semesta.intake.identity import clean_nik
from semesta.intake.money import clean_rupiah
from semesta.intake.names import clean_name, clearly_different
from semesta.intake.phones import clean_phone
from semesta.intake.places import clean_address, kelurahan_reader
from semesta.kernel import Month, Rupiah
from semesta.kernel.month import NAMES

BORN = date_reader(as_of=AS_OF, of_birth=True)
KELURAHAN = kelurahan_reader(REGION)
days = st.dates(date(1907, 1, 1), AS_OF)
niks = st.builds(
    lambda day, woman, serial: (
        f"137401{day.day + 40 * woman:02d}{day:%m%y}{9000 + serial}"
    ),
    days,
    st.booleans(),
    st.integers(2, 999),
)


@given(days)
def test_dates(day: date) -> None:
    written = [
        f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y} 0:00:00", f"{day:%d%m%Y}", f"{day.day} {NAMES[day.month - 1]} {day.year}",
        f"{day:%d}-{NAMES[day.month - 1][:3].upper()}-{day.year}", cell_text(day),
    ]  # fmt: skip
    assert {BORN.clean(text) for text in written} == {(day, ())}


@given(st.dates(date(1910, 1, 1), AS_OF))
def test_serial_dates(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert BORN.clean(cell_text(float(serial))) == (day, ("date.serial",))
    assert BORN.clean(str(serial)) == (day, ("date.serial",))


@given(st.dates(date(1926, 2, 1), AS_OF))
def test_two_digit_years_of_the_last_century(day: date) -> None:
    assert BORN.clean(f"{day:%d-%m-%y}") == (day, ("date.two_digit_year",))


@given(st.integers(1978, 2099), st.integers(1, 12))
def test_months(year: int, number: int) -> None:
    month = Month(year, number)
    written = [f"{number:02d}/{year}", f"{year}{number:02d}", f"{year}-{number:02d}"]
    for text in (*written, NUMBER + written[1]):
        assert month_reader().clean(text).value == month.first_day
        assert month_reader(after=True).clean(text).value == (month + 1).first_day


@given(st.integers(0, 10**12))
def test_rupiah(amount: int) -> None:
    written = [
        str(amount), f"{amount}.0", str(Rupiah(amount)), f"Rp {amount:,}",
        f"{amount:,}".replace(",", ".") + ",00", f"{amount:,}.00", NUMBER + str(amount),
    ]  # fmt: skip
    assert {clean_rupiah(text) for text in written} == {(amount, ())}


@given(niks)
def test_mended_niks_are_what_they_were(nik: str) -> None:
    spaced = f"{nik[:6]} {nik[6:12]} {nik[12:]}"
    written = [nik, f"'{nik}", f"{nik}.0", spaced, nik.replace("0", "O", 2), f"{nik} "]
    assert {clean_nik(text).value for text in written} == {nik}


@given(niks)
def test_numeric_niks_are_never_guessed(nik: str) -> None:
    assert clean_nik(cell_text(float(nik))) == (None, ("nik.numeric_cell",))


@given(st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True))
def test_phones(tail: str) -> None:
    written = [f"0{tail}", f"+62{tail}", f"62{tail}", f"0{tail[:3]}-{tail[3:]}"]
    assert {clean_phone(text) for text in written} == {(f"0{tail}", ())}
    assert clean_phone(tail).value == f"0{tail}"


@given(st.text(max_size=40))
def test_cleaners_are_stable(text: str) -> None:
    """A clean value cleans to itself."""
    for clean in (clean_nik, clean_phone):
        value = clean(text).value
        assert value is None or clean(value) == (value, ())
    name = clean_name(text).value
    if name is not None:
        assert clean_name(name[0]).value == (name[0], None) or name[1] is not None
    address = clean_address(text).value
    if address and address[0]:
        assert address[0] == address[0].upper()


@given(st.text(max_size=30))
def test_places_are_known_or_none(text: str) -> None:
    value = KELURAHAN.clean(text).value
    assert value is None or REGION.place(value)


words = st.lists(
    st.sampled_from("SYAFRIL KOTO NUR HAYATI MUHAMMAD RIZKI".split()),
    min_size=1,
    max_size=3,
)


@given(words, words)
def test_being_different_is_symmetric(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    assert clearly_different(a, b) == clearly_different(b, a)
    assert not clearly_different(a, a)
