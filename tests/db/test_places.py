"""Where a file lies is told from what a computer knows of itself: tables of mounts as they are found, real folders."""

from __future__ import annotations

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from db import places
from db.places import Computer, Mount, Place, Sort


def mount(device: str, point: str, kind: str, options: str = "rw", flavor: type[PurePath] = PurePosixPath) -> Mount:
    return Mount(device, flavor(point), kind, frozenset(options.split(",")))


DESKTOP = Computer(
    mounts=(
        mount("sysfs", "/sys", "sysfs"),
        mount("/dev/nvme0n1p2", "/", "ext4"),
        mount("tmpfs", "/tmp", "tmpfs"),
        mount("/dev/nvme0n1p3", "/home", "ext4"),
        mount("systemd-1", "/srv/share", "autofs"),
        mount("//server/share", "/srv/share", "cifs"),
        mount("nas:/volume1/press", "/mnt/nas", "nfs4"),
        mount("amina@desk:/cases", "/home/amina/desk", "fuse.sshfs"),
        mount("gvfsd-fuse", "/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
        mount("/home/amina/.private", "/home/amina/private", "fuse.gocryptfs"),
        mount("https://cloud.example/dav", "/home/amina/dav", "fuse"),
        mount("shared", "/media/sf_cases", "vboxsf"),
        mount("/dev/sdb1", "/media/amina/KINGSTON", "vfat"),
        mount("/dev/sdc1", "/data", "ext4"),
    ),
    home=PurePosixPath("/home/amina"),
    devices=Path("/nowhere"),
)


@pytest.mark.parametrize(("path", "place"), [
    ("/home/amina/x.casebook", places.HERE), ("/tmp/x.casebook", places.HERE), ("/etc/x.casebook", places.HERE),
    ("/data/x.casebook", places.HERE), ("/home/amina/private/x.casebook", places.HERE),
    ("/srv/share/a/x.casebook", Place(Sort.NETWORK, "//server/share")), ("/srv/shares/x.casebook", places.HERE),
    ("/mnt/nas/x.casebook", Place(Sort.NETWORK, "nas:/volume1/press")),
    ("/home/amina/desk/x.casebook", Place(Sort.NETWORK, "amina@desk:/cases")),
    ("/home/amina/dav/x.casebook", Place(Sort.NETWORK, "https://cloud.example/dav")),
    ("/run/user/1000/gvfs/smb-share:server=nas,share=press/x", Place(Sort.NETWORK, "smb-share:server=nas,share=press")),
    ("/media/sf_cases/x.casebook", Place(Sort.NETWORK, "/media/sf_cases")),
])  # fmt: skip
def test_a_table_of_mounts_tells_what_is_reached_over_a_network(path: str, place: Place) -> None:
    assert places.by_mount(PurePosixPath(path), DESKTOP) == place


WINDOWS = Computer(
    mounts=tuple(
        mount(drive, drive, "", options, PureWindowsPath)
        for drive, options in (("C:\\", "fixed"), ("D:\\", "fixed"), ("E:\\", "removable"), ("S:\\", "remote"))
    ),
    home=PureWindowsPath("C:\\Users\\Amina"),
)


@pytest.mark.parametrize(("path", "place"), [
    ("C:\\Users\\Amina\\x.casebook", places.HERE), ("D:\\x.casebook", places.HERE),
    ("e:\\cases\\x.casebook", Place(Sort.REMOVABLE, "E:")), ("S:\\x.casebook", Place(Sort.NETWORK, "S:\\")),
    ("\\\\server\\share\\x.casebook", Place(Sort.NETWORK, "\\\\server\\share")), ("Z:\\x.casebook", places.HERE),
])  # fmt: skip
def test_drives_of_windows(path: str, place: Place) -> None:
    assert places.by_mount(PureWindowsPath(path), WINDOWS) == place


def test_macos() -> None:
    mac = Computer(
        mounts=(
            mount("/dev/disk3s1s1", "/", "apfs", "ro,local,rootfs"),
            mount("/dev/disk3s5", "/System/Volumes/Data", "apfs", "rw,local"),
            mount("/dev/disk4s1", "/Volumes/KINGSTON", "msdos", "rw,local"),
            mount("//amina@nas/press", "/Volumes/press", "smbfs", "rw"),
        ),
        home=PurePosixPath("/Users/amina"),
    )
    for path, place in (
        ("/Users/amina/x", places.HERE),
        ("/System/Volumes/Data/x", places.HERE),
        ("/Volumes/KINGSTON/x", Place(Sort.REMOVABLE, "KINGSTON")),
        ("/Volumes/press/x", Place(Sort.NETWORK, "//amina@nas/press")),
    ):
        assert places.by_mount(PurePosixPath(path), mac) == place


@pytest.mark.parametrize("mounts", [
    (mount("overlay", "/", "overlay"), mount("/dev/sdb1", "/home", "ext4")),
    (mount("none", "/", "9p"),),
    (mount("/dev/root", "/", "ext4"), mount("nas:/homes/amina", "/home/amina", "nfs4")),
    (mount("overlay", "/", "overlay"), mount("none", "/home", "9p"), mount("none", "/tmp", "9p")),
])  # fmt: skip
def test_where_the_home_is_one_can_work(tmp_path: Path, mounts: tuple[Mount, ...]) -> None:
    """On a live system from a stick, in a container, and where homes are on a server."""
    here = Computer(mounts, PurePosixPath("/home/amina"), devices=stick(tmp_path, "sdb1"))
    for path in ("/home/amina/x.casebook", "/tmp/x.casebook", "/x.casebook"):
        assert places.by_mount(PurePosixPath(path), here) == places.HERE


def test_a_home_on_a_share_of_windows_is_no_shared_place() -> None:
    away = Computer((), PureWindowsPath("\\\\server\\homes\\amina"))
    assert places.by_mount(PureWindowsPath("\\\\server\\homes\\amina\\x"), away) == places.HERE
    assert places.by_mount(PureWindowsPath("\\\\server\\press\\x"), away).shared


def stick(folder: Path, name: str) -> Path:
    """What Linux tells of block devices, where one is a disk on USB."""
    devices, real = folder / "class", folder / "devices/pci0000:00/0000:00:14.0/usb2/2-1/block/sdb" / name
    real.mkdir(parents=True)
    devices.mkdir()
    (devices / name).symlink_to(real)
    return devices


def on_linux(devices: Path, device: str) -> Place:
    known = (mount("/dev/nvme0n1p2", "/", "ext4"), mount(device, "/media/amina/KINGSTON", "vfat"))
    return places.by_mount(
        PurePosixPath("/media/amina/KINGSTON/a/x"), Computer(known, PurePosixPath("/home/amina"), devices=devices)
    )


KINGSTON = Place(Sort.REMOVABLE, "KINGSTON")


def test_a_stick_is_known_by_its_cable(tmp_path: Path) -> None:
    assert on_linux(stick(tmp_path, "sdb1"), "/dev/sdb1") == KINGSTON


def test_an_encrypted_stick_is_a_stick(tmp_path: Path) -> None:
    devices = stick(tmp_path, "sdb1")
    (devices / "dm-3/slaves").mkdir(parents=True)
    (devices / "dm-3/slaves/sdb1").symlink_to((devices / "sdb1").resolve())
    assert on_linux(devices, "/dev/dm-3") == KINGSTON


@pytest.mark.parametrize(("fact", "text", "place"), [
    ("removable", "1\n", KINGSTON), ("removable", "0\n", places.HERE),
    ("device/type", "SD\n", KINGSTON), ("device/type", "MMC\n", places.HERE),
])  # fmt: skip
def test_a_card_is_known_by_what_it_says(tmp_path: Path, fact: str, text: str, place: Place) -> None:
    disk = tmp_path / "mmcblk0"
    (disk / "mmcblk0p1").mkdir(parents=True)
    (disk / fact).parent.mkdir(exist_ok=True)
    (disk / fact).write_text(text)
    devices = tmp_path / "class"
    devices.mkdir()
    (devices / "mmcblk0p1").symlink_to(disk / "mmcblk0p1")
    assert on_linux(devices, "/dev/mmcblk0p1") == place


@pytest.mark.parametrize(("mark", "service"), [
    (".dropbox.cache/", "Dropbox"), (".dropbox", "Dropbox"), (".stfolder/", "Syncthing"), (".stfolder", "Syncthing"),
    ("._sync_8a1f9d.db", "Nextcloud"), (".sync_8a1f9d.db", "Nextcloud"), (".owncloudsync.log", "ownCloud"),
    (".tmp.driveupload/", "Google Drive"), (".seafile-data/", "Seafile"), (".sync/ID", "Resilio Sync"),
    (".sync/core.log", "Yandex Disk"), (".megaignore", "MEGA"),
])  # fmt: skip
def test_a_folder_that_a_service_keeps_in_step_is_known_by_what_the_service_leaves_there(
    tmp_path: Path, mark: str, service: str
) -> None:
    made = tmp_path / "cases" / mark
    made.parent.mkdir(parents=True)
    made.mkdir() if mark.endswith("/") else made.touch()
    deep = tmp_path / "cases" / "2026" / "polio"
    deep.mkdir(parents=True)
    assert places.of(deep / "x.casebook") == Place(Sort.SYNCED, service)
    assert places.of(tmp_path / "x.casebook") == places.HERE


def test_settings_of_a_service_in_the_home_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".sync").mkdir()
    assert places.of(tmp_path / "x.casebook") == places.HERE


