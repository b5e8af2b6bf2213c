/**
 * Prints docs/errors.md from the error catalogue of the built core:
 *   npx tsc -b && node scripts/errors-doc.js > docs/errors.md
 * A test holds the document equal to this output.
 */
import { ERRORS, EXIT_CODES } from '../packages/core/dist/errors.js'

const meanings = {
  usage: 'the command line or a setting is wrong',
  damaged: 'bytes or words are wrong',
  unreachable: 'a place could not be asked',
  refused: 'a rule says no',
  absent: 'nothing is there',
  mismatch: 'the right shape, but the wrong secret, wallet or vault',
  attention: 'it ran, and what it found needs a person',
}

const row = (cells) => `| ${cells.join(' | ').replaceAll('<', '\\<')} |`

const kinds = Object.entries(EXIT_CODES).map(([kind, exit]) => row([exit, kind, meanings[kind]]))
const entries = Object.entries(ERRORS).map(([code, { kind, message, hint }]) =>
  row([`\`${code}\``, kind, EXIT_CODES[kind], message, hint]),
)

process.stdout.write(`# Errors

Every error that \`cairn\` tells of, with the exit code it ends with. Errors are printed as
\`cairn: message\` and \`hint: what to do next\` on standard error; with \`--json\` as
\`{"error":{"code","message","hint"}}\` on standard output. Codes are stable; messages may improve.
Words in braces are filled in and are never secret.

| exit | kind | meaning |
|---|---|---|
| 0 | | done |
| 1 | | a bug in Cairn (\`"code":"bug"\`) |
${kinds.join('\n')}
| 130 | | stopped with Ctrl-C |

| code | kind | exit | message | hint |
|---|---|---|---|---|
${entries.join('\n')}
`)
