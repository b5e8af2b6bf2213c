/**
 * The page that `cairn` serves on localhost while it asks for a passkey: it fetches a step, does it at a click, sends
 * what came of it, and goes on to the next. It holds no secret longer than that and knows nothing of the vault.
 */
import type { PasskeyStep } from '@cairn/core/vault/passkey-step.js'
import { doStep } from './passkey.js'

const SAYS: Readonly<Record<PasskeyStep['step'], string>> = {
  create: 'Make the passkey',
  use: 'Use the passkey',
}

const say = (text: string) => {
  const place = document.querySelector('p')
  if (place) place.textContent = text
}

/** Brings the answer of the step before, if there was one, and waits for the next; null at the end. */
async function next(answer?: unknown): Promise<PasskeyStep | null> {
  const body = answer === undefined ? '' : JSON.stringify(answer)
  const response = await fetch('step', { method: 'POST', body })
  if (!response.ok) throw new Error('refused')
  return (await response.json()) as PasskeyStep | null
}

function click(button: HTMLButtonElement): Promise<void> {
  button.disabled = false
  return new Promise((resolve) => button.addEventListener('click', () => resolve(), { once: true }))
}

/** Asks again until it is done: a person may stop the browser's question and begin anew. */
async function done(step: PasskeyStep, button: HTMLButtonElement): Promise<unknown> {
  for (;;) {
    await click(button)
    button.disabled = true
    try {
      return await doStep(step)
    } catch (error) {
      const name = error instanceof DOMException ? error.name : 'Error'
      say(`That did not work (${name}). Try it again, or stop cairn in the terminal.`)
    }
  }
}

async function run(button: HTMLButtonElement): Promise<void> {
  for (let step = await next(); step !== null; ) {
    button.textContent = SAYS[step.step]
    say('Your browser will ask for a passkey. It belongs to this page on localhost.')
    const answer = await done(step, button)
    say('One moment.')
    step = await next(answer)
  }
}

const button = document.querySelector('button')
if (button)
  run(button)
    .then(() => say('That is all. Close this page and go back to the terminal.'))
    .catch(() => say('Cairn is not there any more. Look at the terminal.'))
    .finally(() => button.remove())
