/** The page of a recovery sheet as Cairn 0.1.0 wrote it at first, in the parts that tell the words: such papers and files are there. */
import type { RecoverySheet } from '../../src/sheets/recovery-sheet.js'

export function oldPage({ vault, name, words, policy, places }: RecoverySheet): string {
  const list = (lines: readonly string[]) => lines.map((line) => `<li>${escaped(line)}</li>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<title>Recovery sheet of vault ${vault}</title>
</head>
<body>
<header>
<h1>Recovery sheet</h1>
<p>Vault <b id="vault">${vault}</b></p>
<p>Factor <b>${escaped(name)}</b></p>
</header>
<ol id="words">
${list(words.split(' '))}
</ol>
<section>
<ul>
${list([...policy, ...places])}
</ul>
</section>
</body>
</html>
`
}

function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
}
