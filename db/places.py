"""Where a file lies: on this computer, or where others write too or from where it can be taken away.

Told from the table of mounts and the names of folders. Nothing is asked of a network folder: a dead one would not
answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath


class Sort(StrEnum):
    """What sort of place it is."""

    LOCAL = "local"
    REMOVABLE = "removable"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Place:
    """A sort of place, and what this one is called: a stick, a share, or the service that keeps a folder in step."""

    sort: Sort
    name: str = ""

    @property
    def shared(self) -> bool:
        """Whether others may write there, or it may be gone from one moment to the next."""
        return self.sort is not Sort.LOCAL


HERE = Place(Sort.LOCAL)


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the table of mounts; on Windows, one drive."""

    device: str
    point: PurePath
    kind: str
    options: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Computer:
    """What is known of a computer: its mounts, the person's home, the folders that are known to be kept in step."""

    mounts: tuple[Mount, ...]
    home: PurePath
    synced: tuple[tuple[PurePath, str], ...] = ()
    devices: Path = Path("/sys/class/block")


def of(path: Path, computer: Computer | None = None) -> Place:
    """Where a file or a folder lies, whether or not it is there. What others may write to comes before all else."""
    computer = computer or this_computer()
    told = by_mount(path.absolute(), computer)
    if told.sort is Sort.NETWORK:
        return told
    real = Path(os.path.realpath(path))
    told = by_mount(real, computer)
    service = "" if told.sort is Sort.NETWORK else _service(real, computer)
    return Place(Sort.SYNCED, service) if service else told


def by_mount(path: PurePath, computer: Computer) -> Place:
    """What the mounts tell of a path. Where the person's home is, there one has to work: that is always here."""
    mount, home = _mount_of(path, computer), _mount_of(computer.home, computer)
    if path.drive.startswith("\\\\"):
        return HERE if path.drive == computer.home.drive else Place(Sort.NETWORK, path.drive)
    if mount is None or str(mount.point) == "/" or (home and mount.device == home.device and mount.kind == home.kind):
        return HERE
    if _is_network(mount):
        return Place(Sort.NETWORK, _share(mount, path))
    if _is_removable(mount, computer.devices):
        return Place(Sort.REMOVABLE, mount.point.name or mount.point.drive)
    return HERE


def this_computer() -> Computer:
    """What is known of this computer now."""
    home = Path(os.path.realpath(Path.home()))
    return Computer(tuple(_drives() or _mounts()), home, tuple(_known_folders(os.environ, home)))


def _mounts() -> Iterator[Mount]:
    try:
        text = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        import psutil  # noqa: PLC0415 (it knows macOS; where the system tells by itself, start-up need not wait for it)

        for each in psutil.disk_partitions(all=True):
            yield Mount(each.device, Path(each.mountpoint), each.fstype.lower(), frozenset(each.opts.split(",")))
    else:
        yield from _table(text)


def _table(text: str) -> Iterator[Mount]:
    """The table of mounts as Linux has it: spaces and the like in names are told by their codes (see fstab(5))."""
    for line in text.splitlines():
        device, point, kind, options = line.split(" ")[:4]
        device, point = (re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), each) for each in (device, point))
        yield Mount(device, Path(point), kind, frozenset(options.split(",")))


_DRIVE_TYPES = {2: "removable", 3: "fixed", 4: "remote", 5: "removable"}


def _drives() -> list[Mount]:
    """The drives of Windows; psutil would wait for each of the network."""
    if sys.platform != "win32":
        return []
    import ctypes  # noqa: PLC0415 (Windows only)

    kind_of = ctypes.windll.kernel32.GetDriveTypeW
    roots = [f"{chr(letter)}:\\" for letter in range(ord("A"), ord("Z") + 1)]
    return [Mount(root, Path(root), "", frozenset((_DRIVE_TYPES.get(kind_of(root), ""),))) for root in roots]


def _mount_of(path: PurePath, computer: Computer) -> Mount | None:
    """The mount that a path is on; of two at one point the later one hides the other."""
    over = [(len(m.point.parts), n, m) for n, m in enumerate(computer.mounts) if path.is_relative_to(m.point)]
    return max(over)[2] if over else None


