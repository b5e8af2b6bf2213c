import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cups, cups as peer, startCups } from '../../../../test/peers/cups.js'
import { present } from '../../../../test/peers/peer.js'
import { outcome } from '../../../../test/peers/run.js'
import { isPending, keptBy, lookAt, print, type RunCups } from '../../src/sheets/print.js'
import { until } from '../until.js'

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    (error: unknown) => (isCairnError(error) ? error.code : String(error)),
  )
}

/** CUPS as it answers for one printer with this device. */
function cupsWith(device: string, options = '', drivers = ''): RunCups {
  const answers: Readonly<Record<string, string>> = {
    '-v': `device for Desk: ${device}\n`,
    '-d': 'system default destination: Desk\n',
    '-p Desk': `copies=1 device-uri=${device} printer-is-accepting-jobs=true printer-state=3 ${options}`,
    '-p Desk -l': drivers,
  }
  return async (_, args) => ({ code: 0, output: Buffer.from(answers[args.join(' ')] ?? ''), said: '' })
}

describe('a printer', () => {
  it.each([
    ['usb://HP/LaserJet?serial=1', 'cable'],
    ['hp:/usb/LaserJet?serial=1', 'cable'],
    ['hp:/net/LaserJet?ip=10.0.0.1', 'network'],
    ['ipp://localhost:60000/ipp/print', 'cable'],
    ['ipp://192.168.1.20/ipp/print', 'network'],
    ['ipps://printer.local/ipp/print', 'network'],
    ['ipp://printer.fritz.box/ipp/print', 'network'],
    ['dnssd://Laser%20Printer._ipp._tcp.local/?uuid=1', 'network'],
    ['socket://printer:9100', 'network'],
    ['smb://user:secret@server/printer', 'network'],
    ['implicitclass://Laser/', 'network'],
    ['ipps://print.hpeprint.com/ipp/print', 'internet'],
    ['ipps://user:secret@eu.cloud.example.com/printers/1', 'internet'],
    ['cups-pdf:/', 'file'],
    ['file:///dev/null', 'file'],
    ['strange:/x', 'unknown'],
  ])('whose device is %s is reached by %s, and its passwords are not shown', async (device, reach) => {
    const printer = await lookAt(undefined, cupsWith(device))
    expect(printer.reach).toBe(reach)
    expect(JSON.stringify(printer)).not.toContain('secret')
  })

  it('is known to be shared, and to have a disk when its driver says so', async () => {
    const drivers = 'PageSize/Media Size: *A4 Letter\nHPDisk/Printer Hard Disk: None *Installed\n'
    const options = "printer-is-shared=true printer-make-and-model='Maker Office 9000'"
    expect(await lookAt('Desk', cupsWith('socket://10.0.0.1', options, drivers))).toMatchObject({
      isShared: true,
      hasDisk: true,
      model: 'Maker Office 9000',
    })
    const without = 'HPDisk/Printer Hard Disk: *None Installed\nDuplex/Duplex: *None Long\n'
    expect(await lookAt('Desk', cupsWith('usb://x', '', without))).toMatchObject({
      isShared: false,
      hasDisk: false,
    })
  })

  it('that is stopped or takes no jobs gets none', async () => {
    for (const options of ['printer-state=5', 'printer-is-accepting-jobs=false']) {
      const run: RunCups = async (program, args) =>
        args.join(' ') === '-p Desk'
          ? { code: 0, output: Buffer.from(options), said: '' }
          : cupsWith('usb://x')(program, args)
      expect(await codeOf(lookAt('Desk', run))).toBe('printer-busy')
    }
  })

  it('that is not there, and no default one, are told with those that are', async () => {
    const run: RunCups = async (program, args) =>
      args[0] === '-d'
        ? { code: 0, output: Buffer.from('no system default destination\n'), said: '' }
        : cupsWith('usb://x')(program, args)
    expect(await codeOf(lookAt(undefined, run))).toBe('printer-absent')
    await expect(lookAt('Bureau', run)).rejects.toThrow(
      'there is no printer Bureau; this computer knows Desk',
    )
  })
})

describe.runIf(await present(peer))('a real CUPS', () => {
  let cups: Cups
  let run: RunCups
  let tmp: string
  beforeAll(async () => {
    cups = await startCups()
    tmp = mkdtempSync(join(tmpdir(), 'cairn-print-'))
    run = async (program, args, input) => {
      const env = { ...cups.env, TMPDIR: tmp, LC_ALL: 'C' }
      const { code, stdout, stderr } = await outcome(program, args, { env, ...(input ? { input } : {}) })
      return { code: code ?? 'stopped', output: stdout, said: stderr }
    }
  })
  afterAll(async () => {
    await cups?.stop()
    rmSync(tmp, { recursive: true, force: true })
  })

  it('prints what comes by standard input, with no file of it but its own', async () => {
    const printer = await lookAt('PDF', run)
    expect(printer).toMatchObject({ reach: 'file', isShared: false })
    const job = await print(printer, { content: PDF, title: 'Cairn sheet', paper: 'a4' }, run)
    await until(async () => cups.printed().length === 1 && !(await isPending(job, run)))
    expect(readdirSync(tmp)).toEqual([])
    expect(
      Buffer.from(cups.printed()[0] as Uint8Array)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  it('keeps a copy of what it printed, as its configuration lets expect', async () => {
    expect(await keptBy(cups.config)).toBe('a while')
    expect(cups.spool().some((name) => name.startsWith('d'))).toBe(true)
    await run('cancel', ['-a', '-x', 'PDF'])
    await until(() => cups.spool().length === 0)
  })

  it('says what is wrong with a printer that cannot be used', async () => {
    expect(await codeOf(lookAt(undefined, run))).toBe('printer-absent')
    expect(await codeOf(lookAt('Nowhere', run))).toBe('printer-absent')
    expect(await codeOf(lookAt('Off', run))).toBe('printer-busy')
    expect(await codeOf(print({ name: 'Nowhere' }, { content: PDF, title: 'x', paper: 'a4' }, run))).toBe(
      'print-failed',
    )
    expect(await lookAt('Office', run)).toMatchObject({ reach: 'network', isShared: true })
  })
})

describe('where there is no CUPS', () => {
  it('that is what is said', async () => {
    const dead: RunCups = async () => ({
      code: 1,
      output: new Uint8Array(),
      said: 'lpstat: Scheduler is not running.',
    })
    expect(await codeOf(lookAt('PDF', dead))).toBe('cups-absent')
    expect(await keptBy('/nowhere/cupsd.conf')).toBe('unknown')
  })
})

/** A page with a black square. ISO 32000-1; offsets are found by the reader when they are wrong. */
const PDF = Buffer.from(`%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>> endobj
4 0 obj <</Length 19>> stream
100 100 50 50 re f
endstream endobj
trailer <</Root 1 0 R>>
`)
