/** `cairn schedule remove`: takes the job of this vault from every system that has it. */
import { openDevice } from '@cairn/node/machine/device.js'
import { noteRemoved } from '@cairn/node/machine/scheduled.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { realSchedulePorts } from '@cairn/node/schedule/real.js'
import { removeJobs } from '@cairn/node/schedule/schedulers.js'
import type { Context } from '../../context.js'
import { jobId } from '../../job.js'
import type { Outcome } from '../../outcome.js'

export async function run(context: Context): Promise<Outcome> {
  const device = await openDevice({ home: context.home, vault: context.vault ?? undefined }, ports.disk)
  const removed = await removeJobs(realSchedulePorts(), jobId(device))
  await noteRemoved(ports.disk, device.home)
  return {
    json: { removed },
    text:
      removed.length === 0
        ? 'No system runs anything of this vault.'
        : `Removed from ${removed.join(', ')}. Snapshots stay; from now on nothing backs up by itself.`,
  }
}
