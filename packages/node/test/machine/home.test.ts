import { homedir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { homeFolder } from '../../src/machine/home.js'

describe('the folder for the state of this machine', () => {
  test.each([
    ['linux', { CAIRN_HOME: '/a', XDG_STATE_HOME: '/state' }, '/a'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/cairn'],
    ['linux', { XDG_STATE_HOME: 'relative' }, `${homedir()}/.local/state/cairn`],
    ['linux', {}, `${homedir()}/.local/state/cairn`],
    ['darwin', { XDG_STATE_HOME: '/state' }, `${homedir()}/Library/Application Support/Cairn`],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(homeFolder(env, platform)).toBe(folder)
  })
})
