/** Programs in the place of those of CUPS, for what a real printer does not do on demand: this one takes a page and fails. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const SAYS = {
  lpstat: 'echo "device for Desk: usb://Maker/Desk"',
  lpoptions: 'echo printer-state=3',
  lp: 'cat >/dev/null; exit 1',
}

/** @returns the environment in which the printer `Desk` fails; its programs are in a folder below the one given */
export async function failingPrinter(folder: string): Promise<{ readonly PATH: string }> {
  const programs = await mkdtemp(join(folder, 'programs-'))
  for (const [name, line] of Object.entries(SAYS))
    await writeFile(join(programs, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  return { PATH: `${programs}:${process.env.PATH}` }
}
