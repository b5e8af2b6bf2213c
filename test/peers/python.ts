/**
 * Debian's own Python, for peers that are Python libraries: one run answers a whole list of questions.
 */
import { existsSync } from 'node:fs'
import { run, which } from './run.js'

/** Debian's packages belong to this one; a `python3` of PATH may be another that does not see them. */
const own = '/usr/bin/python3'

export const python = (): string => (existsSync(own) ? own : (which('python3') ?? own))

export interface Script {
  /** Python source that defines `answer(job)`. */
  readonly source: string
  /** A folder to look for modules in first. */
  readonly modules?: string
}

const loop = `
import json, sys
results = []
for job in json.load(sys.stdin):
    try:
        results.append({'value': answer(job)})
    except Exception as error:
        results.append({'refused': str(error) or type(error).__name__})
json.dump(results, sys.stdout)
`

/** What the peer made of a question, or its words when it refused. */
export type Answer<T> = { readonly value: T } | { readonly refused: string }

/** Asks all questions in one process; answers in the same order. */
export async function ask<T>(script: Script, jobs: readonly object[]): Promise<Answer<T>[]> {
  const env = script.modules ? { PYTHONPATH: script.modules } : {}
  return JSON.parse(await run(python(), ['-c', script.source + loop], { input: JSON.stringify(jobs), env }))
}

/** Asks one question; rejects when the peer refuses. */
export async function askOne<T>(script: Script, job: object): Promise<T> {
  const [answer] = await ask<T>(script, [job])
  if (!answer || 'refused' in answer) throw new Error(`refused: ${answer?.refused}`)
  return answer.value
}

export async function canImport(module: string, modules?: string): Promise<boolean> {
  const env = modules ? { PYTHONPATH: modules } : {}
  return run(python(), ['-c', `import ${module}`], { env }).then(
    () => true,
    () => false,
  )
}
