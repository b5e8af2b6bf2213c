// @ts-check

/** @typedef {{ name: string, run: (i: number) => unknown }} Task */
/** @typedef {{ name: string, rate: number }} Rate */

/** Processor time of this process in seconds: a busy machine slows all programs alike. */
function processor() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * Prints how often a second of processor time each task runs, once it is warm.
 * @param {readonly Task[]} tasks
 */
export function printRates(tasks) {
  console.log(JSON.stringify(tasks.map(({ name, run }) => ({ name, rate: rate(run) }))))
}

/** @param {(i: number) => unknown} run @returns {number} */
function rate(run) {
  for (let i = 0, start = processor(); processor() - start < 0.3; i++) run(i)
  let times = 0
  const start = processor()
  while (processor() - start < 1.5) run(times++)
  return times / (processor() - start)
}

export const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
