/** zbar (Debian's zbar-tools): a reader of codes that shares nothing with ours. */
import type { Peer } from './peer.js'
import { outcome, which } from './run.js'

export const zbar: Peer = {
  name: 'zbar-tools',
  install: 'apt-get install zbar-tools',
  available: async () => which('zbarimg') !== null,
}

/**
 * What the QR codes on pictures say, picture after picture: each a line of ASCII, for other text is guessed at.
 * @param density in rows: of several codes on a fine picture it misses others where it looks at every second row
 */
export async function zbarLines(pictures: readonly string[], density = 1): Promise<readonly string[]> {
  const rows = density === 1 ? [] : [`-Sx-density=${density}`, `-Sy-density=${density}`]
  const text = await read(['-Sdisable', '-Sqrcode.enable', ...rows, ...pictures])
  return text.toString('utf8').split('\n').slice(0, -1)
}

/** What the one QR code on pictures says; of several nothing tells where one ends. */
export function zbarBytes(pictures: readonly string[]): Promise<Buffer> {
  return read(['-Sdisable', '-Sqrcode.enable', '-Sbinary', ...pictures])
}

async function read(args: readonly string[]): Promise<Buffer> {
  const { code, stdout, stderr } = await outcome('zbarimg', ['-q', '--raw', ...args])
  // zbarimg(1): 4 when there is none on a picture
  if (code !== 0 && code !== 4) throw new Error(`zbarimg ended with ${code}: ${stderr}`)
  return stdout
}
