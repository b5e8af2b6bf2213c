import { pure } from '../../src/vault/primitives.js'
import { holdsAgeKit } from './seal.contract.js'

holdsAgeKit('pure', pure)
