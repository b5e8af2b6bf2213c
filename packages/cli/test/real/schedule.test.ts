/**
 * What the system runs by itself, on the real systems of Linux: a systemd of a person and a cron of its own, each in
 * namespaces of its own, so that nothing of this machine's is touched.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { renderLine } from '@cairn/node/schedule/cron.js'
import type { Job } from '@cairn/node/schedule/job.js'
import { describe, expect, test } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { BIN, useFolders } from '../run.js'
import { type Made, makeVault } from '../vault.js'

const ELECTRUM = readFileSync(
  new URL('../../../core/test/fixtures/wallets/electrum/seed-extended.plain', import.meta.url),
  'utf8',
)

const works = (...command: [string, ...string[]]) => spawnSync(command[0], command.slice(1)).status === 0
const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
const canSeparate = works('unshare', ...namespaces, 'true')
const hasSystemd = canSeparate && works('/lib/systemd/systemd', '--version')
const hasCron = canSeparate && works('faketime', '--version') && works('sh', '-c', 'command -v cron')
if (!canSeparate) leaveOut('what systems run by themselves', { because: 'namespaces need root' })
else if (!hasSystemd || !hasCron) {
  leaveOut('what systems run by themselves', {
    because: 'systemd, cron or faketime is missing (apt install)',
  })
}

/** Runs a script as root of its own mounts and processes, and returns what it printed. */
function separately(script: string, { cwd, env }: { cwd: string; env: Record<string, string> }): string {
  const options = {
    cwd,
    env: { ...env, PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
    timeout: 880_000,
    killSignal: 'SIGKILL', // unshare ignores the others
  } as const
  const { stdout, stderr, status } = spawnSync('unshare', [...namespaces, 'bash', '-euc', script], options)
  if (status !== 0) throw new Error(`the script ended with ${status}: ${stderr}\n${stdout}`)
  return stdout
}

/** A vault in a folder whose name every quoting must carry, with a wallet that is to be saved every day. */
async function withDaily(folder: string): Promise<Made> {
  const cwd = `${folder}/it's 100% $HOME "here"`
  await mkdir(cwd)
  const made = await makeVault(cwd)
  const wallet = { ...(JSON.parse(ELECTRUM) as object), channels: { a: { state: 'OPEN' } } }
  await writeFile(`${cwd}/lightning`, JSON.stringify(wallet))
  await made.cairn(['wallet', 'add', 'lightning', 'lightning', '--no-input'])
  await made.cairn(['wallet', 'remove', 'savings'])
  return made
}

const folder = useFolders()

describe.runIf(hasSystemd)('a systemd of a person', () => {
  test('runs what is due, and says what it has', { timeout: 900_000 }, async () => {
    const { cwd, json } = await withDaily(await folder())
    // half a day away, so that it does not run by itself while it is looked at
    const at = new Date(Date.now() + 12 * 3_600_000).toTimeString().slice(0, 5)
    const env = { HOME: `${cwd}/home`, CAIRN_HOME: `${cwd}/home`, CAIRN: BIN, NODE: process.execPath, AT: at }
    const printed = separately(SYSTEMD, { cwd, env })
    const [before, after, ran, stopped, removed] = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(before).toMatchObject({ with: 'systemd', when: { kind: 'daily' } })
    const job = { with: 'systemd', when: before.when, active: true, last: null, problems: [] }
    expect(after).toMatchObject({ installed: true, jobs: [job] })
    expect(after.jobs[0].command).toEqual(before.command)
    const late = Date.parse(after.jobs[0].next) - Date.parse(before.next)
    expect(late).toBeGreaterThanOrEqual(-1000)
    expect(late).toBeLessThanOrEqual(601_000)
    expect(ran.jobs[0]).toMatchObject({ last: { exit: 0 }, problems: [] })
    expect((await json(['snapshots'])).json).toMatchObject({ snapshots: [{ wallets: ['lightning'] }] })
    expect(stopped).toMatchObject({ jobs: [{ active: false, problems: ['inactive'] }] })
    expect(removed).toEqual({ installed: false, jobs: [] })
  })
})

const SYSTEMD = `
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/user/0 "$HOME"
chmod 700 /run/user/0
export XDG_RUNTIME_DIR=/run/user/0
/lib/systemd/systemd --user >/dev/null 2>&1 &
until systemctl --user show-environment >/dev/null 2>&1; do sleep 0.1; done
cairn() { "$NODE" "$CAIRN" --json --vault vault "$@"; }
cairn schedule install --with systemd --at "$AT"
cairn schedule status
timer=$(basename "$(ls "$HOME"/.config/systemd/user/cairn-*.timer)")
systemctl --user start "\${timer%.timer}.service"
cairn schedule status
systemctl --user stop "$timer"
cairn schedule status || true
cairn schedule remove >/dev/null
cairn schedule status || true
`

describe.runIf(hasCron)('a cron that lives an hour a second', () => {
  test('comes by every hour, and one run a day finds something due', { timeout: 900_000 }, async () => {
    const { cwd, json } = await withDaily(await folder())
    await writeFile(`${cwd}/next-call`, NEXT_CALL)
    await chmod(`${cwd}/next-call`, 0o755)
    await writeFile(`${cwd}/with-calls.cjs`, WITH_CALLS)
    const words: Job = {
      id: '00000000',
      when: { kind: 'hourly', minute: 30 },
      command: ['/bin/sh', '-c', 'printf "%s|" "$@" >> "$0"', `${cwd}/words`, 'a b', '100%', '$x', "it's"],
      env: {},
    }
    await writeFile(`${cwd}/line`, `${renderLine(words)}\n`)
    const env = {
      HOME: `${cwd}/home`,
      CAIRN_HOME: `${cwd}/home`,
      CAIRN: BIN,
      NODE: process.execPath,
      WORK: cwd,
    }
    const [installed, before, removed] = separately(CRON, { cwd, env })
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(installed).toMatchObject({ with: 'cron' })
    expect(before).toMatchObject({ jobs: [{ with: 'cron', active: false, problems: ['inactive'] }] })
    expect(removed).toEqual({ removed: ['cron'] })
    const { snapshots } = (await json(['snapshots'])).json as { snapshots: readonly { time: string }[] }
    const calls = snapshots.map(
      ({ time }) => (Date.parse(time) - Date.parse('2026-12-01T00:00:00Z')) / CALL_MS,
    )
    // 22 hours after the first, which are 20.3 calls
    expect(calls.map(Math.floor).sort((a, b) => a - b)).toEqual([1, 22])
    expect(await readFile(`${cwd}/words`, 'utf8')).toMatch(/^(?:a b\|100%\|\$x\|it's\|)+$/)
    expect(await readFile(`${cwd}/left`, 'utf8')).toBe(`${renderLine(words)}\n`)
  })
})

/** The n-th call is 65 minutes after the one before, however fast this machine is. */
const CALL_MS = 65 * 60_000
const CALLS = 24
const NEXT_CALL = `#!/bin/bash
cd "$(dirname "$0")"
exec 9>calls.lock
flock 9
call=$(( $(cat calls 2>/dev/null || echo 0) + 1 ))
[ $call -gt ${CALLS} ] && exit
faketime -f "@$(date -u -d "2026-12-01 $(( call * 65 )) minutes" '+%F %T')" "$@"
echo $call > calls
`

/** Puts that script between cron and what it runs. */
const WITH_CALLS = String.raw`
const quote = (text) => "'" + text.replaceAll("'", "'\\''").replaceAll('%', '\\%') + "'"
const lines = require('node:fs').readFileSync(0, 'utf8').split('\n')
const changed = lines.map((line) =>
  line.includes('backup') ? line.replace(' nice -n 19 ', (nice) => nice + quote(process.env.WORK + '/next-call') + ' ') : line,
)
process.stdout.write(changed.join('\n'))
`

const CRON = `
export TZ=UTC
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs
chgrp crontab /var/spool/cron/crontabs
chmod 1730 /var/spool/cron/crontabs
mount -t tmpfs tmpfs /etc/cron.d
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /dev/shm # faketime names what it shares by process number, and those begin anew here
mount --bind /dev/null /etc/crontab
cairn() { "$NODE" "$CAIRN" --json --vault vault "$@"; }
crontab line
cairn schedule install --with cron
cairn schedule status || true
crontab -l | "$NODE" with-calls.cjs > changed
crontab changed
faketime -f '@2026-12-01 00:00:00 x3600' cron -f >cron.log 2>&1 &
cron=$!
until [ "$(cat calls 2>/dev/null)" = ${CALLS} ] && [ -e words ]; do
  kill -0 $cron || { cat cron.log calls >&2; exit 3; }
  sleep 0.2
done
kill $cron
cairn schedule remove
crontab -l > left
`
