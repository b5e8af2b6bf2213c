/** The test vectors of BIP-386 (script trees), 387 (multi_a), 390 (musig) and 393 (annotations): the figures are the BIPs' own. */
import { describe, expect, it } from 'vitest'
import { hex } from '../../src/bytes.js'
import {
  annotation,
  deriveScripts,
  descriptorKeys,
  formatDescriptor,
  parseDescriptor,
  splitBranches,
  toPublic,
} from '../../src/keys/descriptor.js'
import { thrown } from './fuzz.js'

/** A ranged descriptor is followed by its scripts at 0, 1 and 2. */
const SCRIPTS: readonly (readonly [string, readonly string[]])[] = [
  [
    'tr(xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc/0/*,pk(xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc/1/*))',
    [
      '512078bc707124daa551b65af74de2ec128b7525e10f374dc67b64e00ce0ab8b3e12',
      '512001f0a02a17808c20134b78faab80ef93ffba82261ccef0a2314f5d62b6438f11',
      '512021024954fcec88237a9386fce80ef2ced5f1e91b422b26c59ccfc174c8d1ad25',
    ],
  ],
  [
    'tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd,pk(669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0))',
    ['512017cf18db381d836d8923b1bdb246cfcd818da1a9f0e6e7907f187f0b2f937754'],
  ],
  [
    'tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd,{pk(xprvA2JDeKCSNNZky6uBCviVfJSKyQ1mDYahRjijr5idH2WwLsEd4Hsb2Tyh8RfQMuPh7f7RtyzTtdrbdqqsunu5Mm3wDvUAKRHSC34sJ7in334/0),{{pk(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL),pk(02df12b7035bdac8e3bab862a3a83d06ea6b17b6753d52edecba9be46f5d09e076)},pk(L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1)}})',
    ['512071fff39599a7b78bc02623cbe814efebf1a404f5d8ad34ea80f213bd8943f574'],
  ],
  [
    'tr(L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1,multi_a(1,KzoAz5CanayRKex3fSLQ2BwJpN7U52gZvxMyk78nDMHuqrUxuSJy))',
    ['5120eb5bd3894327d75093891cc3a62506df7d58ec137fcd104cdd285d67816074f3'],
  ],
  [
    'tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd,multi_a(1,669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0))',
    ['5120eb5bd3894327d75093891cc3a62506df7d58ec137fcd104cdd285d67816074f3'],
  ],
  [
    'tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,sortedmulti_a(2,xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/*,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y/0/0/*))',
    [
      '5120abd47468515223f58a1a18edfde709a7a2aab2b696d59ecf8c34f0ba274ef772',
      '5120fe62e7ed20705bd1d3678e072bc999acb014f07795fa02cb8f25a7aa787e8cbd',
      '51201311093750f459039adaa2a5ed23b0f7a8ae2c2ffb07c5390ea37e2fb1050b41',
    ],
  ],
  [
    "tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,multi_a(2,xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U/2147483647'/0,xprv9vHkqa6EV4sPZHYqZznhT2NPtPCjKuDKGY38FBWLvgaDx45zo9WQRUT3dKYnjwih2yJD9mkrocEZXo1ex8G81dwSM1fwqWpWkeS3v86pgKt/1/2/*,xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi/10/20/30/40/*'))",
    [
      '5120e4c8f2b0a7d3a688ac131cb03248c0d4b0a59bbd4f37211c848cfbd22a981192',
      '5120827faedaa21e52fca2ac83b53afd1ab7d4d1e6ce67ff42b19f2723d48b5a19ab',
      '5120647495ed09de61a3a324704f9203c130d655bf3141f9b748df8f7be7e9af55a4',
    ],
  ],
  [
    'rawtr(musig(KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU74sHUHy8S,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
    ['5120789d937bade6673538f3e28d8368dda4d0512f94da44cf477a505716d26a1575'],
  ],
  [
    'tr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y)/0/*,pk(f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9))',
    [
      '51201d377b637b5c73f670f5c8a96a2c0bb0d1a682a1fca6aba91fe673501a189782',
      '51208950c83b117a6c208d5205ffefcf75b187b32512eb7f0d8577db8d9102833036',
      '5120a49a477c61df73691b77fcd563a80a15ea67bb9c75470310ce5c0f25918db60d',
    ],
  ],
  [
    'tr(f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,pk(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y)/0/*))',
    [
      '512068983d461174afc90c26f3b2821d8a9ced9534586a756763b68371a404635cc8',
      '5120368e2d864115181bdc8bb5dc8684be8d0760d5c33315570d71a21afce4afd43e',
      '512097a1e6270b33ad85744677418bae5f59ea9136027223bc6e282c47c167b471d5',
    ],
  ],
  [
    'tr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/1,xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/1)/2)',
    ['5120a17ceacd6422bd5ffd9f165807b254b7d68ad39f179cc4f11545a6835227e97c'],
  ],
  [
    "tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,sortedmulti_a(2,[00000000/111'/222]xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc,xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L/0))",
    ['512016fa6a6ba7e98c54b5bf43b3144912b78a61b60b02f6a74172b8dcb35b12bc30'],
  ],
  [
    'tr(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
    ['512079e6c3e628c9bfbce91de6b7fb28e2aec7713d377cf260ab599dcbc40e542312'],
  ],
  [
    'rawtr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y)/0/*)',
    [
      '51209508c08832f3bb9d5e8baf8cb5cfa3669902e2f2da19acea63ff47b93faa9bfc',
      '51205ca1102663025a83dd9b5dbc214762c5a6309af00d48167d2d6483808525a298',
      '51207dbed1b89c338df6a1ae137f133a19cae6e03d481196ee6f1a5c7d1aeb56b166',
    ],
  ],
]

