"""A build with a cache makes the same bytes, and tells the same, as one without."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.build.conftest import CONFIG, THEME, TODAY, PlainEncoder

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_images import MemoryImages
from pectin.adapters.memory_source import MemorySource
from pectin.app.compilers import open_compilers
from pectin.build.assets.compilers import Compilers
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.images.images import ImageTools
from pectin.build.traces.cache import Cache
from pectin.build.workers import OneWorker, Workers
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile, read_body

Files = dict[str, str]

SITE: Files = {
    "pectin.toml": CONFIG
    + 'taxonomies = ["tags"]\npaginate_by = 2\n[params]\nmood = "calm"\n[markdown]\nhighlight = false\nwiki_links = true\n',
    "content/_index.md": "---\ntitle: Home\n---\nHello.\n",
    "content/fruit/_index.md": "---\ntitle: Fruit\nsort_by: title\n---\n",
    "content/fruit/plum.md": "---\ndate: 2026-01-01\ntags: [b, a]\n---\nPlums.\n\n## Sugar\n\nMuch.\n",
    "content/fruit/pear.md": "---\ndate: 2026-01-02\ntags: [a]\n---\n[Sweet](plum.md#sugar), {{ note() }}.\n",
    "content/fruit/fig.md": "---\ndate: 2026-01-03\n---\n{% box() %}A <i>fig</i>.{% end %}\n",
    "content/log/jar/index.md": "---\ndate: 2026-02-01\n---\n![A jar](jar.svg)\n\n![Jam](jar.jpg)\n\n```css {file='/assets/main.css' linenos}\n```\n",
    "content/log/jar/jar.svg": "<svg/>",
    "content/log/lid.md": "---\ndate: 2026-02-02\naliases: [/old/]\nmoods: [m]\n---\n[Jar](jar/index.md), [[fig]]\n",
    "data/labels.yaml": "a: 1\n",
    "data/more/x.json": "[1]",
    "content/log/jar/jar.jpg": "jpeg 900x600",
    "static/robots.txt": "User-agent: *\n",
    "assets/main.css": "a { background: url(dot.svg) }",
    "assets/dot.svg": "<svg/>",
    "assets/theme.scss": "@use 'colors'; i { color: colors.$c }",
    "assets/_colors.scss": "$c: red;",
    "assets/main.ts": "import { x } from './x'; import d from './dot.svg'; console.log(x, d)",
    "assets/x.ts": "export const x: number = 1",
    "assets/pan.png": "png 80x20",
    "templates/base.html": "{{ stylesheet('main.css') }}  <!-- x -->\n  {% block main %}{% endblock %}{{ site.title }}",
    "templates/page.html": "{% extends 'base.html' %}{% block main %}{{ page.content }}"
    "{% if page.next %}{{ page.next.title }}{% endif %}"
    '{% for t in page.terms.tags %}<a href="{{ t.url }}">{{ t.count }}</a>{% endfor %}{% endblock %}',
    "templates/section.html": "{% extends 'base.html' %}{% from 'entry.html' import entry %}"
    "{% block main %}{% for p in paginator.pages %}{{ entry(p) }}{% endfor %}{% endblock %}",
    "templates/entry.html": '{% macro entry(p) %}<a href="{{ p.url }}">{{ p.title }}</a>{{ p.summary }}{% endmacro %}',
    "templates/term.html": "{{ page.title }} {{ page.pages|length }} {{ site.params.mood }}{{ asset('theme.css').url }}{{ script('main.js') }}",
    "templates/shortcodes/note.html": "{{ site.data.labels.a }}",
    "templates/hooks/heading.html": "<h{{ level }} id='{{ id }}'>{{ text }}{{ site.params.mood }}</h{{ level }}>",
    "templates/shortcodes/box.html": "<div>{{ body }}</div>{{ page.title }}",
    "templates/page.json": "{{ page.title|json }}",
    "templates/section.json": "{% for p in page.pages %}{{ p.outputs|json }}{% endfor %}{{ page.markdown }}",
}  # fmt: skip

LANGUAGES = """
[languages.de]
title = "Marmelade"
fallback = true
[languages.de.taxonomies.tags]
slug = "worte"
[languages.ar]
"""

MANY: Files = {
    **SITE,
    "pectin.toml": SITE["pectin.toml"] + LANGUAGES,
    "content/fruit/_index.de.md": "---\ntitle: Obst\nslug: obst\n---\n",
    "content/fruit/plum.de.md": "---\ndate: 2026-01-01\ntags: [b]\n---\nPflaumen, [Birnen](pear.md).\n",
    "content/fruit/plum.ar.md": "---\ndate: 2026-01-01\n---\n![x](../log/jar/jar.svg) [x](pear.md)\n",
    "i18n/en.toml": "hello = 'Hello'\nbye = 'Bye'\n",
    "i18n/de.toml": "hello = 'Hallo'\n",
    "templates/fruit/page.html": "{% extends 'page.html' %}{% block main %}{{ page.content }}{{ page.language }}{{ t('hello') }}"
    "{% for p in page.translations %}{{ p.title }}{{ p.section.title }}{% endfor %}{% endblock %}",
}  # fmt: skip

HISTORY = "\n[git]\nlastmod = true\n"

OUTPUTS = """
[outputs]
page = ["html", "json"]
section = ["html", "json", "rss"]
"""

MADE: Files = {
    "data/jams.json": '[{"id": "quince", "n": 1}, {"id": "sloe", "n": 2}, {"id": "haw", "n": 3}]',
    "content/jams/each.md": '---\npages_from: data.jams\nslug: "{{ item.id }}"\n---\n'
    "{{ item.n }} of [figs](../fruit/fig.md) {{ note() }}\n",
    "content/all.md": "---\npaginate: data.jams\ntemplate: listed.html\n---\n",
    "content/newest.md": "---\npaginate: pages|selectattr('date')\ntemplate: listed.html\n---\n",
    "templates/listed.html": "{% for i in paginator.items %}{{ i.title if i.title is defined else i.n }} {% endfor %}{{ paginator.total }}",
}  # fmt: skip
"""What makes pages of data, and shows lists of them."""

PARTS: dict[str, list[str | None]] = {
    "content/fruit/plum.md": [
        "---\ndate: 2026-01-01\ntags: [b, a]\n---\nPlums.\n\n## Sugar\n\nMore.\n",
        "---\ndate: 2026-01-01\ntags: [a]\n---\nRed plums.\n\n## Sugar\n",
        "---\ndate: 2026-01-04\ntitle: Damson\n---\nPlums.\n\n## Salt\n",
        "---\ndraft: true\n---\n",
        None,
    ],
    "content/fruit/pear.md": [
        "---\ndate: 2026-01-02\ntags: [c]\n---\n[Gone](gone.md)\n",
        "---\ndate: 2026-01-02\n---\n[[damson#salt]] [[jar]] [[plum]]\n",
        "---\ntitle: Jar\naliases: [/fig/]\n---\n[[fruit]] [[Fig]]\n",
        "---\ndate: 2030-01-01\n---\nNot yet.\n",
        "---\ndate: 2026-01-02\n---\n{{ nothing() }} [up](../log/lid.md)\n",
        None,
    ],
    "content/fruit/fig.md": [
        "---\ndate: 2026-01-03\nexpires: 2026-08-02\n---\nFigs.[^1]\n\n[^2]: Unused.\n",
        "---\ntemplate: special.html\n---\nFigs.\n",
        "---\noutputs: [html, json]\nstart: 2026-01-01\n---\nFigs.\n",
        "---\noutputs: [json, calendar]\nstart: soon\n---\nFigs.\n",
        "---\nslug: ficus\n---\n{% box() %}[Old](/old/){% end %}\n",
        None,
    ],
    "content/log/bad.md": ["---\nx: 1\nweight: 3\n---\n", "---\nx: text\nweight: 2\n---\n", None],
    "content/log/worse.md": ["---\nx: 2\n---\n", "---\nmenus: {main: {parent: Main}}\n---\n", None],
    "content/fruit/plum.de.md": [
        "---\ndate: 2026-01-02\ntitle: Zwetschge\ntags: [b, a]\n---\n[Plum](plum.en.md), [Glas](../log/jar/jar.svg)\n",
        "---\ndraft: true\n---\n",
        "---\ntranslation_key: fruit/pear\nslug: p\n---\n{{ note() }}\n",
        None,
    ],
    "i18n/de.toml": ["hello = 'Servus'\nbye = 'Ade'\n", "[hello]\none = 'Eins'\nother = 'Viele'\n", "hello = [", None],
    "i18n/en.yaml": ["bye: Cheers\n"],
    "i18n/en.toml": ["hello = 'Good day'\n", None],
    "content/fruit/plum.ar.md": ["{% box() %}x{% end %}\n", None],
    "content/fruit/_index.de.md": ["---\ndraft: true\n---\n", "---\ntitle: Früchte\n---\n", None],
    "content/log/jar/jar.de.svg": ["<svg lang='de'/>", None],
    "content/log/jar/index.de.md": ["![Glas](jar.svg)\n", None],
    "content/fruit/kiwi.md": ["---\ndate: 2026-01-05\ntags: [b]\n---\n[Plum](/fruit/plum/)\n", "---\nraw_html: false\n---\nKiwis <b onclick=x>.</b>\n", "## A\n\n#### <b>B</i>\n\n<img src='https://a.example/'>\n"],
    "commits.json": [
        '{"times": {"content/fruit/fig.md": "2026-03-01T10:00:00Z"}}',
        '{"times": {"content/fruit/plum.md": "2026-03-01T10:00:00Z"}, "is_shallow": true}',
        None,
    ],
    "content/_defaults.yaml": ["tags: [c]\n", "target: {path: p*.md}\ntemplate: special.html\n", "target: {kind: page}\ndraft: true\n", None],
    "content/fruit/_defaults.toml": ["draft = false\npaginate_by = 1\n", "raw_html = 'sanitize'\n", "expires = 2026-08-02\n[x]\ny = 1\n", None],
    "content/fruit/_index.md": ["---\ntitle: Fruits\nsort_by: date\n---\n", "---\ncascade: {tags: [d], x: {z: 2}}\n---\n", "---\ndraft: true\n---\n", None],
    "content/log/lid.md": ["---\naliases: [/fruit/fig/]\n---\n", "---\nurl: /x.html\n---\n[Dot](/dot.svg)\n"],
    "content/log/jar/index.md": [
        "![](jar.jpg) {{ photo() }}\n",
        "---\nurl: /jars/\n---\n![Jam](jar.jpg)\n",
        "![x](pan.png)\n",
        "```x {file=../../fruit/more.txt region=a}\n```\n{{ include(file='/assets/part.md') }}\n",
    ],
    "content/fruit/more.txt": ["more", "# region a\nx\n# endregion", None],
    "assets/part.md": ["A *part*.\n", "# Part\n\n[Lid](../lid.md)\n", None],
    "templates/shortcodes/include.html": ["own {{ file }}", None],
    "content/log/jar/jar.svg": ["<svg></svg>", "<svg viewBox='0 0 4 3'/>", None],
    "content/log/jar/jar.jpg": ["jpeg 600x900", "jpeg 600x900 damaged", "png 3x3", "jpeg 900x600 animated", None],
    "content/log/jar/pan.png": ["png 40x30 alpha", "jpeg 4x3"],
    "assets/pan.png": ["png 80x30", "jpeg 4x3"],
    "data/labels.yaml": ["a: 2\n", "a: 1\nb: 3\n", "a: [", "b: 1\n", None],
    "data/more/x.json": ["[2]", None],
    "data/more/y.json": ["{}"],
    "data/jams.json": [
        MADE["data/jams.json"],
        '[{"id": "quince", "n": 1}, {"id": "sloe", "n": 4}, {"id": "haw", "n": 3}]',
        '[{"id": "haw", "n": 3}, {"id": "quince", "n": 1, "x": 1}]',
        '[{"id": "fig", "n": 1}, {"id": "fig", "n": 2}]',
        '{"a": {"id": "a", "n": 1}}',
        "[",
        None,
    ],
    "content/jams/each.md": [
        MADE["content/jams/each.md"],
        '---\npages_from: pages|groupby("section")\nslug: "s{{ item[0] }}"\n---\n{{ item[1]|length }}\n',
        '---\npages_from: data.jams\nurl: "/j/{{ item.id }}/"\ntags: ["a", "{{ item.id }}"]\ndate: 2026-0{{ item.n }}-01\n---\n[x](sloe.md)\n',
        "Plain.\n",
        None,
    ],
    "content/all.md": [MADE["content/all.md"]],
    "templates/listed.html": [MADE["templates/listed.html"]],
    "content/newest.md": [MADE["content/newest.md"], "---\npaginate: data.labels\npaginate_by: 1\n---\n"],
    "assets/main.css": ["a { color: red }", "@import 'print.css'; @import 'theme.css' print; a { b: c }", "a { background: url(none.svg) }", None],
    "assets/dot.svg": ["<svg> </svg>", None],
    "assets/theme.scss": ["i {", "@use 'more'; i { background: url(dot.svg) }", "i { b: url(x.svg) }", None],
    "assets/_colors.scss": ["$c: blue;", "$d: red;", None],
    "assets/colors.sass": ["$c: green"],
    "assets/more.css": ["u { color: red }"],
    "assets/more/_index.scss": ["@warn 'more'; u { color: red }"],
    "assets/main.ts": ["import { x } from './x'; console.log(x)", "import d from './dot.svg'; console.log(d)"],
    "assets/x.ts": ["export const x: number = 1", "export const x: number = 2, y = 3", "export const y = ;", None],
    "assets/x/index.js": ["export const x = 3"],
    "assets/print.css": ["p { color: black }", "p { color: red }", "p {", None],
    "static/main.css": ["b {}"],
    "static/dot.svg": ["<svg/>"],
    "templates/base.html": [
        "{% block main %}{% endblock %}{{ today }}",
        "{{ image('pan.png', alt='', width=40) }}{% block main %}{% endblock %}",
        "{% block main %}{% endblock %}{{ image_url('dot.svg') }}",
        "{% include 'foot-' ~ site.params.mood ~ '.html' ignore missing %}{% block main %}{% endblock %}",
        "{% block main %}{% endblock %}{% for p in site.pages|take(2) %}{{ p.title }}{{ p.word_count }}{% endfor %}",
        "{% block main %}{% endblock %}{% for p in site.pages|where('date', '<', '2026-02-01')|sort_by('-weight', 'title')|take(2) %}{{ p.title }}{% endfor %}",
        "{% block main %}{% endblock %}{% for p in get_pages('fruit/p*.md')|difference(site.pages|where('terms.tags', 'contains', 'b')) %}{{ p.title }}{% endfor %}",
        "{% block main %}{% endblock %}{{ site.pages|sort_by('params.x')|length }}{{ get_term('tags', 'b').count }}",
        "{% block main %}{% endblock %}{% for n in page.menus %}{% for m in page.menus[n] %}{{ m.url }}{{ m.has_current }}{{ m.page.title if m.page }}{% endfor %}{% endfor %}",
        "{% block main %}{% endblock %}{% for p in page.related %}{{ p.title }}{{ p.summary }}{% endfor %}",
        "{% block main %}{% endblock %}{% for p in page.backlinks %}{{ p.title }}{{ p.summary }}{% endfor %}",
        "{% block main %}{% endblock %}{% for n in site.data %}{{ n }}{% endfor %}{{ site.data.more|length }}",
        "{% block main %}{% endblock %}{{ get_page('fruit/plum.md').params.x }}{{ oops }}",
    ],
    "templates/page.json": ["{{ page.content|json }}{{ page.next.summary|json if page.next }}", "{{ calendar([page]) }}", "{{ oops }}", None],
    "templates/section.json": ["{% for p in page.all_pages %}{{ p.markdown }}{% endfor %}{{ calendar(site.pages) }}", "[", None],
    "templates/fruit/page.json": ["{{ today }}{{ page.title }}"],
    "templates/section.rss.xml": ["<rss>{{ page.title }}{% for p in page.pages %}{{ p.content }}{% endfor %}</rss>", "{{ oops }}"],
    "templates/entry.html": ["{% macro entry(p) %}{{ p.plain }}{{ p.section.title }}{% endmacro %}"],
    "templates/foot-calm.html": ["calm", "calmer"],
    "templates/special.html": ["{{ page.toc|length }}{{ page.ancestors|length }}"],
    "templates/fruit/page.html": ["{{ page.summary }}{{ page.section.all_pages|length }}", "{{ get_section('log').sections|length }}"],
    "templates/languages.html": ["{% for c, l in site.languages|items %}{{ l.url }}{{ l.title }}{% endfor %}{{ site.direction }}"],
    "templates/shortcodes/note.html": ["{{ page.url }}{{ site.language }}", "{% include 'languages.html' ignore missing %}", "{{ '*x*'|markdown }}", None],
    "templates/shortcodes/photo.html": ["{{ image('jar.jpg', alt='x', ratio='1:1') }}"],
    "templates/shortcodes/nothing.html": ["nothing {{ get_page('log/lid.md').content }}"],
    "templates/hooks/heading.html": ["<h2 id='{{ id }}'>{{ site.data.labels.a }}</h2>", "{{ nothing }}", None],
    "templates/hooks/link.html": ["<a href='{{ destination }}'>{{ page.title }}</a>", "{{ text }}{{ today }}"],
    "pectin.toml": [
        SITE["pectin.toml"].replace("calm", "wild"),
        SITE["pectin.toml"].replace("paginate_by = 2", "paginate_by = 3"),
        SITE["pectin.toml"] + "[images]\nwidths = [300]\nplaceholder = 'none'\n",
        SITE["pectin.toml"] + "[images]\nmarkdown = false\n",
        SITE["pectin.toml"] + "raw_html = false\n[permalinks]\nfruit = '/f/:year/:slug/'\n",
        SITE["pectin.toml"].replace("example.org", "example.com"),
        SITE["pectin.toml"] + "[[menus.main]]\nname = 'Main'\npage = 'log/lid.md'\n",
        SITE["pectin.toml"] + "[[defaults]]\ntarget = {kind = 'section'}\nsort_by = 'title'\nfeed = true\n",
        SITE["pectin.toml"] + "[assets]\nbundle = true\n[minify]\ncss = true\n",
        SITE["pectin.toml"] + "[assets]\nbrowsers = 'safari 12'\n",
        SITE["pectin.toml"] + "[minify]\nhtml = true\n",
        MANY["pectin.toml"],
        MANY["pectin.toml"].replace("fallback = true", "prefix = 'deutsch'"),
        MANY["pectin.toml"].replace("Marmelade", "Konfitüre").replace("[languages.ar]", "[languages.it]"),
        SITE["pectin.toml"] + "external_links = { rel = 'x' }\n",
        SITE["pectin.toml"] + OUTPUTS,
        SITE["pectin.toml"] + HISTORY,
        SITE["pectin.toml"] + "[outputs]\npage = 'json'\nhome = ['html', 'rss']\n",
        SITE["pectin.toml"] + OUTPUTS + "[output_formats.json]\nis_plain_text = false\n",
        SITE["pectin.toml"] + OUTPUTS + "[output_formats.json]\nbase_name = 'page'\n[output_formats.rss]\nbase_name = 'feed'\n",
        SITE["pectin.toml"] + "[severities]\nbroken-link = 'warning'\n",
    ],
}  # fmt: skip
"""What each file may become; None is that it goes away."""

Edit = tuple[str, str | None] | int
"""A file and what it becomes, or how many days go by."""

EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.sampled_from(
        [(path, text) for path, texts in PARTS.items() for text in (SITE.get(path), *texts)]
    ),
    st.integers(1, 2),
)


class Disk:
    """The files of earlier builds, of which some may be lost."""

    def __init__(self) -> None:
        self._bodies: dict[Digest, bytes] = {}

    def keep(self, file: OutputFile) -> bytes:
        body = read_body(file.body)
        digest = compute_digest(body)
        assert file.digest in {None, digest}
        self._bodies[digest] = body
        return body

    def find(self, digest: Digest, size: int) -> Kept | None:
        body = self._bodies.get(digest)
        assert body is None or len(body) == size
        return None if body is None else Kept(body)


class Kept:
    def __init__(self, body: bytes) -> None:
        self._body = body
        self.size = len(body)

    def open(self) -> BinaryIO:
        return BytesIO(self._body)


def run(
    files: Files,
    today: date,
    disk: Disk,
    cache: Cache | None,
    compilers: Compilers | None = None,
    image_tools: ImageTools | None = None,
    options: BuildOptions | None = None,
    workers: Workers | None = None,
) -> tuple[Build, dict[str, bytes]]:
    made: dict[str, bytes] = {}

    def emit(file: OutputFile) -> None:
        assert file.path not in made
        made[file.path] = disk.keep(file)

    built = build(
        MemorySource(files),
        today=today,
        emit=emit,
        theme=THEME,
        options=options,
        workers=workers,
        cache=cache,
        compilers=compilers,
        image_tools=image_tools or ImageTools(PlainEncoder()),
    )
    return built, made


def check_edits(site: Files, edits: list[Edit]) -> None:
    with open_compilers() as compilers:
        check_edits_with(compilers, site, edits)


def check_edits_with(compilers: Compilers, site: Files, edits: list[Edit]) -> None:
    disk, today, files = Disk(), TODAY, dict(site)
    cache, looking = MemoryCache(disk.find), BuildOptions(inspect=True, list_outside=True)
    run(files, today, disk, cache, compilers)
    for edit in edits:
        today = apply(edit, files, today)
        clean, wanted = run(files, today, Disk(), None, compilers, options=looking)
        built, made = run(files, today, disk, cache, compilers, options=looking)
        assert made == wanted
        assert (built.problems, built.rules, built.files, built.outside_links) == (
            clean.problems,
            clean.rules,
            clean.files,
            clean.outside_links,
        )


def apply(edit: Edit, files: Files, today: date) -> date:
    if isinstance(edit, int):
        return today + timedelta(days=edit)
    path, text = edit
    if text is None:
        files.pop(path, None)
    else:
        files[path] = text
    return today


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([SITE, MANY]), st.lists(EDITS, min_size=1, max_size=8))
def test_a_series_of_edits_leaves_no_byte_that_a_clean_build_has_not(
    site: Files, edits: list[Edit]
) -> None:
    check_edits(site, edits)


QUESTIONS: list[tuple[str, str, str, str | None]] = [
    ("{% for n in site.data %}{{ n }}{% endfor %}", "data/new.yaml", "a: 1\n", None),
    ("{{ site.data.more|length }}", "data/more/new.yaml", "a: 1\n", None),
    ("{{ site.home.title }}", "content/_index.md", "---\ntitle: House\n---\n", None),
    ("{{ page.permalink }}", "pectin.toml", "example.com", "example.org"),
    ("{{ cover(page).url if cover(page) }}", "content/log/lid.md", "---\nimage: /x.png\n---\n", None),
    ("{{ cover(page).url if cover(page) }}", "pectin.toml", 'mood = "wild"\nimage = "pan.png"', 'mood = "calm"'),
    ("{{ page.lastmod }}", "commits.json", '{"times": {"content/fruit/fig.md": "2026-03-01T10:00:00Z"}}', None),
    ("{% for p in site.pages|sort_by('-lastmod')|take(1) %}{{ p.title }}{% endfor %}", "commits.json", '{"times": {"content/fruit/fig.md": "2026-03-01T10:00:00Z"}}', None),
    ("{{ page.outputs|json }}", "pectin.toml", "[outputs]\npage = ['html', 'json']\n[params]", "[params]"),
    ("{% for p in site.pages %}{{ p.outputs|json }}{% endfor %}", "content/fruit/fig.md", "---\noutputs: [html, json]\n---\n", None),
    ("{{ page.feeds|json }}{{ page.section.feeds|json if page.section }}", "content/fruit/_index.md", "---\noutputs: [html, rss]\n---\n", None),
    ("{{ page.markdown }}", "content/fruit/fig.md", "---\ndate: 2026-01-03\n---\nMore figs.\n", None),
    ("{{ page.markdown }}", "pectin.toml", "example.com", "example.org"),
    ("{{ calendar(site.pages) }}", "content/fruit/fig.md", "---\nstart: 2026-01-03\n---\n", None),
    ("{{ calendar(site.pages) }}", "pectin.toml", 'title = "Marmalade"', 'title = "Jam"'),
    ("{{ absolute_url('/x') }}", "pectin.toml", "example.com", "example.org"),
    ("{{ get_page('fruit/plum.md').title }}", "content/fruit/plum.md", "---\ntitle: P\n---\n", None),
    ("{{ get_section('fruit').title }}", "content/fruit/_index.md", "---\ntitle: F\n---\n", None),
    ("{{ site.pages|length }}", "content/new.md", "New.\n", None),
    ("{% for p in page.ancestors %}{{ p.title }}{% endfor %}", "content/fruit/_index.md", "---\ntitle: F\n---\n", None),
    ("{% for f in site.feeds %}{{ f.url }}{% endfor %}", "pectin.toml", 'b = "c"\n[feeds]\nformats = ["rss"]', 'mood = "calm"'),
    ("{{ page.section.pages|length }}", "content/fruit/new.md", "New.\n", None),
    ("{{ page.section.title if page.section }}", "content/fruit/_index.md", "---\ntitle: F\n---\n", None),
    ("{% for s in site.sections %}{{ s.title }}{% endfor %}", "content/new/_index.md", "New.\n", None),
    ("{% for s in site.home.sections %}{{ s.title }}{% endfor %}", "content/log/_index.md", "---\ntitle: L\n---\n", None),
    ("{{ page.section.all_pages|length if page.section }}", "content/log/new.md", "New.\n", None),
    ("{% for r in page.resources %}{{ r.name }}{% endfor %}", "content/log/jar/b.svg", "<svg/>", None),
    ("{{ get_pages('fruit/*.md')|length }}", "content/fruit/new.md", "New.\n", None),
    ("{{ get_term('tags', 'a').count }}", "content/fruit/pear.md", "---\ndate: 2026-01-02\n---\n", None),
    ("{{ site.pages|where('params.x', 'exists', true)|length }}", "content/log/lid.md", "---\nx: 1\n---\n", None),
    ("{% for p in site.pages|sort_by('title')|take(2) %}{{ p.title }}{% endfor %}", "content/aaa.md", "A.\n", None),
    ("{{ site.pages|where('title', 'Lid')|union(site.pages|where('title', 'New'))|length }}", "content/new.md", "New.\n", None),
    ("{{ site.pages|where('word_count', '>', 5)|length }}", "content/fruit/fig.md", "One two three four five six seven.\n", None),
    ("{% for g in site.pages|group_by('terms.tags') %}{{ g.key.name if g.key }}{% endfor %}", "content/fruit/fig.md", "---\ntags: [z]\n---\n", None),
    ("{{ site.pages|where('section.title', 'Fruit')|length }}", "content/fruit/_index.md", "---\ntitle: F\n---\n", None),
    ("{% for m in page.menus.main if page.menus.main is defined %}{{ m.name }}{% endfor %}", "content/log/lid.md", "---\nmenus: main\n---\n", None),
    ("{% for p in page.breadcrumbs %}{{ p.title }}{% endfor %}", "content/log/_index.md", "---\ntitle: L\n---\n", None),
    ("{{ page.content }}", "content/fruit/_defaults.toml", "raw_html = false\n", None),
    ("{{ page.item.n if page.item else '' }}", "data/jams.json", '[{"id": "quince", "n": 9}]', None),
    ("{% for i in paginator.items if paginator %}{{ i.n }}{% endfor %}", "data/jams.json", '[{"n": 9, "id": "quince"}]', None),
    ("{% for i in paginator.pages if paginator %}{{ i.title }}{% endfor %}", "content/fruit/plum.md", "---\ndate: 2026-01-01\ntitle: P\n---\n", None),
    ("{{ image('dot.svg', alt='', width=9, height=9) }}", "assets/dot.svg", "<svg> </svg>", None),
    ("{{ image('pan.png', alt='') if page.source == 'content/log/jar/index.md' }}", "content/log/jar/pan.png", "png 40x30", None),
    ("{{ image('jar.jpg', alt='', placeholder='none') if page.resources }}", "content/log/jar/jar.jpg", "jpeg 900x601", None),
    ("{{ image_url('jar.jpg', width=20) if page.resources }}", "pectin.toml", "[images]\nquality = { jpeg = 1 }\n[params]", "[params]"),
    ("{{ page.related|length }}", "content/new.md", "---\ntags: [a]\n---\n", None),
    ("{% for p in page.related %}{{ p.title }}{% endfor %}", "pectin.toml", "[related]\nlimit = 1\nweights = {x = 1}\n[markdown]", "[markdown]"),
    ("{{ page.content }}", "content/fruit/fig.md", "---\nslug: ficus\n---\n", None),
    ("{{ page.backlinks|length }}", "content/new.md", "[Lid](log/lid.md) [[jar]]\n", None),
    ("{% for p in page.backlinks %}{{ p.title }}{% endfor %}", "content/fruit/pear.md", "---\ntitle: Pears\n---\n[Sweet](plum.md)\n", None),
    ("{{ page.params.moods is defined }}", "pectin.toml", 'taxonomies = ["tags", "moods"]', 'taxonomies = ["tags"]'),
    ("{% for n in page.terms %}{{ n }}{% endfor %}", "pectin.toml", 'taxonomies = ["tags", "moods"]', 'taxonomies = ["tags"]'),
    ('{% include "f\\u006fot-calm.html" ignore missing %}', "templates/foot-calm.html", "calmest", None),
    ("{{ site.title }}", "pectin.toml", 'title = "Marmalade"', 'title = "Jam"'),
    ("{{ page.content }}", "assets/main.css", "b { color: blue }", None),
    ("{{ page.content }}", "templates/hooks/link.html", "link", None),
    ("{{ page.content }}", "templates/hooks/heading.html", "heading", None),
    ("{{ site.menus.main|length if site.menus.main is defined }}", "pectin.toml", '[[menus.main]]\nname = "A"\nurl = "/"\n[params]', "[params]"),
]  # fmt: skip
"""What a template asks; the file that answers, what it becomes, and what of it is replaced."""

IN_LANGUAGES: list[tuple[str, str, str, str | None]] = [
    ("{% for p in page.translations %}{{ p.title }}{% endfor %}", "content/fruit/plum.de.md", "---\ntitle: P\n---\n", None),
    ("{% for p in page.translations %}{{ p.section.title }}{% endfor %}", "content/fruit/_index.de.md", "---\ntitle: O\n---\n", None),
    ("{% for c, l in site.languages|items %}{{ l.title }}{% endfor %}", "pectin.toml", "Konfitüre", "Marmelade"),
    ("{% for c, l in site.languages|items %}{{ l.url }}{% endfor %}", "pectin.toml", "prefix = 'deutsch'", "fallback = true"),
    ("{{ site.title }}", "pectin.toml", "Konfitüre", "Marmelade"),
    ("{{ site.home.title }}", "content/_index.de.md", "---\ntitle: Haus\n---\n", None),
    ("{{ get_page('fruit/plum.md').title }}", "content/fruit/plum.de.md", "---\ntitle: P\n---\n", None),
    ("{{ get_section('fruit').title }}", "content/fruit/_index.de.md", "---\ntitle: O\n---\n", None),
    ("{{ site.pages|length }}", "content/new.de.md", "Neu.\n", None),
    ("{{ page.original.url if page.original }}", "content/fruit/pear.de.md", "Birne.\n", None),
    ("{% for n, t in site.taxonomies|items %}{{ t.url }}{% endfor %}", "pectin.toml", "wörter", "worte"),
    ("{{ t('hello') }}", "i18n/de.toml", "hello = 'Servus'\n", None),
    ("{{ t('bye') }}", "i18n/de.toml", "bye = 'Tschüs'\n", None),
    ("{{ t('bye') }}", "i18n/en.toml", "hello = 'Hi'\nbye = 'See you'\n", None),
    ("{{ site.direction }}", "pectin.toml", "[languages.ar]\ndirection = 'ltr'", "[languages.ar]"),
]  # fmt: skip
"""The same in a site with several languages."""


@pytest.mark.parametrize(
    ("site", "asked", "path", "text", "replaced"),
    [(SITE, *case) for case in QUESTIONS] + [(MANY, *case) for case in IN_LANGUAGES],
)
def test_a_page_is_rendered_again_when_an_answer_changes(
    site: Files, asked: str, path: str, text: str, replaced: str | None
) -> None:
    edited = site["pectin.toml"].replace(replaced, text) + HISTORY if replaced else text
    files = {**site, **MADE, "templates/page.html": asked, "templates/fruit/page.html": asked}
    files["pectin.toml"] += HISTORY
    disk = Disk()
    cache = MemoryCache(disk.find)
    _, before = run(files, TODAY, disk, cache)
    files[path] = edited
    _, after = run(files, TODAY, disk, cache)
    _, wanted = run(files, TODAY, Disk(), None)
    assert after == wanted
    assert any(before[page] != after[page] for page in before if page in after)


def test_a_link_to_the_new_origin_is_looked_up() -> None:
    shown = SITE["content/fruit/fig.md"] + "\n[x](https://example.com/missing/)\n"
    files = {**SITE, "content/fruit/fig.md": shown}
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    files["pectin.toml"] = files["pectin.toml"].replace("example.org", "example.com")
    built, clean = run(files, TODAY, disk, cache)[0], run(files, TODAY, Disk(), None)[0]
    assert built.problems == clean.problems


def test_a_list_that_shows_the_summary_of_a_page_that_shows_its_own() -> None:
    files = {
        **SITE,
        "templates/special.html": "{{ page.summary }}",
        "templates/shortcodes/own.html": "{{ page.summary }}",
        "content/fruit/fig.md": "---\ndate: 2026-01-03\n---\n{{ own() }}\n",
    }
    disk = Disk()
    built = run(files, TODAY, disk, MemoryCache(disk.find))[0]
    assert "endless-content" in {problem.code for problem in built.problems}


def test_what_a_page_shows_of_another_depends_on_the_origin_too() -> None:
    shown = "{% for p in page.section.pages %}{{ p.permalink }}{% endfor %}"
    files = {**SITE, "templates/page.html": shown}
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    files["pectin.toml"] = files["pectin.toml"].replace("example.org", "example.com")
    assert run(files, TODAY, disk, cache)[1] == run(files, TODAY, Disk(), None)[1]


def count_rendered(edits: Files) -> int:
    disk = Disk()
    cache = MemoryCache(disk.find)
    with open_compilers() as compilers:
        run(SITE, TODAY, disk, cache, compilers)
        return run({**SITE, **edits}, TODAY, disk, cache, compilers)[0].rendered


def test_no_image_is_decoded_when_nothing_changes() -> None:
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(SITE, TODAY, disk, cache)
    encoder = PlainEncoder()
    run(SITE, TODAY, disk, cache, image_tools=ImageTools(encoder))
    assert encoder.decoded == 0


def test_another_encoder_encodes_everything_again() -> None:
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(SITE, TODAY, disk, cache)
    tools = ImageTools(PlainEncoder("2"))
    _, made = run(SITE, TODAY, disk, cache, image_tools=tools)
    assert made == run(SITE, TODAY, Disk(), None, image_tools=tools)[1]


def test_images_outlive_what_builds_remember_of_pages() -> None:
    results = MemoryImages()
    first = run(SITE, TODAY, Disk(), None, image_tools=ImageTools(PlainEncoder(), results))
    encoder = PlainEncoder()
    assert run(SITE, TODAY, Disk(), None, image_tools=ImageTools(encoder, results)) == first
    assert encoder.decoded == 0


def test_copies_of_the_process_make_the_images_that_one_would() -> None:
    site = {f"content/more/{n}.md": "![Pan](pan.png)\n" for n in range(60)}
    site |= {f"content/more/{n}/index.md": f"![Pan](p{n}.png)\n" for n in range(100, 130)}
    site |= {f"content/more/{n}/p{n}.png": f"png {n}x50" for n in range(100, 130)}
    files = {**SITE, **site, "content/more/pan.png": "png 90x60"}
    made: list[dict[str, bytes]] = []
    for workers in (OneWorker(), ForkedWorkers(3)):
        made.append({})
        build(
            MemorySource(files),
            today=TODAY,
            emit=lambda file: made[-1].update({file.path: read_body(file.body)}),
            theme=THEME,
            workers=workers,
            image_tools=ImageTools(PlainEncoder()),
        )
    assert made[0] == made[1]


def test_copies_of_the_process_look_pages_through_as_one_would() -> None:
    flawed = {
        f"content/fruit/many-{n}.md": f"## A\n\n#### <b>B {n}\n\n<img src=https://a.example/{n}>"
        for n in range(90)
    }
    files, disk = {**SITE, **flawed}, Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    alone, _ = run(
        files, TODAY, Disk(), None, options=BuildOptions(inspect=True, list_outside=True)
    )
    for workers in (OneWorker(), ForkedWorkers(2)):
        for known in (None, cache):
            built, _ = run(
                files,
                TODAY,
                disk,
                known,
                options=BuildOptions(inspect=True, list_outside=True),
                workers=workers,
            )
            assert (built.problems, built.outside_links) == (alone.problems, alone.outside_links)
    assert len([it for it in alone.problems if it.code == "missing-alt"]) == 90
    assert len(alone.outside_links) == 90


def test_nothing_is_rendered_when_nothing_changes() -> None:
    assert count_rendered({}) == 0


def test_the_end_of_a_body_concerns_its_page_alone() -> None:
    longer = SITE["content/fruit/plum.md"] + "\nAnd more.\n"
    assert count_rendered({"content/fruit/plum.md": longer}) == 1


def test_a_body_that_links_as_before_concerns_no_page_that_it_links_to() -> None:
    shown = {
        "templates/page.html": "{% for p in page.backlinks %}{{ p.title }}{% endfor %}",
        "templates/term.html": "",
    }
    disk = Disk()
    cache = MemoryCache(disk.find)
    run({**SITE, **shown}, TODAY, disk, cache)
    longer = {"content/fruit/pear.md": f"{SITE['content/fruit/pear.md']}\nMore.\n"}
    assert run({**SITE, **shown, **longer}, TODAY, disk, cache)[0].rendered == 0


def test_a_change_that_leaves_every_answer_equal_stops_there() -> None:
    spaced = SITE["content/fruit/plum.md"].replace("Much.", "Much.\n\n\n")
    assert count_rendered({"content/fruit/plum.md": spaced}) == 0


def test_a_changed_partial_concerns_the_pages_that_show_what_is_made_of_it() -> None:
    assert count_rendered({"assets/_colors.scss": "$c: blue;"}) == 2


def test_a_partial_that_changes_no_byte_of_css_stops_there() -> None:
    assert count_rendered({"assets/_colors.scss": "// as it was\n$c: red;"}) == 0


LISTS = {
    "{% for p in site.pages|where('params.x', 1) %}{{ p.title }}{% endfor %}": 1,
    "{% for p in site.pages|take(1) %}{{ p.title }}{% endfor %}": 1,
    "{% for p in get_pages('log/*') %}{{ p.title }}{% endfor %}": 1,
    "{% for p in site.pages|where('params.x', 'exists', true) %}{{ p.title }}{% endfor %}": 5,
    "{% for p in site.pages %}{{ p.title }}{% endfor %}": 5,
}
"""What each of five pages lists, and how many are rendered again when one gets an `x` of 2."""


@pytest.mark.parametrize(("template", "rendered"), LISTS.items())
def test_a_page_depends_on_what_is_in_its_lists_alone(template: str, rendered: int) -> None:
    disk = Disk()
    cache = MemoryCache(disk.find)
    lists = dict.fromkeys(("section", "taxonomy", "term", "404"), "")
    files = {**SITE, **{f"templates/{name}.html": text for name, text in lists.items()}}
    files["templates/page.html"] = template
    files["pectin.toml"] = CONFIG
    run(files, TODAY, disk, cache)
    plum = files["content/fruit/plum.md"].replace("date", "x: 2\ndate")
    assert run({**files, "content/fruit/plum.md": plum}, TODAY, disk, cache)[0].rendered == rendered


def test_an_item_that_changes_concerns_its_page_and_what_lists_it() -> None:
    files = {**SITE, **MADE}
    changed = MADE["data/jams.json"].replace('"n": 2', '"n": 7')
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    _, before = run(files, TODAY, disk, cache)
    built, after = run({**files, "data/jams.json": changed}, TODAY, disk, cache)
    assert {path for path in before if before[path] != after[path]} == {
        "/jams/sloe/index.html",
        "/jams/page/2/index.html",
        "/all/index.html",
    }
    assert built.rendered < len(before) / 3


def test_the_records_of_another_branch_are_good_when_it_comes_back() -> None:
    disk = Disk()
    cache = MemoryCache(disk.find)
    other = {**SITE, "templates/base.html": "{% block main %}{% endblock %}"}
    for files in (SITE, other):
        run(files, TODAY, disk, cache)
    assert [run(files, TODAY, disk, cache)[0].rendered for files in (SITE, other)] == [0, 0]


def test_files_that_are_lost_are_rendered_again() -> None:
    disk = Disk()
    cache = MemoryCache(lambda _digest, _size: None)
    _, wanted = run(SITE, TODAY, disk, cache)
    built, made = run(SITE, TODAY, disk, cache)
    assert (made, built.rendered) == (wanted, built.pages)


def check_after(edits: Files) -> int:
    """How many files are rendered after `edits` of a site with other outputs, which are as they must be."""
    files = {**SITE, "pectin.toml": SITE["pectin.toml"] + OUTPUTS}
    disk = Disk()
    cache = MemoryCache(disk.find)
    with open_compilers() as compilers:
        run(files, TODAY, disk, cache, compilers)
        built, made = run({**files, **edits}, TODAY, disk, cache, compilers)
        assert made == run({**files, **edits}, TODAY, Disk(), None, compilers)[1]
    return built.rendered


def test_another_template_of_a_format_concerns_its_files_alone() -> None:
    assert check_after({"templates/page.json": "[{{ page.title|json }}]"}) == 5


def test_a_new_template_of_a_format_concerns_those_that_it_renders() -> None:
    assert check_after({"templates/fruit/page.json": "[]"}) == 3


def test_a_format_that_escapes_where_it_did_not_is_rendered_again() -> None:
    escaped = "[output_formats.json]\nis_plain_text = false\n"
    assert check_after({"pectin.toml": SITE["pectin.toml"] + OUTPUTS + escaped}) > 0


CONTESTED: Files = {
    **SITE,
    "pectin.toml": SITE["pectin.toml"] + '[check]\nduplicate-url = "warning"\n',
    "content/x/a.md": "---\ntitle: A\nurl: /same/\ndate: 2026-01-01\n---\nA.\n",
    "content/x/b.md": "---\ntitle: B\nurl: /same/\ndate: 2026-01-02\n---\nB.\n",
    "content/x/z.md": "---\ntitle: Z\ndate: 2026-01-03\n---\nZ.\n",
    "templates/page.html": "{{ page.title }}{{ page.content }}{% for p in page.section.pages %}"
    "{{ p.next.title if p.next }}{{ p.plain }}{% endfor %}",
}


@pytest.mark.parametrize("path", ["content/x/a.md", "content/x/b.md", "content/x/z.md"])
@pytest.mark.parametrize(
    "text",
    [None, "---\ntitle: New\nurl: /same/\ndate: 2026-01-02\n---\n", "---\ndate: 2026-02-01\n---\n"],
)
def test_pages_that_would_have_one_url_are_told_apart(path: str, text: str | None) -> None:
    check_edits(CONTESTED, [(path, text), (path, CONTESTED[path])])


def test_the_file_of_a_list_that_a_page_takes_is_rendered_anew() -> None:
    taking = "---\nurl: /fruit/page/2/\ntitle: Taken\n---\nTaken.\n"
    check_edits(CONTESTED, [("content/aa.md", taking), ("content/aa.md", None)])
