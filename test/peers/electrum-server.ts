/**
 * An Electrum server of protocol 1.4 (newline JSON over TCP) before a real node, since none can be installed.
 * It is for tests: one regtest chain, loopback only, no TLS, no limits. The real Electrum uses it, which keeps
 * it honest.
 */
import { createHash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { type BitcoinNode, RpcError } from './bitcoin-node.js'
import { type Index, indexOf, type ScriptHash } from './electrum-index.js'

export interface ElectrumServer {
  readonly port: number
  stop(): Promise<void>
}

interface Client {
  readonly socket: Socket
  headers: boolean
  /** Subscribed scripts, and the status it was last told of each. */
  readonly scripts: Map<ScriptHash, string | null>
}

interface Asked {
  readonly node: BitcoinNode
  readonly index: Index
  readonly client: Client
  readonly params: readonly unknown[]
}

const pollMs = 100

export async function startElectrumServer(node: BitcoinNode): Promise<ElectrumServer> {
  const clients = new Set<Client>()
  const fresh = refresher(node, clients)
  const server = createServer((socket) => {
    const client = { socket, headers: false, scripts: new Map() }
    clients.add(client)
    socket.on('error', () => {}).on('close', () => clients.delete(client))
    createInterface({ input: socket }).on('line', (line) => void serve(node, fresh, client, line))
  })
  const timer = setInterval(() => fresh().catch(() => {}), pollMs) // the node may be stopping
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      clearInterval(timer)
      for (const { socket } of clients) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * The index as it is now. One reading at a time, and subscribers hear of a change before anyone is answered from
 * it: a client that sees a history before its status takes it for a mismatch and waits.
 */
function refresher(node: BitcoinNode, clients: ReadonlySet<Client>): () => Promise<Index> {
  const read = indexOf(node)
  let known: Index | null = null
  let last: Promise<unknown> = Promise.resolve()
  const refresh = async (): Promise<Index> => {
    const index = await read()
    if (index !== known) for (const client of clients) notify(client, index, known)
    known = index
    return index
  }
  return () => {
    const next = last.then(refresh)
    last = next.catch(() => {})
    return next
  }
}

const send = (client: Client, message: object) =>
  client.socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

async function serve(
  node: BitcoinNode,
  fresh: () => Promise<Index>,
  client: Client,
  line: string,
): Promise<void> {
  const { id, method, params = [] } = JSON.parse(line) as { id: number; method: string; params?: unknown[] }
  try {
    const answer = methods[method]
    if (!answer) throw new RpcError(-32601, `unknown method ${method}`)
    const index = await fresh()
    send(client, { id, result: await answer({ node, index, client, params }) })
  } catch (error) {
    const { code, message } = error instanceof RpcError ? error : new RpcError(1, String(error))
    send(client, { id, error: { code, message } })
  }
}

function notify(client: Client, index: Index, before: Index | null): void {
  if (client.headers && index.header !== before?.header)
    send(client, { method: 'blockchain.headers.subscribe', params: [tipOf(index)] })
  for (const [script, told] of client.scripts) {
    const now = status(index, script)
    client.scripts.set(script, now)
    if (now !== told) send(client, { method: 'blockchain.scripthash.subscribe', params: [script, now] })
  }
}

const tipOf = ({ height, header }: Index) => ({ height, hex: header })

const headerAt = async (node: BitcoinNode, height: number): Promise<string> =>
  node.rpc('getblockheader', [await node.rpc('getblockhash', [height]), false])

/** Protocol 1.4, "Status": null without history, else a hash over `txid:height:` of each entry. */
function status(index: Index, script: ScriptHash): string | null {
  const entries = index.history.get(script) ?? []
  const text = entries.map(({ tx_hash, height }) => `${tx_hash}:${height}:`).join('')
  return text === '' ? null : createHash('sha256').update(text).digest('hex')
}

function balance(index: Index, script: ScriptHash): { confirmed: number; unconfirmed: number } {
  const sum = { confirmed: 0, unconfirmed: 0 }
  for (const { height, value } of index.coins.get(script) ?? [])
    sum[height > 0 ? 'confirmed' : 'unconfirmed'] += value
  return sum
}

const doubleHash = (bytes: Buffer): Buffer =>
  createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()

/** The branch that leads from a transaction to the merkle root of its block, in the byte order of the display. */
async function merkle(node: BitcoinNode, txid: string, height: number): Promise<object> {
  const hash = await node.rpc('getblockhash', [height])
  const { tx } = await node.rpc<{ tx: string[] }>('getblock', [hash, 1])
  const pos = tx.indexOf(txid)
  let row: Buffer[] = tx.map((id) => Buffer.from(id, 'hex').reverse())
  const branch: string[] = []
  for (let at = pos; row.length > 1; at >>= 1) {
    if (row.length % 2 === 1) row = [...row, row.at(-1) ?? Buffer.alloc(0)]
    branch.push(
      Buffer.from(row[at ^ 1] ?? [])
        .reverse()
        .toString('hex'),
    )
    row = row.flatMap((left, index) =>
      index % 2 === 0 ? [doubleHash(Buffer.concat([left, row[index + 1] ?? left]))] : [],
    )
  }
  return { block_height: height, pos, merkle: branch }
}

async function headers({ node, index, params }: Asked): Promise<object> {
  const [from, wanted] = params as [number, number]
  const count = Math.max(0, Math.min(wanted, 2016, index.height - from + 1))
  const found = await Promise.all(Array.from({ length: count }, (_, at) => headerAt(node, from + at)))
  return { count, hex: found.join(''), max: 2016 }
}

const methods: Readonly<Record<string, (asked: Asked) => unknown>> = {
  'server.version': () => ['cairn test server', '1.4'],
  'server.banner': () => '',
  'server.donation_address': () => '',
  'server.ping': () => null,
  'server.peers.subscribe': () => [],
  'server.features': async ({ node }) => ({
    genesis_hash: await node.rpc('getblockhash', [0]),
    hash_function: 'sha256',
    protocol_max: '1.4',
    protocol_min: '1.4',
    pruning: null,
    server_version: 'cairn test server',
  }),
  'blockchain.headers.subscribe': ({ index, client }) => {
    client.headers = true
    return tipOf(index)
  },
  'blockchain.block.header': ({ node, params }) => headerAt(node, params[0] as number),
  'blockchain.block.headers': headers,
  'blockchain.estimatefee': () => 0.0001,
  'blockchain.relayfee': () => 0.00001,
  'mempool.get_fee_histogram': () => [],
  'blockchain.scripthash.subscribe': ({ index, client, params }) => {
    const script = params[0] as string
    const now = status(index, script)
    client.scripts.set(script, now)
    return now
  },
  'blockchain.scripthash.unsubscribe': ({ client, params }) => client.scripts.delete(params[0] as string),
  'blockchain.scripthash.get_history': ({ index, params }) => index.history.get(params[0] as string) ?? [],
  'blockchain.scripthash.get_mempool': ({ index, params }) =>
    (index.history.get(params[0] as string) ?? []).filter(({ height }) => height <= 0),
  'blockchain.scripthash.get_balance': ({ index, params }) => balance(index, params[0] as string),
  'blockchain.scripthash.listunspent': ({ index, params }) => index.coins.get(params[0] as string) ?? [],
  'blockchain.transaction.get': ({ node, params }) =>
    node.rpc('getrawtransaction', [params[0], params[1] ?? false]),
  'blockchain.transaction.broadcast': ({ node, params }) => node.rpc('sendrawtransaction', [params[0]]),
  'blockchain.transaction.get_merkle': ({ node, params }) =>
    merkle(node, params[0] as string, params[1] as number),
}
