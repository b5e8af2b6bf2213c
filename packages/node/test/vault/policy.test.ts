import { text } from '@cairn/core/bytes.js'
import { CairnError } from '@cairn/core/errors.js'
import { parseDescription, writeDescription } from '@cairn/core/vault/description.js'
import { newIdentity, secretFromIdentity } from '@cairn/core/vault/identity.js'
import { VAULT_FILE } from '@cairn/core/vault/object.js'
import { anyOf, type Factor, makePolicy } from '@cairn/core/vault/policy.js'
import { needing, withFactors, withoutFactor } from '@cairn/core/vault/policy-edit.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { describe, expect, it } from 'vitest'
import { writeLocal } from '../../src/machine/state.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { type ChangePlan, changePolicy } from '../../src/vault/change-policy.js'
import { check } from '../../src/vault/check.js'
import { openVault, readClaims, readPast } from '../../src/vault/open.js'
import { openHere, secretsHere } from '../../src/vault/open-here.js'
import { type AskedFactor, keysOf } from '../../src/vault/own-keys.js'
import { policyPlaces } from '../../src/vault/policy-places.js'
import { readManifest } from '../../src/vault/reader.js'
import {
  addFiles,
  makeWorld,
  PASSPHRASE,
  reboot,
  restored,
  restoreElsewhere,
  setFiles,
  storesOf,
  type World,
  type WorldOptions,
} from '../sim/world.js'
import { type Changer, changeOnce, policyCuts } from './policy-faults.js'
import { without } from './twins.js'

async function saved(options: WorldOptions = {}): Promise<World> {
  const world = await makeWorld(options)
  await addFiles(world, 'savings', { wallet: 'version 0' })
  await backup(world.machine, { names: [] }, world.ports)
  return world
}

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)
const opensElsewhere = async (stores: readonly Store[], given: Given) =>
  openVault(await readClaims(stores), given, native)

async function restores(world: World, given: Given, to: string): Promise<string> {
  await restoreElsewhere({ ...world, given }, { to })
  return text(restored(world, to).get('savings/wallet') as Uint8Array)
}

/** Changes the policy and returns the sheets by name. */
async function changeWith(
  world: World,
  plan: Partial<ChangePlan>,
): Promise<Readonly<Record<string, string>>> {
  let sheets: Readonly<Record<string, string>> = {}
  await changePolicy(
    world.machine,
    {
      given: world.given,
      edit: (policy) => policy,
      secret: 'same',
      deliver: async (made) => {
        sheets = Object.fromEntries(made.map(({ name, words }) => [name, words]))
      },
      logN: 1,
      ...plan,
    },
    world.ports,
  )
  await reboot(world)
  return sheets
}

describe('a factor that is added', () => {
  it('opens the vault with others, in every store and on this machine', async () => {
    const world = await saved({ stores: 2 })
    const anna = newIdentity()
    const sheets = await changeWith(world, {
      edit: (policy) =>
        withFactors<Factor | AskedFactor>(
          policy,
          [{ kind: 'person', name: 'Anna', recipient: anna.recipient }],
          {},
        ),
    })
    const given = { identities: [anna.identity], sheets: [sheets.sheet as string] }
    for (const store of storesOf(world.machine, world.ports)) await opensElsewhere([store], given)
    expect((await openHere(world.machine, given, world.ports)).description.revision).toBe(2)
    expect(await restores(world, given, '/anna')).toBe('version 0')
  })

  it('makes a set of shares in which those of before do not count', async () => {
    const world = await saved()
    const old = world.given.sheets?.[0] as string
    await changeWith(world, {})
    const stores = storesOf(world.machine, world.ports)
    await expect(opensElsewhere(stores, world.given)).rejects.toMatchObject({ code: 'factor-sheet' })
    const computer = await keysOf(world.machine.home, world.ports)
    const mixed = { identities: computer, sheets: [old] }
    await expect(opensElsewhere(stores, mixed)).rejects.toMatchObject({ code: 'factor-sheet' })
  })

  it('needs a passphrase that stays, and the right one', async () => {
    const world = await saved()
    const given = { sheets: world.given.sheets as readonly string[] }
    await expect(changeWith(world, { given })).rejects.toMatchObject({ code: 'passphrase-needed' })
    const wrong = changeWith(world, { given, passphraseOf: async () => 'not this one at all' })
    await expect(wrong).rejects.toMatchObject({ code: 'factor-passphrase' })
    const { sheet } = await changeWith(world, { given, passphraseOf: async () => PASSPHRASE })
    expect(await restores(world, { passphrases: [PASSPHRASE], sheets: [sheet as string] }, '/x')).toBe(
      'version 0',
    )
  })

  it('changes nothing when the sheets cannot be handed over', async () => {
    const world = await saved()
    const deliver = async () => Promise.reject(new Error('no paper'))
    await expect(changeWith(world, { deliver })).rejects.toThrow('no paper')
    await reboot(world)
    expect(world.machine.description.revision).toBe(1)
    expect(await restores(world, world.given, '/x')).toBe('version 0')
  })

  it('may be the computer itself, once', async () => {
    const world = await saved()
    const edit: ChangePlan['edit'] = (policy) =>
      withFactors<Factor | AskedFactor>(policy, [{ kind: 'computer', name: 'again' }], {})
    await expect(changeWith(world, { edit })).rejects.toMatchObject({ code: 'policy-invalid' })
  })
})

