"""Scripts as they are published: with what they import in them, or beside them."""

from __future__ import annotations

from functools import partial

from pectin.build.assets.compilers import Compiled, ScriptBundler
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.findings import describe_findings
from pectin.build.assets.modules import LOADERS
from pectin.build.assets.references import JS_IMPORT, find_place
from pectin.build.assets.workshop import Product, Workshop
from pectin.build.problems import Problems
from pectin.build.site.asset_links import TYPED, AssetLinks
from pectin.build.site.asset_options import AssetOptions
from pectin.build.site.stylesheets import Made
from pectin.build.source import SourceTree
from pectin.build.traces.model import compute_print
from pectin.values.place import Place


class Scripts:
    """Makes scripts of the files of one site."""

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
        """What the script `path` becomes.

        Types are what no browser reads, so that a script that has them is always put together.
        """
        options = self._options
        whole = options.bundles_scripts or path.endswith(TYPED)
        if not whole and not options.minifies_scripts:
            text = self._source.read(path).decode(errors="surrogateescape")
            return Made(self._rewrite(path, text))
        bundler = options.compilers.scripts
        if bundler is None:
            self._report_missing(path)
            return Made("")
        product = self._do(bundler, path, whole=whole)
        self._problems.add(describe_findings(product, self._source))
        for file in product.files:
            if file[file.rfind(".") :].lower() not in LOADERS:
                # It was published when the work was done, maybe by an earlier build.
                self._url_of(file)
        compiled = product.compiled
        return Made(
            compiled.text if whole else self._rewrite(path, compiled.text), compiled.source_map
        )

    def _do(self, bundler: ScriptBundler, path: str, *, whole: bool) -> Product:
        minify, source_map = self._options.minifies_scripts, self._options.source_maps
        development = self._options.development
        how = compute_print(whole, minify, source_map, development).hex()

        def work(files: AssetFiles) -> Compiled:
            return bundler.bundle(
                path,
                files,
                self._url_of,
                whole=whole,
                minify=minify,
                source_map=source_map,
                development=development,
            )

        return self._workshop.make(f"{bundler.version} {how} {path}", work)

    def _rewrite(self, path: str, text: str) -> str:
        return self._links.rewrite(path, text, JS_IMPORT, partial(find_place, path, text))

    def _url_of(self, path: str) -> str:
        return self._links.url_of(path.removeprefix("assets/"))

    def _report_missing(self, path: str) -> None:
        options = self._options
        if path.endswith(TYPED):
            options.report_missing(self._problems, f"{path} is TypeScript", "bundle", Place(path))
        else:
            what = "pectin.toml has something done to scripts"
            options.report_missing(self._problems, what, "bundle", options.place_of_scripts())
