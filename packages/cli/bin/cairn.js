#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'

// From Node 22 on the engine keeps what it compiled: a start there need not compile again.
module.enableCompileCache?.()

const main = new URL('../bundle/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  process.stderr.write('cairn: this checkout is not built yet\nhint: run npm start once\n')
  process.exitCode = 2
}
