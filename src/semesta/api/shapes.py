"""What the API answers with. Identity numbers are always masked."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class Problem(Schema):
    """What went wrong, why, and how to mend it."""

    code: str
    what: str
    why: str
    fix: str


class Failure(Schema):
    """The body of every failed request."""

    error: Problem


class Me(Schema):
    """The signed-in user and what they may do."""

    username: str
    role: str
    area: str = Field(description="Kode Kemendagri; kosong berarti seluruh wilayah")
    rights: list[str]


class FigureOut(Schema):
    """One figure with all that stands behind it; null is unknown, never 0."""

    measure: str
    title: str
    definition: str
    segment: str
    area: str
    area_name: str
    numerator: int | None
    denominator: int | None
    value: float | None = Field(description="Persen; dapat melebihi 100")
    capped: float | None = Field(description="Persen; paling besar 100")
    source: str
    source_as_of: date | None
    as_of: date
    sentence: str


class DeliveryOut(Schema):
    """One file received, and what became of its rows."""

    name: str
    filename: str
    supplier: str
    area: str
    status: str
    sha256: str
    as_of: date
    received_at: datetime
    rows: int
    accepted: int
    corrected: int
    held: int
    refused: int
    superseded: int = Field(description="Digantikan oleh perbaikan dari pengirimnya")
    problem: dict[str, str]


class DeliveryPage(Schema):
    """Some deliveries, newest first, and how many there are."""

    total: int
    items: list[DeliveryOut]


class NoticedOut(Schema):
    """One thing noticed in a row; never carries personal data."""

    column: str
    code: str
    kind: str
    message: str
    office: str


class RowOut(Schema):
    """One row of a file by its line; who it is about is seen on the page only."""

    row_id: str
    line: int
    fate: str
    superseded_by: str = Field(description="row_id penggantinya; kosong bila tidak ada")
    problems: list[NoticedOut]


class RowPage(Schema):
    """Some rows of a delivery in the order of the file."""

    total: int
    items: list[RowOut]


class SearchIn(Schema):
    """A name (three letters at least) or a whole NIK."""

    text: str = Field(max_length=120)


class FoundPerson(Schema):
    """A person a search found."""

    id: int
    name: str
    nik: str = Field(description="Disamarkan")
    born_on: date | None
    kelurahan: str


class FoundPeople(Schema):
    """At most fifty people; `more` when there are others."""

    more: bool
    items: list[FoundPerson]


class StandingOut(Schema):
    """Protection in one segment on the day asked."""

    segment: str
    status: str
    tenure_months: int
    unpaid_months: int
    paid_until: str | None = Field(description="Bulan pertama yang tidak dibayar")


class PersonOut(FoundPerson):
    """One person as far as the API tells: no address, no full NIK."""

    alive: bool | None
    occupation: str
    decile: int | None
    paid_months: int
    as_of: date
    standings: list[StandingOut]


class DecreeOut(Schema):
    """One decree; `entries` counts those in the user's area."""

    id: int
    number: str
    issued_on: date
    payer: str
    first_month: date
    until_month: date
    status: str
    sha256: str
    entries: int


class EntryOut(Schema):
    """One line of a decree."""

    number: int
    person_id: int
    name: str
    nik: str = Field(description="Disamarkan")
    kelurahan: str
    status: str
    rejection_reason: str


class EntryPage(Schema):
    """Some lines of a decree in printed order."""

    total: int
    items: list[EntryOut]
