import { createPublicKey, verify } from 'node:crypto'
import { unhex } from '@cairn/core/bytes.js'
import { expect, it } from 'vitest'
import { holdsEd25519 } from '../../core/test/vault/ed25519.contract.js'
import { nativeEd25519 } from '../src/ed25519.js'

holdsEd25519('native', nativeEd25519)

it('is stricter than OpenSSL, which lets zeros sign under a key of small order', () => {
  const key = unhex(`01${'00'.repeat(31)}`)
  const signature = unhex(`01${'00'.repeat(63)}`)
  const der = Buffer.concat([unhex('302a300506032b6570032100'), key])
  const opened = createPublicKey({ key: der, format: 'der', type: 'spki' })
  expect(verify(null, Buffer.from('any message'), opened, signature)).toBe(true)
  expect(nativeEd25519.verify(signature, Buffer.from('any message'), key)).toBe(false)
})
