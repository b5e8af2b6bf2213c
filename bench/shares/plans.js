// @ts-check
// What both programs do: the plans, and how often one can be done in a second.

/** Groups as [threshold, count]; the secret has so many bytes. */
export const PLANS = /** @type {const} */ ([
  { name: '2 of 3, 16 bytes', bytes: 16, groupThreshold: 1, groups: [[2, 3]] },
  { name: '3 of 5, 32 bytes', bytes: 32, groupThreshold: 1, groups: [[3, 5]] },
  { name: '16 of 16, 32 bytes', bytes: 32, groupThreshold: 1, groups: [[16, 16]] },
  { name: '2 of 3 groups of 3 of 5', bytes: 32, groupThreshold: 2, groups: [[3, 5], [3, 5], [3, 5]] }, // biome-ignore format: one plan a line
])

const SECONDS = 1.5

/** @param {number} bytes */
export const secretOf = (bytes) => Uint8Array.from({ length: bytes }, (_, i) => (i * 37 + 11) & 0xff)

/**
 * Runs in a second of processor time, so that other work on the machine slows nobody down.
 * @param {() => unknown} run
 */
export function perSecond(run) {
  run() // what is compiled and tabulated once does not count
  const start = process.cpuUsage()
  for (let runs = 1; ; runs++) {
    run()
    const { user, system } = process.cpuUsage(start)
    if (user + system > SECONDS * 1e6) return (runs * 1e6) / (user + system)
  }
}

/**
 * Just enough members of just enough groups.
 * @template T
 * @param {readonly (readonly T[])[]} shares
 * @param {(typeof PLANS)[number]} plan
 */
export function quorum(shares, { groups, groupThreshold }) {
  return shares.slice(-groupThreshold).flatMap((members, i) => members.slice(-(groups[i]?.[0] ?? 0)))
}
