/** The person at the terminal, as an age plugin meets them: its texts on standard error, answers without echo. */
import type { PluginPorts } from '@cairn/node/plugins/talk.js'
import { realPorts } from '@cairn/node/real.js'
import { askLine, canAsk } from './ask.js'
import type { Context } from './context.js'
import { safe } from './output.js'

export function pluginPorts(context: Context): PluginPorts {
  const isThere = canAsk(context)
  const ask = (what: string) => askLine(context, { what, option: '--identity-file' })
  return {
    wait: realPorts.wait,
    person: {
      tell: (message) => {
        process.stderr.write(`age plugin: ${safe(message)}\n`)
        return isThere
      },
      ask: async (message) => (isThere ? (await ask(`age plugin: ${safe(message)}`)) || null : null),
      choose: async ({ message, yes, no }) => {
        if (!isThere) return null
        const offer = no === undefined ? `Enter: ${safe(yes)}` : `y: ${safe(yes)}, n: ${safe(no)}`
        const typed = (await ask(`age plugin: ${safe(message)} [${offer}]`)).trim().toLowerCase()
        return typed === 'y' || (typed === '' && no === undefined) ? 'yes' : 'no'
      },
    },
  }
}
