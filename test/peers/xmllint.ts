/** xmllint of libxml2, which says whether XML is well formed. */
import type { Peer } from './peer.js'
import { outcome, which } from './run.js'

export const xmllint: Peer = {
  name: 'xmllint',
  install: 'apt-get install libxml2-utils',
  available: async () => which('xmllint') !== null,
}

/** What is wrong with it; empty when nothing is. */
export async function faultsOfXml(xml: string): Promise<string> {
  const { code, stderr } = await outcome('xmllint', ['--noout', '-'], { input: xml })
  return code === 0 ? stderr : stderr || `xmllint ended with ${code}`
}
