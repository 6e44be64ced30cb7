"""Which folders a live desk may not lie in: those that are copied about or served while it is open."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

from brokerdesk.core.domain.errors import PlaceError

_CLOUDS: tuple[tuple[str, str], ...] = (
    ("onedrive", "OneDrive"), ("dropbox", "Dropbox"), ("icloud", "iCloud"), ("mobile documents", "iCloud"),
    ("google drive", "Google Drive"), ("googledrive", "Google Drive"), ("my drive", "Google Drive"),
)
_SERVED = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "ncpfs", "afs", "9p",
    "davfs", "fuse.davfs2", "ceph", "fuse.glusterfs",
})
_INSTEAD = "Choose a folder on this computer's own disk; backups may go there."


def refuse_unsafe_folder(folder: Path, *, mounts: str | None = None) -> None:
    """Refuse a folder that a cloud service copies or that another computer serves.

    Args:
        folder: where the desk is or shall be.
        mounts: content of `/proc/mounts`; read from this computer where none is given.

    Raises:
        PlaceError: with the sentence.
    """
    whole = folder.expanduser().absolute()
    cloud = cloud_of(whole)
    if cloud is not None:
        raise PlaceError(f"{whole} is copied by {cloud} while the desk is open, which tears it. {_INSTEAD}")
    if is_share(str(folder)) or _mount_type(whole, _mounts() if mounts is None else mounts) in _SERVED:
        raise PlaceError(f"{whole} is on another computer, so a dropped line tears it. {_INSTEAD}")


def cloud_of(folder: PurePath) -> str | None:
    """The cloud service whose name stands in the path."""
    for part in folder.parts:
        for sign, name in _CLOUDS:
            if part.casefold().startswith(sign):
                return name
    return None


def is_share(text: str) -> bool:
    """Whether a path names another computer (a Windows share)."""
    return text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\"))


def _mounts() -> str:
    if sys.platform != "linux":
        return ""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _mount_type(folder: Path, mounts: str) -> str:
    """Type of the file system that a folder lies on: the deepest mount above it."""
    best, found = -1, ""
    resolved = folder.resolve()
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if (resolved == point or point in resolved.parents) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found
