/** Rows of the list of places, and a policy of a passphrase, a computer and a sheet, for tests. */
import type { Known } from '../../src/plan/model.js'
import type { Thing } from '../../src/plan/places.js'

/** A sheet of the owner at home, but for what is given. */
export const thing = (name: string, more: Partial<Thing> = {}): Thing =>
  ({
    ...{ name, is: 'factor', of: 'sheet', at: 'house', kind: 'home', with: 'me', checked: null },
    ...more,
  }) as Thing

/** Any two open it; more factors behind the three. */
export const anyTwo = (...more: Known['policy']['groups'][number]['factors']): Known['policy'] => ({
  need: 1,
  groups: [
    {
      name: 'factors',
      need: 2,
      factors: [
        { name: 'passphrase', kind: 'passphrase' },
        { name: 'computer', kind: 'computer' },
        { name: 'sheet', kind: 'sheet' },
        ...more,
      ],
    },
  ],
})
