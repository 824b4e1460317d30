from __future__ import annotations

import pytest
from tests.data.conftest import Reply, Server

from pectin.data import LoaderContext, LoaderError, fetch_feed
from pectin.data.feeds import parse_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Jam</title>
<item><title>Plum &amp; fig</title><link>/plum/</link><guid>1</guid><category>sweet</category>
<pubDate>Sat, 01 Aug 2026 10:00:00 +0200</pubDate>
<description>&lt;p onclick="x()"&gt;Hi&lt;script&gt;evil()&lt;/script&gt;&lt;/p&gt;</description></item>
<item><title>Fig</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Jam</title><entry><id>urn:1</id>
<title>Pear</title><link href="https://jam.example/pear"/><updated>2026-08-01T00:00:00Z</updated>
<author><name>Ada</name></author><content type="html">&lt;b&gt;Pears&lt;/b&gt;</content></entry></feed>"""


def test_rss_becomes_entries(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply(RSS, headers={"Content-Type": "application/rss+xml"})
    plum, fig = fetch_feed(context, f"{server.url}/rss.xml")
    assert plum == {
        "id": f"{server.url}/1",
        "title": "Plum & fig",
        "url": f"{server.url}/plum/",
        "published": "2026-08-01T08:00:00+00:00",
        "updated": None,
        "summary": "<p>Hi</p>",
        "content": "<p>Hi</p>",
        "author": "",
        "tags": ["sweet"],
    }
    assert (fig["title"], fig["published"]) == ("Fig", None)
    assert fetch_feed(context, server.url, limit=1) == [{**plum}]


def test_atom_becomes_entries() -> None:
    (pear,) = parse_feed(ATOM, "https://jam.example/atom.xml")
    assert pear["url"] == "https://jam.example/pear"
    assert pear["updated"] == "2026-08-01T00:00:00+00:00"
    assert (pear["author"], pear["content"], pear["id"]) == ("Ada", "<b>Pears</b>", "urn:1")


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_refused_in_every_encoding(coding: str) -> None:
    text = f"<?xml version='1.0' encoding='{coding}'?>{BOMB}<rss><channel>&b;</channel></rss>"
    with pytest.raises(LoaderError, match="declares entities"):
        parse_feed(text.encode(coding), "https://jam.example/rss.xml")


def test_a_file_of_this_machine_does_not_come_in() -> None:
    text = RSS.replace(b"<rss", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
    with pytest.raises(LoaderError, match="declares entities"):
        parse_feed(text, "https://jam.example/rss.xml")


@pytest.mark.parametrize(
    "body", [b"<html><p>404</p></html>", b"", b"https://jam.example/other.xml", b"/etc/passwd"]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(LoaderError, match="neither RSS nor Atom"):
        parse_feed(body, "https://jam.example/rss.xml")
