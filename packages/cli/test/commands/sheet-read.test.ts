import { spawnSync } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encodePages, formatPage } from '@cairn/core/sheets/paper.js'
import { makeSeed } from '@cairn/core/words/ur/seed.js'
import { formatParts } from '@cairn/core/words/ur.js'
import { describe, expect, test } from 'vitest'
import { blankRaster } from '../../../core/src/sheets/read/raster.js'
import { drawCodes, inShadow, modulesOf } from '../../../core/test/sheets/read/drawn.js'
import { greyPng, jpegFile, pdfFile, pdfModules, svgFile } from '../../../node/test/sheets/files.js'
import { BIN, environment, run, runJson, useFolders } from '../run.js'

const PHRASE = `${'abandon '.repeat(11)}about`
const ADDRESS = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'
const folder = useFolders()

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await folder(), name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return path
}

describe('cairn sheet read', () => {
  test('tells what each file is, and shows it only when it is asked to', async () => {
    const paths = await Promise.all([
      fileOf('photo.jpg', jpegFile(inShadow(drawCodes([{ text: PHRASE }])), 60)),
      fileOf('sheet.pdf', pdfFile(['', pdfModules(modulesOf({ text: PHRASE }))])),
      fileOf('words.txt', `1. ${PHRASE.split(' ').join('\n2. ')}\n`),
    ])
    const { exit, out, err } = await run(['sheet', 'read', ...paths])
    expect(exit).toBe(0)
    expect(out).toContain('BIP-39 phrase, 12 words, english, fingerprint 73c5da0a')
    expect(out + err).not.toContain('abandon')
    const hidden = await runJson(['sheet', 'read', ...paths])
    expect(hidden.json).toMatchObject({ kind: 'phrase', found: [{ words: 12, files: paths }] })
    expect(JSON.stringify(hidden.json)).not.toContain('abandon')
    expect((await run(['sheet', 'read', ...paths, '--reveal'])).out).toBe(`${PHRASE}\n`)
  })

  test('names the pictures on which nothing is, and reads the others', async () => {
    const code = await fileOf('code.png', greyPng(drawCodes([{ text: PHRASE }])))
    const white = await fileOf('white.png', greyPng(blankRaster(300, 200)))
    const { exit, json } = await runJson(['sheet', 'read', white, code])
    expect([exit, json]).toMatchObject([0, { kind: 'phrase', found: [{ files: [code] }], without: [white] }])
    expect((await run(['sheet', 'read', white, code])).err).toContain(`Nothing could be read on ${white}`)
    const none = await runJson(['sheet', 'read', white, white])
    expect(none.json).toMatchObject({ error: { code: 'codes-none' } })
  })

  test('puts secrets before addresses, and shows addresses without being asked', async () => {
    const path = await fileOf(
      'two.png',
      greyPng(drawCodes([{ text: ADDRESS }, { text: `${'0000'.repeat(11)}0003` }])),
    )
    const { json } = await runJson(['sheet', 'read', path])
    expect(json).toMatchObject({
      kind: 'seedqr',
      found: [{ kind: 'seedqr' }, { kind: 'address', text: ADDRESS }],
    })
    expect(JSON.stringify(json)).not.toContain('abandon')
    expect((await runJson(['sheet', 'read', path, '--reveal'])).json).toMatchObject({
      kind: 'seedqr',
      text: PHRASE,
    })
  })

  test('reads several pages of a vault on paper, and a UR from several codes', async () => {
    const pages = encodePages(new Uint8Array(90).fill(7), { parity: 1, pageBytes: 100 }).map(formatPage)
    const paper = await fileOf(
      'pages.png',
      greyPng(
        drawCodes(
          pages.map((text) => ({ text })),
          4,
        ),
      ),
    )
    const read = await runJson(['sheet', 'read', paper])
    expect(read.json).toMatchObject({ kind: 'paper-page', found: [{ page: 1, pages: 3, need: 2 }, {}, {}] })
    expect((read.json as { text: string }).text.split('\n').sort()).toEqual([...pages].sort())
    const parts = formatParts(makeSeed({ payload: new Uint8Array(16), name: 'a seed in several parts' }), {
      maxBytes: 20,
    })
    const paths = await Promise.all(
      parts.map((text, i) => fileOf(`${i}.png`, greyPng(drawCodes([{ text }])))),
    )
    expect((await runJson(['sheet', 'read', ...paths, '--reveal'])).json).toMatchObject({
      kind: 'phrase',
      text: PHRASE,
    })
    expect((await runJson(['sheet', 'read', paths[0] as string])).json).toMatchObject({ kind: 'ur' })
  })

  test('warns of a secret in a folder that a cloud copies, also behind a link', async () => {
    const path = await fileOf('Dropbox/a/scan.png', greyPng(drawCodes([{ text: PHRASE }])))
    const link = join(await folder(), 'scan.png')
    await symlink(path, link)
    expect((await run(['sheet', 'read', link])).err).toContain(
      'a folder that Dropbox copies to other computers',
    )
  })

  test.each([
    ['a page without a code', 'empty.png', greyPng(blankRaster(200, 200)), 6, 'bright light'],
    ['a letter', 'letter.txt', 'Dear Sir,', 3, 'cairn phrase check'],
    ['a scan that was not copied whole', 'scan.png', '', 3, 'it is empty'],
    ['a photo of a telephone that is no JPEG', 'photo.heic', '\0\0\0\x18ftypheic', 3, 'as JPEG too'],
    [
      'a PDF of 10,000 pages',
      'long.pdf',
      pdfFile(Array.from({ length: 10_000 }, () => '')),
      5,
      'only the pages',
    ],
  ])('says what to do about %s', async (_, name, content, exit, hint) => {
    const path = await fileOf(name, content)
    const ran = await run(['sheet', 'read', path])
    expect(ran.exit).toBe(exit)
    expect(ran.err).toContain(hint)
  })

  test('refuses what is no file', async () => {
    expect((await run(['sheet', 'read', '/dev/zero'])).exit).toBe(5)
    expect((await run(['sheet', 'read', await folder()])).err).toContain('is a folder')
    expect((await run(['sheet', 'read', join(await folder(), 'nothing')])).exit).toBe(6)
  })

  test('finds its parts when the command is installed elsewhere, without its dependencies', async () => {
    const elsewhere = await folder()
    for (const name of ['bin', 'bundle', 'package.json'])
      await cp(join(dirname(BIN), '..', name), join(elsewhere, name), { recursive: true })
    for (const [name, content] of [
      ['scan.png', greyPng(drawCodes([{ text: PHRASE }]))],
      ['sheet.pdf', pdfFile([pdfModules(modulesOf({ text: PHRASE }))])],
      ['sheet.svg', svgFile(modulesOf({ text: PHRASE }))],
    ] as const) {
      await writeFile(join(elsewhere, name), content)
      const args = [join(elsewhere, 'bin/cairn.js'), 'sheet', 'read', name, '--json', '--reveal']
      const { stdout } = spawnSync(process.execPath, args, {
        cwd: elsewhere,
        env: environment({}),
        encoding: 'utf8',
      })
      expect(JSON.parse(stdout)).toMatchObject({
        kind: 'phrase',
        text: PHRASE,
        found: [{ readers: ['qr', 'zxing'] }],
      })
    }
  })
})
