"""Verifies a log of apps from its files, with nothing but Python's standard library.

Usage: verify.py LOG [EARLIER...]. Each folder has `key`, `checkpoint` and `tile/`, as `mesinfos log export` writes them
and as a server has them below /log. LOG must be what its key signed; each EARLIER one must be a beginning of it.

Written from the specifications, without a look at the code of this project: RFC 8032 (Ed25519), RFC 6962 (tree), C2SP
signed-note, tlog-checkpoint and tlog-tiles; docs/decisions/0054-registry-of-apps.md for what an entry may say.
"""

import base64
import hashlib
import json
import pathlib
import re
import sys

# Ed25519: RFC 8032, section 5.1.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P)
    return x % P, y % P


def times(factor, point):
    result = (0, 1)
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y)


def decode(octets):
    number = int.from_bytes(octets, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y)


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = decode(key), decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    # A key of small order has signatures that hold for every message.
    if a is None or r is None or s >= L or times(8, a) == (0, 1):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return times(s, BASE) == add(r, times(h, a))


# The tree: RFC 6962, section 2.1.
def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_hash(leaves[:split]), tree_hash(leaves[split:]))


class Wrong(Exception):
    """What is wrong with a log."""


def expect(holds, why):
    if not holds:
        raise Wrong(why)


def unpacked(text):
    """Base64 in its one spelling: the bits that stand for nothing are zero."""
    raw = base64.b64decode(text, validate=True)
    expect(base64.b64encode(raw).decode() == text, "base64 that is spelt otherwise")
    return raw


def checkpoint(folder):
    """Origin, size and root of a log, if its key signed them."""
    name, key_id, encoded = (folder / "key").read_text().strip().split("+", 2)
    raw = unpacked(encoded)
    expect(raw[0] == 1 and len(raw) == 33, "the key is not an Ed25519 key")
    key = raw[1:]
    expected_id = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    expect(key_id == expected_id.hex(), "the key has another id")
    note = (folder / "checkpoint").read_bytes().decode()
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    found = False
    expect(signatures.endswith("\n"), "the note does not end")
    for line in signatures.splitlines():
        expect(line.startswith("\u2014 "), "a line is no signature")
        signer, signed = line[2:].split(" ")
        signature = unpacked(signed)
        if signer == name and signature[:4] == expected_id:
            expect(is_signed(key, text.encode(), signature[4:]), "the signature is not good")
            found = True
    expect(found, "the key signed nothing")
    origin, size, root = text.split("\n")[:3]
    expect(origin == name, "another origin")
    expect(size == str(int(size)), "the size is written otherwise")
    return int(size), unpacked(root)


def path_of(kind, index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{kind}/" + "/".join(groups) + (f".p/{width}" if width < 256 else "")


def widths(count):
    """Index and width of the tiles that hold `count` hashes or entries."""
    for start in range(0, count, 256):
        yield start // 256, min(256, count - start)


def entries_of(folder, size):
    entries = []
    for index, width in widths(size):
        bundle, at, read = (folder / path_of("entries", index, width)).read_bytes(), 0, []
        while at < len(bundle):
            length = int.from_bytes(bundle[at:at + 2], "big")
            read.append(bundle[at + 2:at + 2 + length])
            at += 2 + length
        expect(at == len(bundle) and len(read) == width, "a bundle of entries has another width")
        entries += read
    return entries


def raw_key(text):
    expect(re.fullmatch("ed25519:[0-9a-f]{64}", text), "a key is of another kind")
    return bytes.fromhex(text[8:])


# Holder of an id of which the operator installed a version without a signature.
OPERATOR = "operator"


def follow(holders, fields):
    """An id belongs to the first key that signed a version which people were offered, and to those that it names for
    this id. What the operator installed without a signature passes to a key by another installation only: returns it."""
    app, key, change = fields["app"], fields.get("key"), fields["change"]
    holder = holders.get(app)
    if key is not None:
        raw_key(key)
    if change == "key-changed":
        before, signature = fields["succession"].split(" ")
        expect(holder in (None, before), f"another key than that of {app} names a key")
        message = f"mesinfos/key-succession/2\n{app}\n{before}\n{key}\n".encode()
        expect(is_signed(raw_key(before), message, bytes.fromhex(signature)), f"a key of {app} was not named for it")
    elif change in ("published", "installed", "resumed"):
        expect(key or change != "published", f"{app} was published without a signature")
        is_installed = change == "installed" and fields["by"] == "operator"
        is_first = holder is None or (holder == OPERATOR and (key is None or is_installed))
        expect(is_first or holder == key, f"{app} has another key, and nothing says why")
    else:
        expect(key or change != "submitted", f"{app} was submitted without a signature")
        return None
    holders[app] = key or OPERATOR
    return key if key and holder == OPERATOR else None


def once(pairs):
    """An object of JSON whose names differ: two readers could take each another one of two."""
    fields = dict(pairs)
    expect(len(fields) == len(pairs), "an entry says something twice")
    return fields


def verify(folder):
    size, root = checkpoint(folder)
    entries = entries_of(folder, size)
    leaves = [leaf_hash(entry) for entry in entries]
    expect(tree_hash(leaves) == root, "the entries do not give the root")
    level, hashes = 0, leaves
    while hashes:
        for index, width in widths(len(hashes)):
            tile = (folder / path_of(level, index, width)).read_bytes()
            expected = b"".join(hashes[index * 256:index * 256 + width])
            expect(tile == expected, f"tile {index} of level {level} is another one")
        full = len(hashes) // 256
        hashes = [tree_hash(hashes[at * 256:(at + 1) * 256]) for at in range(full)]
        level += 1
    holders = {}
    for at, entry in enumerate(entries):
        fields = json.loads(entry, object_pairs_hook=once)
        is_sound = fields["format"] == 1 and re.fullmatch("[0-9a-f]{64}", fields["component"])
        expect(is_sound, f"entry {at} is of another format")
        expect(re.fullmatch("[a-z][a-z0-9-]{1,39}", fields["app"]), f"entry {at} has an id that no app can have")
        key = follow(holders, fields)
        if key:
            print(f"entry {at}: {fields['app']} had no signature before; from here on it belongs to {key}")
    return leaves, (folder / "key").read_text()


def main(folders):
    newest, key = verify(folders[0])
    for earlier in folders[1:]:
        before, same_key = verify(earlier)
        expect(same_key == key, f"{earlier} has another key")
        expect(newest[:len(before)] == before, f"{earlier} is no beginning of {folders[0]}")
    print(f"{len(newest)} entries, as signed")


if __name__ == "__main__":
    try:
        main([pathlib.Path(folder) for folder in sys.argv[1:]])
    except (Wrong, OSError, ValueError, KeyError, IndexError) as wrong:
        sys.exit(f"{type(wrong).__name__}: {wrong}")
