/**
 * The program that turns texts of codes into what was printed, for the page that says how to restore without Cairn. It
 * is the one of docs/paper-pages.md, which is run by our tests, and reads and writes as a program in a pipe does.
 */
export const JOIN_PROGRAM = `import sys
from hashlib import sha256
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

def base45(text):
    result = b""
    for i in range(0, len(text), 3):
        group = text[i:i + 3]
        value = sum(ALPHABET.index(c) * 45 ** n for n, c in enumerate(group))
        result += value.to_bytes(len(group) - 1, "big")
    return result

def times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11b if a & 0x80 else 0)
        b >>= 1
    return product

def inverse(a):
    return next(b for b in range(256) if times(a, b) == 1)

def stripe_at(stripes, x):
    if x in stripes:
        return stripes[x]
    result = bytes(len(next(iter(stripes.values()))))
    for i in stripes:
        weight = 1
        for j in stripes:
            if j != i:
                weight = times(weight, times(x ^ j, inverse(i ^ j)))
        row = [times(weight, b) for b in range(256)]
        result = bytes(a ^ row[b] for a, b in zip(result, stripes[i]))
    return result

stripes = {}
for line in sys.stdin:
    page = base45(line.strip("\\n")) if line.startswith("CAIRN1") else b""
    if page[:4] == b"\\x90\\x30\\x0c\\x0f" and sha256(page[:-8]).digest()[:8] == page[-8:]:
        stripes[page[8]] = page[31:-8]
        k, length, digest = page[9], int.from_bytes(page[11:15], "big"), page[15:31]
assert len(stripes) >= k, "too few codes: %d of %d" % (len(stripes), k)
stripes = dict(list(stripes.items())[:k])
result = b"".join(stripe_at(stripes, x) for x in range(1, k + 1))[:length]
assert sha256(result).digest()[:16] == digest, "a code was changed"
sys.stdout.buffer.write(result)
`
