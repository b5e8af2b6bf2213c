import { CairnError, ERRORS, type ErrorCode, EXIT_CODES } from '@cairn/core/errors.js'
import { expect, describe as suite, test } from 'vitest'
import { describe } from '../src/problem.js'
import { Interrupted } from '../src/terminal.js'

suite('problems', () => {
  test('every catalogued error ends with the exit code of its kind', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      expect(describe(new CairnError(code))).toMatchObject({ code, exit: EXIT_CODES[ERRORS[code].kind] })
    }
  })

  test('a bug is exit 1 and shows nothing of its message, not even in the stack', () => {
    const secret = 'legal winner\n    at thank (year:1:2)'
    const problem = describe(new TypeError(`bad word: ${secret}`))
    expect(problem).toMatchObject({ code: 'bug', exit: 1 })
    expect(problem?.frames.length).toBeGreaterThan(0)
    expect(JSON.stringify(problem)).not.toMatch(/legal|winner|thank|year/)
  })

  test('a stack without its message shows no frames at all', () => {
    const error = new Error('legal winner')
    expect(error.stack).toContain('legal winner') // the stack is written when it is first read
    error.message = 'replaced'
    expect(describe(error)?.frames).toEqual([])
  })

  test('Ctrl-C is no problem', () => expect(describe(new Interrupted())).toBeNull())
})
