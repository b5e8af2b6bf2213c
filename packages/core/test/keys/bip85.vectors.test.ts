/** BIP-85, version 2.1.0, the figures printed under "Test vectors" and each application. */
import { hex, unhex } from '@cairn/core/bytes.js'
import { parseExtendedKey } from '@cairn/core/keys/bip32.js'
import { drng } from '@cairn/core/keys/bip85/drng.js'
import { type Bip85Request, bip85, bip85Entropy, bip85PathText } from '@cairn/core/keys/bip85.js'
import { parsePath } from '@cairn/core/keys/path.js'
import { describe, expect, test } from 'vitest'

const ROOT = parseExtendedKey(
  'xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhUtyoFnCNkfmXRyPXLjbKb',
)
const FIRST =
  'efecfbccffea313214232d29e71563d941229afb4338c21f9517c41aaa0d16f00b83d2a09ef747e7a64e8e2bd5a14869e693da66ce94ac2da570ab7ee48618f7'

describe('entropy', () => {
  test.each([
    ["m/83696968'/0'/0'", FIRST],
    [
      "m/83696968'/0'/1'",
      '70c6e3e8ebee8dc4c0dbba66076819bb8c09672527c4277ca8729532ad711872218f826919f6b67218adde99018a6df9095ab2b58d803b5b93ec9802085a690e',
    ],
  ])('of %s', (path, entropy) => {
    expect(hex(bip85Entropy(ROOT, parsePath(path)))).toBe(entropy)
  })

  test('as a stream', () => {
    const read = drng(unhex(FIRST))
    expect(hex(read(7)) + hex(read(73))).toBe(
      'b78b1ee6b345eae6836c2d53d33c64cdaf9a696487be81b03e822dc84b3f1cd883d7559e53d175f243e4c349e822a957bbff9224bc5dde9492ef54e8a439f6bc8c7355b87a925a37ee405a7502991111',
    )
  })
})

const english = { application: 'bip39', language: 'english', index: 0 } as const

test.each<[string, Bip85Request, string]>([
  [
    "m/83696968'/39'/0'/12'/0'",
    { ...english, words: 12 },
    'girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose',
  ],
  [
    "m/83696968'/39'/0'/18'/0'",
    { ...english, words: 18 },
    'near account window bike charge season chef number sketch tomorrow excuse sniff circle vital hockey outdoor supply token',
  ],
  [
    "m/83696968'/39'/0'/24'/0'",
    { ...english, words: 24 },
    'puppy ocean match cereal symbol another shed magic wrap hammer bulb intact gadget divorce twin tonight reason outdoor destroy simple truth cigar social volcano',
  ],
  [
    "m/83696968'/2'/0'",
    { application: 'wif', index: 0 },
    'Kzyv4uF39d4Jrw2W7UryTHwZr1zQVNk4dAFyqE6BuMrMh1Za7uhp',
  ],
  [
    "m/83696968'/32'/0'",
    { application: 'xprv', index: 0 },
    'xprv9s21ZrQH143K2srSbCSg4m4kLvPMzcWydgmKEnMmoZUurYuBuYG46c6P71UGXMzmriLzCCBvKQWBUv3vPB3m1SATMhp3uEjXHJ42jFg7myX',
  ],
  [
    "m/83696968'/128169'/64'/0'",
    { application: 'hex', bytes: 64, index: 0 },
    '492db4698cf3b73a5a24998aa3e9d7fa96275d85724a91e71aa2d645442f878555d078fd1f1f67e368976f04137b1f7a0d19232136ca50c44614af72b5582a5c',
  ],
  ["m/83696968'/707764'/21'/0'", { application: 'base64', length: 21, index: 0 }, 'dKLoepugzdVJvdL56ogNV'],
  ["m/83696968'/707785'/12'/0'", { application: 'base85', length: 12, index: 0 }, '_s`{TW89)i4`'],
  [
    "m/83696968'/89101'/6'/10'/0'",
    { application: 'dice', sides: 6, rolls: 10, index: 0 },
    '1,0,0,2,0,1,5,5,2,4',
  ],
  [
    "m/83696968'/128002'/1'/1'",
    { application: 'nostr', identity: 1, index: 1 },
    'nsec1lahtplxlrmu852sxkrtcsn2ftdyx6ra2yy8flq8j8ltyn4hpznfq23uvqz',
  ],
  [
    "m/83696968'/128002'/1'/2'",
    { application: 'nostr', identity: 1, index: 2 },
    'nsec1j9mzs6yk2g5g76vrezspmdgk6p5h65vcmnuaayqst9l4uv30hfhqje0jyh',
  ],
  [
    "m/83696968'/128002'/2'/1'",
    { application: 'nostr', identity: 2, index: 1 },
    'nsec1lgh8ss53k87ng7arvfr89ccfpjevac6ts4n3sqekuw4zjrgzw9dsq3uelh',
  ],
])('the child at %s', (path, request, child) => {
  expect(bip85PathText(request)).toBe(path)
  expect(bip85(ROOT, request)).toBe(child)
})
