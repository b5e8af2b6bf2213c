// @ts-check
// As the command does it: with the PBKDF2 of node:crypto.
import { combine, split } from '@cairn/core/words/slip39.js'
import { pbkdf2 } from '@cairn/node/pbkdf2.js'
import { PLANS, perSecond, quorum, secretOf } from './plans.js'

const rates = PLANS.map((plan) => {
  const groups = plan.groups.map(([threshold, count]) => ({ threshold, count }))
  const secret = secretOf(plan.bytes)
  const { groupThreshold } = plan
  const run = () => split({ secret, groups, groupThreshold, iterationExponent: 0, pbkdf2 })
  const some = quorum(run(), plan)
  if (combine(some, '', pbkdf2).join() !== secret.join()) throw new Error('another secret came back')
  return { name: plan.name, split: perSecond(run), combine: perSecond(() => combine(some, '', pbkdf2)) }
})
process.stdout.write(JSON.stringify(rates))