@pytest.mark.parametrize(("folders", "service"), [
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"), ("iCloudDrive/cases", "iCloud Drive"),
    ("Library/CloudStorage/OneDrive-Personal/cases", "OneDrive"), ("Library/CloudStorage/Box", "Box"),
])  # fmt: skip
def test_a_folder_is_known_by_its_name_where_the_system_gives_it(tmp_path: Path, folders: str, service: str) -> None:
    (tmp_path / folders).mkdir(parents=True)
    assert places.of(tmp_path / folders / "x.casebook") == Place(Sort.SYNCED, service)


def test_a_folder_is_known_by_what_its_service_says(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    told = {"personal": {"path": str(tmp_path / "Box of mine")}, "odd": {}}
    (tmp_path / ".dropbox/info.json").write_text(json.dumps(told))
    known = tuple(places._known_folders({"OneDrive": str(tmp_path / "One")}, tmp_path))
    computer = Computer((), tmp_path, known)
    assert places.of(tmp_path / "Box of mine/x.casebook", computer) == Place(Sort.SYNCED, "Dropbox")
    assert places.of(tmp_path / "One/x.casebook", computer) == Place(Sort.SYNCED, "OneDrive")
    assert places.of(tmp_path / "Box/x.casebook", computer) == places.HERE


@pytest.mark.parametrize("text", ["", "[]", "{", '{"personal": 1}', '{"personal": {"path": 7}}'])
def test_settings_that_cannot_be_read_say_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox/info.json").write_text(text)
    assert tuple(places._known_folders({}, tmp_path)) == ()


def test_a_link_into_a_synced_folder_leads_there(tmp_path: Path) -> None:
    synced = tmp_path / "synced"
    (synced / ".stfolder").mkdir(parents=True)
    (synced / "x.casebook").touch()
    link = tmp_path / "x.casebook"
    link.symlink_to(synced / "x.casebook")
    assert places.of(link) == Place(Sort.SYNCED, "Syncthing")


def test_nothing_is_asked_of_a_network_folder(tmp_path: Path) -> None:
    """A dead one would not answer: what lies in it is told without looking."""
    dead = tmp_path / "dead"
    dead.symlink_to(dead)  # whoever looks at it fails
    computer = Computer((mount("//server/share", str(dead), "cifs"),), PurePosixPath("/home/amina"))
    assert places.of(dead / "x.casebook", computer) == Place(Sort.NETWORK, "//server/share")


def test_names_in_the_table_of_linux_may_have_spaces() -> None:
    line = r"//server/our\040share /media/amina/My\040Stick\134 cifs rw,vers=3.1.1 0 0"
    (told,) = places._table(line + "\n")
    assert told == Mount("//server/our share", Path("/media/amina/My Stick\\"), "cifs", frozenset(("rw", "vers=3.1.1")))


def test_this_computer_knows_where_its_home_is() -> None:
    assert places.of(Path.home() / "x.casebook").sort in (Sort.LOCAL, Sort.SYNCED)
    assert places.this_computer().mounts
