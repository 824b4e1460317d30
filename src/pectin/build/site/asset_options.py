"""How the files of one build are made: assets, and what of it concerns pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from pectin.build.assets.compilers import Compilers
from pectin.build.configuration.model import Config
from pectin.build.problems import Problems
from pectin.values.place import Place


@dataclass(frozen=True, slots=True)
class AssetOptions:
    """What `config` wants of assets, and who can do it.

    Whoever develops the site has the files as they were written, with source maps for those that are not.
    """

    config: Config
    compilers: Compilers = field(default_factory=Compilers)
    development: bool = False

    @property
    def source_maps(self) -> bool:
        """Whether what is compiled comes with source maps."""
        return self.development or self.config.assets.source_maps

    @property
    def bundles_sheets(self) -> bool:
        """Whether stylesheets take in what they import."""
        return self.config.assets.bundle and not self.development

    @property
    def minifies_sheets(self) -> bool:
        """Whether stylesheets are made short."""
        return self.config.minify.css and not self.development

    @property
    def works_on_sheets(self) -> bool:
        """Whether anything is done to stylesheets but to name them: then they are checked as well."""
        assets = self.config.assets
        return assets.bundle or bool(assets.browsers) or self.config.minify.css

    @property
    def bundles_scripts(self) -> bool:
        """Whether scripts take in what they import."""
        return self.config.assets.bundle

    @property
    def minifies_scripts(self) -> bool:
        """Whether scripts are made short."""
        return self.config.minify.js and not self.development

    @property
    def minifies_html(self) -> bool:
        """Whether pages are made short."""
        return self.config.minify.html and not self.development

    @property
    def browsers(self) -> tuple[str, ...]:
        """Which browsers stylesheets are made for; none where they are left as they are."""
        return () if self.development else self.config.assets.browsers

    def report_missing(self, problems: Problems, what: str, extra: str, place: Place) -> None:
        """Report that `what` needs something that `extra` brings, and that is not installed."""
        problems.report(
            "missing-extra",
            f"{what}, and what is needed for that is not installed",
            f"install it: pip install 'pectin[{extra}]'",
            place,
        )

    def place_of_sheets(self) -> Place:
        """Where pectin.toml asks for something to be done to stylesheets."""
        assets = self.config.assets
        key = ("assets", "bundle") if assets.bundle else ("minify", "css")
        return self.config.place_key(*(("assets", "browsers") if assets.browsers else key))

    def place_of_scripts(self) -> Place:
        """Where pectin.toml asks for something to be done to scripts."""
        is_bundled = self.config.assets.bundle
        return self.config.place_key(*(("assets", "bundle") if is_bundled else ("minify", "js")))
