/** PyCryptodome, Debian's 3.11: the RSA generator that the first implementation of BIP-85 used. */
import type { Peer } from './peer.js'
import { askOne, canImport } from './python.js'

export const pycryptodome: Peer = {
  name: 'PyCryptodome',
  install: 'apt-get install python3-pycryptodome',
  available: () => canImport('Cryptodome'),
}

const generator = `
from Cryptodome.Hash import SHAKE256
from Cryptodome.PublicKey import RSA
def answer(job):
    stream = SHAKE256.new(bytes.fromhex(job['entropy']))
    return RSA.generate(job['bits'], randfunc=stream.read).export_key('PEM').decode()
`

/** The private key in PEM (PKCS #1) from the SHAKE256 stream of 64 bytes in hex. */
export const rsaFromStream = (entropy: string, bits: number): Promise<string> =>
  askOne({ source: generator }, { entropy, bits })
