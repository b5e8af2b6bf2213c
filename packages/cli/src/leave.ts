/**
 * The end of a command that gave a store up. A thread that hangs in the kernel keeps its process from ending, also when
 * it is told to exit: after a moment it is killed. Everything was written and told by then.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { drivesAtWork } from '@cairn/node/drives-at-work.js'

/** What is under way and does not hang is over long before. */
const PATIENCE_MS = 2000
const STEP_MS = 20

export async function leaveDrives(): Promise<void> {
  for (let ms = 0; drivesAtWork() > 0 && ms < PATIENCE_MS; ms += STEP_MS) await sleep(STEP_MS)
  if (drivesAtWork() === 0) return
  process.stderr.write('cairn: a drive hangs and does not let this process end, so that it kills itself\n')
  process.kill(process.pid, 'SIGKILL')
}

/**
 * A call to a server that is silent goes on by itself, and is asked again for minutes, when nobody waits for it any more:
 * what still holds the process after a moment is left.
 */
export function leaveLines(): void {
  const leave = () => {
    const untold = process.stdout.writableLength + process.stderr.writableLength
    if (untold > 0) setTimeout(leave, STEP_MS).unref()
    else process.exit()
  }
  setTimeout(leave, PATIENCE_MS).unref()
}
