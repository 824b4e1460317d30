"""What compilers say, as problems with their places."""

from __future__ import annotations

from collections.abc import Iterator

from pectin.build.assets.compilers import Finding
from pectin.build.assets.files import is_of_package
from pectin.build.assets.workshop import Product
from pectin.build.source import SourceTree
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity


def describe_findings(product: Product, source: SourceTree) -> Iterator[Problem]:
    """Each failure and warning of `product`, whose files are in `source`."""
    for finding in product.failures:
        yield Problem("asset-syntax", finding.message, finding.hint, _place(finding, source))
    for finding in product.compiled.warnings:
        place = _place(finding, source)
        yield Problem("asset-warning", finding.message, finding.hint, place, Severity.WARNING)


def _place(finding: Finding, source: SourceTree) -> Place:
    if finding.line is None:
        return Place(finding.path)
    if is_of_package(finding.path):
        return Place(finding.path, finding.line, finding.column)
    lines = source.read(finding.path).decode(errors="replace").splitlines()
    text = lines[finding.line - 1] if finding.line <= len(lines) else None
    return Place(finding.path, finding.line, finding.column, text)
