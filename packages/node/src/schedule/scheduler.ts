/**
 * What all systems that run jobs have in common: a job is installed, read back from the system itself, and removed.
 * Programs of the system are called by name; what they write is for this code to read and never for a person.
 */
import type { Disk } from '../disk.js'
import type { Job, When } from './job.js'

/** A program that ran to its end, or is not there. */
export interface Ran {
  readonly code: number | 'stopped' | 'too-much' | 'absent'
  readonly output: string
  readonly said: string
}

/** Runs a program with arguments and input; never throws because of what the program does. */
export type RunProgram = (command: readonly string[], input?: string) => Promise<Ran>

export interface SchedulePorts {
  readonly disk: Disk
  readonly run: RunProgram
  /** Home folder of the person. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Number of the person; absent on Windows. */
  readonly uid?: number
}

/** What the system has, as it says itself. */
export interface Installed {
  /** Where it is kept: a path, or its name in the system. */
  readonly where: string
  readonly when: When | null
  readonly command: readonly string[] | null
  /** The system will run it; null when it does not tell. */
  readonly active: boolean | null
  /** When the system says that it runs next; null when it does not tell. */
  readonly next: Date | null
  /** Null when it did not run yet, or the system does not tell. */
  readonly last: { readonly time: Date | null; readonly exit: number | null } | null
}

/** A file or a text that the system is given, for people to look at before. */
export interface Rendered {
  readonly path: string
  readonly text: string
}

export type SchedulerName = 'systemd' | 'launchd' | 'windows' | 'cron'

export interface Scheduler {
  readonly name: SchedulerName
  /** It is on this machine and runs jobs of this person. */
  usable(): Promise<boolean>
  render(job: Job): readonly Rendered[]
  /** The same id again replaces the job. @throws CairnError `schedule-refused`, `file-denied`, `disk-full` */
  install(job: Job): Promise<void>
  /** Null when it has no job with this id. @throws CairnError `schedule-refused` */
  read(id: string): Promise<Installed | null>
  /** False when there was none. @throws CairnError `schedule-refused` */
  remove(id: string): Promise<boolean>
}
