"""What unpaid months do to a benefit: who pays it and when, or that nobody owes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from semesta.law.answer import Answer, PaidBy, Payable, needs
from semesta.law.book import Law
from semesta.law.membership import GRACE, Standing

PAID_MONTHS = "bulan iuran yang sudah dibayar (daftar peserta BPJS)"
STILL_EMPLOYED = "apakah masih bekerja pada pemberi kerja yang menunggak itu"
NOT_WORKING = "Saat itu sudah tidak bekerja, jadi bukan lagi dalam masa aktif."
PRESUMED = " Dengan anggapan masih bekerja: iuran yang jatuh tempo sudah dibayar."


@dataclass(frozen=True)
class Cover:
    """How an event is covered.

    `refusal` is the whole answer when nothing is owed, or when a fact is missing;
    `rest` says when the cash is due that is not due at once; `why` is a sentence.
    """

    refusal: Answer | None = None
    rest: Payable = "now"
    paid_by: PaidBy = "insurer"
    why: str = ""


def cover_of(
    law: Law,
    standing: Standing | None,
    *,
    segment: str,
    programme: str,
    employed: bool | None = None,
) -> Cover:
    """The cover of a member on the day of `law`. PP 44/2015 arts. 38, 39, 41, 42.

    `standing` None: nobody knows the paid months. `employed`: whether the member still
    worked on that day, for a wage earner with that employer (PP 82/2019 art. 34(1):
    working and paying). None when nobody knows: a wage earner with nothing overdue is
    then presumed to, one with unpaid months may as well have left.
    """
    if standing is None:
        return Cover(needs(PAID_MONTHS))
    if standing.on is not None and standing.on != law.on:
        raise ValueError("the standing must be that of the day of the event")
    if standing.status == "never":
        return Cover(Answer((), "Tidak ada bulan iuran yang dibayar sebelum hari itu."))
    if standing.status == "lapsed" and segment != "PU":
        return Cover(_lapsed(law, standing, segment, programme))
    if employed is False:
        return Cover(Answer((), f"{NOT_WORKING} Tidak ada manfaat {programme}."))
    if segment != "PU":
        return Cover(rest="after_arrears" if standing.unpaid_months else "now")
    if standing.status == "active":
        return Cover(why="" if employed else PRESUMED)
    if employed is None:
        return Cover(needs(STILL_EMPLOYED))
    if standing.status == "grace":
        return Cover()
    return _employer_in_arrears(law, standing)


def _lapsed(law: Law, standing: Standing, segment: str, programme: str) -> Answer:
    rule = law.get(GRACE[segment])
    return Answer(
        (),
        f"Tidak ada manfaat {programme}: iuran menunggak {standing.unpaid_months} "
        f"bulan berturut-turut, lebih dari {rule.value} bulan ({rule.law}).",
    )


def _employer_in_arrears(law: Law, standing: Standing) -> Cover:
    charged = law.get("employer.charges_to_employer")
    article = charged.value["TUNGGAKAN"]["article"]
    why = (
        f"Pemberi kerja menunggak {standing.unpaid_months} bulan, jadi ia yang membayar "
        "lebih dahulu; BPJS Ketenagakerjaan menggantinya sesudah tunggakan dan denda "
        f"lunas ({charged.law.partition(' Pasal')[0]} {article})."
    )
    return Cover(paid_by="employer", why=why)


def when_in_words(payable: Payable) -> str:
    """Nothing for what is due now; else that arrears come first."""
    return "" if payable == "now" else ", sesudah tunggakan dilunasi"


def owed(answer: Answer, cover: Cover, standing: Standing, receiver: str) -> Answer:
    """The answer with who pays it, and the sentence that says what is owed to whom."""
    if cover.paid_by != "insurer":
        sentence = f"{receiver} berhak atas {answer.total}. {cover.why}"
        return answer.charged_to(cover.paid_by, sentence)
    sentence = _sentence_of(answer, standing, receiver) + cover.why
    return replace(answer, sentence=sentence)


def _sentence_of(answer: Answer, standing: Standing, receiver: str) -> str:
    if answer.payable_now == answer.total:
        return f"{receiver} berhak atas {answer.total}."
    return (
        f"{receiver} berhak atas {answer.total}: {answer.payable_now} segera, sisanya "
        f"sesudah tunggakan {standing.unpaid_months} bulan dilunasi."
    )
