/**
 * A line for the prompt of a shell: a small file that the shell reads by itself, since starting a program for every
 * prompt would be felt. It says until when it may be believed: when nobody looked for that long, that is what is told.
 */
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { AHEAD_DAYS } from '@cairn/core/plan/due.js'
import type { Disk } from '../disk.js'
import type { VaultHome } from '../machine/home.js'
import { writeLocal } from '../machine/state.js'

/** A look belongs to every scheduled run, of which there is one a day at least. */
const BELIEVED_S = 3 * 86_400
/** What may be believed for longer than that was written while the clock was ahead. */
const MOST_S = BELIEVED_S + AHEAD_DAYS * 86_400

export function promptFile(home: VaultHome): string {
  return join(home.folder, 'prompt')
}

/** @param alarms how many there are that nobody sleeps on */
export async function writePromptLine(
  disk: Disk,
  home: VaultHome,
  { alarms, now }: { alarms: number; now: Date },
): Promise<void> {
  const until = Math.round(now.getTime() / 1000) + BELIEVED_S
  const line = alarms === 0 ? '' : `cairn: ${alarms} ${alarms === 1 ? 'alarm' : 'alarms'}`
  await writeLocal(disk, promptFile(home), utf8(`${until}\n${line}\n`))
}

/** What goes into `.bashrc` or `.zshrc`: POSIX shell, and a prompt that asks it. */
export function promptSnippet(home: VaultHome): string {
  const quoted = `'${promptFile(home).replaceAll("'", "'\\''")}'`
  return [
    'cairn_prompt() {',
    `  { read -r cairn_until && IFS= read -r cairn_line; } 2>/dev/null < ${quoted} || return 0`,
    '  cairn_now=$(date +%s)',
    `  if [ "$cairn_now" -gt "$cairn_until" ] || [ $((cairn_now + ${MOST_S})) -lt "$cairn_until" ]; then`,
    '    cairn_line="cairn: nobody looked for days"',
    '  fi',
    '  if [ -n "$cairn_line" ]; then printf "%s " "$cairn_line"; fi',
    '}',
    '[ -z "$ZSH_VERSION" ] || setopt PROMPT_SUBST',
    'PS1=\'$(cairn_prompt)\'"$PS1"',
  ].join('\n')
}
