import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages', import.meta.url))

export default defineConfig({
  resolve: {
    alias: [{ find: /^@cairn\/(core|node|cli)\/(.*)\.js$/, replacement: `${packages}/$1/src/$2.ts` }],
  },
  test: {
    maxWorkers: '100%', // much of a run waits for real programs
    globalSetup: 'test/setup.ts',
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 120_000, // finds what hangs; a loaded machine may be slow
    hookTimeout: 120_000,
  },
})
