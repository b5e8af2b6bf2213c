/**
 * A notice on the desktop, by the program that the system has for it. What stands in it is seen by whoever sees the
 * screen, and in the list of processes for a moment: the message holds no names unless asked for.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { CairnError } from '@cairn/core/errors.js'
import type { Message } from '@cairn/core/plan/alarms.js'
import { type Channel, type ChannelOpening, SEND_MS } from './channel.js'

interface Notice {
  readonly program: string
  readonly args: (message: Message) => readonly string[]
  /** What the program reads. */
  readonly input?: (message: Message) => string
}

/** https://specifications.freedesktop.org/notification-spec: the body may hold markup, so `&` and `<` are escaped. */
const linux: Notice = {
  program: 'notify-send',
  args: ({ subject, lines }) => [
    '--app-name=Cairn',
    '--urgency=critical', // stays until it was seen
    '--',
    subject,
    lines.join('\n').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  ],
}

/** `on run argv`: texts come as arguments, never as part of the script. */
const mac: Notice = {
  program: 'osascript',
  args: ({ subject, lines }) => [
    '-e',
    'on run argv',
    '-e',
    'display notification (item 2 of argv) with title (item 1 of argv)',
    '-e',
    'end run',
    '--',
    subject,
    lines.join('\n'),
  ],
}

/** The texts come on standard input as JSON; the script is a constant. */
const windows: Notice = {
  program: 'powershell.exe',
  args: () => ['-NoProfile', '-NonInteractive', '-Command', WINDOWS_SCRIPT],
  input: ({ subject, lines }) => JSON.stringify({ title: subject, body: lines.join('\n') }),
}

const WINDOWS_SCRIPT = [
  '$m = [Console]::In.ReadToEnd() | ConvertFrom-Json',
  'Add-Type -AssemblyName System.Windows.Forms, System.Drawing',
  '$n = New-Object System.Windows.Forms.NotifyIcon',
  '$n.Icon = [System.Drawing.SystemIcons]::Warning',
  '$n.Visible = $true',
  "$n.ShowBalloonTip(30000, $m.title, $m.body, 'Warning')",
  'Start-Sleep -Seconds 15',
  '$n.Dispose()',
].join('; ')

export async function desktopChannel({ name }: ChannelOpening): Promise<Channel> {
  const notice = { darwin: mac, win32: windows }[process.platform as string] ?? linux
  return { send: (message) => show(name, notice, message) }
}

function show(channel: string, { program, args, input }: Notice, message: Message): Promise<void> {
  const unsent = (reason: string) => new CairnError('message-unsent', { channel, reason })
  return new Promise((resolve, reject) => {
    const child = spawn(program, args(message), {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, ...session() },
      timeout: SEND_MS,
      windowsHide: true,
    })
    child.stdin.on('error', () => {}) // it may end without reading
    child.on('error', () => reject(unsent(`${program} is not installed`)))
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(unsent('nobody is logged in at the desktop, or it shows no notices'))
    })
    child.stdin.end(input?.(message) ?? '')
  })
}

/** The session of this user, where a timer did not tell it: systemd's user bus lies at a known place. */
function session(): NodeJS.ProcessEnv {
  if (process.env.DBUS_SESSION_BUS_ADDRESS || process.getuid === undefined) return {}
  const bus = `/run/user/${process.getuid()}/bus`
  return existsSync(bus) ? { DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}` } : {}
}
