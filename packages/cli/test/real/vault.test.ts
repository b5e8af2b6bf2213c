/** A store made by the command, opened with the programs of others alone: Debian's age, the SLIP-39 reference. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { unhex } from '@cairn/core/bytes.js'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { identityFromSecret } from '@cairn/core/vault/identity.js'
import { describe, expect, test } from 'vitest'
import * as age from '../../../../test/peers/age.js'
import { present } from '../../../../test/peers/peer.js'
import { combine, slip39Reference } from '../../../../test/peers/slip39-reference.js'
import { useFolders } from '../run.js'
import { type RealVault, realVault, VAULT_PASSPHRASE } from './vault.js'

interface Description {
  readonly recipient: string
  readonly policy: {
    readonly groups: readonly {
      readonly factors: readonly { readonly kind: string; readonly lock: string }[]
    }[]
  }
}

const NOTE = 'the quick brown fox\n'.repeat(20_000)

/** A vault of two snapshots of a folder. */
async function saved(cwd: string): Promise<{ vault: RealVault; description: Description }> {
  const vault = await realVault(cwd)
  await writeFile(`${cwd}/note`, NOTE)
  await vault.cairn(['wallet', 'add', 'note', 'note'])
  await vault.cairn(['backup'])
  await writeFile(`${cwd}/note`, `${NOTE}and one line more\n`)
  await vault.cairn(['backup'])
  const description = JSON.parse(await readFile(`${cwd}/vault/store/vault.json`, 'utf8')) as Description
  return { vault, description }
}

const lockOf = ({ policy }: Description, kind: string): Buffer =>
  Buffer.from(policy.groups[0]?.factors.find((factor) => factor.kind === kind)?.lock ?? '')

async function computerKey(cwd: string): Promise<string> {
  const [id = ''] = await readdir(`${cwd}/home/vaults`)
  const text = await readFile(`${cwd}/home/vaults/${id}/computer.key`, 'utf8')
  return /^AGE-SECRET-KEY-1\S+$/m.exec(text)?.[0] ?? ''
}

const hasPeers = (await present(age.age)) && (await present(slip39Reference))

describe.runIf(hasPeers)('a store that the command made', () => {
  const folder = useFolders()

  test('opens with age and a SLIP-39 tool alone, by each two of its factors', async () => {
    const { vault, description } = await saved(await folder())
    const { cwd } = vault
    const shares = {
      sheet: readSheet(await readFile(`${cwd}/sheet.txt`, 'utf8')).words,
      computer: `${await age.decrypt(lockOf(description, 'computer'), await computerKey(cwd))}`.trim(),
      passphrase:
        `${await age.decryptWithPassphrase(lockOf(description, 'passphrase'), VAULT_PASSPHRASE)}`.trim(),
    }
    const pairs = [
      [shares.sheet, shares.computer],
      [shares.sheet, shares.passphrase],
      [shares.computer, shares.passphrase],
    ]
    const secrets = await Promise.all(pairs.map((pair) => combine({ shares: pair })))
    expect(new Set(secrets).size).toBe(1)
    await expect(combine({ shares: [shares.sheet] })).rejects.toThrow()

    const identity = identityFromSecret(unhex(secrets[0] ?? ''))
    expect(await age.recipientOf(identity)).toBe(description.recipient)
    await everyObjectOpens(`${cwd}/vault/store/objects`, identity)
  })
})

async function everyObjectOpens(objects: string, identity: string): Promise<void> {
  const names = (await readdir(objects, { recursive: true })).filter((name) => name.endsWith('.age'))
  expect(names).toHaveLength(4) // a pack and a manifest of each snapshot
  const opened = await Promise.all(
    names.map(async (name) => age.decrypt(await readFile(`${objects}/${name}`), identity)),
  )
  const kinds = opened.map((plain) => (isManifest(plain) ? 'manifest' : 'pack'))
  expect(kinds.sort()).toEqual(['manifest', 'manifest', 'pack', 'pack'])
}

function isManifest(plain: Buffer): boolean {
  try {
    return (JSON.parse(`${gunzipSync(plain)}`) as { format: string }).format === 'cairn-manifest'
  } catch {
    return false
  }
}
