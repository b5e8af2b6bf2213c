/**
 * A PKCS#11 token that keeps the key to the identity of a factor: a smart card or USB key (YubiKey PIV, Nitrokey, a
 * card that OpenSC knows), an HSM, or SoftHSM. The identity is sealed to the public half, in software; opening asks the
 * token, after its PIN. The private half never leaves it.
 */
import { fail } from '@cairn/core/errors.js'
import { isIdentityOf, recipientOf } from '@cairn/core/vault/identity.js'
import type { Factor, FactorPlan } from '@cairn/core/vault/policy.js'
import { connect, type Remote } from './p11-kit/remote.js'
import { decrypt, derive, type PrivateKey, privateKeys, publicKeyOf } from './pkcs11/keys.js'
import { ephemeralOf, openWithShared, sealableKey, sealToKey } from './pkcs11/seal.js'
import { logIn, openSession, type Session, type Token, tokensOf } from './pkcs11/session.js'
import { parseTokenUri, type TokenUri } from './pkcs11/uri.js'

export type Pkcs11Plan = Extract<FactorPlan, { readonly kind: 'pkcs11' }>
export type Pkcs11Factor = Extract<Factor, { readonly kind: 'pkcs11' }>

export interface Unlocking {
  /** Secret. */
  readonly pin: string
  /** Path of the PKCS#11 module; those that p11-kit is configured with when absent. */
  readonly module?: string | undefined
}

export interface Sealing extends Unlocking {
  /** Of the factor. */
  readonly name: string
  /** An age identity; secret. */
  readonly identity: string
  /** RFC 7512, for example `pkcs11:token=LABEL;id=%01`. */
  readonly uri: string
}

/**
 * The factor whose identity this token gives back, after it did so once.
 * @throws CairnError `token-uri`, `token-program`, `token-absent`, `token-key`, `pin-wrong`, `pin-locked`, `token-failed`
 */
export async function sealToToken({ name, identity, uri, pin, module }: Sealing): Promise<Pkcs11Plan> {
  const asked = parseTokenUri(uri)
  return withRemote({ tokens: asked.tokens, module, token: asked.tokens }, async (remote) => {
    const token = await oneToken(remote, { name, uri: asked.tokens })
    const session = await openSession(remote, token, name)
    await logIn(session, token, pin)
    const { key, spki } = await chooseKey(session, token, asked)
    const plan: Pkcs11Plan = {
      kind: 'pkcs11',
      name,
      recipient: recipientOf(identity),
      token: { label: token.label, serial: token.serial },
      id: key.id,
      spki: base64(spki),
      sealed: base64(sealToKey(spki, identity)),
    }
    const given = await unseal(session, key, plan)
    if (given === MISUNDERSTOOD) return given
    return given === identity ? plan : fail('token-other', { factor: name })
  })
}

/**
 * The identity of a factor, from its token.
 * @throws CairnError `token-program`, `token-absent`, `token-other`, `pin-wrong`, `pin-locked`, `token-failed`
 */
export async function openWithToken(factor: Pkcs11Factor, { pin, module }: Unlocking): Promise<string> {
  const { name, id } = factor
  const token = tokenWords(factor.token)
  return withRemote({ tokens: 'pkcs11:', module, token }, async (remote) => {
    const found = await tokenOf(remote, factor)
    if (found === undefined) return fail('token-absent', { token })
    const session = await openSession(remote, found, name)
    await logIn(session, found, pin)
    const key = (await privateKeys(session)).find((each) => each.id === id && each.type !== 'other')
    const identity = key ? await unseal(session, key, factor) : null
    return identity ?? fail('token-other', { factor: name })
  })
}

interface Reaching {
  readonly tokens: string
  readonly module: string | undefined
  /** How a person calls it. */
  readonly token: string
}

/** What `work` is told when p11-kit did not understand it: it is asked again in the other form. */
const MISUNDERSTOOD = Symbol('misunderstood')

async function withRemote<T>(
  { token, ...connecting }: Reaching,
  work: (remote: Remote) => Promise<T | typeof MISUNDERSTOOD>,
): Promise<T> {
  // in this order: an older p11-kit refuses the newer form, a newer one reads the older form as something else
  for (const form of ['flagged', 'bare'] as const) {
    const remote = (await connect({ ...connecting, form })) ?? fail('token-absent', { token })
    try {
      const done = await work(remote)
      if (done !== MISUNDERSTOOD) return done
    } finally {
      remote.end()
    }
  }
  return fail('token-failed', {
    factor: token,
    reason: 'this p11-kit cannot do it; P-256 needs 0.25 or newer',
  })
}

interface Asked {
  readonly name: string
  readonly uri: string
}

async function oneToken(remote: Remote, { name, uri }: Asked): Promise<Token> {
  const tokens = await tokensOf(remote, name)
  const [token] = tokens
  if (token === undefined) return fail('token-absent', { token: uri })
  if (tokens.length === 1) return token
  return fail('token-uri', { reason: `there are several: ${tokens.map(tokenWords).join(', ')}` })
}

/** By its serial number, or, as a copy of the key on another token has another one, by the public key that it shows. */
async function tokenOf(remote: Remote, { name, token, id, spki }: Pkcs11Factor): Promise<Token | undefined> {
  const tokens = await tokensOf(remote, name)
  const same = tokens.find(({ serial, label }) => serial === token.serial && label === token.label)
  if (same) return same
  for (const other of tokens) {
    const shown = await publicKeyOf(await openSession(remote, other, name), id)
    if (shown !== null && base64(shown) === spki) return other
  }
  return undefined
}

function tokenWords({ label, serial }: Pick<Token, 'label' | 'serial'>): string {
  return serial === '' ? label : `${label} (${serial})`
}

interface Chosen {
  readonly key: PrivateKey
  readonly spki: Uint8Array
}

/** The one key that fits. @throws CairnError `token-key` when there is none, or several */
async function chooseKey(session: Session, token: Token, { id, object }: TokenUri): Promise<Chosen> {
  const keys = (await privateKeys(session)).filter(
    (key) =>
      key.isFit && (id === undefined || key.id === id) && (object === undefined || key.label === object),
  )
  const fitting: Chosen[] = []
  for (const key of keys) {
    const spki = await publicKeyOf(session, key.id)
    if (spki !== null && sealableKey(spki) !== null) fitting.push({ key, spki })
  }
  const [only, another] = fitting
  if (only && another === undefined) return only
  const ids = fitting.map(({ key }) => `id=${key.id.replace(/../g, '%$&')}`).join(', ')
  return fail('token-key', {
    token: tokenWords(token),
    reason: only ? `there are several: say which with ${ids}` : 'it has none of a kind that Cairn can use',
  })
}

/** Null when the key gives something else than the identity of the factor. */
async function unseal(
  session: Session,
  key: PrivateKey,
  plan: Pkcs11Plan,
): Promise<string | null | typeof MISUNDERSTOOD> {
  const [sealed, spki] = [Buffer.from(plan.sealed, 'base64'), Buffer.from(plan.spki, 'base64')]
  const given =
    key.type === 'rsa' ? await decrypt(session, key, sealed) : await derive(session, key, ephemeralOf(sealed))
  if (given === null) return MISUNDERSTOOD
  const identity =
    key.type === 'rsa' ? Buffer.from(given).toString('latin1') : openWithShared(spki, sealed, given)
  return identity !== null && isIdentityOf(identity, plan.recipient) ? identity : null
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
