"""Visits of eight weeks in early 2025, as pictures and terminals lay them out."""

from datetime import UTC, datetime

from bot.model import Precision, Visit, VisitDates, VisitStatus

NOW = datetime(2025, 2, 5, 6, tzinfo=UTC)
ZONE = "Asia/Kolkata"
DAY, MONTH, QUARTER, YEAR = Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR
UNDATED = VisitDates()


def visit(
    visitor: str,
    host: str,
    place: str | None,
    dates: VisitDates,
    status: VisitStatus,
    *,
    is_overdue: bool = False,
) -> Visit:
    """A visit as the ledger gives it; its history does not matter here."""
    return Visit(
        key=f"{visitor}/{host}/{dates.start}",
        visitor=visitor,
        host=host,
        place=place,
        dates=dates,
        status=status,
        history=(),
        is_overdue=is_overdue,
    )


def days(start: str, end: str | None = None) -> VisitDates:
    """Days of this or another year."""
    return VisitDates(start, end, DAY)


MODI = visit(
    "Narendra Modi",
    "United States",
    "Washington",
    days("2025-02-12", "2025-02-13"),
    VisitStatus.CONFIRMED,
)
LEYEN = visit(
    "Ursula von der Leyen",
    "India",
    "New Delhi",
    days("2025-02-27", "2025-02-28"),
    VisitStatus.PLANNED,
)
ARRIZABAL = visit(
    "Lucía Arrizabal",
    "Costa Almarga",
    "Puerto Lazo",
    VisitDates("2025-03", None, MONTH),
    VisitStatus.POSSIBLE,
)
CHAIN = (
    MODI,
    visit(
        "Narendra Modi",
        "France",
        "Paris",
        days("2025-02-10", "2025-02-12"),
        VisitStatus.CONFIRMED,
    ),
    LEYEN,
    ARRIZABAL,
    visit("Quad leaders", "India", None, VisitDates("2025", None, YEAR), VisitStatus.PLANNED),
    visit("Idris al-Harzi", "United Kingdom", "London", UNDATED, VisitStatus.POSTPONED),
    visit(
        "Fermín Oquendo",
        "Spain",
        "Madrid",
        VisitDates("2025-10", None, MONTH),
        VisitStatus.POSSIBLE,
    ),
)
EVERY_KIND = (
    *CHAIN,
    visit(
        "Bastien Kermorvan",
        "Kestria",
        "Varnholm",
        days("2025-02-03", "2025-02-04"),
        VisitStatus.PLANNED,
        is_overdue=True,
    ),
    visit("Odile Vanbrugghe", "Ledania", "Karsk", days("2025-02-18"), VisitStatus.CANCELLED),
    visit("नूरा हमीदी", "भारत", "नई दिल्ली", days("2025-03-08", "2025-03-09"), VisitStatus.CONFIRMED),
    visit(
        "Ilka Marenholt",
        "Canada",
        "Ottawa",
        VisitDates("2025-Q1", None, QUARTER),
        VisitStatus.PLANNED,
    ),
    visit(
        "Владимир Остряков",
        "Казахстан",
        "Астана",
        days("2025-03-28", "2025-04-02"),
        VisitStatus.CONFIRMED,
    ),
    visit(
        "Tovalian trade delegation",
        "Kestria",
        "Varnholm",
        days("2025-01-30", "2025-02-06"),
        VisitStatus.UNDERWAY,
    ),
    visit(
        "Marit Øvergård",
        "Türkiye",
        "Ankara",
        VisitDates("2025-02", None, MONTH),
        VisitStatus.CONFIRMED,
    ),
    visit(
        "Nguyễn Thị Lan",
        "Japan",
        "Osaka",
        days("2025-02-20", "2025-03-04"),
        VisitStatus.POSTPONED,
    ),
    visit(
        "Sheikh Abdulrahman bin Mohammed bin Khalid al-Harzi",
        "United Kingdom",
        "Llanfairpwllgwyngyllgogerychwyrndrobwll",
        days("2025-02-24", "2025-02-26"),
        VisitStatus.POSSIBLE,
    ),
    visit("Eduard Tamm", "Spain", "Madrid", days("2025-01-03"), VisitStatus.COMPLETED),
    visit(
        "Halvard Brekke",
        "Spain",
        "Madrid",
        days("2025-01-13", "2025-01-15"),
        VisitStatus.PLANNED,
        is_overdue=True,
    ),
)
CROWD = tuple(
    visit(
        f"Envoy {n + 1}",
        "Kestria",
        f"Port {n + 1}",
        days(f"2025-03-{1 + n:02}"),
        tuple(VisitStatus)[n % 5],
    )
    for n in range(27)
)
HOSTILE = (
    "x" * 10_000,
    "line\nbreak\r\nand\ttab\x00\x07\x1b[31mred",
    "</text><script>alert(1)</script>]]>&amp;\"'",
    "\u202eright to left\u202c \u0639\u0644\u064a \u05d3\u05d5\u05d3",
    "e" + "\u0301" * 1_000,
    "😀👩‍🚀🇫🇷",
    "习近平",
    "\ud800\udfff lone",
    "",
    "   ",
)