_NETWORK = frozenset((
    "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "drvfs", "fuse", "ftp", "gfs2",
    "glusterfs", "lustre", "macfuse", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "osxfuse", "prl_fs", "smb2",
    "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
))  # fmt: skip
_FUSE_HERE = frozenset((
    "bindfs", "cryfs", "encfs", "exfat", "exfat-fuse", "fuse-overlayfs", "gocryptfs", "lowntfs-3g", "mergerfs",
    "ntfs-3g", "overlayfs", "securefs", "unionfs", "unionfs-fuse", "veracrypt",
))  # fmt: skip


def _is_network(mount: Mount) -> bool:
    if mount.kind.startswith("fuse."):
        return mount.kind.removeprefix("fuse.") not in _FUSE_HERE
    return mount.kind in _NETWORK or "remote" in mount.options


def _share(mount: Mount, path: PurePath) -> str:
    """What a network folder is called: its address, or where the desktop mounts them all, the part that tells one."""
    if mount.kind == "fuse.gvfsd-fuse":
        return path.relative_to(mount.point).parts[0] if path != mount.point else str(mount.point)
    return mount.device if "/" in mount.device or ":" in mount.device else str(mount.point)


def _is_removable(mount: Mount, devices: Path) -> bool:
    if "removable" in mount.options or mount.point.parts[:2] == ("/", "Volumes"):  # the latter on macOS
        return True
    return mount.device.startswith("/dev/") and _unplugs(devices / Path(os.path.realpath(mount.device)).name)


def _unplugs(node: Path) -> bool:
    """Whether a block device of Linux is a stick, a card or a disk on a cable, itself or beneath its encryption."""
    real = node.resolve()
    if any(part.startswith("usb") for part in real.parts):
        return True
    for folder in (real, real.parent):
        for fact, telling in (("removable", "1"), ("device/type", "SD")):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if (folder / fact).read_text("ascii").strip() == telling:
                    return True
    with contextlib.suppress(OSError):
        return any(_unplugs(each) for each in (real / "slaves").iterdir())
    return False


# What the services leave in the folders that they keep in step. ~/.dropbox itself is a folder: it tells nothing.
_MARKS: Mapping[str, str] = {
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".shortcut-targets-by-id": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".csync_journal.db": "ownCloud",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
    ".sync/ID": "Resilio Sync",
    ".sync/core.log": "Yandex Disk",
    ".sync/cli.log": "Yandex Disk",
    ".megaignore": "MEGA",
    ".debris": "MEGA",
}
_NAMES: Mapping[str, str] = {"Mobile Documents": "iCloud Drive", "iCloudDrive": "iCloud Drive"}


def _service(path: Path, computer: Computer) -> str:
    """The service that keeps a folder above this path in step with other computers; empty where none does."""
    for folder, name in computer.synced:
        if path.is_relative_to(folder):
            return name
    for folder in path.parents:
        if folder.name in _NAMES:
            return _NAMES[folder.name]
        if folder.parent.name == "CloudStorage":  # macOS: ~/Library/CloudStorage/OneDrive-Personal
            return folder.name.partition("-")[0]
        if name := _marked(folder):
            return name
    return ""


def _marked(folder: Path) -> str:
    for mark, name in _MARKS.items():
        if os.path.lexists(folder / mark):
            return name
    with contextlib.suppress(OSError):
        if (folder / ".dropbox").is_file():
            return "Dropbox"
        with os.scandir(folder) as entries:
            names = (entry.name for entry in entries)
            if any(name.startswith((".sync_", "._sync_")) and name.endswith(".db") for name in names):
                return "Nextcloud"
    return ""


def _known_folders(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    """The folders that services say they keep in step."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if environment.get(name):
            yield Path(environment[name]), "OneDrive"
    windows = (environment.get(name, "") for name in ("APPDATA", "LOCALAPPDATA"))
    for folder in (home / ".dropbox", *(Path(each) / "Dropbox" for each in windows if each)):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            accounts = json.loads((folder / "info.json").read_text("utf-8")).values()
            paths = (account.get("path") for account in accounts if isinstance(account, dict))
            yield from ((Path(path), "Dropbox") for path in paths if isinstance(path, str))
