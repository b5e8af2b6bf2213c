/** A probe of a store, in plain words. */
import type { Settings } from '@cairn/core/plan/settings.js'
import type { ProbeCheck, ProbeReport } from '@cairn/node/stores/probe.js'
import { bad, columns, good, moment, safe, warn } from './output.js'

/** What a setting says of a place. */
export const SETTINGS: Readonly<Record<keyof Settings, string>> = {
  versioning: 'keeps old versions',
  lock: 'locks objects',
  public: 'is open to the public',
  overwrite: 'lets it be written over',
  remove: 'lets it be removed',
}

const STEPS: Readonly<Record<ProbeCheck['what'], string>> = {
  write: 'keeps what it is given',
  read: 'gives it back as it was',
  list: 'lists it',
  overwrite: SETTINGS.overwrite,
  remove: SETTINGS.remove,
}

export function sayProbe({ name, place, time, checks, settings }: ProbeReport): string {
  const rows = [
    ...checks.map(({ what, found, ms }) => [`  ${STEPS[what]}`, verdict(found), `${ms} ms`]),
    ...settingRows(settings),
    ...(settings.clockAheadMs === undefined ? [] : [['  its clock', clock(settings.clockAheadMs)]]),
  ]
  return `${safe(name)} at ${safe(place)}, tried ${moment(new Date(time))}\n${columns(rows)}`
}

/** Nothing where the provider cannot be asked, as on a drive. */
function settingRows({ versioning, lock, public: isPublic }: ProbeReport['settings']): readonly string[][] {
  if ([versioning, lock, isPublic].every((setting) => setting === 'unknown')) return []
  return [
    [`  ${SETTINGS.versioning}`, versioning],
    [`  ${SETTINGS.lock}`, lock],
    [`  ${SETTINGS.public}`, isPublic === 'on' ? bad('on') : isPublic],
  ]
}

/** What its settings mean for the snapshots there. */
export function probeAdvice({ ok, checks, settings }: ProbeReport): readonly string[] {
  const found = (what: ProbeCheck['what']) => checks.find((check) => check.what === what)?.found
  return [
    ...(ok ? [] : ['Do not keep snapshots there: it does not do what it says.']),
    ...(found('remove') === 'refused'
      ? ['Nothing can be removed there: a thief cannot delete snapshots with the keys of this computer.']
      : []),
    ...(found('remove') === 'works' && settings.versioning === 'off'
      ? [
          'Whoever has the keys of this computer can delete what lies there for good. Turn on versioning or object lock.',
        ]
      : []),
    ...(settings.public === 'on'
      ? ['Everybody can read what lies there. It is sealed, but close it all the same.']
      : []),
  ]
}

function verdict(found: ProbeCheck['found']): string {
  return { works: good('yes'), refused: warn('refused'), wrong: bad('no') }[found]
}

/** A minute apart is what services and their certificates bear without trouble. */
function clock(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (seconds < 60) return good('agrees')
  return warn(`is ${seconds} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} that of this computer`)
}
