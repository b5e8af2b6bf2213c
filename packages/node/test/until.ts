import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for something that another process does; a test that waits for ever is ended by its timeout. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20)
}
