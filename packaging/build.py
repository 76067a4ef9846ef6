#!/usr/bin/env python3
"""Makes the packages of a release from compiled programs; needs nothing but Python 3.11.

    packaging/build.py target linux-x64 --program target/release/hjelp --out dist
    packaging/build.py index --out dist --download https://example.com/releases/v0.1.0
    packaging/build.py verify --out dist

`target` packs one program: an archive with its checksum, a Python wheel, an npm package and a .NET tool package. `index` makes
what refers to them: the npm and .NET packages that people name, the installers, and the winget, Homebrew and Scoop manifests, for the
targets whose archives are in `--out`. `verify` reads every package again and checks its structure.

The same program gives the same bytes: entries are sorted, and their time is SOURCE_DATE_EPOCH or 1980. Knows nothing of where packages
are published; that is the release workflow's business.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import time
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGETS = tomllib.loads((HERE / "targets.toml").read_text(encoding="utf-8"))["targets"]
CRATE = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
NAME, VERSION, SUMMARY, LICENSE = (CRATE[key] for key in ("name", "version", "description", "license"))
# ZIP has no earlier time than the first second of 1980.
EPOCH = max(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")), 315532800)
EXECUTABLE, PLAIN = 0o755, 0o644


class Entry:
    """One file of a package: its path in it, its bytes, and whether it may be run."""

    def __init__(self, path, data, mode=PLAIN):
        self.path, self.mode = path, mode
        self.data = data.encode() if isinstance(data, str) else data


def write_zip(path, entries):
    moment = time.gmtime(EPOCH)[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.path, moment)
            info.create_system = 3  # Unix, on every system: the high half of the attributes is then the file mode.
            info.external_attr = (0o100000 | entry.mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.data)


def write_tar_gz(path, entries):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for entry in entries:
            info = tarfile.TarInfo(entry.path)
            info.size, info.mode, info.mtime = len(entry.data), entry.mode, EPOCH
            archive.addfile(info, io.BytesIO(entry.data))
    with open(path, "wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=EPOCH) as packed:
        packed.write(raw.getvalue())


def json_text(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def documents():
    return [Entry("LICENSE", (ROOT / "LICENSE").read_bytes()), Entry("README.md", (ROOT / "README.md").read_bytes())]


def archive_name(target):
    return f"{NAME}-{VERSION}-{target}.{TARGETS[target]['archive']}"


def build_archive(target, program, out):
    spec, folder = TARGETS[target], f"{NAME}-{VERSION}-{target}"
    entries = [Entry(spec["exe"], program, EXECUTABLE), *documents()]
    for entry in entries:
        entry.path = f"{folder}/{entry.path}"
    path = out / archive_name(target)
    (write_zip if spec["archive"] == "zip" else write_tar_gz)(path, entries)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (out / f"{path.name}.sha256").write_bytes(f"{digest}  {path.name}\n".encode())


def wheel_name(target):
    return f"{NAME}-{VERSION}-py3-none-{'.'.join(TARGETS[target]['wheel'])}.whl"


def build_wheel(target, program, out):
    """The layout of PEP 427: what is in `NAME-VERSION.data/scripts` is put on the path as it is, so no Python code is needed."""
    spec, info = TARGETS[target], f"{NAME}-{VERSION}.dist-info"
    tags = "".join(f"Tag: py3-none-{tag}\n" for tag in spec["wheel"])
    metadata = (
        f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {VERSION}\nSummary: {SUMMARY}\nLicense-Expression: {LICENSE}\n"
        f"License-File: LICENSE\nKeywords: {','.join(CRATE['keywords'])}\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n"
    ).encode() + (ROOT / "README.md").read_bytes()
    entries = [
        Entry(f"{NAME}-{VERSION}.data/scripts/{spec['exe']}", program, EXECUTABLE),
        Entry(f"{info}/METADATA", metadata),
        Entry(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: {NAME}-packaging\nRoot-Is-Purelib: false\n{tags}"),
        Entry(f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes()),
    ]
    rows = [f"{entry.path},sha256={wheel_digest(entry.data)},{len(entry.data)}\n" for entry in entries]
    entries.append(Entry(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n"))
    write_zip(out / wheel_name(target), entries)


def wheel_digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def npm_name(target):
    npm = TARGETS[target]["npm"]
    musl = "-musl" if npm.get("libc") == "musl" else ""
    return f"@{NAME}/{npm['os']}-{npm['cpu']}{musl}"


def npm_file(name):
    return f"{name.lstrip('@').replace('/', '-')}-{VERSION}.tgz"


def write_npm(name, fields, entries, out):
    manifest = {"name": name, "version": VERSION, "description": SUMMARY, "license": LICENSE, **fields}
    entries = [Entry("package.json", json_text(manifest)), *entries, *documents()]
    for entry in entries:
        entry.path = f"package/{entry.path}"
    write_tar_gz(out / npm_file(name), entries)


def build_npm(target, program, out):
    spec = TARGETS[target]
    limits = {key: [value] for key, value in spec["npm"].items()}
    write_npm(npm_name(target), {**limits, "preferUnplugged": True}, [Entry(f"bin/{spec['exe']}", program, EXECUTABLE)], out)


def build_npm_index(out):
    """The package that people name: it has one optional dependency a system, of which npm installs the one that fits, and a launcher."""
    packages = {npm_name(target): VERSION for target in TARGETS}
    fields = {
        "keywords": CRATE["keywords"],
        "bin": {NAME: "bin/hjelp.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": packages,
    }
    launcher = Entry("bin/hjelp.js", (HERE / "templates/npm-launcher.js").read_bytes(), EXECUTABLE)
    write_npm(NAME, fields, [launcher], out)


def write_nupkg(identifier, package_type, entries, out):
    """An OPC package: the nuspec, the relationship that points to it, and the content type of every kind of file."""
    nuspec = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd">\n  <metadata>\n'
        f"    <id>{identifier}</id>\n    <version>{VERSION}</version>\n    <authors>{NAME}</authors>\n"
        f'    <license type="expression">{LICENSE}</license>\n    <description>{SUMMARY}</description>\n'
        f"    <tags>{' '.join(CRATE['keywords'])}</tags>\n"
        f'    <packageTypes><packageType name="{package_type}" /></packageTypes>\n  </metadata>\n</package>\n'
    )
    relationships = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\n'
        f'  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{identifier}.nuspec" Id="R1" />\n'
        "</Relationships>\n"
    )
    overrides = "".join(
        f'  <Override PartName="/{entry.path}" ContentType="application/octet-stream" />\n' for entry in entries if "." not in entry.path.split("/")[-1]
    )
    types = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n'
        '  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />\n'
        '  <Default Extension="nuspec" ContentType="application/octet-stream" />\n  <Default Extension="xml" ContentType="application/octet-stream" />\n'
        f'  <Default Extension="exe" ContentType="application/octet-stream" />\n{overrides}</Types>\n'
    )
    package = [Entry("[Content_Types].xml", types), Entry("_rels/.rels", relationships), Entry(f"{identifier}.nuspec", nuspec), *entries]
    write_zip(out / f"{identifier}.{VERSION}.nupkg", package)


def build_nuget(target, program, out):
    exe = TARGETS[target]["exe"]
    settings = (
        f'<DotNetCliTool Version="2">\n  <Commands><Command Name="{NAME}" EntryPoint="{exe}" Runner="executable" /></Commands>\n</DotNetCliTool>\n'
    )
    for rid in TARGETS[target]["nuget"]:
        folder = f"tools/any/{rid}"
        entries = [Entry(f"{folder}/DotnetToolSettings.xml", settings), Entry(f"{folder}/{exe}", program, EXECUTABLE)]
        write_nupkg(f"{NAME}.{rid}", "DotnetToolRidPackage", entries, out)


def build_nuget_index(out):
    """The pointer package: `dotnet tool install hjelp` reads it and fetches the package of the system at hand."""
    rids = [rid for target in TARGETS.values() for rid in target["nuget"]]
    rows = "".join(f'    <RuntimeIdentifierPackage RuntimeIdentifier="{rid}" Id="{NAME}.{rid}" />\n' for rid in rids)
    settings = (
        f'<DotNetCliTool Version="2">\n  <Commands><Command Name="{NAME}" /></Commands>\n'
        f"  <RuntimeIdentifierPackages>\n{rows}  </RuntimeIdentifierPackages>\n</DotNetCliTool>\n"
    )
    write_nupkg(NAME, "DotnetTool", [Entry("tools/any/any/DotnetToolSettings.xml", settings)], out)


def fill(template, values):
    """Replaces `@KEY@`; a key without a value is an error, because a manifest with a hole in it would be published."""

    def value(match):
        if match[1] not in values:
            sys.exit(f"{template.name}: no value for @{match[1]}@")
        return values[match[1]]

    return re.sub(r"@([A-Z0-9_]+)@", value, template.read_text(encoding="utf-8"))


def build_index(out, download, homepage):
    build_npm_index(out)
    build_nuget_index(out)
    values = {"VERSION": VERSION, "SUMMARY": SUMMARY, "LICENSE": LICENSE, "DOWNLOAD": download.rstrip("/"), "HOMEPAGE": homepage}
    present = [target for target in TARGETS if (out / f"{archive_name(target)}.sha256").exists()]
    for target in TARGETS:
        key = target.upper().replace("-", "_")
        values[f"ARCHIVE_{key}"] = archive_name(target)
        values[f"FOLDER_{key}"] = f"{NAME}-{VERSION}-{target}"
        if target in present:
            values[f"SHA256_{key}"] = (out / f"{archive_name(target)}.sha256").read_text().split()[0]
    rows = "\n".join((out / f"{archive_name(target)}.sha256").read_text().strip() for target in present)
    (out / "SHA256SUMS").write_bytes(f"{rows}\n".encode())
    # A manifest names every archive of its systems, so it is made only where all of them are there.
    for template in sorted((HERE / "templates").glob("*.in")):
        needed = set(re.findall(r"@SHA256_([A-Z0-9_]+)@", template.read_text(encoding="utf-8")))
        missing = sorted(key.lower().replace("_", "-") for key in needed if f"SHA256_{key}" not in values)
        if missing:
            print(f"left out {template.stem}: no archive for {', '.join(missing)}")
            continue
        path = out / template.stem
        path.write_bytes(fill(template, values).encode())
        if template.stem.endswith(".sh"):
            path.chmod(EXECUTABLE)


def problems_of_zip(path):
    """What is wrong with a wheel or a .NET package."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        if damaged:
            yield f"{damaged} is damaged"
        names = archive.namelist()
        if path.suffix == ".whl":
            record = next((name for name in names if name.endswith(".dist-info/RECORD")), None)
            if record is None:
                yield "no RECORD"
                return
            rows = dict(row.split(",", 1) for row in archive.read(record).decode().splitlines())
            for name in names:
                data = archive.read(name)
                if name != record and rows.get(name) != f"sha256={wheel_digest(data)},{len(data)}":
                    yield f"{name} is not as RECORD has it"
            programs = [info for info in archive.infolist() if ".data/scripts/" in info.filename]
            if len(programs) != 1 or not (programs[0].external_attr >> 16) & 0o111:
                yield "not exactly one executable program"
        if path.suffix == ".nupkg":
            needed = ["[Content_Types].xml", "_rels/.rels"]
            yield from (f"no {name}" for name in needed if name not in names)
            settings = [name for name in names if name.endswith("/DotnetToolSettings.xml")]
            if len(settings) != 1:
                yield "not exactly one DotnetToolSettings.xml"


