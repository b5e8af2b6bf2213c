import { describe, expect, it } from 'vitest'
import { run } from '../../../../test/peers/run.js'
import { seenOf } from './environment.js'

describe('what everybody can see of a program', () => {
  it('is a secret in an argument or in the environment, and none on standard input', async () => {
    const careless = await seenOf(['cat'], () => run('cat', ['--', '/dev/null'], { env: { PIN: 'stone 1' } }))
    expect(careless).toContain('stone 1')
    expect(await seenOf(['echo'], () => run('echo', ['stone 2']))).toContain('stone 2')
    const careful = await seenOf(['cat'], async () =>
      expect(await run('cat', [], { input: 'stone 3' })).toBe('stone 3'),
    )
    expect(careful).not.toContain('stone 3')
  })
})
