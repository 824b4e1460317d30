"""Pages through their templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup
from minijinja import TemplateError

from pectin.build.configuration.model import OutputFormat, RawHtml, choose_stricter
from pectin.build.configuration.outputs import list_plain_suffixes
from pectin.build.content.document import Content
from pectin.build.content.hooks import HookCall, Hooks
from pectin.build.content.inclusion import CannotInclude
from pectin.build.content.link_targets import Written
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.shortcodes import ShortcodeCall
from pectin.build.content.wiki_links import name_in_target
from pectin.build.faults import FAULTS, TemplateFault
from pectin.build.problems import Problems
from pectin.build.site.feeds import list_fed_pages
from pectin.build.site.index import SiteIndex
from pectin.build.site.model import Page
from pectin.build.site.pagination import Slice
from pectin.build.site.sites import Sites
from pectin.build.suggestions import suggest
from pectin.build.templates.attributes import list_attributes
from pectin.build.templates.backlinks import Backlinks
from pectin.build.templates.bodies import Bodies
from pectin.build.templates.choice import TemplateChoice
from pectin.build.templates.closure import Closures
from pectin.build.templates.engines import Engine, Materials, Setting
from pectin.build.templates.environment import (
    BUILT_IN_FILTERS,
    BUILT_IN_FUNCTIONS,
    BUILT_IN_TESTS,
)
from pectin.build.templates.errors import Vocabulary, explain_error, explain_fault
from pectin.build.templates.fixed import ImpureCall, fix
from pectin.build.templates.hooks import list_hooks
from pectin.build.templates.library import (
    HOOKS,
    SHORTCODES,
)
from pectin.build.templates.markdown_memory import MarkdownMemory
from pectin.build.templates.memory import BodyMemory
from pectin.build.templates.queries import Queries
from pectin.build.templates.references import explain_lost, resolve_name, resolve_reference
from pectin.build.templates.site_view import SiteView
from pectin.build.templates.source_texts import path_of_file
from pectin.build.templates.unknown_names import UnknownNames
from pectin.build.templates.views import PageView
from pectin.build.templates.wholeness import check_templates
from pectin.build.traces.recorder import Recorder
from pectin.build.workers import Workers
from pectin.values.place import Place

INCLUDE = "include"
"""A shortcode that a site has without a template."""

VARIABLES = ("page", "site", "today", "paginator")


class Rendering:
    """Renders the pages of a site, and their bodies when they are asked for."""

    def __init__(  # noqa: PLR0913 - all that a rendering is made of, each by its name
        self,
        sites: Sites,
        indices: Mapping[str, SiteIndex],
        materials: Materials,
        problems: Problems,
        recorder: Recorder,
        memory: BodyMemory,
        *,
        origin: str,
        today: date,
        refused_calls: frozenset[str],
    ) -> None:
        self._refused_calls = refused_calls
        self._documents = materials.documents
        self._templates = materials.templates
        self.texts = materials.texts
        self._problems = problems
        self._recorder = recorder
        plain_suffixes = list_plain_suffixes(sites.config.output_formats.values())
        self.closures = Closures(materials.templates, plain_suffixes)
        self._rendered: Page | None = None
        self.markdown = MarkdownRenderer(sites.config.markdown)
        self._stricter: dict[RawHtml, MarkdownRenderer] = {}
        self.has_stricter = any(
            head.front_matter.raw_html is not None for head in sites.heads.values()
        )
        self.hooks = list_hooks(materials.templates)
        self._backlinks = Backlinks(
            sites,
            materials.documents,
            materials.source,
            materials.cache,
            self.markdown,
            lambda target, page: resolve_reference(target, page, self.queries_in(page.language)),
            origin,
        )
        self.bodies = Bodies(self._render_body, list_fed_pages(sites.by_language.values()), memory)
        self.markdown_memory = MarkdownMemory(materials.cache)
        setting = Setting(
            sites,
            self.bodies,
            self._render_text,
            lambda: self._rendered,
            self._list_linking,
            origin,
            today,
            recorder,
            self.markdown_memory,
        )
        self._engines = {
            code: Engine(site, indices[code], materials, setting)
            for code, site in sites.by_language.items()
        }
        self._main = self._engines[sites.config.language]
        self._unknown_names = UnknownNames(
            materials.templates, self._main.environment.undeclared_variables_in_template
        )
        self._choice = TemplateChoice(
            materials.templates, materials.documents, problems, self.queries_in
        )

    def engine_of(self, language: str) -> Engine:
        """What renders the pages in `language`."""
        return self._engines[language]

    def queries_in(self, language: str) -> Queries:
        """The questions as pages in `language` ask them."""
        return self._engines[language].queries

    def render_page(
        self, page: Page, part: Slice | None = None, output: OutputFormat | None = None
    ) -> str | None:
        """The page in HTML or the format `output`; None where that fails, which is then a problem.

        `part` is the slice of a list that is shown.
        """
        engine = self._engines[page.language]
        if output is None:
            engine.note("layout", page.path)
        else:
            engine.note("output-layout", f"{output.name} {page.path}")
        template = self.choose(page, output)
        if template is None:
            return None
        self._note_template(template, page)
        paginator = engine.paginators.of(page, part) if part else None
        context = {"page": engine.views.of(page), "paginator": paginator}
        return self._render(
            template, page, context, lambda fault: self._explain(fault, template, context, page)
        )

    def prepare(self, workers: Workers) -> None:
        """Have `workers` read what templates may ask for of all pages at once."""
        if self._templates.any_mentions("backlinks"):
            self._backlinks.prepare(workers)

    def check_templates(self) -> None:
        """Report what is wrong with templates whether or not a page needs them."""
        names, environment = self._list_names(), self._main.environment
        check_templates(self._templates, environment, names, self._problems)
        self._unknown_names.check(names, self._problems)

    def choose(self, page: Page, output: OutputFormat | None = None) -> str | None:
        """The template that renders `page` in HTML or the format `output`.

        None where there is none, which is then a problem.
        """
        return self._choice.choose(page, output)

    def _render(
        self,
        template: str,
        page: Page,
        context: dict[str, Any],
        explain: Callable[[Exception], None],
    ) -> str | None:
        """What the `template` makes for `page`; None where it fails, of which `explain` tells."""
        outer, self._rendered = self._rendered, page
        try:
            return self._engines[page.language].environment.render_template(template, **context)
        except FAULTS as fault:
            explain(fault)
            return None
        finally:
            self._rendered = outer

    def _explain(
        self, fault: Exception, template: str, context: dict[str, Any], page: Page, note: str = ""
    ) -> None:
        if isinstance(fault, TemplateError):
            names = self._list_names()
            problem = explain_error(fault, template, self._templates, names)
            problem = self._unknown_names.locate(problem, names)
        elif isinstance(fault, ImpureCall) and fault.method in self._refused_calls:
            return  # it was told where it is written
        else:
            diagnosis = self._engines[page.language].diagnosis
            call = diagnosis.find_failed_call(template, context)
            problem = explain_fault(fault, call, template, self._templates)
        notes = (*problem.notes, note) if note else problem.notes
        shown = page.source or page.url
        self._problems.add([replace(problem, notes=notes)], page=shown)

    def _list_names(self) -> Vocabulary:
        tools = self._main.tools
        return Vocabulary(
            (*VARIABLES, *tools.functions),
            [name for name in (*tools.functions, *BUILT_IN_FUNCTIONS) if name not in VARIABLES],
            (*tools.filters, *BUILT_IN_FILTERS),
            BUILT_IN_TESTS,
            {"page": list_attributes(PageView), "site": list_attributes(SiteView)},
        )

    def _render_body(self, page: Page) -> Content:
        assert page.head is not None
        self._recorder.note("setting", "markdown")
        self._recorder.note("hooks", "")
        engine = self._engines[page.language]
        queries = engine.queries
        if self.has_stricter:
            self._recorder.note("raw-html", page.source)
        document = self._documents.load(page.head)
        lost: dict[str, str] = {}
        content, problems = self._markdown_of(page).render_content(
            document,
            resolve_link=lambda target: _resolve(target, page, queries, lost),
            render_shortcode=lambda call: self._render_shortcode(call, page),
            render_image=lambda *image: engine.pictures.replace(page, *image),
            hooks=self._make_hooks(page),
            read_file=lambda written: self._read_file(written, page),
        )
        self._problems.add(problems)
        if lost:
            locate = self.markdown.locate_links(document)
            for target, name in lost.items():
                for written in locate(target) or [Written(f"[[{name}]]", Place(page.source))]:
                    self._problems.add([explain_lost(name, written, queries)])
        return content

    def find_raw_html(self, page: Page | None) -> RawHtml:
        """What becomes of HTML in the body of `page`."""
        site = self.markdown.options.raw_html
        own = page.head.front_matter.raw_html if page and page.head else None
        found = choose_stricter(site, own)
        return site if found is None else found

    def _markdown_of(self, page: Page) -> MarkdownRenderer:
        chosen = self.find_raw_html(page)
        if chosen == self.markdown.options.raw_html:
            return self.markdown
        if chosen not in self._stricter:
            options = replace(self.markdown.options, raw_html=chosen)
            self._stricter[chosen] = MarkdownRenderer(options)
        return self._stricter[chosen]

    def _list_linking(self, page: Page) -> Sequence[Page]:
        with self._recorder.recording():  # what links lead to is asked by no render
            return self._backlinks.of(page)

    def _read_file(self, written: str, page: Page) -> str:
        """The text of the file that the body of `page` means by `written`. Raises CannotInclude."""
        if self.find_raw_html(page) is not True:
            hint = "set `raw_html = true` in `[markdown]`, if you trust all who write"
            raise CannotInclude("bad-include", "a writer who is not trusted shows no files", hint)
        path = path_of_file(written, page.source)
        text = self.queries_in(page.language).text_of(path)
        if text is None:
            raise CannotInclude(
                "missing-file", f"there is no file `{path}` in the site", self.texts.suggest(path)
            )
        return text

    def _make_hooks(self, page: Page) -> Hooks | None:
        if not self.hooks:
            return None
        return Hooks(self.hooks, lambda call: self._render_hook(call, page))

    def _render_hook(self, call: HookCall, page: Page) -> str:
        """The element as its hook writes it; where that fails, as Markdown does."""
        template = f"{HOOKS}{call.name}.html"
        self._note_template(template, page)
        context = {**fix(call.variables), "page": self._engines[page.language].views.of(page)}
        note = f"in the hook for {call.about}"
        made = self._render(
            template,
            page,
            context,
            lambda fault: self._explain(fault, template, context, page, note),
        )
        return call.default if made is None else made

    def _render_shortcode(self, call: ShortcodeCall, page: Page) -> str | None:
        """The shortcode as HTML; where that fails its body, for what is wrong in there.

        None where it is `include`, and the site has no template of this name.
        """
        own = f"{SHORTCODES}{call.name}.html"
        self._note_template(own, page)
        template = self._templates.find_first([own])
        if template is None and call.name == INCLUDE:
            return None
        if template is None:
            self._problems.report(
                "unknown-shortcode",
                f"there is no shortcode `{call.name}`",
                suggest(call.name, self._templates.list_shortcodes())
                or f"put its template at templates/{own}",
                call.place,
            )
            return call.body or ""
        arguments = fix(call.arguments)
        context = {
            "arguments": arguments,
            **arguments,
            "nth": call.nth,
            "page": self._engines[page.language].views.of(page),
        }
        if call.body is not None:
            context["body"] = Markup(call.body)  # noqa: S704 - rendered Markdown

        def explain(fault: Exception) -> None:
            if template != own and isinstance(fault, TemplateFault):
                # Nobody can mend a shortcode of Pectin's own.
                self._problems.report(fault.code, fault.message, fault.hint, call.place)
            else:
                note = f"in the shortcode at {call.place}"
                self._explain(fault, template, context, page, note)

        made = self._render(template, page, context, explain)
        return (call.body or "") if made is None else made

    def _note_template(self, name: str, page: Page) -> None:
        """Note what every render of the template `name` depends on, whatever it asks."""
        closure = self.closures.of(name)
        self._engines[page.language].note("page", page.path)
        self._recorder.note("template", name)
        if closure.uses_today:
            self._recorder.note("today", "")

    def _render_text(self, text: Any) -> Markup:
        self._recorder.note("setting", "markdown")
        return Markup(self.markdown.render_text(str(text)))  # noqa: S704 - the author's own


def _resolve(target: str, page: Page, queries: Queries, lost: dict[str, str]) -> str:
    """The URL for `target`; a wiki link that leads to no one page is put into `lost`."""
    name = name_in_target(target)
    if name is None:
        return resolve_reference(target, page, queries)
    url = resolve_name(name, target, queries)
    if url is None:
        lost[target] = name
    return url or "#"
