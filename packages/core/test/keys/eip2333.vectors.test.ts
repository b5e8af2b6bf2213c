/** The test cases of EIP-2333, and the derivation of EIP-2334: the figures are the EIP's own. */
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { blsPublicKey, childKey, deriveBlsKey, masterKey, parseBlsPath } from '../../src/keys/eip2333.js'
import { thrown } from './fuzz.js'

const CASES = [
  {
    seed: 'c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04',
    master: 6083874454709270928345386274498605044986640685124978867557563392430687146096n,
    index: 0,
    child: 20397789859736650942317412262472558107875392172444076792671091975210932703118n,
  },
  {
    seed: '3141592653589793238462643383279502884197169399375105820974944592',
    master: 29757020647961307431480504535336562678282505419141012933316116377660817309383n,
    index: 3_141_592_653,
    child: 25457201688850691947727629385191704516744796114925897962676248250929345014287n,
  },
  {
    seed: '0099FF991111002299DD7744EE3355BBDD8844115566CC55663355668888CC00',
    master: 27580842291869792442942448775674722299803720648445448686099262467207037398656n,
    index: 4_294_967_295,
    child: 29358610794459428860402234341874281240803786294062035874021252734817515685787n,
  },
  {
    seed: 'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
    master: 19022158461524446591288038168518313374041767046816487870552872741050760015818n,
    index: 42,
    child: 31372231650479070279774297061823572166496564838472787488249775572789064611981n,
  },
] as const

const number = (bytes: Uint8Array) => BigInt(`0x${hex(bytes)}`)

describe('EIP-2333', () => {
  it.each(CASES)('derives $index', ({ seed, master, index, child }) => {
    const key = masterKey(unhex(seed))
    expect(number(key)).toBe(master)
    expect(number(childKey(key, index))).toBe(child)
    expect(deriveBlsKey(unhex(seed), `m/${index}`)).toEqual(childKey(key, index))
  })

  it('refuses a short seed', () => {
    expect(thrown(() => masterKey(new Uint8Array(31)))).toBe('entropy-length')
  })

  it('reads the paths of EIP-2334 only', () => {
    expect(parseBlsPath('m/12381/3600/0/0/0')).toEqual([12_381, 3600, 0, 0, 0])
    for (const path of [
      '',
      'm',
      'm/',
      '12381/3600',
      'm/0h',
      "m/0'",
      'm/01',
      'm/-1',
      'm/4294967296',
      `m${'/0'.repeat(17)}`,
    ])
      expect(
        thrown(() => parseBlsPath(path)),
        path,
      ).toBe('path-invalid')
  })

  it('refuses the public key of zero and of the order', () => {
    const order = '73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001'
    for (const key of ['00'.repeat(32), order])
      expect(thrown(() => blsPublicKey(unhex(key)))).toBe('key-invalid')
  })
})
