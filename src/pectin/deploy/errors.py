"""What can go wrong with a store, a publish or a rollback, by whose fault it is."""

from __future__ import annotations

from pectin.deploy.model import Ref
from pectin.values.digest import Digest
from pectin.values.errors import Family, PectinError
from pectin.values.site import RefName, SiteName


class StoreError(PectinError):
    """The store cannot be used; nothing of the operation that raised it was kept."""

    code = "store"
    title = "The store cannot be used"
    family = Family.OPERATOR


class StoreFull(StoreError):
    """There is no room for the operation."""

    code = "store-full"
    title = "The disk of the store is full"


class BlobMissing(PectinError):
    """The store does not have `digest`, or no longer."""

    code = "blob-missing"
    title = "A blob is missing"
    family = Family.OPERATOR

    def __init__(self, digest: Digest) -> None:
        super().__init__(
            f"the store has no blob {digest.hex()}",
            hint="publish the same source again, which puts back what is missing",
        )
        self.digest = digest


class CorruptBlob(PectinError):
    """The bytes stored for `digest` are not those that have it."""

    code = "corrupt-blob"
    title = "A blob is damaged"
    family = Family.OPERATOR

    def __init__(self, digest: Digest, reason: str = "its bytes have another digest") -> None:
        super().__init__(
            f"blob {digest.hex()} is damaged: {reason}",
            hint="run `pectin verify --repair`, then publish the same source again",
        )
        self.digest = digest


class CorruptRecord(PectinError):
    """What the store has noted of `subject` is not as it was written."""

    code = "corrupt-record"
    title = "A record is damaged"
    family = Family.OPERATOR

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"the record of {subject} is damaged",
            hint="run `pectin verify --repair`, then publish the same source again",
        )


class BadManifest(PectinError):
    """The bytes are intact, but are not a manifest that this version can read."""

    code = "bad-manifest"
    title = "A manifest cannot be read"
    family = Family.OPERATOR

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"not a manifest: {reason}",
            hint="a newer Pectin may have written it: upgrade this one",
        )


class BodyChanged(PectinError):
    """A file had other bytes when it was stored than when it was hashed."""

    code = "body-changed"
    title = "A file changed while it was published"
    family = Family.AUTHOR

    def __init__(self, digest: Digest) -> None:
        super().__init__(
            f"a file that had the digest {digest.hex()} changed while it was published",
            hint="publish again when nothing writes to the site's folder",
        )


class StageEnded(PectinError):
    """The upload is over: it was closed, or `gc` took it for abandoned."""

    code = "stage-ended"
    title = "The upload has ended"
    family = Family.OPERATOR

    def __init__(self) -> None:
        super().__init__("the upload was ended before all of it was stored", hint="publish again")


class RefMoved(PectinError):
    """Somebody else moved the ref first; `found` is what it points at now."""

    code = "ref-moved"
    title = "Another publish was first"
    family = Family.CLIENT

    def __init__(self, site: SiteName, ref: RefName, found: Ref | None) -> None:
        now_at = found.snapshot.hex()[:12] if found else "nothing"
        super().__init__(
            f"{ref} of {site} points at {now_at} since this began",
            hint="look at what is live with `pectin deploys`, then publish or roll back again",
        )
        self.found = found


class DomainTaken(PectinError):
    """Another site, `owner`, has the domain."""

    code = "domain-taken"
    title = "Another site has this domain"
    family = Family.OPERATOR

    def __init__(self, domain: str, owner: SiteName) -> None:
        super().__init__(
            f"{domain} belongs to the site {owner}",
            hint=f"remove it from the `domains` of {owner} and publish that site first",
        )
        self.domain = domain
        self.owner = owner


class DeployNotFound(PectinError):
    """No retained deploy, or more than one, is meant by what was asked for."""

    code = "deploy-not-found"
    title = "No such deploy"
    family = Family.CLIENT


class AlreadyLive(PectinError):
    """The ref points at the deploy already."""

    code = "already-live"
    title = "The deploy is live already"
    family = Family.CLIENT


class BadOutputPath(PectinError):
    """A published path is not a plain absolute path, or stands for two files."""

    code = "bad-output-path"
    title = "A file cannot have this path"
    family = Family.AUTHOR
