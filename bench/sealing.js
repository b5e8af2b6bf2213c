// @ts-check
// One process: the production pipeline over a file (chunk, hash, compress, unpack and compare, seal), into a store in memory
// that gives back what it got, which is hashed, opened and compared again. Prints the seconds of wall and processor time,
// without the start of the process. usage: node sealing.js FILE
import { open } from 'node:fs/promises'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { native } from '@cairn/node/primitives.js'
import { SLAB_BYTES } from '@cairn/node/slabs.js'
import { packWriter } from '@cairn/node/vault/pack-writer.js'

/** @typedef {import('@cairn/node/stores/store.js').Store} Store */

/** @returns {Store} */
function memoryStore() {
  /** @type {Map<string, Uint8Array>} */
  const kept = new Map()
  return /** @type {Store} */ ({
    name: 'memory',
    place: 'memory',
    put: async (key, bytes) => void kept.set(key, bytes),
    get: async (key) => {
      const bytes = kept.get(key)
      kept.delete(key)
      return bytes
    },
  })
}

/** @param {string} path @param {import('@cairn/node/slabs.js').Slabs} slabs */
async function* pieces(path, slabs) {
  const file = await open(path)
  try {
    for (;;) {
      const slab = await slabs.take(SLAB_BYTES)
      const { bytesRead } = await file.read(slab)
      if (bytesRead === 0) return slabs.release(slab)
      yield slab.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

const { recipient } = newIdentity()
const targets = [{ store: memoryStore() }]
const [wall, cpu] = [performance.now(), process.cpuUsage()]
const packs = packWriter({ recipient, targets, primitives: native, now: () => new Date() }, new Map())
await packs.add(pieces(process.argv[2] ?? '', packs.slabs))
const { packs: written } = await packs.finish()
const used = process.cpuUsage(cpu)
const stored = written.reduce((sum, { size }) => sum + size, 0)
const measured = {
  wall: (performance.now() - wall) / 1000,
  cpu: (used.user + used.system) / 1e6,
  stored,
}
process.stdout.write(JSON.stringify(measured))
