/** The export fragment of BIP-329, and odd lines from files in the wild. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text, utf8 } from '@cairn/core/bytes.js'
import { encodeLabels, parseLabels } from '@cairn/core/records/labels.js'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { refusal } from '../refusal.js'

const TXID = 'f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd'
const XPUB =
  'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8'
const PUBKEY = '0283409659355b6d1cc3c32decd5d561abaac86c37a353b52895a5e6c196d6f448'
const OTHER_TXID = 'f546156d9044844e02b181026a1a407abfca62e7ea1159f87bbeaa77b4286c74'

const fragment = `{ "type": "tx", "ref": "${TXID}", "label": "Transaction", "origin": "wpkh([d34db33f/84'/0'/0'])" }
{ "type": "addr", "ref": "bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c", "label": "Address" }
{ "type": "pubkey", "ref": "${PUBKEY}", "label": "Public Key" }
{ "type": "input", "ref": "${TXID}:0", "label": "Input" }
{ "type": "output", "ref": "${TXID}:1", "label": "Output", "spendable": false }
{ "type": "xpub", "ref": "${XPUB}", "label": "Extended Public Key" }
{ "type": "spscan", "ref": "spscan1q5zs2pg9q5zs2pg9", "label": "Silent Payments Scan Key Expression" }
{ "type": "tx", "ref": "${OTHER_TXID}", "label": "Account #1 Transaction", "origin": "wpkh([d34db33f/84'/0'/1'])" }
`

const labels = [
  { type: 'tx', ref: TXID, label: 'Transaction', origin: "wpkh([d34db33f/84'/0'/0'])" },
  { type: 'addr', ref: 'bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c', label: 'Address' },
  { type: 'pubkey', ref: PUBKEY, label: 'Public Key' },
  { type: 'input', ref: `${TXID}:0`, label: 'Input' },
  { type: 'output', ref: `${TXID}:1`, label: 'Output', spendable: false },
  { type: 'xpub', ref: XPUB, label: 'Extended Public Key' },
  { type: 'tx', ref: OTHER_TXID, label: 'Account #1 Transaction', origin: "wpkh([d34db33f/84'/0'/1'])" },
] as const

describe('BIP-329, the export fragment', () => {
  it('is read, the type that came later passed over', () => {
    expect(parseLabels(utf8(fragment))).toEqual(labels)
  })

  it('is written canonically and read again', () => {
    const written = encodeLabels(labels)
    expect(text(written).split('\n')[4]).toBe(
      `{"label":"Output","ref":"${TXID}:1","spendable":false,"type":"output"}`,
    )
    expect(parseLabels(written)).toEqual(labels)
  })
})

const folder = corpus('bip329-labels')

interface Case {
  readonly id: string
  readonly line?: object
  readonly text?: string
}

describe.runIf(folder)('odd lines that Sparrow tests', () => {
  const read = (name: string) => readFileSync(join(folder ?? '', name))
  const { cases } = JSON.parse(
    folder ? read('sparrow-import-behaviour.json').toString() : '{"cases":[]}',
  ) as {
    cases: readonly Case[]
  }

  it.each(cases.filter(({ line }) => line))('reads $id as it stands', ({ line }) => {
    expect(parseLabels(utf8(JSON.stringify(line)))).toEqual([line])
  })

  it.each(cases.filter(({ text }) => text))('refuses $id, which is not JSON, by its line', ({ text }) => {
    const error = refusal(() => parseLabels(utf8(`{"type":"tx","ref":"a"}\n\n${text}\n`)))
    expect(error).toMatchObject({ code: 'labels-invalid', details: { line: 3 } })
  })

  it('reads the fragment as the corpus has it', () => {
    expect(parseLabels(read('bip329-example.jsonl'))).toHaveLength(7)
  })
})
