import { utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { describe, expect, it } from 'vitest'
import { parseCredentials } from '../../src/stores/credentials.js'

const parse = (toml: string) => parseCredentials(utf8(toml), 'creds.toml')

describe('credentials', () => {
  it('are names and texts of TOML', async () => {
    expect(await parse('access_key = "AKIA"\nsecret_key = \'s"3\' # two\n')).toEqual({
      access_key: 'AKIA',
      secret_key: 's"3',
    })
    expect(await parse('')).toEqual({})
  })

  it.each([
    ['a line that is no TOML', 'user = "u"\npassword = CANARY\n', /line 2 is not TOML/],
    ['a text without its end', 'password = "CANARY', /not TOML/],
    ['a number', 'password = 12345', /password is not a text/],
    ['nothing in it', 'password = ""', /password is not a text/],
    ['a name that is not known', 'CANARY = "x"', /a name that is not known/],
    ['a table', '[s3]\naccess_key = "CANARY"', /a name that is not known/],
    ['the same name twice', 'password = "CANARY"\npassword = "CANARY"', /not TOML/],
    ['too much', `password = "${'CANARY'.repeat(20_000)}"`, /too large/],
  ])('are refused, without a word of them in the error: %s', async (_name, toml, reason) => {
    const error = await parse(toml).catch((thrown: unknown) => thrown)
    if (!isCairnError(error, 'credentials-invalid')) throw error
    expect(error.message).toMatch(reason)
    expect(
      JSON.stringify({ ...error, message: error.message, stack: error.stack, cause: error.cause }),
    ).not.toContain('CANARY')
  })
})
