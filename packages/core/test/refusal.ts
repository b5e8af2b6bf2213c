import { CairnError, type ErrorCode } from '@cairn/core/errors.js'

/** The catalogued error that `run` throws; anything else, or nothing thrown, is a failure of the test. */
export function refusal(run: () => unknown): CairnError {
  try {
    run()
  } catch (error) {
    if (error instanceof CairnError) return error
    throw error
  }
  throw new Error('expected a refusal, and nothing was refused')
}

export function codeOf(run: () => unknown): ErrorCode {
  return refusal(run).code
}

/** The same of work that rejects later. */
export async function codeOfRejection(run: () => Promise<unknown>): Promise<ErrorCode> {
  const outcome = await run().then(
    () => undefined,
    (error: unknown) => error,
  )
  return codeOf(() => {
    if (outcome !== undefined) throw outcome
  })
}