def problems_of_tar(path):
    """What is wrong with an archive or an npm package."""
    with tarfile.open(path) as archive:
        members = archive.getmembers()
        folders = {member.name.split("/")[0] for member in members}
        if len(folders) != 1:
            yield f"more than one folder at the top: {sorted(folders)}"
        for member in members:
            if not member.isfile() or member.name.startswith("/") or ".." in member.name.split("/"):
                yield f"{member.name} is not a plain file below the folder"
        if path.suffix == ".tgz":
            manifest = json.load(archive.extractfile("package/package.json"))
            if manifest["version"] != VERSION:
                yield f"version {manifest['version']} instead of {VERSION}"
            if any(script in manifest.get("scripts", {}) for script in ("preinstall", "install", "postinstall")):
                yield "runs a script when it is installed"
        if not any(member.mode & 0o111 for member in members):
            yield "nothing in it can be run"


def verify(out):
    count, failed = 0, False
    for path in sorted(out.iterdir()):
        if path.suffix in (".whl", ".nupkg", ".zip"):
            problems = list(problems_of_zip(path))
        elif path.name.endswith((".tar.gz", ".tgz")):
            problems = list(problems_of_tar(path))
        else:
            continue
        count += 1
        digest = out / f"{path.name}.sha256"
        if digest.exists() and digest.read_text().split()[0] != hashlib.sha256(path.read_bytes()).hexdigest():
            problems.append("is not what its checksum says")
        for problem in problems:
            failed = True
            print(f"{path.name}: {problem}")
    if count == 0:
        sys.exit(f"no packages in {out}")
    if failed:
        sys.exit(1)
    print(f"{count} packages are sound")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    target = commands.add_parser("target", help="pack the program of one target")
    target.add_argument("target", choices=TARGETS)
    target.add_argument("--program", type=Path, required=True)
    index = commands.add_parser("index", help="make what refers to the packages of all targets")
    index.add_argument("--download", required=True, help="the address below which the archives are published")
    index.add_argument("--homepage", default="https://example.com/hjelp")
    commands.add_parser("verify", help="check the structure of all packages")
    commands.add_parser("matrix", help="print the targets as JSON, for the release workflow")
    for command in commands.choices.values():
        command.add_argument("--out", type=Path, default=Path("dist"))
    arguments = parser.parse_args()
    if arguments.command == "matrix":
        rows = [{"target": name, "rust": spec["rust"], "runner": spec["runner"], "exe": spec["exe"]} for name, spec in TARGETS.items()]
        print(json.dumps({"include": rows}))
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.command == "target":
        program = arguments.program.read_bytes()
        for build in (build_archive, build_wheel, build_npm, build_nuget):
            build(arguments.target, program, arguments.out)
    elif arguments.command == "index":
        build_index(arguments.out, arguments.download, arguments.homepage)
    else:
        verify(arguments.out)


if __name__ == "__main__":
    main()
