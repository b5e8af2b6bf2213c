import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.js'

/** The long runs, one after another, with no limit on their time. */
export default mergeConfig(
  { ...base, test: {} },
  defineConfig({ test: { include: ['test/figures/figures.ts'], testTimeout: 0, hookTimeout: 0 } }),
)