describe('a factor that is removed', () => {
  it('opens only copies from before', async () => {
    const world = await saved()
    const stores = storesOf(world.machine, world.ports)
    const before = await stores[0]?.get(VAULT_FILE)
    const { sheet } = await changeWith(world, {
      edit: (policy) => withoutFactor(policy, 'computer'),
    })
    const key = await keysOf(world.machine.home, world.ports)
    const given = { passphrases: [PASSPHRASE], sheets: [sheet as string] }
    await expect(opensElsewhere(stores, { identities: key, ...given })).rejects.toMatchObject({
      code: 'factor-key',
    })
    // the key file that is left on this machine is not in the way
    expect(await secretsHere(world.machine, given, world.ports)).toMatchObject({ retired: [] })
    const oldStore: Store = { ...(stores[0] as Store), get: async () => before as Uint8Array }
    await opensElsewhere([oldStore], { identities: key, sheets: world.given.sheets as string[] })
  })

  it('is refused when the rest would be too weak, or when there is none of that name', async () => {
    const world = await saved()
    const without = (name: string, need?: number) =>
      changeWith(world, { edit: (policy) => withoutFactor(policy, name, need) })
    await expect(without('computer', 1)).rejects.toMatchObject({ code: 'policy-invalid' })
    await expect(without('laptop')).rejects.toMatchObject({ code: 'factor-absent' })
    const more = changeWith(world, { edit: (policy) => needing(policy, 4) })
    await expect(more).rejects.toMatchObject({ code: 'policy-invalid' })
    expect(await restores(world, world.given, '/x')).toBe('version 0')
  })
})

describe('a vault that is rekeyed', () => {
  it('opens old and new snapshots with the new factors, and the new ones with no old secret', async () => {
    const world = await saved()
    const given = (await changeOnce(world, 'new')).given
    await reboot(world)
    setFiles(world, 'savings', { wallet: 'version 1' })
    await save(world)
    expect(await restores(world, given, '/new')).toBe('version 1')
    await restoreElsewhere({ ...world, given }, { to: '/old', at: '1' })
    expect(text(restored(world, '/old').get('savings/wallet') as Uint8Array)).toBe('version 0')
    const stores = storesOf(world.machine, world.ports)
    const { description, reading } = await opensElsewhere(stores, given)
    expect(description).toMatchObject({ version: 2, revision: 2 })
    expect(reading.retired).toEqual([world.identity])
    const old = { ...reading, identity: world.identity, retired: [] }
    const { heads } = await readPast(stores, description)
    const newest = heads.find(({ head }) => head.seq === 2)
    await expect(readManifest(old, newest as (typeof heads)[number])).rejects.toMatchObject({
      code: 'object-foreign',
    })
  })

  it('can be rekeyed again: the oldest snapshot still opens', async () => {
    const world = await saved()
    for (let i = 1; i <= 3; i++) {
      const { given } = await changeOnce(world, 'new')
      Object.assign(world, { given })
      await reboot(world)
      setFiles(world, 'savings', { wallet: `version ${i}` })
      await save(world)
    }
    await restoreElsewhere(world, { to: '/first', at: '1' })
    expect(text(restored(world, '/first').get('savings/wallet') as Uint8Array)).toBe('version 0')
    expect(await restores(world, world.given, '/last')).toBe('version 3')
    const secrets = await secretsHere(world.machine, world.given, world.ports)
    expect(secrets.retired).toHaveLength(3)
    expect(await check(world.machine, world.ports, secrets)).toMatchObject({ ok: true, deep: { opened: 4 } })
  })

  it('gives this computer another key, and forgets the one of before', async () => {
    const world = await saved()
    const before = await keysOf(world.machine.home, world.ports)
    await changeOnce(world, 'new')
    const now = await keysOf(world.machine.home, world.ports)
    expect(now).toHaveLength(1)
    expect(now).not.toEqual(before)
  })

  it('keeps what the policy of before had by another change', async () => {
    const world = await saved()
    const { given } = await changeOnce(world, 'new')
    await reboot(world)
    const { sheet } = await changeWith({ ...world, given }, { given })
    await reboot(world)
    expect(world.machine.description).toMatchObject({ version: 2, revision: 3, retired: [{}] })
    expect(await restores(world, { passphrases: [PASSPHRASE], sheets: [sheet as string] }, '/x')).toBe(
      'version 0',
    )
  })
})

