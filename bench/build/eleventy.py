"""The site for Eleventy: an honest configuration, and a theme in Eleventy's own manner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PACKAGES = ("@11ty/eleventy@3", "@11ty/eleventy-plugin-syntaxhighlight@5", "markdown-it-anchor@9")

FOOTER = "layouts/footer.njk"

CONFIG = """\
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import anchor from "markdown-it-anchor";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

export default function (config) {
  const neighbours = new Map();
  config.addPlugin(highlight);
  config.amendLibrary("md", (markdown) => markdown.use(anchor));
  config.ignores.add("content/posts/_index.md");
  config.addPassthroughCopy({ static: "." });
  config.addCollection("posts", (api) => {
    const posts = api.getFilteredByGlob("content/posts/post-*.md").reverse();
    posts.forEach((post, at) => neighbours.set(post.url, [posts[at + 1], posts[at - 1]]));
    return posts;
  });
  config.addCollection("tagList", (api) => {
    const tags = new Set(api.getAll().flatMap((post) => post.data.tags ?? []));
    return [...tags].sort();
  });
  config.addFilter("neighbour", (url, at) => neighbours.get(url)?.[at]);
  config.addFilter("day", (date) => day.format(date));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("newest", (posts, count) => posts.slice(0, count));
  config.addFilter("reversed", (posts) => posts.toReversed());
  config.addFilter("summary", (html) => html.slice(0, html.indexOf("</p>") + 4));
  return {
    dir: { input: "content", includes: "../layouts", output: "out" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
"""

LAYOUTS = {
    "base.njk": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} - Bench</title>
<link rel="canonical" href="https://bench.example{{ page.url }}">
{%- if feed %}
<link rel="alternate" type="application/rss+xml" href="{{ page.url }}rss.xml">
{%- endif %}
<link rel="stylesheet" href="/style.css">
</head>
<body>
{% include "header.njk" %}
<main>
{% block main %}{{ content | safe }}{% endblock %}
</main>
{% include "footer.njk" %}
</body>
</html>
""",
    "header.njk": """\
<header><a href="/">Bench</a> <nav><a href="/posts/">Posts</a> <a href="/tags/">Tags</a></nav></header>
""",
    "footer.njk": "<footer><p>Made to be measured.</p></footer>\n",
    "entries.njk": """\
{% macro entry(post) -%}
<li><a href="{{ post.url }}">{{ post.data.title }}</a> \
<time datetime="{{ post.date | iso }}">{{ post.date | day }}</time></li>
{% endmacro %}
""",
    "page.njk": """\
{% extends "base.njk" %}
{% block main %}
<article>
<h1>{{ title }}</h1>
<p><time datetime="{{ page.date | iso }}">{{ page.date | day }}</time></p>
{{ content | safe }}
<ul class="tags">
{%- for tag in tags %}
<li><a href="/tags/{{ tag }}/">{{ tag }}</a></li>
{%- endfor %}
</ul>
<nav>
{%- set previous = page.url | neighbour(0) %}{% set next = page.url | neighbour(1) %}
{%- if previous %}<a rel="prev" href="{{ previous.url }}">{{ previous.data.title }}</a>{% endif %}
{%- if next %}<a rel="next" href="{{ next.url }}">{{ next.data.title }}</a>{% endif -%}
</nav>
</article>
{% endblock %}
""",
    "feed.njk": """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{{ title }}</title>
<link>https://bench.example/</link><description>{{ title }}</description>
{%- for post in posts %}
<item><title>{{ post.data.title }}</title><link>https://bench.example{{ post.url }}</link>
<guid>https://bench.example{{ post.url }}</guid><pubDate>{{ post.date.toUTCString() }}</pubDate>
<description>{{ post.content | summary }}</description></item>
{%- endfor %}
</channel></rss>
""",
}

_TAG_PAGES = """\
pagination:
  data: collections.tagList
  size: 1
  alias: tag
"""

CONTENT = {
    "posts/posts.json": '{ "layout": "page.njk" }\n',
    "index.njk": """\
---
title: Bench
feed: true
---
{% extends "base.njk" %}
{% from "entries.njk" import entry %}
{% block main %}
<h1>{{ title }}</h1>
<ul>
{%- for post in collections.posts | newest(20) %}{{ entry(post) }}{% endfor %}
</ul>
{% endblock %}
""",
    "posts.njk": """\
---
title: Posts
feed: true
pagination:
  data: collections.posts
  size: 20
permalink: "/posts/{% if pagination.pageNumber %}page/{{ pagination.pageNumber + 1 }}/{% endif %}"
---
{% extends "base.njk" %}
{% from "entries.njk" import entry %}
{% block main %}
<h1>{{ title }}</h1>
<ul>
{%- for post in pagination.items %}{{ entry(post) }}{% endfor %}
</ul>
<nav>Page {{ pagination.pageNumber + 1 }} of {{ pagination.pages.length }}
{%- if pagination.href.previous %} <a rel="prev" href="{{ pagination.href.previous }}">Newer</a>{% endif %}
{%- if pagination.href.next %} <a rel="next" href="{{ pagination.href.next }}">Older</a>{% endif -%}
</nav>
{% endblock %}
""",
    "tags.njk": """\
---
title: Tags
permalink: /tags/
---
{% extends "base.njk" %}
{% block main %}
<h1>{{ title }}</h1>
<ul>
{%- for tag in collections.tagList %}
<li><a href="/tags/{{ tag }}/">{{ tag }}</a> {{ collections[tag].length }}</li>
{%- endfor %}
</ul>
{% endblock %}
""",
    "tag.njk": f"""\
---
{_TAG_PAGES}permalink: "/tags/{{{{ tag }}}}/"
feed: true
eleventyComputed:
  title: "{{{{ tag }}}}"
---
{{% extends "base.njk" %}}
{{% from "entries.njk" import entry %}}
{{% block main %}}
<h1>{{{{ title }}}}</h1>
<ul>
{{%- for post in collections[tag] | reversed %}}{{{{ entry(post) }}}}{{% endfor %}}
</ul>
{{% endblock %}}
""",
    "rss.njk": """\
---
title: Bench
permalink: /rss.xml
---
{% set posts = collections.posts | newest(20) %}{% include "feed.njk" %}
""",
    "posts-rss.njk": """\
---
title: Posts
permalink: /posts/rss.xml
---
{% set posts = collections.posts | newest(20) %}{% include "feed.njk" %}
""",
    "tag-rss.njk": f"""\
---
{_TAG_PAGES}permalink: "/tags/{{{{ tag }}}}/rss.xml"
eleventyComputed:
  title: "{{{{ tag }}}}"
---
{{% set posts = collections[tag] | reversed | newest(20) %}}{{% include "feed.njk" %}}
""",
    "sitemap.njk": """\
---
permalink: /sitemap.xml
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{%- for entry in collections.all %}
<url><loc>https://bench.example{{ entry.url }}</loc><lastmod>{{ entry.date | iso }}</lastmod></url>
{%- endfor %}
</urlset>
""",
    "robots.njk": """\
---
permalink: /robots.txt
---
User-agent: *
""",
    "404.njk": """\
---
title: Not found
permalink: /404.html
---
{% extends "base.njk" %}
{% block main %}
<h1>Not found</h1>
{% endblock %}
""",
}


def store_site(folder: Path) -> None:
    """Write everything but the posts into `folder`, with Eleventy itself.

    Raises SystemExit with what to install when Node is not there.
    """
    (folder / "eleventy.config.js").write_text(CONFIG)
    (folder / "package.json").write_text('{ "private": true, "type": "module" }\n')
    for place, texts in (("layouts", LAYOUTS), ("content", CONTENT)):
        for name, text in texts.items():
            path = folder / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Eleventy needs Node.js 20 with npm")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
    subprocess.run(command, cwd=folder, check=True)


def build_command(source: Path, output: Path) -> list[str | Path]:
    """Eleventy's command that builds `source` into `output`; it must be started in the site's folder."""
    tool = "node_modules/@11ty/eleventy/cmd.cjs"
    run = f'cd "$0" && exec node {tool} --quiet --output="$1"'
    return ["sh", "-c", run, source, output]
