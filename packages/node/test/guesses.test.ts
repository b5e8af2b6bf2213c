import { LEAST_BITS } from '@cairn/core/vault/guessing.js'
import { describe, expect, it } from 'vitest'
import { guessBits } from '../src/guesses.js'

describe('the guesses that a passphrase takes', () => {
  it.each([
    'password1234',
    'aaaaaaaaaaaaaaaaaaaa',
    'qwertyuiop12345',
    'hunter2hunter2',
    '123456789012345678',
    'cairncairncairn',
    'iloveyou2024!',
  ])('are few for %s', async (passphrase) => {
    expect(await guessBits(passphrase)).toBeLessThan(LEAST_BITS)
  })

  it.each(['spade.dorsal.unfit.kettle', 'tuna-oxide-blimp-vest-99-quarry', 'mK4#vQ8!zT1$wP6&'])(
    'are many for %s',
    async (passphrase) => {
      expect(await guessBits(passphrase)).toBeGreaterThan(LEAST_BITS)
    },
  )

  it('are counted for the longest passphrase too', async () => {
    expect(await guessBits('x'.repeat(1_024))).toBeLessThan(LEAST_BITS)
  })
})
