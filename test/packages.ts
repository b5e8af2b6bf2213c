/**
 * The rules of what is installed: exact versions, nothing run at installation, no address of where it came from.
 */

export interface Manifest {
  readonly name?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly overrides?: Readonly<Record<string, string>>
  /** Package -> whether its install script may run. */
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

interface Locked {
  readonly link?: boolean
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

export interface Lock {
  /** Path below the root -> what is installed there; the root itself under the empty path. */
  readonly packages: Readonly<Record<string, Locked>>
}

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** Dependencies that do not name one version. */
export function inexact(manifest: Manifest): string[] {
  const { name, dependencies, devDependencies, optionalDependencies, overrides } = manifest
  const all = [dependencies, devDependencies, optionalDependencies, overrides].flatMap((part) =>
    Object.entries(part ?? {}),
  )
  return all
    .filter(([, version]) => !exact.test(version))
    .map(([what, version]) => `${name}: ${what} ${version}`)
}

/** What could run code at installation. */
export function installScripts(lock: Lock, { allowScripts = {} }: Manifest): string[] {
  const allowed = Object.entries(allowScripts).filter(([, allow]) => allow)
  const scripts = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript)
  const unruled = scripts.filter(([path]) => allowScripts[path.replace(/^.*node_modules\//, '')] !== false)
  return [
    ...allowed.map(([name]) => `${name}: allowed to run`),
    ...unruled.map(([path]) => `${path}: has a script`),
  ]
}

/** Entries that name a host, or that nothing holds to their content. */
export function unpinned(lock: Lock): string[] {
  const entries = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'))
  return entries.flatMap(([path, { link, resolved, integrity }]) => {
    if (link) return resolved?.startsWith('packages/') ? [] : [`${path}: a link out of the checkout`]
    if (resolved !== undefined) return [`${path}: names where it came from`]
    return integrity?.startsWith('sha512-') ? [] : [`${path}: no hash`]
  })
}
