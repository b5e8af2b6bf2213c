/**
 * Official vectors and real wallet files that are tested against but not part of the project, since their
 * licences differ. They lie beside the checkout, or where `CAIRN_VECTORS` says.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leaveOut } from './left-out.js'

const beside = fileURLToPath(new URL('../../shared/vectors', import.meta.url))

/** The folder of a topic, or null when it is not on this machine; then its suite is left out by name. */
export function corpus(topic: string): string | null {
  const folder = join(process.env.CAIRN_VECTORS ?? beside, topic)
  if (existsSync(folder)) return folder
  leaveOut(`vectors of ${topic}`, {
    because: 'not in ../shared/vectors nor CAIRN_VECTORS',
    evenInCi: true,
  })
  return null
}
