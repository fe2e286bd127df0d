#!/usr/bin/env python3
"""Writes docs/dependencies.md: every NuGet package that Chaperone ships, as locked, with its licence.

Versions come from services/*/packages.lock.json, licences from the .nuspec of each restored package. Ends with 1 if a
licence is not one of ALLOWED, or is not known. With --check nothing is written, and it ends with 1 if the page is old.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
CACHE = Path(os.environ.get("NUGET_PACKAGES") or Path.home() / ".nuget" / "packages")
ALLOWED = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL", "LGPL-3.0-or-later", "ISC", "Apache-2.0 OR MPL-2.0"}

# Packages that name a file or an old address instead of an SPDX expression, as read in that file.
READ = {
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "opensource.org/licenses/mit": "MIT",
    "licenses.nuget.org/mit": "MIT",
    "github.com/dotnet/corefx/blob/master/license.txt": "MIT",
    "github.com/dotnet/standard/blob/master/license.txt": "MIT",
    "raw.github.com/jamesnk/newtonsoft.json/master/license.md": "MIT",
    "go.microsoft.com/fwlink/?linkid=329770": "MIT",
}
NAMED = {
    "Hangfire.PostgreSql": "LGPL-3.0-or-later",
    "Hangfire.Core": "LGPL-3.0-or-later",
    "Hangfire.AspNetCore": "LGPL-3.0-or-later",
    "Hangfire.NetCore": "LGPL-3.0-or-later",
    "Hangfire.InMemory": "LGPL-3.0-or-later",
}


def licence(name, version):
    if name in NAMED:
        return NAMED[name]
    folder = CACHE / name.lower() / version.lower()
    specs = list(folder.glob("*.nuspec"))
    if not specs:
        return f"unknown: {name} {version} is not restored"
    tree = xml.parse(specs[0])
    find = lambda tag: next((e for e in tree.iter() if e.tag.split("}")[-1] == tag), None)
    said = find("license")
    if said is not None and said.get("type") == "expression":
        return said.text
    if said is not None and said.get("type") == "file":
        text = (folder / said.text.replace("\\", "/")).read_text(encoding="utf-8", errors="replace")
        return from_text(text) or f"unknown: {said.text} of {name}"
    address = find("licenseUrl")
    known = re.sub(r"^https?://(www\.)?", "", (address.text if address is not None else "") or "").lower()
    return next((v for k, v in READ.items() if known.startswith(k)), f"unknown: {known or 'none given'}")


def from_text(text):
    words = " ".join(text.split())
    if "Apache License" in words and "Version 2.0" in words:
        return "Apache-2.0"
    if "Permission is hereby granted, free of charge" in words and "THE SOFTWARE IS PROVIDED" in words:
        return "MIT"
    if "PostgreSQL" in words and "without fee" in words:
        return "PostgreSQL"
    if "Redistribution and use in source and binary forms" in words:
        return "BSD-3-Clause" if "Neither the name" in words else "BSD-2-Clause"
    return None


def main():
    rooms = {}
    direct = set()
    for lock in sorted(ROOT.glob("services/*/packages.lock.json")):
        for framework in json.loads(lock.read_text(encoding="utf-8-sig"))["dependencies"].values():
            for name, entry in framework.items():
                if entry["type"] != "Project" and name != "Microsoft.CodeAnalysis.BannedApiAnalyzers":
                    rooms.setdefault((name, entry["resolved"]), set()).add(lock.parent.name)
                    if entry["type"] == "Direct":
                        direct.add(name)
    rows = [(n, v, licence(n, v), r) for (n, v), r in sorted(rooms.items(), key=lambda i: i[0][0].lower())]
    text = (
        "# Dependencies\n\n"
        "What `services/*/packages.lock.json` locks, with the licence that each package names; written by `.ci/dependencies.py`.\n"
        "Beside them Chaperone needs ASP.NET Core 10 (MIT) and, for SQL, Debian's libpg_query (BSD-3-Clause).\n"
        "Bold: named by a project of ours. The others come with those.\n"
        "`make sbom` writes the same as CycloneDX, for the services and for the command.\n\n"
        "| package | version | licence | rooms |\n|---|---|---|---|\n"
    )
    everywhere = {r for _, _, _, found in rows for r in found}
    for name, version, says, found in rows:
        where = "all" if found == everywhere else ", ".join(sorted(found))
        text += f"| {'**' + name + '**' if name in direct else name} | {version} | {says} | {where} |\n"
    bad = [f"{n} {v}: {s}" for n, v, s, _ in rows if s not in ALLOWED]
    for line in bad:
        print(f"Not an allowed licence: {line}", file=sys.stderr)
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print("docs/dependencies.md is old. Run: .ci/dependencies.py", file=sys.stderr)
            return 1
    else:
        PAGE.write_text(text, encoding="utf-8")
    return 1 if bad else 0


sys.exit(main())
