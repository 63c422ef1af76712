"""Names: upper case with single blanks; titles, degrees and gelar split off and kept.

`H. SYAFRIL, S.Pd` → `SYAFRIL` + `H S.PD`; `ROSMAWATI.HJ` → `ROSMAWATI` + `HJ`;
`ZULKIFLI DT. RAJO KAYO` → `ZULKIFLI` + `DT RAJO KAYO`: a Minangkabau gelar is given at
marriage, so the register has the name without it while other lists add it.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import NUMBER, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader

LONGEST = 120
# Before the name. A single H is Haji only before another word.
_BEFORE = frozenset(
    "H HJ HAJI HAJJAH DR DRS DRA DRG DRH IR PROF KH UST USTADZ USTAD USTADZAH BUYA "
    "TN NY SDR SDRI BPK IBU ALM ALMH ALMARHUM ALMARHUMAH DT DATUK DATUAK".split()
)
# After the name; compared without dots and blanks.
_DEGREES = frozenset(
    "AMD AMDKEB AMDKEP AMDKOM AMAPD AMKEB AMKEP AMK AMA "
    "SPD SPDI SPDSD SPDAUD SE SEI SEAK SH SHI SKOM SSOS SSOSI SAG SIP SIKOM ST SP SPT SPI "
    "SSI SSN SS SKM SKEP SKEB SFARM SGZ STP SPSI SIQ SHUM STRKEB STRKEP NERS NS APT LC BA BSC "
    "MPD MPDI MSI MM MH MKOM MAG MSOS MT MP MKES MKEP MKEB MIP MHUM MBA MA MSC MAP MKN PHD "
    "SPPD SPOG SPA SPB SPM SPTHT SPKJ SPAN SPRAD SPP SPJP SPS SPOT SPPK MARS "
    "GR HJ H ALM ALMH CHT CPM".split()
)
# A gelar: this word and what follows it, when it does not begin the name.
_GELAR = frozenset("ST SUTAN DT DATUK DATUAK BAGINDO SIDI PAKIAH".split())
_NO_NAME = frozenset(
    "NN NONAME TANPANAMA TIDAKADA BELUMADA BELUMADANAMA XX XXX XXXX KOSONG TEST TES".split()
)
_CONTEXT_WORDS = sorted(
    (_BEFORE | _DEGREES | _GELAR) - {"H", "MA", "BA", "SS"}, key=len, reverse=True
)

_DOTTED_DEGREE = re.compile(r"\b([SMA]|SP)\.\s*([A-Z]{1,5})\b(?:\.\s*([A-Z]{1,4})\b)?")
_GLUED_AFTER = re.compile(
    r"^(.{2,}?[A-Z])\.(HJ|H|S\.?PD\.?I?|SE|SH|ST|SP|S\.?[A-Z]+|A\.?MD.*|M\.?[A-Z]{1,4})\.?$"
)
_GLUED_BEFORE = re.compile(r"^(H|HJ|DR|DRS|DRA|IR|PROF|KH)\.(?=[A-Z])")
_NOTE = re.compile(r"\((ALM|ALMH|ALMARHUM|ALMARHUMAH)\.?\)")
_KIAI_HAJI = re.compile(r"^K\.\s*H\.\s*(?=[A-Z])")
_APOSTROPHES = re.compile("[`´‘’ʼ]")
_DIGIT_INSIDE = re.compile(r"(?<=[A-Z])[01]|[01](?=[A-Z]{2})")
_NOT_A_NAME = re.compile(r"[^A-ZÀ-ÖØ-Þ' .,\-()/]")


def clean_name(cell: str) -> Cleaned:
    """(name, titles), both upper case; codes `name.*`. None when it is no name."""
    text = _APOSTROPHES.sub("'", plain(cell).upper())
    if not text:
        return BLANK
    if mark_of(cell) == NUMBER or sum(map(str.isalpha, text)) < 2:
        return Cleaned(None, ("name.unreadable",))
    if re.sub(r"[^A-Z]", "", text) in _NO_NAME:
        return BLANK
    text, codes = _letters(text)
    titles: list[str] = []
    text = _take_glued(text, titles, codes)
    text = _take_after_comma(text, titles)
    words = _words(text)
    before = _take_before(words)
    after = _take_after(words)
    name = " ".join(words)
    if len(name.replace(" ", "")) < 2:
        return Cleaned(None, ("name.unreadable",))
    if len(name) > LONGEST:
        return Cleaned(None, ("text.too_long",))
    kept = " ".join([*before, *after, *titles])
    return Cleaned((name, kept[:LONGEST] or None), tuple(codes))


def _letters(text: str) -> tuple[str, list[str]]:
    """Digits typed for letters read as such; other characters dropped, with a code."""
    codes: list[str] = []
    mended = _DIGIT_INSIDE.sub(lambda m: "O" if m[0] == "0" else "I", text)
    if mended != text:
        text = mended
        codes.append("name.digit_for_letter")
    if _NOT_A_NAME.search(text):
        text = " ".join(_NOT_A_NAME.sub(" ", text).split())
        codes.append("name.characters")
    return text, codes


def _take_glued(text: str, titles: list[str], codes: list[str]) -> str:
    """`NAMA.HJ` and `H.NAMA`; the first is a damage worth naming."""
    if match := _NOTE.search(text):
        titles.append(match[1])
        text = text.replace(match[0], " ")
    if (match := _GLUED_AFTER.match(text.strip())) and _is_degree(match[2]):
        titles.append(match[2])
        codes.append("name.title_glued")
        text = match[1]
    text = _KIAI_HAJI.sub("KH ", text.strip())
    return _GLUED_BEFORE.sub(r"\1. ", text)


def _take_after_comma(text: str, titles: list[str]) -> str:
    """Degrees after a comma; words after a comma that are none stay in the name."""
    first, *rest = text.split(",")
    for part in rest:
        part = _DOTTED_DEGREE.sub(_joined, part).strip()
        degrees = [word for word in part.split() if _is_degree(word)]
        if degrees and len(degrees) == len(part.split()):
            titles.extend(word.rstrip(".") for word in degrees)
        elif part:
            first = f"{first} {part}"
    return first


def _joined(match: re.Match[str]) -> str:
    return ".".join(part for part in match.groups() if part)


def _is_degree(word: str) -> bool:
    return re.sub(r"[. ]", "", word) in _DEGREES


def _words(text: str) -> list[str]:
    """The words of a name, dotted degrees in one piece, dots of abbreviations off."""
    text = _DOTTED_DEGREE.sub(
        lambda m: _joined(m) if _is_degree(_joined(m)) else m[0], text
    )
    words: list[str] = []
    for word in text.split():
        if "." in word and _is_degree(word):
            words.append(word.rstrip("."))
        else:
            words.extend(re.sub(r"[.()/]", " ", word).split())
    return [word for word in (w.strip("-'") for w in words) if word]


def _take_before(words: list[str]) -> list[str]:
    taken = []
    while len(words) > 1 and words[0] in _BEFORE:
        taken.append(words.pop(0))
    return taken


def _take_after(words: list[str]) -> list[str]:
    """Degrees at the end, then a gelar with the house's name behind it."""
    taken: list[str] = []
    while len(words) > 1 and (
        ("." in words[-1] and _is_degree(words[-1])) or words[-1] in _END_WORDS
    ):
        taken.insert(0, words.pop())
    for place in range(1, len(words) - 1):
        if words[place] in _GELAR:
            taken = words[place:] + taken
            del words[place:]
            break
    return taken


