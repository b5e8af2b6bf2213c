/** Looking at a wallet, with its password when it has one: for `wallet inspect` and `wallet add`. */
import type { Wallet, WalletKind } from '@cairn/core/types.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { lookAt } from '@cairn/node/vault/add-wallet.js'
import { askSecret, canAsk } from './ask.js'
import type { Context } from './context.js'
import { readSecret } from './input.js'

export interface LookOptions {
  readonly as?: WalletKind
  readonly passwordFile?: string
}

/** Asks for the password once, when the wallet has one and a person is there; without it, what is public is read. */
export async function look(context: Context, source: string, options: LookOptions): Promise<Wallet> {
  const looking = { source, ...(options.as ? { kind: options.as } : {}) }
  if (options.passwordFile !== undefined) {
    return lookAt({ ...looking, password: await readSecret(options.passwordFile) }, ports)
  }
  const wallet = await lookAt(looking, ports)
  if (!wallet.encrypted || wallet.opened || !canAsk(context)) return wallet
  const question = { what: 'the password of the wallet (Enter: without it)', option: '--password-file' }
  const password = await askSecret(context, question)
  return password === '' ? wallet : lookAt({ ...looking, password }, ports)
}
