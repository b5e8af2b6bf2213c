import { holdsAgeKit } from '../../core/test/vault/seal.contract.js'
import { native } from '../src/primitives.js'

holdsAgeKit('native', native)
