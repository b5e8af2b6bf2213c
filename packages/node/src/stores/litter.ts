/**
 * What systems, file managers and storage boxes leave in folders by themselves. On a drive that somebody opened with the
 * Finder it lies between the objects of a vault, and is nothing that a thief put there: a listing passes it over, as no
 * key of a vault has such a name. At the root of a drive some of it may be looked into by nobody.
 */
const NAMES = new Set([
  // macOS
  '.ds_store',
  '.apdisk',
  '.localized',
  '.spotlight-v100',
  '.fseventsd',
  '.temporaryitems',
  '.documentrevisions-v100',
  '.trashes',
  // Windows
  'thumbs.db',
  'desktop.ini',
  'system volume information',
  '$recycle.bin',
  // Linux
  'lost+found',
  '.directory',
  // Synology, QNAP
  '@eadir',
  '#recycle',
  '@recycle',
])

/** `._NAME`: what macOS keeps of a file where the file system cannot; what NFS and FUSE keep of one that is removed while open. */
const BEGINNINGS = ['._', '.nfs', '.fuse_hidden', '.trash-'] as const

/** True of the name of a file or folder that is no part of what was stored. */
export function isLitter(name: string): boolean {
  const known = name.toLowerCase()
  return NAMES.has(known) || BEGINNINGS.some((beginning) => known.startsWith(beginning))
}
