/**
 * Wallets that the real Electrum makes and saves, with a history that we invent, and what it says of them: asked of
 * its Python modules (tried with 4.3.4 of Debian 12). No network: it is told of transactions as its server would.
 */
import { type Answer, ask } from './python.js'

export interface WalletJob {
  /** What Electrum restores from: a seed, a master key, private keys or addresses. */
  readonly text: string
  readonly passphrase?: string
  readonly password?: string
  /** Encrypts the whole file with the password, and not only the secrets. */
  readonly whole?: boolean
  readonly transactions: readonly InventedTransaction[]
  /** Of own addresses. */
  readonly frozen: readonly number[]
  /** Of unspent coins, and whether each is frozen or set free. */
  readonly frozenCoins: readonly (readonly [number, boolean])[]
  readonly labels: readonly (readonly [number, string])[]
  readonly tip: number
}

export interface InventedTransaction {
  /** Outputs of earlier transactions of the list, or null for what the wallet knows nothing about. */
  readonly inputs: readonly (readonly [number, number] | null)[]
  /** Number of an own address, or null for somebody else, and satoshi. */
  readonly outputs: readonly (readonly [number | null, number])[]
  /** 0 in the memory pool, -2 when nobody was told of it. */
  readonly height: number
}

export interface WalletAnswer {
  /** Base64. */
  readonly file: string
  readonly receiving: readonly string[]
  readonly change: readonly string[]
  /** Confirmed and unconfirmed satoshi. */
  readonly balance: readonly [number, number]
  readonly history: readonly {
    readonly txid: string
    readonly height: number
    readonly delta: number
    readonly fee: number | null
    readonly time: number | null
  }[]
  readonly labels: Readonly<Record<string, string>>
  /** Coins that the user forbade to spend. Electrum passes over dust as well, which is in no file. */
  readonly frozen: readonly string[]
}

const source = `
import base64, os, struct, tempfile
from electrum import bitcoin, constants, util, wallet
from electrum.simple_config import SimpleConfig
from electrum.transaction import Transaction
from electrum.util import TxMinedInfo

constants.set_regtest()
folder = tempfile.TemporaryDirectory()
config = SimpleConfig({'electrum_path': folder.name, 'cwd': folder.name})
elsewhere = 'bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202'

def raw(inputs, outputs):
    data = struct.pack('<iB', 2, len(inputs))
    for txid, index in inputs:
        data += bytes.fromhex(txid)[::-1] + struct.pack('<IBI', index, 0, 0xfffffffd)
    data += struct.pack('<B', len(outputs))
    for address, value in outputs:
        script = bytes.fromhex(bitcoin.address_to_script(address))
        data += struct.pack('<qB', value, len(script)) + script
    return (data + struct.pack('<I', 0)).hex()

def invent(w, jobs):
    own = w.get_addresses()
    made, histories = [], {}
    for number, job in enumerate(jobs):
        unknown = lambda i: (('%02x' % (number + 1)) * 32, i)
        inputs = [unknown(i) if at is None else (made[at[0]][0], at[1]) for i, at in enumerate(job['inputs'])]
        outputs = [(elsewhere if at is None else own[at % len(own)], value) for at, value in job['outputs']]
        tx = Transaction(raw(inputs, outputs))
        txid = tx.txid()
        spent = [dict((m[0], m[1]) for m in made)[t][i][0] for t, i in inputs if t in [m[0] for m in made]]
        made.append((txid, outputs))
        if job['height'] == -2:
            w.adb.add_transaction(tx, allow_unrelated=True)
            continue
        w.adb.receive_tx_callback(txid, tx, job['height'])
        for address in set([a for a, _ in outputs] + spent) & set(own):
            histories.setdefault(address, []).append((txid, job['height']))
    for address, history in histories.items():
        w.adb.receive_history_callback(address, history, {})
    for (txid, _), job in zip(made, jobs):
        if job['height'] > 0:
            w.adb.add_verified_tx(txid, TxMinedInfo(height=job['height'], timestamp=1600000000 + job['height'], txpos=1, header_hash='00' * 32))

def own_coins(w):
    return [(c.prevout.to_str(), c.address) for c in w.get_utxos()]

def answer(job):
    loop, stop, thread = util.create_and_start_event_loop()
    try:
        return make(job)
    finally:
        loop.call_soon_threadsafe(stop.set_result, 1)
        thread.join()

def make(job):
    path = os.path.join(folder.name, 'wallet')
    w = wallet.restore_wallet_from_text(job['text'], path=path, config=config, passphrase=job.get('passphrase'))['wallet']
    invent(w, job['transactions'])
    own = w.get_addresses()
    w.set_frozen_state_of_addresses([own[i % len(own)] for i in job['frozen']], True)
    coins = sorted(c for c, _ in own_coins(w))
    for i, frozen in job['frozenCoins']:
        w.set_frozen_state_of_coins(coins[i % len(coins):][:1] if coins else [], frozen)
    for i, text in job['labels']:
        w.set_label(own[i % len(own)], text)
    w.db.put('stored_height', job['tip'])
    if job.get('password'):
        w.update_password(None, job['password'], encrypt_storage=job.get('whole', False))
    w.save_db()
    file = open(path, 'rb').read()
    os.remove(path)
    items = w.get_full_history().values()
    return {'file': base64.b64encode(file).decode(),
            'receiving': w.get_receiving_addresses(),
            'change': [a for a in w.get_change_addresses() if w.is_change(a)],
            'balance': w.get_balance()[0:2],
            'history': [{'txid': i['txid'], 'height': i['height'], 'delta': i['bc_value'].value,
                         'fee': i.get('fee_sat'), 'time': i['timestamp']} for i in items],
            'labels': w.get_all_labels(),
            'frozen': [c for c, address in own_coins(w) if w._frozen_coins.get(c, w.is_frozen_address(address))]}
`

export const walletsOf = (jobs: readonly WalletJob[]): Promise<Answer<WalletAnswer>[]> =>
  ask({ source }, jobs)
