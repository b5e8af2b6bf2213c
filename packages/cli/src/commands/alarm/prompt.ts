/** `cairn alarm prompt`: what a shell needs to show open alarms in its prompt. */
import { realPorts as ports } from '@cairn/node/real.js'
import { promptFile, promptSnippet } from '@cairn/node/schedule/prompt-line.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'

export async function run(context: Context): Promise<Outcome> {
  const { home } = await openHere(context)
  const snippet = promptSnippet(home)
  const isThere = (await ports.disk.read(promptFile(home)).catch(() => null)) !== null
  return {
    json: { file: promptFile(home), snippet },
    text: snippet,
    next: [
      'Append it to ~/.bashrc or ~/.zshrc: cairn alarm prompt --quiet >> ~/.bashrc',
      ...(isThere ? [] : ['The prompt shows nothing until the first look: cairn alarm tell']),
    ],
  }
}
