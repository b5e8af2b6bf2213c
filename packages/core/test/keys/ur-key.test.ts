import { unhex } from '@cairn/core/bytes.js'
import { deriveScripts, parseDescriptor } from '@cairn/core/keys/descriptor.js'
import { makeUrKey, parseUrKey } from '@cairn/core/keys/ur-key.js'
import { makeUrOutput, parseUrOutput } from '@cairn/core/keys/ur-output.js'
import { decodeCbor, isTagged } from '@cairn/core/words/ur/cbor.js'
import { formatUr, parseUr } from '@cairn/core/words/ur.js'
import { describe, expect, test } from 'vitest'
import { UR_VECTORS } from '../fixtures/ur.js'
import { codeOf } from '../refusal.js'

const named = (name: string) => UR_VECTORS.find((vector) => vector.name === name)?.ur ?? ''
const withoutChecksum = (text: string) => text.replace(/#[a-z0-9]{8}$/, '')

// BlockchainCommons/Research at e4a4fbb186e2e7625ccdf7149aec4f0a5adaf850, papers/bcr-2020-007-hdkey.md.
const MASTER =
  'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi'
const MASTER_UR =
  'ur:hdkey/otadykaxhdclaevswfdmjpfswpwkahcywspsmndwmusoskprbbehetchsnpfcybbmwrhchspfxjeecaahdcxltfszmlyrtdlgmhfcnzcctvwcmkbpsftgonbgauefsehgrqzdmvodizmweemtlaybakiylat'
const DERIVED =
  'tpubDHW3GtnVrTatx38EcygoSf9UhUd9Dx1rht7FAL8unrMo8r2NWhJuYNqDFS7cZFVbDaxJkV94MLZAr86XFPsAPYcoHWJ7sWYsrmHDw5sKQ2K'

describe('keys in URs', () => {
  test('a master key, read and made', () => {
    expect(parseUrKey(parseUr(MASTER_UR))).toBe(MASTER)
    expect(parseUrKey(parseUr(named('CryptoHDKey.testMasterKey')))).toBe(MASTER)
    expect(formatUr(makeUrKey(MASTER))).toBe(MASTER_UR)
  })

  test('a derived key with the network that it is for', () => {
    expect(parseUrKey(parseUr(named('URHDKey.testPublicTestnet')))).toBe(DERIVED)
    expect(parseUrKey(makeUrKey(DERIVED))).toBe(DERIVED)
  })

  test('a single key', () => {
    // papers/bcr-2020-008-eckey.md
    const text = parseUrKey(parseUr(named('CryptoECKey.testSeed')))
    expect(text).toMatch(/^[KL][1-9A-HJ-NP-Za-km-z]{51}$/)
  })

  test('a key with its origin and children comes back as it was', () => {
    for (const text of [
      '[dc567276/48h/0h/0h/2h]xpub6DiYrfRwNnjeX4vHsWMajJVFKrbEEnu8gAW9vDuQzgTWEsEHE16sGWeXXUV1LBWQE1yCTmeprSNcqZ3W74hqVdgDbtYHUv3eM4W2TEUhpan/<0;1>/*',
    ])
      expect(parseUrKey(makeUrKey(text))).toBe(text.replaceAll("'", 'h'))
  })

  test('what is no key is refused', () => {
    for (const item of [7, new Map(), new Map([[3, new Uint8Array(32)]]), new Map([[3, new Uint8Array(33)]])])
      expect(codeOf(() => parseUrKey({ type: 'hdkey', item }))).toBe('ur-invalid')
    const fields = new Map([
      [3, new Uint8Array(33)],
      [4, new Uint8Array(32)],
    ])
    expect(codeOf(() => parseUrKey({ type: 'hdkey', item: fields }))).toBe('key-invalid')
    expect(codeOf(() => parseUrKey({ type: 'seed', item: fields }))).toBe('ur-invalid')
  })
})

describe('descriptors in URs', () => {
  // papers/bcr-2020-010-output-desc.md
  test.each([
    [
      'ur:crypto-output/taadmutaadeyoyaxhdclaoswaalbmwfpwekijndyfefzjtmdrtketphhktmngrlkwsfnospypsasrhhhjonnvwtsqzwljy',
      'pkh(02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5)',
    ],
    [
      'ur:crypto-output/taadmhtaadmwtaadeyoyaxhdclaxzmytkgtlkphywyoxcxfeftbbecgmectelfynfldllpisoyludlahknbbhndtkphfhlehmust',
      'sh(wpkh(03fff97bd5755eeea420453a14355235d382f6472f8568a18b2f057a1460297556))',
    ],
    [
      'ur:crypto-output/taadmhtaadmtoeadaoaolftaadeyoyaxhdclaodladvwvyhhsgeccapewflrfhrlbsfndlbkcwutahvwpeloleioksglwfvybkdradtaadeyoyaxhdclaxpstylrvowtstynguaspmchlenegonyryvtmsmtmsgshgvdbbsrhebybtztdisfrnpfadremh',
      'sh(multi(2,022f01e5e15cca351daff3843fb70f3c2f0a1bdd05e5af888a67784ef3e10a2a01,03acd484e2f0c7f65309ad178a9f559abde09796974c57e714c35f110dfc27ccbe))',
    ],
    // The paper prints this one without the origin of its second key, which the UR has.
    [
      'ur:crypto-output/taadmetaadmtoeadadaolftaaddloxaxhdclaxsbsgptsolkltkndsmskiaelfhhmdimcnmnlgutzotecpsfveylgrbdhptbpsveosaahdcxhnganelacwldjnlschnyfxjyplrllfdrplpswdnbuyctlpwyfmmhgsgtwsrymtldamtaaddyoeadlaaxaeattaaddyoyadlnadwkaewklawktaaddloxaxhdclaoztnnhtwtpslgndfnwpzedrlomnclchrdfsayntlplplojznslfjejecpptlgbgwdaahdcxwtmhnyzmpkkbvdpyvwutglbeahmktyuogusnjonththhdwpsfzvdfpdlcndlkensamtaaddyoeadlfaewkaocyrycmrnvwattaaddyoyadlnaewkaewklawktdbsfttn',
      'wsh(multi(1,xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB/1/0/*,[bd16bee5/0]xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH/0/0/*))',
    ],
  ])('of version 1', (ur, text) => {
    expect(withoutChecksum(parseUrOutput(parseUr(ur)))).toBe(text)
  })

  test('of version 1 with a key whose own number is not the last step of its origin: the same scripts', () => {
    const [ur, text] = [
      'ur:crypto-output/taadmutaaddlonaxhdclaotdqdinaeesjzmolfzsbbidlpiyhddlcximhltirfsptlvsmohscsamsgzoaxadwtaahdcxiaksataxbtgotictnybnqdoslsmdbztsmtryatjoialnolweuramsfdtolhtbadtamtaaddyotadlncsdwykaeykaeykaocytegtqdfhaxaaattaaddyoyadlradwklawkaycyksfpdmftkiiozsfd',
      'pkh([d34db33f/44h/0h/0h]xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/1/*)',
    ]
    const scripts = (descriptor: string) => deriveScripts(parseDescriptor(descriptor), { index: 3 }).join()
    expect(scripts(parseUrOutput(parseUr(ur)))).toBe(scripts(text))
  })

  // papers/bcr-2023-010-output-descriptor.md, as tagged CBOR.
  test.each([
    [
      'd99d74a20166706b284030290281d99d72a103582103e220e776d811c44075a4a260734445c8967865f5357ba98ead3bc6a6552c36f2',
      'pk(03e220e776d811c44075a4a260734445c8967865f5357ba98ead3bc6a6552c36f2)',
    ],
    [
      'd99d74a20167706b68284030290281d99d72a202f5035820347c4acb73f7bf2268b958230e215986eda87a984959c4ddbd4d62c07de6310e',
      'pkh(Kxyjdi2KhJMBtPBJia5bmhZFfdMi1YrVYcq41QbnGToa2JXokeAu)',
    ],
    [
      'd99d74a301781c77736828736f727465646d756c746928322c40302c40312c403229290283d99d6fa5035821021c0b479ecf6e67713ddf0c43b634592f51c037b6f951fb1dc6361a98b1e5735e0458206b3a4cfb6a45f6305efe6e0e976b5d26ba27f7c344d7fc7abef7be2d06d52dfd06d99d70a201881830f500f500f502f5021adc56727607d99d70a101838400f401f480f4081a18f8c2e7d99d6fa50358210397fcf2274abd243d42d42d3c248608c6d1935efca46138afef43af08e9712896045820c887c72d9d8ac29cddd5b2b060e8b0239039a149c784abe6079e24445db4aa8a06d99d70a201881830f500f500f502f5021af245ae3807d99d70a101838400f401f480f4081a221eb5a0d99d6fa5035821028342f5f7773f6fab374e1c2d3ccdba26bc0933fc4f63828b662b4357e4cc37910458205afed56d755c088320ec9bc6acd84d33737b580083759e0a0ff8f26e429e0b7706d99d70a201881830f500f500f502f5021ac5d8729707d99d70a101838400f401f480f4081a1c0ae906036f5361746f7368692773205374617368',
      'wsh(sortedmulti(2,[dc567276/48h/0h/0h/2h]xpub6DiYrfRwNnjeX4vHsWMajJVFKrbEEnu8gAW9vDuQzgTWEsEHE16sGWeXXUV1LBWQE1yCTmeprSNcqZ3W74hqVdgDbtYHUv3eM4W2TEUhpan/<0;1>/*,[f245ae38/48h/0h/0h/2h]xpub6DnT4E1fT8VxuAZW29avMjr5i99aYTHBp9d7fiLnpL5t4JEprQqPMbTw7k7rh5tZZ2F5g8PJpssqrZoebzBChaiJrmEvWwUTEMAbHsY39Ge/<0;1>/*,[c5d87297/48h/0h/0h/2h]xpub6DjrnfAyuonMaboEb3ZQZzhQ2ZEgaKV2r64BFmqymZqJqviLTe1JzMr2X2RfQF892RH7MyYUbcy77R7pPu1P71xoj8cDUMNhAMGYzKR4noZ/<0;1>/*))',
    ],
  ])('of version 3', (cbor, text) => {
    const item = decodeCbor(unhex(cbor))
    if (item === null || !isTagged(item)) throw new Error('not tagged')
    expect(withoutChecksum(parseUrOutput({ type: 'output-descriptor', item: item.value }))).toBe(text)
  })

  const account = (fingerprint: string) =>
    `[${fingerprint}/48h/0h/0h/2h]xpub6DiYrfRwNnjeX4vHsWMajJVFKrbEEnu8gAW9vDuQzgTWEsEHE16sGWeXXUV1LBWQE1yCTmeprSNcqZ3W74hqVdgDbtYHUv3eM4W2TEUhpan`

  test.each([
    `wpkh(${MASTER}/84h/0h/0h/<0;1>/*)`,
    `wsh(sortedmulti(2,${account('dc567276')}/<0;1>/*,${account('f245ae38')}/<0;1>/*))`,
    `wsh(and_v(v:pk(${account('dc567276')}/0/*),older(52560)))`,
    `tr(${account('dc567276')}/<0;1>/*,{pk(${account('f245ae38')}/5),multi_a(1,${account('dc567276')}/<2;3>/*)})`,
    'pk(02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5)',
    'addr(bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4)',
  ])('are made of version 3 with their keys apart: %s', (text) => {
    const ur = makeUrOutput(text)
    expect(JSON.stringify(ur.item instanceof Map ? ur.item.get(1) : null)).not.toContain('xpub')
    expect(withoutChecksum(parseUrOutput(parseUr(formatUr(ur))))).toBe(text)
  })

  test.each([
    `wsh(sortedmulti(2,${account('dc567276')}/<0;1>/*,${account('f245ae38')}/<0;1>/*))`,
    `sh(wpkh(${account('dc567276')}/<0;1>/*))`,
    `tr(${account('dc567276')}/<0;1>/*)`,
    `pkh(${account('dc567276')}/1/*)`,
    'combo(02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5)',
    'raw(0014751e76e8199196d454941c45d1b3a323f1433bd6)',
  ])('are made of version 1: %s', (text) => {
    const ur = makeUrOutput(text, 'crypto-output')
    expect(ur.type).toBe('crypto-output')
    expect(withoutChecksum(parseUrOutput(parseUr(formatUr(ur))))).toBe(text)
  })

  test.each([
    ['branches that it does not have', `wpkh(${account('dc567276')}/<2;3>/*)`],
    ['steps behind its branches', `wpkh(${account('dc567276')}/<0;1>/7/*)`],
    ['a script tree', `tr(${account('dc567276')}/<0;1>/*,pk(${account('f245ae38')}/<0;1>/*))`],
    ['miniscript', `wsh(and_v(v:pk(${account('dc567276')}/0/*),older(52560)))`],
    ['an address', 'addr(bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4)'],
  ])('of version 1 are refused with %s', (_, text) => {
    expect(codeOf(() => makeUrOutput(text, 'crypto-output'))).toBe('descriptor-unsupported')
  })

  test('with a private key alone are refused', () => {
    const text = 'wpkh(KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn)'
    expect(codeOf(() => makeUrOutput(text))).toBe('usage')
  })

  test('that are none are refused', () => {
    for (const item of [7, new Map([[1, 7]]), new Map([[1, 'pkh(@0)']])])
      expect(codeOf(() => parseUrOutput({ type: 'output-descriptor', item }))).toBe('ur-invalid')
    expect(codeOf(() => parseUrOutput({ type: 'crypto-output', item: { tag: 410, value: 1 } }))).toBe(
      'descriptor-unsupported',
    )
    let deep: unknown = { tag: 403, value: 1 }
    for (let i = 0; i < 10; i++) deep = { tag: 400, value: deep }
    expect(codeOf(() => parseUrOutput({ type: 'crypto-output', item: deep as never }))).toBe('ur-invalid')
  })
})
