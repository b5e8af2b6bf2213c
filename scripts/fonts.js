// @ts-check
// Makes the fonts of the sheets from npm packages, cut to the characters that a sheet may need, into
// packages/core/dist/fonts: IBM Plex Sans and Mono for Latin, Greek and Cyrillic, whose l, 1, I, O and 0 differ; Noto Sans
// for Chinese, kana and Korean. The packages of Noto come in slices (12 MB of downloads; whole fonts are 150), which
// are put together here.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
// @ts-expect-error: it comes without types
import subsetFont from 'subset-font'
import { codesOf, EAST_ASIAN, WESTERN } from './fonts/characters.js'
import { mergeFonts } from './fonts/merge.js'
import { root } from './steps.js'

export const fonts = join(root, 'packages/core/dist/fonts')
const modules = join(root, 'node_modules')

/** "Plex" is a reserved name in their licence: fonts made from them bear another. */
const PLEX = {
  'sans-regular': ['CairnSans-Regular', 'ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf'],
  'sans-semibold': ['CairnSans-SemiBold', 'ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf'],
  'mono-regular': ['CairnMono-Regular', 'ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf'],
}

/** Between Regular and SemiBold, beside both of which it stands. */
const NOTO_WEIGHT = 500

const LICENCES = {
  'IBM-Plex-OFL.txt': '@expo-google-fonts/ibm-plex-sans/LICENSE_FONT',
  'Noto-OFL.txt': '@fontsource-variable/noto-sans-sc/LICENSE',
}

/** @param {string} path @param {string} characters @param {object} [more] */
function cut(path, characters, more) {
  return subsetFont(readFileSync(path), characters, {
    targetFormat: 'truetype',
    keepFeatures: [],
    noHinting: true,
    ...more,
  })
}

/** @param {string} language @param {ReadonlySet<number>} wanted */
async function joinSlices(language, wanted) {
  const folder = join(modules, `@fontsource-variable/noto-sans-${language}`)
  /** @type {Record<string, string>} */
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8'))
  const cuts = []
  for (const [name, range] of Object.entries(ranges)) {
    const characters = codesOf(range).filter((code) => wanted.has(code))
    if (characters.length === 0) continue
    const slice = join(
      folder,
      'files',
      `noto-sans-${language}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`,
    )
    cuts.push(await cut(slice, String.fromCodePoint(...characters), { variationAxes: { wght: NOTO_WEIGHT } }))
  }
  return mergeFonts(`NotoSans${language.toUpperCase()}-Medium`, cuts)
}

async function makeFonts() {
  const made = `${fonts}.new`
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made, { recursive: true })
  for (const [name, [postScriptName = '', path = '']] of Object.entries(PLEX))
    writeFileSync(
      join(made, `${name}.ttf`),
      mergeFonts(postScriptName, [await cut(join(modules, '@expo-google-fonts', path), WESTERN)]),
    )
  for (const [language, wanted] of Object.entries(EAST_ASIAN))
    writeFileSync(join(made, `noto-${language}.ttf`), await joinSlices(language, wanted))
  for (const [name, path] of Object.entries(LICENCES))
    writeFileSync(join(made, name), readFileSync(join(modules, path)))
  rmSync(fonts, { recursive: true, force: true })
  renameSync(made, fonts)
}

/** Whether what is there was made from these very scripts and packages. */
function areThere() {
  const scripts = ['fonts.js', 'fonts/characters.js', 'fonts/merge.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  if (!existsSync(fonts)) return false
  const since = Math.max(
    ...[...scripts, join(root, 'package-lock.json')].map((path) => statSync(path).mtimeMs),
  )
  return statSync(fonts).mtimeMs >= since
}

if (!areThere()) await makeFonts()
