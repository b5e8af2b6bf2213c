// @ts-check
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Runs a program to its end and measures it from outside: wall time in ms, and the peak of its resident memory in
 * MiB as Linux keeps it (VmHWM), looked at every 10 ms.
 * @param {readonly string[]} command
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ ms: number, mib: number, stdout: string }>}
 */
export function measure([program = '', ...args], { env = {}, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let kib = 0
    const look = setInterval(() => {
      kib = Math.max(kib, peakOf(child.pid))
    }, 10)
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(look)
      const ms = performance.now() - start
      if (code === 0) resolve({ ms, mib: kib / 1024, stdout })
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr.slice(-500)}`))
    })
  })
}

/** @param {number | undefined} pid */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return /** @type {number} */ (sorted[Math.floor(sorted.length / 2)])
}
