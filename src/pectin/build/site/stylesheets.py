"""Stylesheets as they are published: compiled, put together, and made for the browsers that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from msgspec import Struct

from pectin.build.assets.compilers import Compiled, StylesheetCompiler
from pectin.build.assets.findings import describe_findings
from pectin.build.assets.imports import Import, find_unbalanced, parse_sheet
from pectin.build.assets.references import CSS_REFERENCE, FindPlace, find_place
from pectin.build.assets.workshop import Product, Workshop
from pectin.build.encoding import parse_text
from pectin.build.problems import Problems
from pectin.build.site.asset_links import SASS, AssetLinks
from pectin.build.site.asset_options import AssetOptions
from pectin.build.source import SourceTree
from pectin.build.traces.model import compute_print
from pectin.values.place import Place, place_at


class Made(Struct, frozen=True):
    """What an asset became, and its source map, or "" where there is none."""

    text: str
    source_map: str = ""


class _Source(Struct, frozen=True):
    """A stylesheet as CSS. `find_place` says where what stands in it was written.

    Of one that is not sound a mistake has been told.
    """

    path: str
    text: str
    find_place: FindPlace
    source_map: str = ""
    is_sound: bool = True


@dataclass(slots=True)
class _Bundle:
    """A stylesheet that is being put together.

    What must come first of all is in `ahead`: imports from elsewhere, with the layers named before them.
    """

    ahead: list[str] = field(default_factory=list)
    is_sound: bool = True


class Stylesheets:
    """Makes stylesheets of the files of one site."""

    def __init__(
        self,
        source: SourceTree,
        problems: Problems,
        links: AssetLinks,
        workshop: Workshop,
        options: AssetOptions,
    ) -> None:
        self._source = source
        self._problems = problems
        self._links = links
        self._workshop = workshop
        self._options = options

    def make(self, path: str) -> Made:
        """What the stylesheet `path` becomes."""
        sheet = self._load(path)
        if not self._options.bundles_sheets:
            text = self._links.rewrite(path, sheet.text, CSS_REFERENCE, sheet.find_place)
            finished = self._finish(path, text, is_sound=sheet.is_sound)
            # The compiler that finishes it knows no maps, and moves everything.
            return Made(finished, sheet.source_map if finished is text else "")
        bundle = _Bundle()
        text = self._inline(sheet, bundle, conditions=False)
        if any(line.startswith("@import") for line in bundle.ahead):
            text = "\n".join([*bundle.ahead, text])
        return Made(self._finish(path, text, is_sound=bundle.is_sound))

    def _load(self, path: str) -> _Source:
        if path.endswith(SASS):
            product = self._compile(path)
            place = partial(self._find_written, path, product.files)
            compiled = product.compiled
            return _Source(path, compiled.text, place, compiled.source_map, not product.failures)
        source = self._source.read(path)
        if not self._options.works_on_sheets:
            text = source.decode(errors="surrogateescape")
            return _Source(path, text, partial(find_place, path, text))
        text, problems = parse_text(path, source)
        self._problems.add(problems)
        return _Source(
            path,
            text,
            partial(find_place, path, text),
            is_sound=self._check(path, text) and not problems,
        )

    def _check(self, path: str, text: str) -> bool:
        """Whether nothing is wrong with the stylesheet `text` in the file `path`; else it is told."""
        opened = find_unbalanced(text)
        compiler = self._options.compilers.css
        if opened is not None:
            message = f"`{text[opened]}` has no counterpart"
            hint = "close what is opened, and nothing else: what follows would mean something else"
            self._problems.report("asset-syntax", message, hint, place_at(path, text, opened))
            return False
        if compiler is None:
            return True
        product = self._do(compiler, path, text, (), minify=False)
        self._problems.add(describe_findings(product, self._source))
        return not product.failures

    def _compile(self, path: str) -> Product:
        compiler, source_map = self._options.compilers.sass, self._options.source_maps
        if compiler is None:
            self._options.report_missing(self._problems, f"{path} is Sass", "sass", Place(path))
            return Product(Compiled(""), ())
        product = self._workshop.make(
            f"{compiler.version} {'map' if source_map else ''} {path}",
            lambda files: compiler.compile(path, files, source_map=source_map),
        )
        self._problems.add(describe_findings(product, self._source))
        return product

    def _inline(self, sheet: _Source, bundle: _Bundle, *, conditions: bool) -> str:
        """The CSS of `sheet` for `bundle`, with that of its imports in their places.

        `conditions` says that all of it is under some.
        """
        bundle.is_sound &= sheet.is_sound
        parsed = parse_sheet(sheet.text)
        parts: list[str] = []
        for item in parsed.prelude:
            if isinstance(item, str):
                bundle.ahead.append(item)
                parts.append(item)
            else:
                parts.append(self._inline_import(sheet, item, bundle, conditions=conditions))

        def find_in_rules(url: str, offset: int) -> Place:
            return sheet.find_place(url, offset + parsed.rules_at)

        rules = self._links.rewrite(sheet.path, parsed.rules, CSS_REFERENCE, find_in_rules)
        return "\n".join([*filter(None, parts), rules.strip("\n")])

    def _inline_import(
        self, sheet: _Source, item: Import, bundle: _Bundle, *, conditions: bool
    ) -> str:
        source = self._links.find_source(sheet.path, item.url, item.offset, sheet.find_place)
        if source is None:
            if conditions:
                self._problems.report(
                    "asset-syntax",
                    f"`{item.url}` is imported from elsewhere by a stylesheet that is itself "
                    "imported under conditions",
                    "import it where those conditions are, or set `bundle = false`",
                    sheet.find_place(item.url, item.offset),
                )
            bundle.ahead.append(item.render(item.url))
            return ""
        if item.layer:
            bundle.ahead.append(f"@layer {item.layer};")
        with self._links.circles.making(source):
            inner = self._load(source)
            css = self._inline(inner, bundle, conditions=conditions or item.has_conditions)
        if self._links.circles.has(source):
            place = sheet.find_place(item.url, item.offset)
            self._links.report_circle(sheet.path, source, place)
        return item.wrap(css)

    def _finish(self, path: str, text: str, *, is_sound: bool) -> str:
        """`text` for the browsers that are wanted, and as short as is wanted, if it `is_sound`."""
        options = self._options
        if not options.works_on_sheets:
            return text
        compiler = options.compilers.css
        if compiler is None:
            what = "pectin.toml has something done to stylesheets"
            options.report_missing(self._problems, what, "bundle", options.place_of_sheets())
            return text
        if not self._knows_browsers(compiler) or not is_sound or options.development:
            return text
        product = self._do(compiler, path, text, options.browsers, minify=options.minifies_sheets)
        for failure in product.failures:
            # Each file is sound by itself, and what was made of them has no place in any.
            lines = text.splitlines()[: failure.line or 0]
            hint = f"in what it becomes: {lines[-1].strip()}" if lines else ""
            self._problems.report("asset-syntax", failure.message, hint, Place(path))
        return text if product.failures else product.compiled.text

    def _knows_browsers(self, compiler: StylesheetCompiler) -> bool:
        browsers = self._options.config.assets.browsers
        reason = compiler.explain_browsers(browsers) if browsers else ""
        if reason:
            self._problems.report(
                "config-value",
                f"`browsers` cannot be read: {reason}",
                "write queries of Browserslist (https://browsersl.ist), as in `defaults`",
                self._options.config.place("assets", "browsers"),
            )
        return not reason

    def _do(
        self,
        compiler: StylesheetCompiler,
        path: str,
        text: str,
        browsers: Sequence[str],
        *,
        minify: bool,
    ) -> Product:
        how = compute_print(list(browsers), minify, text).hex()
        return self._workshop.make(
            f"{compiler.version} {how} {path}",
            lambda _: compiler.compile(path, text, browsers=browsers, minify=minify),
        )

    def _find_written(self, path: str, files: Sequence[str], url: str, _offset: int) -> Place:
        """Where one of `files` has `url`, which the compiler moved; the file `path` if none has."""
        for file in files:
            text = self._source.read(file).decode(errors="replace")
            if url in text:
                return place_at(file, text, text.index(url))
        return Place(path)
