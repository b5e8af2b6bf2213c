/** zbar (Debian's zbar-tools): a reader of codes that shares nothing with ours. */
import type { Peer } from './peer.js'
import { outcome, which } from './run.js'

export const zbar: Peer = {
  name: 'zbar-tools',
  install: 'apt-get install zbar-tools',
  available: async () => which('zbarimg') !== null,
}

/** What the QR codes on pictures say, picture after picture: each a line of ASCII, for other text is guessed at. */
export async function zbarLines(pictures: readonly string[]): Promise<readonly string[]> {
  return (await read(['-Sdisable', '-Sqrcode.enable', ...pictures])).split('\n').slice(0, -1)
}

/** What the one QR code on pictures says in UTF-8; of several nothing tells where one ends. */
export function zbarText(pictures: readonly string[]): Promise<string> {
  return read(['-Sdisable', '-Sqrcode.enable', '-Sbinary', ...pictures])
}

async function read(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await outcome('zbarimg', ['-q', '--raw', ...args])
  // zbarimg(1): 4 when there is none on a picture
  if (code !== 0 && code !== 4) throw new Error(`zbarimg ended with ${code}: ${stderr}`)
  return stdout.toString('utf8')
}
