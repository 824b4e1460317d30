"""The data of each loader: kept from an earlier run, or loaded now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.loaded_data import LoadedData, LoadedRecord
from pectin.adapters.loader_process import Run, run_loaders
from pectin.app.settings import Settings
from pectin.build.source import is_program
from pectin.data.options import Options, parse_options
from pectin.data.order import Failure
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity
from pectin.values.site import SiteName

_HINT = "see Data in Pectin's documentation for what a loader can do"


class Loading:
    """Finds the data of each loader: kept, or loaded now."""

    def __init__(self, source: FolderSource, settings: Settings, site: SiteName) -> None:
        self._source = source
        self._settings = settings
        self._site = site
        self._kept = LoadedData(settings.loaded)
        self.problems: list[Problem] = []
        self._loaded: dict[str, bytes] = {}

    def load(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """The data of the loaders at `paths`, as JSON; of one that fails there are none."""
        code = self._compute_code()
        due: dict[str, Options] = {}
        for path in paths:
            text = self._source.read(path).decode(errors="replace")
            options, problems = parse_options(path, text)
            self.problems += problems
            if not problems and not self._take_kept(path, options, code):
                due[path] = options
        self._run({path: due[path] for path in due if self._may_run(path, due[path])}, code)
        return dict(sorted(self._loaded.items()))

    def _take_kept(self, path: str, options: Options, code: str) -> bool:
        """Whether the data that are kept are those to use."""
        record = self._kept.find(self._site, path)
        if self._settings.offline:
            if record is None:
                self._tell_offline(path)
            else:
                self._take(path, record)
            return True
        if record is None or self._settings.refresh or record.code != code:
            return False
        age = self._settings.now - record.loaded_at
        if not 0 <= age < options.ttl:
            return False
        self._take(path, record)
        return True

    def _take(self, path: str, record: LoadedRecord) -> None:
        body = self._kept.load(record.digest)
        assert body is not None
        self._loaded[path] = body

    def _may_run(self, path: str, options: Options) -> bool:
        missing = [name for name in options.secrets if not self._settings.environment.get(name)]
        for name in missing:
            place = options.places.get("secrets", Place(path))
            failure = Failure(
                "loader-secret", f"the variable {name} is not set", path, place.line, place.text
            )
            self._fail(path, options, failure, f"set it, as in `export {name}=...`", place)
        return not missing

    def _run(self, due: Mapping[str, Options], code: str) -> None:
        if not due:
            return
        runs = [
            Run(
                path,
                self._source.locate(path),
                options.secrets,
                options.timeout,
                self._find_previous(path),
            )
            for path, options in due.items()
        ]
        outcomes = run_loaders(
            runs, self._settings.source, self._kept.responses, self._settings.environment
        )
        for (path, options), outcome in zip(due.items(), outcomes, strict=True):
            if isinstance(outcome, Failure):
                self._fail(path, options, outcome, _HINT)
            else:
                self._kept.store(self._site, path, outcome, code=code, now=self._settings.now)
                self._loaded[path] = outcome

    def _find_previous(self, path: str) -> Path | None:
        record = self._kept.find(self._site, path)
        return self._kept.path_of(record.digest) if record else None

    def _fail(
        self, path: str, options: Options, failure: Failure, hint: str, place: Place | None = None
    ) -> None:
        place = place or Place(failure.file, failure.line, None, failure.text)
        record = self._kept.find(self._site, path) if options.on_error == "stale" else None
        if record is None:
            found = Problem(failure.code, failure.message, hint, place, notes=failure.notes)
        else:
            self._take(path, record)
            day = datetime.fromtimestamp(record.loaded_at, tz=UTC)
            message = f"{failure.message}; the data of {day:%Y-%m-%d %H:%M} UTC are used"
            found = Problem("loader-stale", message, hint, place, Severity.WARNING, failure.notes)
        self.problems.append(found)

    def _tell_offline(self, path: str) -> None:
        message = f"{path} has given no data yet, and is not run offline"
        hint = "run the command once without --offline"
        self.problems.append(Problem("loader-offline", message, hint, Place(path)))

    def _compute_code(self) -> str:
        """What changes when a program in `data/` does; any may import any other."""
        whole = sha256()
        for path in filter(is_program, self._source.paths()):
            whole.update(path.encode() + b"\0" + self._source.digest(path))
        return whole.hexdigest()
