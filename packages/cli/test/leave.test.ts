import { expect, it } from 'vitest'
import { outcome } from '../../../test/peers/run.js'

it('what nobody waits for any more does not keep a command that is over, and its exit code stays', async () => {
  const program = `
    import { leaveLines } from '${new URL('../dist/leave.js', import.meta.url).href}'
    setInterval(() => {}, 1000)
    process.stdout.write('told')
    process.exitCode = 8
    leaveLines()`
  const { code, stdout } = await outcome(process.execPath, ['--input-type=module', '--eval', program])
  expect([code, `${stdout}`]).toEqual([8, 'told'])
})
