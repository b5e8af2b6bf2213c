export * from './bytes.js'
export * from './errors.js'
export * from './random.js'
export type * from './types.js'
