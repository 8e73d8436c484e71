"""When a text was published, and when what a clause says held.

Relative dates are resolved against the day of publication; without one they stay unknown, and today's date
is never used. dateparser runs on the few words that a pattern or the parser marked, with fixed settings.
"""

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import dateparser

from ingest.parse import Doc, Token
from ingest.types import RawDocument

_HEAD_CHARS = 1500
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
_WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)(?!\d)")
_DAY_MONTH = re.compile(rf"\b{_DAY}(?: of)?[ -]{_MONTH}(?:,?[ -]{_YEAR}\b)?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b{_MONTH} {_DAY}(?!\d)(?:(?:,| -)? ?{_YEAR}\b)?", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?: of)?,? {_YEAR}\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(
    rf"\b(?P<which>last|this|in|since|early|late|mid-?|by|of|until|during) {_MONTH}(?! \d)", re.IGNORECASE
)
_YEAR_ONLY = re.compile(rf"\b{_YEAR}\b(?!-)")
_YEARS = re.compile(
    r"\b(?:from|between) (?P<first>(?:1[89]|20)\d\d) (?:to|until|and|through) (?P<last>(?:1[89]|20)\d\d)\b"
    r"|\b(?P<first2>(?:1[89]|20)\d\d) ?[-\u2013\u2014] ?(?P<last2>(?:1[89]|20)?\d\d)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|on|since|late|early|until|by) )?(?P<weekday>"
    + "|".join(sorted((n for n in _WEEKDAYS if len(n) > 3), key=len, reverse=True))
    + r")s?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?P<which>last|this|next|past|previous|earlier this|later this) (?P<unit>week|month|year)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(?P<near>today|yesterday|tomorrow|tonight|last night)\b", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) (?:days?|weeks?|months?|years?) ago\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\d|day\b|week|month|year|tonight|last night|tomorrow|ago\b|"
    + "|".join(f"{name}\\b" for name in _MONTHS),
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(?:published|posted|updated|date|dated|issued|released|created|last modified)(?: on| at)?:?[ \t]+(?P<rest>.{4,40})",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[ \t]*(?:\([^)]{2,30}\)[ \t]*)?[A-Z][\w.'\u2019 /-]{1,40}(?:,[ \t]*[\w.'\u2019 ]{2,30})?,?[ \t]+(?P<rest>[^\n]{4,30}?)[ \t]*(?:\([^)\n]{2,30}\)[ \t]*)?(?:--|[-\u2013\u2014:])"
)
_SETTINGS: dict[str, Any] = {
    "PREFER_DATES_FROM": "past",
    "DATE_ORDER": "DMY",
    "RETURN_AS_TIMEZONE_AWARE": False,
    "STRICT_PARSING": False,
    "PARSERS": ["relative-time", "absolute-time"],
}


class Span(NamedTuple):
    """Days from `first` to `last`, both included; None is open: not known, or still."""

    first: date | None
    last: date | None


def find_publication_date(document: RawDocument, text: str) -> date | None:
    """Return the day a text was published: from its metadata, a header line or a dateline; else None.

    Only full dates near the top count, on a line of their own, behind a word such as "Published", or in a dateline.
    """
    if document.published_on is not None:
        return document.published_on
    head = text[:_HEAD_CHARS]
    for line in head.splitlines():
        labelled = _LABELLED.search(line)
        if labelled and (found := _find_full_date(labelled["rest"])):
            return found
    for line in head.splitlines():
        if len(line) <= 90 and (found := _find_full_date(line)) and _is_mostly_date(line):
            return found
    for line in head.splitlines():
        dateline = _DATELINE.match(line)
        if dateline and (found := _find_full_date(dateline["rest"])):
            return found
    return None