describe('a store that was away', () => {
  it('gets the new policy with the next backup, and is named until then', async () => {
    let away = true
    const wrap = (store: Store): Store => ({
      ...store,
      put: (key, bytes) =>
        away && changed && store.name === 'store2' ? Promise.reject(gone()) : store.put(key, bytes),
    })
    let changed = false
    const gone = () => new CairnError('store-unreachable', { store: 'store2', reason: 'away' })
    const world = await saved({ stores: 2, wrap })
    changed = true
    const { given } = await changeOnce(world, 'new')
    await reboot(world)
    const states = async () => (await policyPlaces(world.machine, world.ports)).map(({ state }) => state)
    expect(await states()).toEqual(['current', 'behind'])
    away = false
    await save(world)
    expect(await states()).toEqual(['current', 'current'])
    const [, second] = storesOf(world.machine, world.ports)
    await opensElsewhere([second as Store], given)
  })
})

describe('another computer', () => {
  /** Forgets here what was changed, as a computer does not know it that was not there. */
  async function elsewhereChanged(secret: ChangePlan['secret']) {
    const world = await saved()
    const before = world.machine.descriptionBytes
    const { given } = await changeOnce(world, secret)
    await world.disk.remove(world.machine.home.description)
    const file = await world.disk.create(world.machine.home.description)
    await file.write(before, 0)
    await file.close()
    await reboot(world)
    return { world, given }
  }

  it.each(['same', 'new'] as const)(
    'goes on saving, says so, and learns it by an unlock (%s)',
    async (secret) => {
      const { world, given } = await elsewhereChanged(secret)
      setFiles(world, 'savings', { wallet: 'version 1' })
      expect((await save(world)).stores).toMatchObject([{ state: 'saved', policy: 'newer' }])
      expect(await restores(world, given, '/there')).toBe('version 1')
      await openHere(world.machine, given, world.ports)
      await reboot(world)
      expect(world.machine.description.revision).toBe(2)
      expect((await save(world)).stores).toEqual([{ name: 'store1', state: 'saved' }])
    },
  )

  it('is not led astray by a store that makes up another vault for the keys that it knows', async () => {
    const world = await saved()
    const [store] = storesOf(world.machine, world.ports)
    const { description } = parseDescription((await store?.get(VAULT_FILE)) as Uint8Array)
    const mine = newIdentity()
    const secret = secretFromIdentity(mine.identity)
    const recipient = description.policy.groups[0]?.factors.find((each) => 'recipient' in each)
    const known = recipient && 'recipient' in recipient ? recipient.recipient : ''
    const { policy, sheets } = await makePolicy(
      secret,
      anyOf(2, [
        { kind: 'computer', name: 'computer', recipient: known },
        { kind: 'sheet', name: 'sheet' },
      ]),
      { logN: 1 },
    )
    const forged = { ...description, revision: 9, recipient: mine.recipient, policy }
    await store?.put(VAULT_FILE, writeDescription(forged, secret))
    const given = { sheets: [sheets[0]?.words as string] }
    await expect(openHere(world.machine, given, world.ports)).rejects.toMatchObject({ code: 'vault-forged' })
    const { description: opened } = await openHere(world.machine, world.given, world.ports)
    expect(opened.revision).toBe(1)
  })
})

describe('power cuts during a change', () => {
  it.each(['same', 'new'] as const)(
    'leave a vault that opens, with every snapshot in it (%s)',
    async (secret) => {
      const { tried, lost } = await policyCuts({ seeds: [1], each: 20, secret })
      expect(lost).toEqual([])
      expect(tried).toBe(20)
    },
  )

  it('catch a writer that does not sync', async () => {
    const { lost } = await policyCuts({ seeds: [1], each: 20, secret: 'new', twin: without('sync') })
    expect(lost.length).toBeGreaterThan(0)
  })

  /** Rekeys by making the vault anew under another secret. */
  const forgetful: Changer = async (machine, plan, ports) => {
    const { identity, recipient } = newIdentity()
    const secret = secretFromIdentity(identity)
    const factors = [
      { kind: 'passphrase', name: 'passphrase', passphrase: PASSPHRASE },
      { kind: 'sheet', name: 'sheet' },
    ] as const
    const { policy, sheets } = await makePolicy(secret, anyOf(2, factors), { logN: 1 })
    const before = machine.description
    const description = { ...before, revision: before.revision + 1, recipient, policy }
    const file = writeDescription(description, secret)
    await plan.deliver(sheets, description)
    await writeLocal(ports.disk, machine.home.description, file)
    for (const store of storesOf(machine, ports)) await store.put(VAULT_FILE, file)
    return { before, description, fingerprint: '', stores: [] }
  }

  it('catch one that forgets the secret of before', async () => {
    const { lost } = await policyCuts({ seeds: [1], each: 8, secret: 'new', changer: forgetful })
    expect(lost.length).toBeGreaterThan(0)
  })
})
