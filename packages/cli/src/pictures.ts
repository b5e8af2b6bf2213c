/** Files with pictures: read within their bound, and opened in memory when a passphrase seals them, as `--seal` does. */
import { stat } from 'node:fs/promises'
import { fail } from '@cairn/core/errors.js'
import { isSealedFile, openFile } from '@cairn/core/vault/sealed-file.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { MAX_FILE_BYTES } from '@cairn/node/sheets/bounds.js'
import type { PictureFile } from '@cairn/node/sheets/picture.js'
import { askSecret, canAsk } from './ask.js'
import type { Context } from './context.js'
import { failFile, readBounded, readStdin } from './input.js'
import { safe } from './output.js'

/**
 * The picture of this name; `-` is standard input.
 * @throws CairnError those of reading and of `unsealed`
 */
export async function openPicture(
  context: Context,
  name: string,
  passphrase?: string | undefined,
): Promise<PictureFile> {
  if (name === '-')
    return unsealed(context, { name: 'standard input', bytes: await readStdin(MAX_FILE_BYTES), passphrase })
  return unsealed(context, { name, bytes: await readPicture(name), passphrase })
}

/** Read once, within its bound; a pipe or a folder is no picture. */
async function readPicture(path: string): Promise<Uint8Array> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) return fail('file-folder', { path })
    if (!stats.isFile()) return fail('file-special', { path })
    const { size } = stats
    if (size > MAX_FILE_BYTES) {
      const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`
      return fail('picture-too-large', {
        name: path,
        what: megabytes(size),
        limit: megabytes(MAX_FILE_BYTES),
      })
    }
    return await readBounded(path, size)
  } catch (error) {
    return failFile(error, path)
  }
}

/**
 * The file as it was before it was sealed; any other as it is.
 * @throws CairnError `picture-locked`, `picture-passphrase`, `picture-damaged`
 */
async function unsealed(context: Context, file: PictureFile): Promise<PictureFile> {
  const { name, bytes } = file
  if (!isSealedFile(bytes)) return file
  const passphrase = file.passphrase ?? (await askPassphrase(context, name))
  const plain = await openFile(bytes, passphrase, ports.primitives)
  if (plain === 'foreign') return fail('picture-passphrase', { name })
  if (plain === 'damaged')
    return fail('picture-damaged', { name, reason: 'the sealed file is cut off or was changed' })
  return { name, bytes: plain }
}

function askPassphrase(context: Context, name: string): Promise<string> {
  if (!canAsk(context)) return fail('picture-locked', { name })
  return askSecret(context, { what: `the passphrase of ${safe(name)}`, option: '--passphrase-file' })
}
