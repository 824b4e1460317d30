"""The site for Pectin: the theme that Hugo has, in Pectin's own manner."""

from __future__ import annotations

import sys
from pathlib import Path

CONFIG = """\
name = "bench"
title = "Bench"
url = "https://bench.example"
language = "en"

[feeds]
formats = ["rss"]
limit = 20
full_content = false

[[taxonomies]]
name = "tags"
title = "Tags"
"""

FOOTER = "templates/partials/footer.html"

SECTION_HEAD = "---\ntitle: Posts\npaginate_by: 20\nfeed: true\n---\n"

TEMPLATES = {
    "base.html": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title }} - {{ site.title }}</title>
<link rel="canonical" href="{{ page.permalink }}">
{%- for feed in page.feeds %}
<link rel="alternate" type="{{ feed.media_type }}" href="{{ feed.url }}">
{%- endfor %}
<link rel="stylesheet" href="/style.css">
</head>
<body>
{% include "partials/header.html" %}
<main>
{% block main %}{% endblock %}
</main>
{% include "partials/footer.html" %}
</body>
</html>
""",
    "partials/header.html": """\
<header><a href="/">{{ site.title }}</a> <nav><a href="/posts/">Posts</a> \
<a href="/tags/">Tags</a></nav></header>
""",
    "partials/footer.html": "<footer><p>Made to be measured.</p></footer>\n",
    "partials/entries.html": """\
{% macro entry(post) -%}
<li><a href="{{ post.url }}">{{ post.title }}</a> \
<time datetime="{{ post.date }}">{{ post.date|date("%-d %B %Y") }}</time></li>
{% endmacro %}
""",
    "page.html": """\
{% extends "base.html" %}
{% block main %}
<article>
<h1>{{ page.title }}</h1>
<p><time datetime="{{ page.date }}">{{ page.date|date("%-d %B %Y") }}</time></p>
{{ page.content }}
<ul class="tags">
{%- for term in page.terms.tags %}
<li><a href="{{ term.url }}">{{ term.name }}</a></li>
{%- endfor %}
</ul>
<nav>
{%- if page.previous %}<a rel="prev" href="{{ page.previous.url }}">{{ page.previous.title }}</a>
{%- endif %}
{%- if page.next %}<a rel="next" href="{{ page.next.url }}">{{ page.next.title }}</a>
{%- endif -%}
</nav>
</article>
{% endblock %}
""",
    "section.html": """\
{% extends "base.html" %}
{% from "partials/entries.html" import entry %}
{% block main %}
<h1>{{ page.title }}</h1>
<ul>
{%- for post in paginator.pages %}{{ entry(post) }}{% endfor %}
</ul>
<nav>Page {{ paginator.number }} of {{ paginator.count }}
{%- if paginator.previous_url %} <a rel="prev" href="{{ paginator.previous_url }}">Newer</a>
{%- endif %}
{%- if paginator.next_url %} <a rel="next" href="{{ paginator.next_url }}">Older</a>
{%- endif -%}
</nav>
{% endblock %}
""",
    "index.html": """\
{% extends "base.html" %}
{% from "partials/entries.html" import entry %}
{% block main %}
<h1>{{ page.title }}</h1>
<ul>
{%- for post in site.pages|take(20) %}{{ entry(post) }}{% endfor %}
</ul>
{% endblock %}
""",
    "taxonomy.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
<ul>
{%- for term in site.taxonomies.tags.terms %}
<li><a href="{{ term.url }}">{{ term.name }}</a> {{ term.count }}</li>
{%- endfor %}
</ul>
{% endblock %}
""",
    "term.html": """\
{% extends "base.html" %}
{% from "partials/entries.html" import entry %}
{% block main %}
<h1>{{ page.title }}</h1>
<ul>
{%- for post in page.pages %}{{ entry(post) }}{% endfor %}
</ul>
{% endblock %}
""",
    "404.html": """\
{% extends "base.html" %}
{% block main %}
<h1>Not found</h1>
{% endblock %}
""",
}


def store_site(folder: Path) -> None:
    """Write everything but the posts into `folder`."""
    (folder / "pectin.toml").write_text(CONFIG)
    (folder / "content" / "posts" / "_index.md").write_text(SECTION_HEAD)
    for name, text in TEMPLATES.items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def publish_command(source: Path, store: Path) -> list[str | Path]:
    """Pectin's command that builds `source` and publishes it into `store`: its main way."""
    return [_pectin(), "publish", "--source", source, "--store", store]


def build_command(source: Path, output: Path, store: Path) -> list[str | Path]:
    """Pectin's command that builds `source` into files, as Hugo does, and remembers in `store`."""
    return [_pectin(), "build", "--source", source, "--out", output, "--store", store]


def _pectin() -> Path:
    return Path(sys.executable).with_name("pectin")
