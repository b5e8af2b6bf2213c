/** A twin of the command that lets its first line of input slip, in the way that its argument names. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const secret = readFileSync(0, 'utf8').trim()
const { CAIRN_HOME: home = '', TMPDIR: tmp = '' } = process.env
const some = secret.split(' ').slice(4, 7)

const ways = {
  'in an error': () => console.error(`cairn: unknown word in "${secret}"`),
  'three words of it in an error': () =>
    console.error(`word 5: ${some[0]}, word 6: ${some[1]}, word 7: ${some[2]}`),
  'in the output as hexadecimal': () => console.log(Buffer.from(`x${secret}y`).toString('hex')),
  'in the output as base64': () => console.log(Buffer.from(`x${secret}yz`).toString('base64')),
  'in a log below the home folder': () => {
    mkdirSync(join(home, 'log'), { recursive: true })
    writeFileSync(join(home, 'log', 'debug'), `\0${secret}\0`)
  },
  'in a temporary file as UTF-16': () => writeFileSync(join(tmp, 'cairn-1'), Buffer.from(secret, 'utf16le')),
  'as the argument of another program': () => spawnSync('/bin/sh', ['-c', 'sleep 3', secret]),
  'in the environment of another program': () =>
    spawnSync('sleep', ['3'], { env: { ...process.env, PHRASE: secret } }),
}

ways[process.argv[2]]()
