"""What compilers made of assets, once for each content: in this build or an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import msgspec

from pectin.build.assets.compilers import Compiled, CompileFailed, Finding
from pectin.build.assets.files import AssetFiles, Packages, is_of_package
from pectin.build.source import SourceTree
from pectin.build.traces.cache import Cache
from pectin.build.traces.ledger import Ledger
from pectin.build.traces.model import (
    Question,
    Trace,
    compute_print,
    find_difference,
    make_trace,
)

_encode = msgspec.msgpack.Encoder().encode
_COMPILED = msgspec.msgpack.Decoder(Compiled)

Work = Callable[[AssetFiles], Compiled]
"""Makes something of files. Raises CompileFailed."""


class Product(msgspec.Struct, frozen=True):
    """What came of work: `compiled`, which is empty where there are `failures`.

    `files` of the site were read for it; `has_packages` says that packages were looked for.
    """

    compiled: Compiled
    files: tuple[str, ...]
    failures: tuple[Finding, ...] = ()
    has_packages: bool = False


class ProductRecord(msgspec.Struct, frozen=True, array_like=True):
    """Work that was done on the files of `trace`, and the fingerprint of what came of it."""

    trace: Trace
    compiled: bytes


@dataclass(frozen=True, slots=True)
class NewProducts:
    """Work done since the last drain: products by name, and what the cache is to keep."""

    products: dict[str, Product] = field(default_factory=dict)
    values: dict[bytes, bytes] = field(default_factory=dict)


class Workshop:
    """Products by names, each of which says all that the product depends on beside the files."""

    def __init__(
        self, cache: Cache, source: SourceTree, paths: Collection[str], packages: Packages
    ) -> None:
        self._cache = cache
        self._source = source
        self._paths = paths
        self._packages = packages
        self._ledger = Ledger(cache, b"c", ProductRecord)
        self._products: dict[str, Product] = {}
        self._new = NewProducts()

    @property
    def uses_packages(self) -> bool:
        """Whether what was made depends on packages, which are no part of the source."""
        return any(product.has_packages for product in self._products.values())

    def make(self, name: str, work: Work) -> Product:
        """What `work` makes, or made before of the same files under the same `name`."""
        found = self._products.get(name)
        if found is None:
            older = self._ledger.load(name)
            found = self._recall(older) or self._do(name, work, older)
            self._products[name] = found
        return found

    def drain(self) -> NewProducts:
        """The work that was done since this was asked last."""
        new, self._new = self._new, NewProducts()
        return new

    def merge(self, new: NewProducts) -> None:
        """Take in what another drained."""
        self._products.update(new.products)
        if new.values:
            self._cache.store(new.values)

    def _recall(self, older: tuple[ProductRecord, ...]) -> Product | None:
        print_of = self._open().print_of
        for record in older:
            if find_difference(record.trace, print_of) is None:
                value = self._cache.load(_key(record.compiled))
                if value is not None and compute_print(value) == record.compiled:
                    return self._describe(_COMPILED.decode(value), record.trace.questions)
        return None

    def _do(self, name: str, work: Work, older: tuple[ProductRecord, ...]) -> Product:
        files = self._open()
        try:
            compiled = work(files)
        except CompileFailed as failed:
            product = self._describe(Compiled(""), files.asked, failed.findings)
        else:
            product = self._describe(compiled, files.asked)
            trace = make_trace(files.asked, files.print_of)
            if self._cache.is_kept and trace is not None:
                value = _encode(compiled)
                record = ProductRecord(trace, compute_print(value))
                self._new.values[_key(record.compiled)] = value
                self._new.values.update([self._ledger.render(name, record, older)])
        self._new.products[name] = product
        return product

    def _open(self) -> AssetFiles:
        return AssetFiles(self._paths, self._source, self._packages)

    def _describe(
        self,
        compiled: Compiled,
        questions: Collection[Question],
        failures: tuple[Finding, ...] = (),
    ) -> Product:
        files = tuple(path for _, path in questions if path in self._paths)
        has_packages = any(is_of_package(path) for _, path in questions)
        return Product(compiled, files, failures, has_packages)


def _key(compiled: bytes) -> bytes:
    return b"k" + compiled
