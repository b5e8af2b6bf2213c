/** Calls to drives that have not come back. Apart from `drive-disk.ts`, since every command asks at its end. */
let atWork = 0

export function drivesAtWork(): number {
  return atWork
}

export async function counted<T>(work: () => Promise<T>): Promise<T> {
  atWork++
  try {
    return await work()
  } finally {
    atWork--
  }
}
