"""A feed and a page about tariffs, as a publisher serves them."""

PAGE = """<html lang="en"><head><title>Tariff deal</title></head><body><nav>Home News</nav>
<article><h1>Tariff deal</h1>{}</article><p>Copyright</p></body></html>"""
PARAGRAPH = (
    "<p>India will cut its import tariff on bourbon to 100 per cent, the finance ministry said on "
    "Monday. The change takes effect at once and applies to all exporters, officials added. "
    "Trade between the two countries reached 118 billion dollars last year.</p>"
)


def feed(*items: tuple[str, str, str]) -> str:
    """An RSS document of (link, title, date) items with a short teaser each."""
    inner = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{date}</pubDate><description>A teaser of the tariff story.</description></item>"
        for link, title, date in items
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>'
        f"<link>http://gazette.example/</link>{inner}</channel></rss>"
    )
