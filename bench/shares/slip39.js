// @ts-check
// npm slip39 in a process of its own: it adds methods to the prototypes of String and Array.
import { createRequire } from 'node:module'
import { PLANS, perSecond, quorum, secretOf } from './plans.js'

const Slip39 = createRequire(import.meta.url)('slip39')

const rates = PLANS.map((plan) => {
  const secret = [...secretOf(plan.bytes)]
  const groups = plan.groups.map(([threshold, count]) => [threshold, count, ''])
  const run = () => Slip39.fromArray(secret, { groups, threshold: plan.groupThreshold, iterationExponent: 0 })
  const made = run()
  const shares = groups.map((_, i) => made.fromPath(`r/${i}`).mnemonics)
  const some = quorum(shares, plan)
  if (Slip39.recoverSecret(some, '').join() !== secret.join()) throw new Error('another secret came back')
  return { name: plan.name, split: perSecond(run), combine: perSecond(() => Slip39.recoverSecret(some, '')) }
})
process.stdout.write(JSON.stringify(rates))
