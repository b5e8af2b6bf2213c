import { describe, expect, test } from 'vitest'
import { stateFolder } from '../src/context.js'

describe('the folder for the state of this machine', () => {
  const linux = { platform: 'linux', home: '/home/ada' }
  test.each([
    [{ CAIRN_HOME: '/a' }, '/a'],
    [{ XDG_STATE_HOME: '/state' }, '/state/cairn'],
    [{ XDG_STATE_HOME: 'relative' }, '/home/ada/.local/state/cairn'],
    [{}, '/home/ada/.local/state/cairn'],
  ])('with %j is %s', (env, folder) => expect(stateFolder({ ...linux, env })).toBe(folder))

  test('on a Mac lies in the library', () => {
    expect(stateFolder({ platform: 'darwin', env: {}, home: '/Users/ada' })).toBe(
      '/Users/ada/Library/Application Support/Cairn',
    )
  })
})
