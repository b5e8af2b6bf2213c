// @ts-check
// The servers of the tests, for the benchmark: Ceph's S3 gateway and Debian's sshd, started on loopback. They are
// TypeScript that only the tests compile, so rolldown puts each together into one file here.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AwsClient } from 'aws4fetch'
import { rolldown } from 'rolldown'

const peers = fileURLToPath(new URL('../test/peers/', import.meta.url))

/** @param {string} name @returns {Promise<any>} */
async function load(name) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-peer-'))
  try {
    const file = join(folder, `${name}.mjs`)
    const bundle = await rolldown({
      input: join(peers, `${name}.ts`),
      platform: 'node',
      logLevel: 'silent',
      external: /^[^./]/,
    })
    await bundle.write({ file, format: 'esm' })
    await bundle.close()
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Where a program puts its repository.
 * @typedef {{ url: string, credentials: string, repository: string, env?: Record<string, string>, options?: string[] }} Site
 * @typedef {{ name: string, site: () => Promise<Site>, stop: () => Promise<void>, port: number }} Server
 */

/** Ceph's gateway; null when it is not installed. @returns {Promise<Server & { endpoint: string } | null>} */
export async function startS3() {
  const { ceph, startCeph } = await load('ceph')
  if (!(await ceph.available())) return null
  const gateway = await startCeph()
  try {
    const { access, secret } = await gateway.addUser('bench')
    await makeBucket(gateway.endpoint, { access, secret })
    let count = 0
    return {
      name: 'S3',
      endpoint: gateway.endpoint,
      port: Number(new URL(gateway.endpoint).port),
      stop: gateway.stop,
      site: async () => {
        const folder = `bench/place${++count}`
        return {
          url: `s3://${folder}?endpoint=${gateway.endpoint}`,
          credentials: `access_key = "${access}"\nsecret_key = "${secret}"\n`,
          repository: `s3:${gateway.endpoint}/${folder}`,
          env: { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret },
        }
      },
    }
  } catch (error) {
    await gateway.stop()
    throw error
  }
}

/** @param {string} endpoint @param {{ access: string, secret: string }} keys */
async function makeBucket(endpoint, { access, secret }) {
  const client = new AwsClient({ accessKeyId: access, secretAccessKey: secret, service: 's3', retries: 0 })
  const { ok, status } = await client.fetch(`${endpoint}/bench`, { method: 'PUT' })
  if (!ok) throw new Error(`no bucket: ${status}`)
}

/** OpenSSH's server; null when it is not installed. @returns {Promise<Server | null>} */
export async function startSftp() {
  const { sshd, startSshd } = await load('sshd')
  if (!(await sshd.available())) return null
  const server = await startSshd()
  const ssh = `ssh -p ${server.port} -i ${server.keys.open} -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR cairn@127.0.0.1 -s sftp`
  return {
    name: 'SFTP',
    port: server.port,
    stop: server.stop,
    site: async () => {
      const folder = server.folder()
      return {
        url: `sftp://cairn@127.0.0.1:${server.port}${folder}`,
        credentials: `key_file = "${server.keys.open}"\n`,
        repository: `sftp:cairn@127.0.0.1:${folder}/repository`,
        options: ['-o', `sftp.command=${ssh}`],
      }
    },
  }
}

/**
 * A line to a server that is slow in both directions, as one to another town is.
 * @param {number} to port on loopback
 * @param {{ bytesPerSecond: number, delayMs: number }} line
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 */
export async function slowLine(to, line) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const [up, down] = [throttle(line), throttle(line)]
  const server = createServer((client) => {
    const remote = connect(to, '127.0.0.1')
    for (const socket of [client, remote]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        remote.destroy()
      })
    }
    up(client, remote)
    down(remote, client)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * All connections of a line share its rate in each direction.
 * @param {{ bytesPerSecond: number, delayMs: number }} line
 * @returns {(from: import('node:net').Socket, to: import('node:net').Socket) => void}
 */
function throttle({ bytesPerSecond, delayMs }) {
  let free = 0
  return (from, to) => {
    let sent = Promise.resolve()
    from.on('data', (data) => {
      const now = performance.now()
      free = Math.max(free, now) + (data.length / bytesPerSecond) * 1000
      const arrives = free + delayMs
      from.pause()
      setTimeout(() => from.resume(), free - now)
      // one after another: two timers of nearly the same time may fire in any order
      sent = sent.then(() => wait(arrives - performance.now())).then(() => void to.write(data))
    })
  }
}
