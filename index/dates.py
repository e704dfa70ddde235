"""Calendar days as articles write them. Nothing is guessed: an ambiguous day is no day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ene januar janvier enero gennaio janeiro januari tammikuu tammikuuta stycznia января"
            " ocak ιανουαρίου січня ledna يناير",
            "february feb fev fév februar février fevrier febrero febbraio fevereiro februari"
            " helmikuu helmikuuta lutego февраля şubat φεβρουαρίου лютого února فبراير",
            "march mar mrt maa märz mars marzo março maart maaliskuu maaliskuuta marca марта"
            " mart μαρτίου березня března مارس",
            "april apr abr avr avril abril aprile huhtikuu huhtikuuta kwietnia апреля"
            " nisan απριλίου квітня dubna أبريل",
            "may mai mag mayo maggio maio mei maj toukokuu toukokuuta maja мая mayıs μαΐου травня května مايو",
            "june jun juni juin junio giugno junho kesäkuu kesäkuuta czerwca июня haziran ιουνίου червня června يونيو",
            "july jul juil juli juillet julio luglio julho heinäkuu heinäkuuta lipca июля"
            " temmuz ιουλίου липня července يوليو",
            "august aug ago août aout agosto augustus augusti elokuu elokuuta sierpnia августа"
            " ağustos αυγούστου серпня srpna أغسطس",
            "september sep sept set septembre septiembre settembre setembro syyskuu syyskuuta września сентября"
            " eylül σεπτεμβρίου вересня září سبتمبر",
            "october oct okt out oktober octobre octubre ottobre outubro lokakuu lokakuuta października октября"
            " ekim οκτωβρίου жовтня října أكتوبر",
            "november nov novembre noviembre novembro marraskuu marraskuuta listopada ноября"
            " kasım νοεμβρίου листопада listopadu نوفمبر",
            "december dec dez dic déc dezember décembre decembre diciembre dicembre dezembro"
            " joulukuu joulukuuta grudnia декабря aralık δεκεμβρίου грудня prosince ديسمبر",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?P<m>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<y>(?:1[5-9]|20|21)\d\d)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)",  # 2024-05-03
        rf"^{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)",  # 20240503
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|º|ª|\.)? (?:de )?{_MONTH},? (?:de |del )?{_YEAR}(?!\d)",  # 3 May 2024
        rf"\b{_MONTH} (?P<d>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",  # May 3, 2024
        rf"(?<!\d)(?P<d>\d\d?)\. ?(?P<m>\d\d?)\. ?{_YEAR}(?!\d)",  # 3.5.2024, day first wherever dots are used
        rf"(?<!\d)(?P<d>\d\d?)/(?P<m>\d\d?)/{_YEAR}(?!\d)",  # day or month first: only where one is above 12
        rf"(?<!\d){_YEAR}年(?P<m>\d\d?)月(?P<d>\d\d?)日",
        rf"(?<!\d){_YEAR}년 ?(?P<m>\d\d?)월 ?(?P<d>\d\d?)일",
    )
)
_SLASHED = _FORMS[5]


# What stands before the day on which an article was changed.
UPDATED = re.compile(r"updated|modified|aktualisiert|mis à jour|actualizad|aggiornat|atualizad|uppdaterad|päivitetty|"
    r"bijgewerkt|opdateret|oppdatert|обновлено|zaktualizowano", re.IGNORECASE)  # fmt: skip
# What stands beside a day and is a part of it: weekdays, zones of time and the like.
DAY_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag
    mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina
    tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina ma ti ke to pe la su
    poniedziałek wtorek środa czwartek piątek sobota niedziela
    понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер субота неділя
    pondělí úterý středa čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma cumartesi pazar
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد 星期一 星期二 星期三 星期四 星期五 星期六 星期日
    월요일 화요일 수요일 목요일 금요일 토요일 일요일 am pm a.m p.m uhr h hrs klo kl t z gmt utc cet cest eet
    eest bst ist est edt cst cdt mst mdt pst pdt et ct pt jst aest aedt hkt sast wib мск msk às à
    kello heures uur last sist senast sidst viimeksi zuletzt dernière mise última ultima último ultimo laatst ostatnia
    """.split()
)


def find_day(text: str) -> str | None:
    """The first day written in the text, with its year, as YYYY-MM-DD."""
    found = min(_written(text), default=None)
    return found[2] if found else None


def days_in(text: str) -> set[str]:
    """The days written in the text, with their years, as YYYY-MM-DD."""
    return {day for *_, day in _written(text)}


def beside_days(text: str) -> str:
    """What else the text says: without the days written in it."""
    for start, end, _ in sorted(_written(text), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _written(text: str) -> list[tuple[int, int, str]]:
    """Where days are written in the text: start, end, YYYY-MM-DD."""
    return [(*match.span(), day) for form in _FORMS for match in form.finditer(text) if (day := _day(form, match))]


def whole_day(text: str) -> str | None:
    """The day that the text is, where it is nothing else but for a word and a comma before it: "Friday, 3 May 2024"."""
    word, comma, rest = text.partition(", ")
    texts = [text, rest] if comma and word.isalpha() else [text]
    return next((day for t in texts for form in _FORMS if (m := form.fullmatch(t)) and (day := _day(form, m))), None)


def record_day(value: str) -> str | None:
    """The day that a record's date field means: a date in words or figures, or seconds since 1970."""
    value = value.strip()
    if re.fullmatch(r"\d{10}(\d{3})?(\.\d+)?", value):
        return datetime.fromtimestamp(int(value[:10]), UTC).date().isoformat()
    return find_day(value[:200])


def _day(form: re.Pattern[str], match: re.Match[str]) -> str | None:
    day, year = int(match["d"]), int(match["y"])
    month = int(match["m"]) if match["m"].isdecimal() else _MONTHS.get(match["m"].casefold())
    if month is None:
        return None
    if form is _SLASHED and month != day:
        if month <= 12 and day <= 12:
            return None
        if month > 12:
            day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 31 February
        return None
