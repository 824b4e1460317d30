"""A build of a site of which only bodies changed is a revision, and equal to a whole build."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.build.conftest import THEME, TODAY, PlainEncoder
from tests.build.test_incremental import EDITS, SITE, Disk, Edit, Files, apply, run

from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_source import MemorySource
from pectin.app.compilers import open_compilers
from pectin.build.assets.compilers import Compilers
from pectin.build.builder import Build, build
from pectin.build.earlier import Earlier
from pectin.build.images.images import ImageTools
from pectin.build.standing import Standing
from pectin.values.output import OutputFile

PLUM, PEAR, FIG, LID = (
    "content/fruit/plum.md",
    "content/fruit/pear.md",
    "content/fruit/fig.md",
    "content/log/lid.md",
)

BODIES = [
    "Short.\n",
    "Short.\n\nAnd *more*.\n",
    "Short.\n\n\n\nAnd *more*.\n",
    "## Sugar\n\nSweet.\n",
    "## Salt\n\n[Sweet](/fruit/plum/#sugar) [top](#salt)\n",
    "[Gone](nowhere.md)\n",
    "Unused.[^1]\n\n[^2]: Note.\n",
    "{{ shown(of='fruit/plum.md') }}\n",
    "{{ shown(of='log/lid.md') }}\n",
    "{{ dotted() }} and {{ note() }}\n",
    "{{ unknown() }}\n",
    "[Plum](../fruit/plum.md), [[fig]] and [[lid#salt]]\n",
    "```md {file=/content/fruit/plum.md}\n```\n",
    "{{ include(file='../log/lid.md') }}\n",
    "dotted <!-- more --> the rest\n",
    "![A pan](/pan.png)\n",
    "A pan. ![A pan](/pan.png) {{ panned() }}\n",
    "\udcff".encode("utf-8", "surrogateescape").decode("latin-1") + "\n",
]
"""What may stand below the front matter of any document."""

LAYOUTS = [
    SITE["templates/page.html"],
    "{{ page.content }}{% for p in page.section.pages %}{{ p.summary }}{% endfor %}",
    "{{ page.content }}{% if 'dotted' in page.content %}{{ asset('dot.svg').url }}{% endif %}",
    "{{ page.content }}{{ get_page('fruit/plum.md').content }}{{ page.next.word_count if page.next }}",
    "{{ page.content }}{% for p in page.backlinks %}{{ p.title }}{% endfor %}",
    "{{ page.content }}{% for p in page.backlinks|take(1)|union(site.pages|take(1)) %}{{ p.url }}{% endfor %}",
    "{% for p in site.pages|take(2)|intersect(get_page('fruit/plum.md').backlinks) %}{{ p.url }}{% endfor %}",
    "{{ page.content }}{% for p in page.related|sort_by('title') %}{{ p.summary }}{% endfor %}",
    "{% for h in page.toc %}{{ h.title }}{% endfor %}{{ page.summary }}",
]

SHORTCODES: Files = {
    "templates/shortcodes/shown.html": "{{ get_page(of).content }}",
    "templates/shortcodes/panned.html": "{{ image('pan.png', alt='', width=9) }}",
    "templates/shortcodes/dotted.html": "{{ asset('dot.svg').url }}",
}

Revise = Callable[..., tuple[Build, int]]
Change = tuple[str, str] | Edit
"""A document and its new body, or any edit."""

CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.tuples(st.sampled_from([PLUM, PEAR, FIG, LID]), st.sampled_from(BODIES)),
    st.tuples(st.sampled_from([PLUM, PEAR, FIG, LID]), st.sampled_from(BODIES)),
    st.tuples(st.sampled_from([PLUM, PEAR, FIG, LID]), st.sampled_from(BODIES)),
    st.tuples(st.just("templates/page.html"), st.sampled_from(LAYOUTS)),
    EDITS,
)


class Line:
    """Builds of one site, each of which may be a revision of the last that had no error.

    With `stands`, what that prepared is kept, and each build is told which files changed.
    """

    def __init__(self, compilers: Compilers, *, stands: bool = False) -> None:
        self.compilers = compilers
        self.standing = Standing() if stands else None
        self.source: Files = {}
        self.disk = Disk()
        self.cache = MemoryCache(self.disk.find)
        self.earlier: Earlier | None = None
        self.day = TODAY
        self.files: dict[str, bytes] = {}

    def build(self, files: Files, today: date = TODAY) -> tuple[Build, dict[str, bytes]]:
        made: dict[str, bytes] = {}

        def emit(file: OutputFile) -> None:
            assert file.path not in made
            made[file.path] = self.disk.keep(file)

        holds = self.earlier and (not self.earlier.until or self.day <= today < self.earlier.until)
        earlier = self.earlier if holds else None
        if earlier and self.standing and files.keys() == self.source.keys():
            changed = frozenset(path for path in files if files[path] != self.source[path])
            earlier = replace(earlier, changed=changed)
        source = MemorySource(files)
        built = build(
            source,
            today=today,
            emit=emit,
            theme=THEME,
            cache=self.cache,
            compilers=self.compilers,
            earlier=earlier,
            standing=self.standing,
            image_tools=ImageTools(PlainEncoder()),
        )
        if built.is_revision:
            assert made.keys() <= self.files.keys()
            made = self.files | made
        if built.foundation:
            self.earlier = Earlier(built.foundation, built.problems, built.until)
            self.day, self.files, self.source = today, made, dict(files)
        return built, made


def set_body(files: Files, path: str, body: str) -> None:
    head, _, _ = files.get(path, SITE[path])[3:].partition("\n---\n")
    files[path] = f"---{head}\n---\n{body}"


def check_changes(changes: list[Change], line: Line) -> int:
    compilers, files, today = line.compilers, {**SITE, **SHORTCODES}, TODAY
    line.build(files, today)
    revisions = 0
    for change in changes:
        if isinstance(change, tuple) and change[1] in BODIES:
            set_body(files, change[0], str(change[1]))
        else:
            today = apply(change, files, today)
        clean, wanted = run(files, today, Disk(), None, compilers)
        built, made = line.build(files, today)
        assert built.problems == clean.problems
        assert built.rules == clean.rules
        assert made == wanted
        revisions += built.is_revision
    return revisions


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=8), stands=st.booleans())
def test_a_series_of_changes_leaves_no_byte_that_a_clean_build_has_not(
    changes: list[Change], *, stands: bool
) -> None:
    with open_compilers() as compilers:
        check_changes(changes, Line(compilers, stands=stands))


@pytest.fixture
def revise(compilers: Compilers) -> Revise:
    """Builds a site, changes bodies, and tells of the build after that, and which files it changed."""

    def run_twice(changes: Files, first: Files | None = None) -> tuple[Build, int]:
        line, files = Line(compilers), {**SITE, **SHORTCODES, **(first or {})}
        line.build(files)
        before = dict(line.files)
        for path, body in changes.items():
            set_body(files, path, body)
        built, made = line.build(files)
        assert made == run(files, TODAY, Disk(), None, compilers)[1]
        return built, sum(before.get(path) != body for path, body in made.items())

    return run_twice


def test_a_site_that_stands_is_revised_again_and_again(compilers: Compilers) -> None:
    line, files = Line(compilers, stands=True), dict(SITE)
    line.build(files)
    for pounds, edited in enumerate((FIG, PEAR, FIG)):
        set_body(files, edited, f"{pounds} pounds.\n")
        built, made = line.build(files)
        assert built.is_revision
        assert made == run(files, TODAY, Disk(), None, compilers)[1]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param(FIG, "---\n", "---\n# a remark\n", id="a front matter that says the same"),
        pytest.param(FIG, "---\n", "---\ntitle: Other\n", id="another title"),
        pytest.param("pectin.toml", "title = ", "# a remark\ntitle = ", id="the configuration"),
        pytest.param("templates/page.html", "{{", "<!-- a remark -->{{", id="a template"),
    ],
)
def test_a_site_stands_for_changes_of_bodies_alone(
    compilers: Compilers, path: str, old: str, new: str
) -> None:
    line, files = Line(compilers, stands=True), dict(SITE)
    line.build(files)
    files[path] = files[path].replace(old, new, 1)
    built, made = line.build(files)
    assert files[path] != SITE[path]
    assert not built.is_revision
    assert made == run(files, TODAY, Disk(), None, compilers)[1]


def test_one_edited_body_is_a_revision_of_its_page(revise: Revise) -> None:
    built, changed = revise({PLUM: "Plums.\n\n## Sugar\n\nMore of it.\n"})
    assert (built.is_revision, built.rendered, changed) == (True, 1, 7)  # with its six feeds


def test_a_list_that_shows_the_summary_is_revised_with_the_page(revise: Revise) -> None:
    built, _ = revise({FIG: "Other figs.\n"})
    assert built.is_revision
    assert built.rendered > 1


def test_what_shows_a_body_by_a_shortcode_is_revised_with_it(revise: Revise) -> None:
    shown = SITE[LID] + "{{ shown(of='fruit/fig.md') }}\n"
    built, _ = revise({FIG: "Other figs.\n"}, {LID: shown})
    assert built.is_revision


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Plums.\n", id="an anchor that another page leads to is gone"),
        pytest.param("## Sugar\n\n[Salt](lid.md#salt)\n", id="a link leads nowhere"),
        pytest.param("## Sugar\n\n[Lid](../log/lid.md#top)\n", id="a link to a new anchor"),
        pytest.param("## Sugar\n\n[^1]: Unused.\n", id="a warning is new"),
        pytest.param("## Sugar\n\n{{ dotted() }}\n", id="an asset is asked for"),
        pytest.param("## Sugar\n\n{{ shown(of='log/lid.md') }}\n", id="another body is shown"),
    ],
)
def test_whatever_is_not_plain_is_built_whole(revise: Revise, body: str) -> None:
    assert not revise({PLUM: body})[0].is_revision


def test_a_changed_front_matter_is_no_revision(compilers: Compilers) -> None:
    line, files = Line(compilers), dict(SITE)
    line.build(files)
    files[PLUM] = files[PLUM].replace("tags: [b, a]", "tags: [b]")
    assert not line.build(files)[0].is_revision


def test_a_body_that_comes_back_is_a_revision_too(compilers: Compilers) -> None:
    line, files = Line(compilers), dict(SITE)
    _, first = line.build(files)
    set_body(files, FIG, "Other figs.\n")
    other, _ = line.build(files)
    files[FIG] = SITE[FIG]
    built, made = line.build(files)
    assert other.is_revision
    assert built.is_revision
    assert made == first
