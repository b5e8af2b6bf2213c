/**
 * Reads C2SP's hostile age files (CCTV, `age/testdata`): a textual header, an empty line, and the file, which
 * may be compressed with zlib. FORMAT.md beside them tells the keys.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

export interface AgeCase {
  readonly name: string
  readonly expect: string
  /** SHA-256 of all plaintext that may be released, hex; absent when the header must fail. */
  readonly payload?: string
  readonly identities: readonly string[]
  readonly passphrases: readonly string[]
  readonly armored: boolean
  readonly file: Uint8Array
}

export function ageKit(folder: string): readonly AgeCase[] {
  return readdirSync(folder).map((name) => readCase(name, readFileSync(`${folder}/${name}`)))
}

function readCase(name: string, bytes: Buffer): AgeCase {
  const split = bytes.indexOf('\n\n')
  const lines = bytes.subarray(0, split).toString('utf8').split('\n')
  const values = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`${key}: `) ? line.slice(key.length + 2) : []))
  const [body, payload] = [bytes.subarray(split + 2), values('payload')[0]]
  const file = new Uint8Array(values('compressed').length > 0 ? inflateSync(body) : body)
  return {
    name,
    expect: values('expect')[0] ?? '',
    ...(payload === undefined ? {} : { payload }),
    identities: values('identity'),
    passphrases: values('passphrase'),
    armored: values('armored')[0] === 'yes',
    file,
  }
}
