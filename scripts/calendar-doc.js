/**
 * Prints docs/calendar.md from the tables of the built core:
 *   npx tsc -b && node scripts/calendar-doc.js > docs/calendar.md
 * A test holds the document equal to this output.
 */
import { EARLY_HOURS } from '../packages/core/dist/plan/advise.js'
import { INTERVALS, RULES } from '../packages/core/dist/plan/calendar.js'

const row = (cells) => `| ${cells.join(' | ')} |`

const intervals = INTERVALS.map(({ every, days, graceDays }) => row([every, days, days + graceDays]))
const rules = RULES.map(({ code, every, when, reason }) => row([every, `\`${code}\``, when, reason]))

process.stdout.write(`# The calendar

\`cairn schedule advise\` says of each wallet how often to back it up, why, and what the loss of this computer would take
today. It asks for no secret: a backup leaves counts and short hashes of what it saw in the state folder of this computer,
and the wallet itself is read as \`cairn wallet inspect\` reads it without a password.

## How often

The first row that applies decides; all rows that apply are told. \`now\` asks for one backup at once, and the next row that is
not \`now\` for the time after it. A transaction without a time counts from backup to backup, one that is not in a block is of
today. Amounts are those of Bitcoin's main network, as the records of the wallet tell them.

| every | row | when | why |
|---|---|---|---|
${rules.join('\n')}

| every | days after the last backup | told as late after |
|---|---|---|
${intervals.join('\n')}

\`cairn backup --due\` saves the wallets whose time has come, or comes within ${EARLY_HOURS} hours, and ends at once when
there is none; something that runs by itself calls it every hour. A store that lacks the newest snapshot is tried again a day
later, then after two days, four, and so on up to a month, also when no wallet is due.

The snapshot itself carries the date when its absence is late, so that a store can be watched from elsewhere.

## What would be lost today

What is in the wallet, not in its newest snapshot, and not brought back by its words: records of transactions, labels (new
ones and changed ones), imported and watched addresses, imported keys. An address that is derived from a seed is none of them.
A file that is encrypted as a whole shows nothing without its password: then only whether it changed is known, and that is said.
`)
