import { pureEd25519 } from '../../src/vault/ed25519.js'
import { holdsEd25519 } from './ed25519.contract.js'

holdsEd25519('pure', pureEd25519)