const REFUSED: readonly (readonly [string, string])[] = [
  ['Uncompressed private key', 'tr(5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss)'],
  [
    'Uncompressed public key',
    'tr(04a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd5b8dec5235a0fa8722476c7709c02559e3aa73aa03918ba2d492eea75abea235)',
  ],
  ['tr() nested in wsh', 'wsh(tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd))'],
  ['tr() nested in sh', 'sh(tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd))'],
  ['Unsupported top level', 'multi_a(1,03669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0)'],
  [
    'Unsupported sh() context',
    'sh(multi_a(1,03669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0))',
  ],
  [
    'Invalid threshold',
    'tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,multi_a(a,03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd))',
  ],
  [
    'Threshold of 0',
    'tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,multi_a(0,03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd))',
  ],
  [
    'Threshold larger than keys',
    'tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,multi_a(3,L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1,5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss))',
  ],
  [
    'musig() is not allowed in top-level pk()',
    'pk(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
  ],
  [
    'musig() is not allowed in top-level pkh()',
    'pkh(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
  ],
  [
    'musig() is not allowed in combo()',
    'combo(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
  ],
  [
    'musig() is not allowed in wsh()',
    'wsh(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
  ],
  [
    'musig() is not allowed in sh()',
    'sh(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66))',
  ],
  [
    'Ranged musig() requires all participants to be xpubs',
    'tr(musig(02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659,023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66)/0/0)',
  ],
  [
    'Cannot have multipath participants if musig() is also multipath',
    'tr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/<0;1>,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y)/<2;3>)',
  ],
  [
    'musig() cannot have hardened child derivation',
    'tr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y)/0/*h)',
  ],
  [
    'musig() cannot have participants with child derivation when musig() has derivation steps',
    'tr(musig(xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/*,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y/*)/1/2)',
  ],
]

describe('BIP-386, 387 and 390', () => {
  it.each(SCRIPTS)('derives %s', (text, scripts) => {
    const descriptor = parseDescriptor(text)
    const indexes = descriptor.isRange ? [0, 1, 2] : [0]
    const derived = indexes.flatMap((index) => deriveScripts(descriptor, { index })).map(hex)
    expect(derived).toEqual(scripts)
    const again = parseDescriptor(formatDescriptor(descriptor))
    expect(again).toEqual(descriptor)
  })

  it.each(REFUSED)('refuses: %s', (_, text) => {
    expect(thrown(() => parseDescriptor(text))).toBe('descriptor-invalid')
  })

  it('lists the keys of a tree and of musig() in the order of the text', () => {
    const [first, second] = [
      '02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9',
      '03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659',
    ]
    const text = `tr(musig(${first},${second}),{pk(${second}),multi_a(1,${first},${second})})`
    const names = descriptorKeys(parseDescriptor(text)).map(
      ({ key }) => key.kind === 'public' && hex(key.publicKey),
    )
    expect(names).toEqual([first, second, second, first, second])
  })

  it('makes a tree and its musig() public', () => {
    const xprv =
      'xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U'
    const wif = 'L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1'
    const secret = parseDescriptor(
      `tr(musig(${xprv}/1h/2,${xprv}/3)/<0;1>/*,{pk(${wif}),sortedmulti_a(1,${xprv}/4h/*,${wif})})`,
    )
    const open = toPublic(secret)
    expect(open.isPrivate).toBe(false)
    expect(formatDescriptor(open)).not.toMatch(/prv|L4rK/)
    for (const branch of [0, 1]) {
      expect(deriveScripts(open, { branch, index: 2 })).toEqual(deriveScripts(secret, { branch, index: 2 }))
      expect(deriveScripts(splitBranches(open)[branch] as typeof open, { index: 2 })).toEqual(
        deriveScripts(secret, { branch, index: 2 }),
      )
    }
  })
})

const XPUB =
  'xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL'

describe('BIP-393', () => {
  it.each([
    [`wpkh([deadbeef/84h/0h/0h]${XPUB}/0/*)?bh=800000&gl=30#v35n46d2`, 800_000, 30],
    [`wpkh([deadbeef/84h/0h/0h]${XPUB}/0/*)#kf3v6fpx`, null, null],
    [
      'wpkh(0260b2003c386519fc9eadf2b5cf124dd8eea4c4e68d5e154050a9346ea98ce600)?bh=150000#8kehtsrj',
      150_000,
      null,
    ],
    [
      'tr(xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ/0/*)?bh=709632&gl=20#6la5jcn3',
      709_632,
      20,
    ],
  ])('reads and writes %s', (text, height, gap) => {
    const descriptor = parseDescriptor(text, { requireChecksum: true })
    expect(annotation(descriptor.annotations, 'bh')).toBe(height)
    expect(annotation(descriptor.annotations, 'gl')).toBe(gap)
    expect(formatDescriptor(descriptor)).toBe(text)
  })

  it('keeps what it does not know, and derives the same', () => {
    const plain = parseDescriptor('raw(deadbeef)')
    const annotated = parseDescriptor('raw(deadbeef)?zz=1&bh=18446744073709551616')
    expect(annotated.annotations).toEqual([
      { key: 'zz', value: '1' },
      { key: 'bh', value: '18446744073709551616' },
    ])
    expect(annotation(annotated.annotations, 'bh')).toBe(null)
    expect(deriveScripts(annotated)).toEqual(deriveScripts(plain))
  })

  it.each(['Bh=1', 'bh=', 'bh', 'bh=-1', 'bh=abc', 'bh=01', '=100', 'bh=1&', '', 'bh=1&bh=2', 'bh=1?gl=2'])(
    'refuses ?%s',
    (annotations) => {
      expect(thrown(() => parseDescriptor(`raw(deadbeef)?${annotations}`))).toBe('descriptor-invalid')
    },
  )
})
