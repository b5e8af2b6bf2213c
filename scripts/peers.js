// @ts-check
// The real programs that our tests run against. `node scripts/peers.js` gets what this machine lacks.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, isDebian, isRoot, peerFolder, unpackFromSuite } from './debian.js'

const libraries = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`

/** File that shows it is there -> Debian package. A bare name is looked for in PATH. */
const installed = {
  electrum: 'electrum',
  age: 'age',
  jq: 'jq',
  restic: 'restic',
  borg: 'borgbackup',
  faketime: 'faketime',
  crontab: 'cron',
  pdftoppm: 'poppler-utils',
  zbarimg: 'zbar-tools',
  xmllint: 'libxml2-utils',
  'systemd-analyze': 'systemd',
  rclone: 'rclone',
  'monero-wallet-rpc': 'monero',
  '/usr/bin/chromium': 'chromium',
  '/usr/sbin/apache2': 'apache2',
  '/usr/sbin/sshd': 'openssh-server',
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-send': 'dbus-bin',
  'secret-tool': 'libsecret-tools',
  swtpm: 'swtpm',
  tpm2_unseal: 'tpm2-tools',
  'softhsm2-util': 'softhsm2',
  'pkcs11-tool': 'opensc',
  'p11-kit': 'p11-kit',
  [`${libraries}/libnss_wrapper.so`]: 'libnss-wrapper',
  'ceph-mon': 'ceph-mon',
  'ceph-osd': 'ceph-osd',
  ceph: 'ceph-common',
  radosgw: 'radosgw',
  '/usr/sbin/exim4': 'exim4-daemon-light',
  '/usr/sbin/cupsd': 'cups',
  '/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd': 'printer-driver-cups-pdf',
  'dbus-daemon': 'dbus',
  Xvfb: 'xvfb',
  dunst: 'dunst',
  'notify-send': 'libnotify-bin',
  '/usr/lib/python3/dist-packages/mnemonic/__init__.py': 'python3-mnemonic',
  '/usr/lib/python3/dist-packages/Cryptodome/__init__.py': 'python3-pycryptodome',
}

/** Not in this release of Debian, or not in one that fits: unpacked from another suite. */
const unpacked = [
  { name: 'bitcoin-node', suite: 'sid', packages: ['bitcoin-knots'], libraries: true },
  { name: 'age-plugins', suite: 'sid', packages: ['age'] },
  { name: 'slip39-reference', suite: 'trixie', packages: ['python3-shamir-mnemonic'] },
  { name: 'p11-kit', suite: 'trixie', packages: ['p11-kit'], libraries: true },
]

const inPath = (/** @type {string} */ program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

/** Packages that are missing here. */
export const missingPackages = () =>
  Object.entries(installed).flatMap(([file, name]) =>
    (file[0] === '/' ? existsSync : inPath)(file) ? [] : [name],
  )

/** Installs and unpacks what is missing, and says by name what cannot be had. Tests decide what that means. */
export function preparePeers() {
  const packages = missingPackages()
  if (packages.length > 0 && isDebian && isRoot) attempt(packages.join(' '), () => installPackages(packages))
  for (const peer of unpacked.filter(({ name }) => isDebian && !existsSync(peerFolder(name))))
    attempt(`${peer.packages} from ${peer.suite}`, () => unpackFromSuite(peer))
  const absent = [
    ...missingPackages(),
    ...unpacked.map((peer) => peer.name).filter((name) => !existsSync(peerFolder(name))),
  ]
  for (const name of absent) console.warn(`peer missing: ${name}`)
}

/** @param {string} what @param {() => void} get */
function attempt(what, get) {
  console.log(`peers: getting ${what}`)
  try {
    get()
  } catch (error) {
    console.warn(
      `peers: could not get ${what}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    )
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) preparePeers()