# Degrees that are recognised at the end even without a dot or comma. Short ones that are
# also parts of names (MA, BA, SS, H) are not.
_END_WORDS = (_DEGREES - {"MA", "BA", "SS", "H", "SIP", "AMA", "APT", "NS", "GR", "MAP"}) | {
    "ALM", "ALMH", "HJ",
}  # fmt: skip

_TITLE_INSIDE = rf"(?:^| )(?:H|{'|'.join(_CONTEXT_WORDS)})(?: |$)"


def _fast(distinct: pa.Array) -> pa.Array:
    """Two or more plain words in upper case, none of them a title."""
    shape = pc.match_substring_regex(distinct, r"^[A-Z]{2,40}(?: [A-Z]{2,40}){0,2}$")
    title = pc.match_substring_regex(distinct, _TITLE_INSIDE)
    nothing = pc.is_in(distinct, value_set=pa.array(sorted(_NO_NAME)))
    blank = pc.is_in(distinct, value_set=pa.array(["NAN", "NULL", "NONE", "NIHIL"]))
    other = pc.or_(pc.or_(title, nothing), blank)
    return pc.and_(shape, pc.invert(other))


NAME = Reader(clean_name, (pa.string(), pa.string()), _fast)


def clean_other_name(cell: str) -> Cleaned:
    """A parent's name: the name alone; what is unreadable is blank (`name.unreadable`)."""
    value, codes = clean_name(cell)
    return Cleaned(value[0] if value else None, codes)


OTHER_NAME = Reader(clean_other_name, (pa.string(),), _fast)

# Parts of names so common that sharing them says nothing about being one person.
_COMMON = frozenset(
    "M MUHAMMAD MUHAMAD MOHAMMAD MOHAMAD MUH MOH MHD AHMAD ACHMAD ABDUL ABD SITI ST SRI NUR".split()
)


def clearly_different(one: str, other: str) -> bool:
    """Whether two clean names can hardly be one person's.

    Alike are names whose first words sound alike, whose shorter one is contained in the
    longer, or that are equal once blanks are lost: spelling variants, initials, dropped
    and joined words are *not* clearly different. Common forenames count for nothing.
    """
    if one == other:
        return False
    a, b = _significant(one), _significant(other)
    if _alike(a[0], b[0]) or _alike(one.replace(" ", ""), other.replace(" ", "")):
        return False
    return not (_contained(a, b) or _contained(b, a))


def _contained(words: list[str], others: list[str]) -> bool:
    """Whether each word of one name is found in the other, which has as many or more."""
    return len(words) <= len(others) and all(
        any(_alike(word, other) for other in others) for word in words
    )


def _significant(name: str) -> list[str]:
    words = name.split()
    return [w for w in words if w not in _COMMON and len(w) > 1] or words


@lru_cache(maxsize=2**16)  # a list has few different words
def _alike(x: str, y: str) -> bool:
    if x == y or (min(len(x), len(y)) >= 4 and (x.startswith(y) or y.startswith(x))):
        return True
    x, y = _sound(x), _sound(y)
    longest = max(len(x), len(y))
    return _edits(x, y) <= (longest // 4 if longest >= 4 else 0)


_SOUNDS = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("SY", "S"), ("SH", "S"), ("CH", "K"),
    ("KH", "K"), ("DZ", "Z"), ("TH", "T"), ("PH", "F"), ("V", "F"), ("P", "F"), ("Z", "S"),
    ("J", "Y"), ("I", "Y"), ("Q", "K"), ("H", ""),
)  # fmt: skip


def _sound(word: str) -> str:
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _edits(a: str, b: str) -> int:
    """Levenshtein distance of two short words."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
