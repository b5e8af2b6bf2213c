/**
 * Prints docs/wallet-paths.md from the tables of the built core:
 *   npx tsc -b && node scripts/wallets-doc.js > docs/wallet-paths.md
 * A test holds the document equal to this output.
 */
import { ROWS } from '../packages/core/dist/keys/table.js'
import { WALLETS } from '../packages/core/dist/keys/wallet-paths.js'

const row = (cells) => `| ${cells.join(' | ')} |`

const answers = new Map([
  [true, 'yes'],
  [false, 'no'],
  [null, 'not said'],
])

const phrases = (takes) =>
  Object.entries(takes)
    .map(([kind, words]) => (words.length === 0 ? kind : `${kind} (${words.join(', ')})`))
    .join(', ') || 'none'

const places = (looks) =>
  Object.entries(looks)
    .map(([chain, standards]) => `${chain}: ${standards.join(', ')}`)
    .join('; ') || 'not said'

const pages = [...new Set(WALLETS.flatMap(({ sources }) => sources))]

const wallets = WALLETS.map(({ wallet, takes, looks, passphrase, note = '', sources }) =>
  row([
    wallet,
    phrases(takes),
    places(looks),
    answers.get(passphrase),
    note,
    sources.map((url) => `[${pages.indexOf(url) + 1}]`).join(' '),
  ]),
)

const form = ({ address, path }) => [path === undefined ? 'its own' : `\`${path}\``, address.name]

const accounts = ROWS.map((place) => row([place.chain, place.standard, ...form(place)]))

process.stdout.write(`# Where wallets look

The same words open in many wallets, and each looks for coins in a few places only. Elsewhere it shows an empty wallet,
without an error. \`cairn phrase where\` reads this table for a phrase; \`cairn phrase where --address A\` finds the place of
an address that you know; \`cairn phrase show --chain all\` shows the first addresses of every place.

Three things make right words look empty: the wallet looks at another path or writes another form of address; a
passphrase is missing, or mistyped (no wallet can tell); the coins are in an account that was not added.

## Wallets

Kinds of phrase with the numbers of words that are taken (none named: any); places by the names of the second table. What
no page says is left out, and a wallet without a page is not here. Pages age: look at the number of the version that you have.

| wallet | takes | looks at | passphrase | | sources |
|---|---|---|---|---|---|
${wallets.join('\n')}

## Places

\`{coin}\` is the coin type of the chain (SLIP-44; 1 on test networks), \`{account}\`, \`{change}\` and \`{index}\` run. Where a
path has no \`{index}\`, each account has one address.

| chain | standard | path | addresses |
|---|---|---|---|
${accounts.join('\n')}

${pages.map((url, i) => `[${i + 1}]: ${url}`).join('\n')}
`)
