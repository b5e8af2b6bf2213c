// @ts-check
// `npm run build`: everything that the command needs, without installing or testing.
import { build, checkNode } from './steps.js'

checkNode()
build()
