#!/usr/bin/env python3
"""Writes a published log of N leaves (default 1,000,000) to a new directory, for measuring `chaperone verify DIRECTORY`.

C2SP tlog-tiles, written from the specification and from nothing of ours; needs python3 and openssl 3.
Usage: million.py DIRECTORY [N]   It also writes DIRECTORY.older, a checkpoint over the first half, for --since.
"""
import base64, hashlib, os, struct, subprocess, sys, tempfile

folder, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
name = b"benchmark.local/ledger"
sha = hashlib.sha256


def path(level, index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return os.path.join(folder, "tile", str(level), *groups) + ("" if width == 256 else f".p/{width}")


def write(file, data):
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "xb") as out:
        out.write(data)


def node(left, right):
    return sha(b"\x01" + left + right).digest()


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root(hashes[:split]), root(hashes[split:]))


def leaf(i):
    h = sha(b"%d" % i).hexdigest()
    return (
        f'{{"c":"{h[:8]}-0000-7000-8000-{h[8:20]}","e":["edge-a",1790000000000,{i + 1}],"id":"{h[20:28]}-0000-7000-8000-{h[28:40]}","k":"intent",'
        f'"m":"{h}","o":"{h}","s":"{h[40:48]}-0000-7000-8000-{h[48:60]}","t":"2026-11-23T06:40:16.123456Z","v":1,"x":"{h}"}}'
    ).encode()


level = []
for first in range(0, size, 256):
    entries = [leaf(i) for i in range(first, min(first + 256, size))]
    hashes = [sha(b"\x00" + e).digest() for e in entries]
    write(path("entries", first // 256, len(entries)), b"".join(struct.pack(">H", len(e)) + e for e in entries))
    level += hashes
leaves, number = level, 0
while level:
    for first in range(0, len(level), 256):
        tile = level[first:first + 256]
        write(path(number, first // 256, len(tile)), b"".join(tile))
    level = [root(level[first:first + 256]) for first in range(0, len(level) - 255, 256)]
    number += 1

with tempfile.TemporaryDirectory() as keys:
    secret, message, signature = (os.path.join(keys, n) for n in ("secret", "message", "signature"))
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", secret], check=True)
    public = subprocess.run(["openssl", "pkey", "-in", secret, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout[-32:]
    key_id = sha(name + b"\n\x01" + public).digest()[:4]
    write(os.path.join(folder, "log.vkey"), name + b"+" + key_id.hex().encode() + b"+" + base64.b64encode(b"\x01" + public) + b"\n")
    for file, count in ((os.path.join(folder, "checkpoint"), size), (folder.rstrip("/") + ".older", size // 2)):
        text = name + b"\n%d\n" % count + base64.b64encode(root(leaves[:count])) + b"\n"
        write(message + str(count), text)
        subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", secret, "-rawin", "-in", message + str(count), "-out", signature], check=True)
        with open(signature, "rb") as made:
            write(os.path.abspath(file), text + b"\n\xe2\x80\x94 " + name + b" " + base64.b64encode(key_id + made.read()) + b"\n")
