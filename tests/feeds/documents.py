"""Well-formed feeds of many kinds, each with its own way to say the same things."""

from bot.feeds.parse import parse_feed
from bot.model import ParsedFeed

URL = "https://meridian.example/feed"

RSS_FULL = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Meridian Wire &amp; Co</title>
  <atom:link href="https://meridian.example/feed" rel="self" type="application/rss+xml"/>
  <link>https://meridian.example/</link>
  <description>News</description>
  <language>en-GB</language>
  <item>
    <title>R&amp;D at AT&amp;T: &lt;b&gt;duties&lt;/b&gt; cut</title>
    <link>https://meridian.example/1?a=1&amp;b=2</link>
    <guid isPermaLink="false">mw-1</guid>
    <pubDate>Tue, 28 Jan 2025 06:10:00 +0530</pubDate>
    <dc:creator>Staff</dc:creator>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>First &amp; long.</p>
      <p>Second <em>part</em>.</p>]]></content:encoded>
    <media:content url="https://meridian.example/1.jpg" medium="image">
      <media:title>Photo</media:title></media:content>
    <enclosure url="https://meridian.example/1.mp3" length="1" type="audio/mpeg"/>
    <category>Trade</category>
  </item>
  <item>
    <title><![CDATA[CDATA title with <i>markup</i> & more]]></title>
    <link>https://meridian.example/2</link>
    <guid>https://meridian.example/?p=2</guid>
    <pubDate>Tue, 28 Jan 2025 05:00:00 GMT</pubDate>
    <description><![CDATA[Plain text, no tags.]]></description>
  </item>
  <item>
    <title>No link but a permanent guid</title>
    <guid>https://meridian.example/3</guid>
    <pubDate>Mon, 27 Jan 2025 23:30:00 EST</pubDate>
  </item>
  <item>
    <title>Dublin Core date</title>
    <link>https://meridian.example/4</link>
    <dc:date>2025-01-27T10:00:00+02:00</dc:date>
    <description>&lt;p&gt;Escaped.&lt;/p&gt;</description>
  </item>
</channel></rss>"""

RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
  "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><link>http://old.example/</link>
<language>de</language><description>d</description>
<item><title>Erste</title><link>http://old.example/a</link><description>Text A</description></item>
<item><title>Zweite</title><link>http://old.example/b</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <title type="html">Le &amp;lt;Quai&amp;gt;</title>
  <id>urn:uuid:feed</id>
  <link rel="self" href="https://quai.example/atom"/>
  <link rel="alternate" type="text/html" href="https://quai.example/"/>
  <updated>2025-01-28T10:00:00Z</updated>
  <entry>
    <title>Visite à New Delhi</title>
    <id>tag:quai.example,2025:1</id>
    <link rel="enclosure" href="https://quai.example/1.mp3"/>
    <link rel="edit" href="https://quai.example/edit/1"/>
    <link href="https://quai.example/1"/>
    <published>2025-01-28T09:00:00+01:00</published>
    <updated>2025-01-28T11:00:00+01:00</updated>
    <summary>Court.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
      <p>Premier <b>alinéa</b>.</p><p>Second alinéa.</p></div></content>
  </entry>
  <entry>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Un <em>titre</em></div></title>
    <id>tag:quai.example,2025:2</id>
    <link rel="alternate" href="https://quai.example/2"/>
    <updated>2025-01-27T11:00:00.123-05:00</updated>
    <content type="html">&lt;p&gt;Tarif &amp;amp; droits&lt;/p&gt;</content>
  </entry>
</feed>"""

ATOM_03 = """<?xml version="1.0" encoding="utf-8"?>
<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Older</title>
<link rel="alternate" type="text/html" href="http://older.example/"/>
<entry><title>One</title><id>tag:older.example,2004:1</id>
<link rel="alternate" type="text/html" href="http://older.example/1"/>
<issued>2005-01-27T10:00:00Z</issued><modified>2005-01-28T10:00:00Z</modified>
<content type="text/html" mode="escaped">&lt;p&gt;Old body&lt;/p&gt;</content></entry></feed>"""

RDF = """<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://rdf.example/"><title>Ministère</title><link>http://rdf.example/</link>
<dc:language>fr</dc:language></channel>
<item rdf:about="http://rdf.example/1"><title>Communiqué</title><link>http://rdf.example/1</link>
<description>Texte accentué é</description><dc:date>2025-01-28T06:10:00+01:00</dc:date></item>
<item rdf:about="http://rdf.example/2"><title>Deux</title><link>http://rdf.example/2</link></item>
</rdf:RDF>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Courier",
"home_page_url": "https://harbour.example/", "language": "en", "items": [
{"id": 7, "url": "https://harbour.example/7", "title": "A lone surrogate \\ud800 and a NUL \\u0000",
 "content_html": "<p>One.</p><p>Two.</p>", "date_published": "2025-01-28T06:10:00+05:30"},
{"id": "8", "external_url": "https://else.example/8", "content_text": "5 < 6 & so on"},
"not an object", {"title": ["not", "text"]}]}"""

WELL_FORMED = {
    "rss-2.0": RSS_FULL.encode(),
    "rss-0.91": RSS_091.encode(),
    "atom-1.0": ATOM.encode(),
    "atom-0.3": ATOM_03.encode(),
    "rdf": RDF.encode("iso-8859-1"),
    "utf-16": RSS_FULL.replace("utf-8", "utf-16", 1).encode("utf-16"),
}


def read(body: bytes | str, content_type: str = "") -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, url=URL, content_type=content_type)


def rss(item: str, channel: str = "") -> str:
    return f'<rss version="2.0"><channel><title>c</title>{channel}{item}</channel></rss>'
