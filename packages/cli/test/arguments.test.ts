import { describe, expect, test } from 'vitest'
import { refuseSecrets } from '../src/arguments.js'

const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

describe('secrets as arguments', () => {
  test.each([
    ['a phrase in one argument', ['phrase', 'check', words]],
    ['a phrase with lost words in one argument', [words.split(' ').slice(0, 9).join(' ')]],
    ['a phrase as twelve arguments', ['phrase', 'check', ...words.split(' ')]],
    ['a phrase in capitals', [words.toUpperCase()]],
    ['a Japanese phrase', [Array.from({ length: 12 }, () => 'あいこくしん').join('\u3000')]],
    ['a Chinese phrase', [Array.from({ length: 12 }, () => '的').join(' ')]],
    ['a WIF key', ['key', 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn']],
    ['a BIP-38 key', ['6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg']],
    ['an age identity', [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`]],
    [
      'an age identity for the recipient of a person',
      ['init', 'vault', '--factor', `person=Anna:AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
    ],
    [
      'an age identity in a group',
      ['init', 'vault', '--group', `family:1:sheet=Ben,person=Anna:AGE-SECRET-KEY-PQ-1${'Q'.repeat(58)}`],
    ],
    ['an extended private key', [`xprv${'9'.repeat(107)}`]],
    ['an extended private key for multisig', [`Zprv${'9'.repeat(107)}`]],
    ['a private descriptor', [`wpkh([73c5da0a/84h]xprv${'9'.repeat(107)}/0/*)`]],
    ['a descriptor of one key', ['wpkh(KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn)']],
    ['a key as Electrum writes it', ['p2wpkh:KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn']],
    ['a Litecoin key', ['T33ydQRKp4FCW5LCLLUB7deioUMoveiwekdwUwyfRDeGZm76aUjV']],
    ['a mini private key', ['S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy']],
    ['a key of Ethereum', [`0x${'4f'.repeat(32)}`]],
    ['hexadecimal where a key is asked for', ['key', 'inspect', '4f'.repeat(32)]],
    [
      'a damaged key where a key is asked for',
      ['key', 'inspect', 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHno?0'],
    ],
    ['a Solana key pair', ['4'.repeat(87)]],
    ['a Solana key pair as bytes', [`[${Array.from({ length: 64 }, (_, i) => i).join(',')}]`]],
    ['a PEM key', ['-----BEGIN EC PRIVATE KEY-----']],
    ['a keystore', ['{"crypto":{"ciphertext":"00"}}']],
  ])('refuses %s and does not repeat it', (_, argv) => {
    try {
      refuseSecrets(argv)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'secret-argument' })
      expect(JSON.stringify({ ...(error as object), message: String(error) })).not.toMatch(
        /winner|あい|的|Kw|6PR/,
      )
    }
  })

  test.each([
    ['names of wallets', ['backup', 'savings', 'cold', 'hot', 'family', 'business', 'travel']],
    ['a path with spaces', ['wallet', 'add', 'savings', '/media/my usb stick/old wallets/of the year']],
    ['the recipient of a person', ['policy', 'add', `person=Anna:age1${'q'.repeat(58)}`]],
    ['an address', ['wallet', 'inspect', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq']],
    ['a snapshot', ['restore', '--at', 'a'.repeat(64)]],
    [
      'a file with a long name',
      ['key', 'inspect', `UTC--2016-03-22T12-57-55.920751759Z--7ef5a6135f1fd6a02593eedc869c6d41d934aef8`],
    ],
    ['an extended public key', ['key', 'inspect', `zpub${'9'.repeat(107)}`]],
  ])('lets %s pass', (_, argv) => {
    expect(() => refuseSecrets(argv)).not.toThrow()
  })
})
