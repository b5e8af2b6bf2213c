/** The ports of production for looking what is wrong and telling it. */
import { homedir } from 'node:os'
import { realPorts } from '../real.js'
import { scan } from '../sources/scan.js'
import { openChannel } from './notify/open.js'

const findWallets = async () => {
  const { found } = await scan({ home: homedir(), platform: process.platform, env: process.env })
  return found.map(({ path }) => path)
}

export const realAlarmPorts = { ...realPorts, openChannel, findWallets }
