/**
 * Prints docs/calendar.md from the tables of the built core:
 *   npx tsc -b && node scripts/calendar-doc.js > docs/calendar.md
 * A test holds the document equal to this output.
 */
import { EARLY_HOURS } from '../packages/core/dist/plan/advise.js'
import { INTERVALS, RULES } from '../packages/core/dist/plan/calendar.js'
import { MATERIALS } from '../packages/core/dist/plan/rehearse.js'
import { JITTER_MINUTES } from '../packages/node/dist/schedule/job.js'

const row = (cells) => `| ${cells.join(' | ')} |`

const intervals = INTERVALS.map(({ every, days, graceDays }) => row([every, days, days + graceDays]))
const rules = RULES.map(({ code, every, when, reason }) => row([every, `\`${code}\``, when, reason]))

const materials = MATERIALS.map((material) => {
  const { what, firstDays, growth, mostDays, afterErrorDays, graceDays, reason } = material
  const grace = graceDays === 0 ? 'at once' : `${graceDays} days`
  return row([
    what,
    firstDays,
    `${growth} times, at most ${mostDays} days`,
    afterErrorDays === 0 ? 'at once' : afterErrorDays,
    grace,
    reason,
  ])
})

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

## What to rehearse

| what | first, within days | each success makes the interval longer | after an error, within days | asks for attention after | why |
|---|---|---|---|---|---|
${materials.join('\n')}

The first success keeps the interval, every further one stretches it; one that comes
before half of the interval has passed stretches nothing. A change begins anew, at once: a wallet that was encrypted or has other
keys, a sheet or a passphrase after the policy changed. Only dates and whether it went well are kept, on this computer.
\`cairn schedule advise\` lists all of it. When settings of clouds are to be reviewed, and stores to be read again, is in
[stores.md](stores.md) and \`cairn status\`.

## What runs by itself

\`cairn schedule install\` lets the system run \`cairn backup --due\` every hour, or with \`--at HH:MM\` once a day;
\`--print\` shows what would be installed and changes nothing. No secret is needed for a backup, and none is in a job.

| system | kept in | missed while asleep or off | begins | twice at once |
|---|---|---|---|---|
| systemd (of the person) | \`~/.config/systemd/user\` | runs once (\`Persistent\`) | up to ${JITTER_MINUTES} minutes later | never |
| launchd | \`~/Library/LaunchAgents\` | asleep: runs once on waking; off: at the next login | at a minute of its own | never |
| Windows Task Scheduler | \`\\Cairn\` | runs once (\`StartWhenAvailable\`) | up to ${JITTER_MINUTES} minutes later | never |
| cron | the person's crontab | the next hour finds what is due | at a minute of its own | the lock of the vault |

All run with the lowest priority. The minute comes from the number of the vault. A run that finds another command at work on the
vault ends at once. systemd runs jobs of a person while they are logged in, and always after \`loginctl enable-linger\`.

\`cairn schedule status\` asks the system itself: whether the job is there and active, when it runs next, how its last run
ended, and whether the program in it still exists; exit code 6 when there is no job, 8 when something is wrong with it.
\`cairn schedule remove\` takes it away from every system that has one. The jobs for systemd and cron are tested with the
real programs; those for launchd and Windows are checked against the rules of their files and were not run on their systems.

## When it is late

Each wallet is late by its own row, as its last snapshot says it; one that is used less since is saved once more by that row. The snapshot itself carries the soonest of these dates, also for wallets that were saved in
an earlier one, so that a store can be watched from elsewhere.

## What would be lost today

What is in the wallet, not in its newest snapshot, and not brought back by its words: records of transactions, labels (new
ones and changed ones), imported and watched addresses, imported keys. An address that is derived from a seed is none of them.
A file that is encrypted as a whole shows nothing without its password: then only whether it changed is known, and that is said.
`)
