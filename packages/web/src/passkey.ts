/**
 * The steps of @cairn/core/vault/passkey-step.js with the authenticators of this browser (WebAuthn level 3): the only
 * lines that touch `navigator.credentials`. Call them from a click, which some browsers insist on.
 */
import { hex, unhex } from '@cairn/core/bytes.js'
import type { PasskeyStep } from '@cairn/core/vault/passkey-step.js'

type Create = Extract<PasskeyStep, { readonly step: 'create' }>
type Use = Extract<PasskeyStep, { readonly step: 'use' }>

/** Rejects with the browser's DOMException when the person stops, or when there is no such passkey. */
export function doStep(step: PasskeyStep): Promise<unknown> {
  return step.step === 'create' ? create(step) : use(step)
}

/** Ed25519, ECDSA with P-256, RSA: no signature is used, and any authenticator has one of them. */
const ALGORITHMS = [-8, -7, -257]

async function create({ rp, user, userId, challenge }: Create): Promise<unknown> {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: rp, name: 'Cairn' },
      user: { id: buffer(userId), name: user, displayName: user },
      challenge: buffer(challenge),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      // The id is kept in vault.json: a security key need not spend one of its few places on it.
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      attestation: 'none',
      extensions: { prf: {} },
    },
  })
  const { rawId, response, extensions } = asCredential<AuthenticatorAttestationResponse>(made)
  return {
    id: hex(new Uint8Array(rawId)),
    transports: response.getTransports(),
    data: hex(new Uint8Array(response.getAuthenticatorData())),
    prf: extensions.prf?.enabled === true,
  }
}

async function use({ rp, id, transports, first, second, challenge }: Use): Promise<unknown> {
  const found = await navigator.credentials.get({
    publicKey: {
      rpId: rp,
      challenge: buffer(challenge),
      allowCredentials: [
        { type: 'public-key', id: buffer(id), transports: transports as AuthenticatorTransport[] },
      ],
      userVerification: 'required',
      extensions: { prf: { eval: { first: buffer(first), second: buffer(second) } } },
    },
  })
  const { rawId, response, extensions } = asCredential<AuthenticatorAssertionResponse>(found)
  const results = extensions.prf?.results
  return {
    id: hex(new Uint8Array(rawId)),
    data: hex(new Uint8Array(response.authenticatorData)),
    first: results ? hexOf(results.first) : null,
    second: results?.second ? hexOf(results.second) : null,
  }
}

function asCredential<R extends AuthenticatorResponse>(credential: Credential | null) {
  const { rawId, response } = credential as PublicKeyCredential
  const extensions = (credential as PublicKeyCredential).getClientExtensionResults()
  return { rawId, response: response as R, extensions }
}

function buffer(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(unhex(text))
}

function hexOf(source: BufferSource): string {
  const bytes =
    source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  return hex(bytes)
}
