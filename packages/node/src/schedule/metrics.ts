/**
 * What a monitor asks for, in the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats):
 * ages in seconds, and whether a person is needed. Wallets and stores are named: the port is open to this computer only.
 */
import type { Subject } from './alarms-of.js'

export interface Measured {
  readonly attention: boolean
  readonly wallets: readonly (Subject & {
    readonly saved: { readonly time: string } | null
    readonly proven: { readonly time: string } | null
  })[]
  readonly stores?: readonly Subject[]
}

interface Metric {
  readonly name: string
  readonly help: string
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[]
}

/** @param now for ages */
export function metricsOf(status: Measured, now: Date): string {
  const seconds = (time: string) => Math.round((now.getTime() - Date.parse(time)) / 1000)
  const age = (what: 'saved' | 'proven') =>
    status.wallets.flatMap(({ name, [what]: at }) =>
      at === null ? [] : [[{ wallet: name }, seconds(at.time)] as const],
    )
  const overdue = (subjects: readonly Subject[], label: string) =>
    subjects.map(({ name, due }) => [{ [label]: name }, due.filter(({ overdue }) => overdue).length] as const)
  return [
    {
      name: 'cairn_attention',
      help: 'Whether something needs a person.',
      samples: [[{}, status.attention ? 1 : 0] as const],
    },
    {
      name: 'cairn_wallet_saved_age_seconds',
      help: 'Since the newest snapshot that holds the wallet.',
      samples: age('saved'),
    },
    {
      name: 'cairn_wallet_proven_age_seconds',
      help: 'Since a drill last proved the wallet.',
      samples: age('proven'),
    },
    {
      name: 'cairn_wallet_overdue',
      help: 'Tasks of the wallet that are late.',
      samples: overdue(status.wallets, 'wallet'),
    },
    {
      name: 'cairn_store_overdue',
      help: 'Tasks of the store that are late.',
      samples: overdue(status.stores ?? [], 'store'),
    },
  ]
    .map(written)
    .join('')
}

function written({ name, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}${labelled(labels)} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