def _is_mostly_date(line: str) -> bool:
    """Whether a line holds a date and little else: a weekday, a time, a name, bars and dots."""
    rest = line
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY):
        rest = pattern.sub(" ", rest)
    rest = re.sub(
        r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b|\b(?:[ap]\.?m\.?|GMT|UTC|EST|EDT|BST|PDT|IST|Z)\b",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word.lower() not in _WEEKDAYS]
    return len(words) <= 6


def _find_full_date(words: str) -> date | None:
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(words):
            if match["year"]:
                found = _make_date(match)
                if found is not None:
                    return found
    return None


def _make_date(match: re.Match[str], year: int | None = None) -> date | None:
    parts = match.groupdict()
    month = int(parts["month_number"]) if parts.get("month_number") else _MONTHS[parts["month"].lower()]
    try:
        return date(int(parts["year"]) if parts.get("year") else (year or 0), month, int(parts["day"]))
    except ValueError:
        return None


def resolve_date(words: str, published_on: date | None) -> Span | None:
    """Return the days that a date expression means, or None where it cannot be known.

    Args:
        words: Such as "on Wednesday", "June 13", "last month", "in 2011", "since 2003".
        published_on: The day it was written; without it only full dates and years resolve.
    """
    text = " ".join(words.split())
    span = _resolve_absolute(text) or (_resolve_relative(text, published_on) if published_on else None)
    if span is None or span.first is None or span.last is None:
        return span
    lower = text.lower()
    if re.search(r"\bsince\b", lower):
        return Span(span.first, None)
    if re.search(r"\b(?:until|till|up to)\b", lower):
        return Span(None, span.last)
    return span


def _resolve_absolute(text: str) -> Span | None:
    if full := _find_full_date(text):
        return Span(full, full)
    if years := _YEARS.search(text):
        first = years["first"] or years["first2"]
        last = years["last"] or years["last2"]
        return Span(date(int(first), 1, 1), date(int(last if len(last) == 4 else first[:2] + last), 12, 31))
    if month := _MONTH_YEAR.search(text):
        return _span_month(int(month["year"]), _MONTHS[month["month"].lower()])
    if _DAY_MONTH.search(text) or _MONTH_DAY.search(text):
        return None
    if year := _YEAR_ONLY.search(text):
        return Span(date(int(year["year"]), 1, 1), date(int(year["year"]), 12, 31))
    return None


def _span_month(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _resolve_relative(text: str, published_on: date) -> Span | None:
    if match := _DAY_MONTH.search(text) or _MONTH_DAY.search(text):
        return _nearest_day(match, published_on)
    if near := _NEAR.search(text):
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(near["near"].lower(), 0)
        day = published_on + timedelta(days=shift)
        return Span(day, day)
    if period := _PERIOD.search(text):
        return _span_period(period["which"].lower(), period["unit"].lower(), published_on)
    if ago := _AGO.search(text):
        return _parse_ago(ago[0], published_on)
    if weekday := _WEEKDAY.search(text):
        return _nearest_weekday(weekday, published_on)
    month = _MONTH_ONLY.search(text)
    return _last_month(month, published_on) if month else None


def _last_month(match: re.Match[str], published_on: date) -> Span:
    """The last such month, that of publication included but for "last June"."""
    number = _MONTHS[match["month"].lower()]
    year = published_on.year - (number > published_on.month)
    if match["which"].lower() == "last" and number == published_on.month:
        year -= 1
    return _span_month(year, number)


def _nearest_day(match: re.Match[str], published_on: date) -> Span | None:
    """The day of this year or its neighbours that lies nearest: "June 13", written on 20 June."""
    days = [day for year in (-1, 0, 1) if (day := _make_date(match, published_on.year + year))]
    if not days:
        return None
    nearest = min(days, key=lambda day: abs((day - published_on).days))
    return Span(nearest, nearest)


def _nearest_weekday(match: re.Match[str], published_on: date) -> Span:
    """The last such day, the day of publication included; the coming one after "next"."""
    number = _WEEKDAYS[match["weekday"].lower()]
    back = (published_on.weekday() - number) % 7
    which = (match["which"] or "").lower()
    if which == "next":
        day = published_on + timedelta(days=7 - back)
    elif which == "last" and back == 0:
        day = published_on - timedelta(days=7)
    else:
        day = published_on - timedelta(days=back)
    return Span(day, day)


def _span_period(which: str, unit: str, published_on: date) -> Span:
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1}.get(which, 0)
    if unit == "week":
        monday = published_on - timedelta(days=published_on.weekday()) + timedelta(weeks=shift)
        return Span(monday, monday + timedelta(days=6))
    if unit == "month":
        months = published_on.year * 12 + published_on.month - 1 + shift
        return _span_month(months // 12, months % 12 + 1)
    year = published_on.year + shift
    return Span(date(year, 1, 1), date(year, 12, 31))


@lru_cache(maxsize=512)
def _parse_ago(words: str, published_on: date) -> Span | None:
    """The day, week, month or year that lies so long back; dateparser does the counting."""
    base = datetime(published_on.year, published_on.month, published_on.day, 12)  # noqa: DTZ001 - days have no zone
    text = re.sub(r"^an?\b", "1", words, flags=re.IGNORECASE)
    parsed = dateparser.parse(text, languages=["en"], settings={**_SETTINGS, "RELATIVE_BASE": base})
    if parsed is None:
        return None
    day = parsed.date()
    if "month" in words:
        return _span_month(day.year, day.month)
    if "year" in words:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    return Span(day, day)


def find_valid_time(trigger: Token, published_on: date | None) -> Span | None:
    """Return when the clause of a relation's trigger says that it held, or None where it does not say.

    A date belongs to the clause whose verb it hangs on; one in a clause above or below says nothing of this one.

    Cost: linear in the sentence's tokens.
    """
    clause = _get_clause(trigger)
    for start, end in _find_date_spans(trigger.doc, trigger.sent.start, trigger.sent.end):
        root = trigger.doc[start:end].root
        if _get_clause(root) != clause:
            continue
        span = resolve_date(_with_preposition(trigger.doc, start, end), published_on)
        if span is not None:
            return span
    return None


def _find_date_spans(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    spans = [(e.start, e.end) for e in doc.ents if e.label_ == "DATE" and start <= e.start < end]
    covered = {token for first, last in spans for token in range(first, last)}
    spans.extend(
        (token.i, token.i + 1)
        for token in doc[start:end]
        if token.i not in covered
        and (
            (token.lower_ in _WEEKDAYS and len(token) > 3)
            or (token.like_num and _YEAR_ONLY.fullmatch(token.text))
        )
    )
    return [(first, last) for first, last in spans if _DATE_WORDS.search(doc[first:last].text)]


def _with_preposition(doc: Doc, start: int, end: int) -> str:
    before = doc[start - 1].lower_ if start else ""
    head = doc[start - 2].lower_ if start > 1 else ""
    if before in {"since", "until", "till", "from", "between", "last", "next", "this", "in"}:
        return f"{before} {doc[start:end].text}"
    return f"{head} {doc[start:end].text}" if head in {"since", "until"} else doc[start:end].text


def _get_clause(token: Token) -> Token:
    """The verb of the clause that a word stands in; a verb's complement without a subject is the same clause."""
    current = token
    while current.head.i != current.i:
        if current.pos_ in {"VERB", "AUX"} and current.dep_ in {
            "ccomp",
            "relcl",
            "acl",
            "advcl",
            "csubj",
            "parataxis",
            "pcomp",
        }:
            return current
        if (
            current.pos_ in {"VERB", "AUX"}
            and current.dep_ == "conj"
            and current.head.pos_ in {"VERB", "AUX"}
        ):
            return current
        current = current.head
    return current
