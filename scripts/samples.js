// @ts-check
// Makes sample wallets and fixtures with the real programs: `node scripts/samples.js electrum`.
// What it makes is committed; it runs again only when a fixture is added.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const name = process.argv[2] ?? ''
const file = fileURLToPath(new URL(`../test/make/${name}.ts`, import.meta.url))
const { module } = await runnerImport(file)
await module.make()
