/**
 * The network of a wallet. Since version 71 the file has the hash of the genesis block; before, addresses and extended
 * keys tell as far as they differ: where only a test network is certain, `testnet` stands for all of them.
 */
import { isCairnError } from '../../errors.js'
import { parseAddress } from '../../keys/address.js'
import { ALL_NETWORKS, NETWORKS } from '../../keys/network.js'
import type { Network } from '../../types.js'
import { damaged, unsupported } from './damaged.js'
import type { Account, Holdings } from './holdings.js'
import { entriesAt, type JsonObject, textAt } from './json.js'

const GENESIS: Readonly<Record<string, Network>> = {
  '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f': 'mainnet',
  '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943': 'testnet',
  '00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043': 'testnet', // testnet4
  '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6': 'signet',
  '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206': 'regtest',
}

/**
 * Null when nothing in the file tells.
 * @throws CairnError `wallet-unsupported` for the wallets of programs that came from Electrum, for other coins.
 */
export function networkOf(db: JsonObject, { accounts, imported }: Holdings): Network | null {
  const genesis = textAt(db, 'genesis_blockhash')
  if (genesis !== undefined && !Object.hasOwn(GENESIS, genesis)) unsupported('it is of another coin')
  const told = [
    genesis === undefined ? ALL_NETWORKS : [GENESIS[genesis] as Network],
    networksOfAll(imported.map(({ place }) => place)),
    networksOfAll(entriesAt(db, 'addr_history').map(([address]) => address)),
    ...accounts.flatMap((account) => [networksOfKeys(account), networksOfAddresses(account)]),
  ]
  const possible = ALL_NETWORKS.filter((network) => told.every((networks) => networks.includes(network)))
  const [first] = possible
  if (first === undefined) return damaged('its keys and addresses are of different networks')
  return possible.length < ALL_NETWORKS.length ? first : null
}

/** All networks where there is nothing that could tell. */
function networksOfKeys({ root }: Account): readonly Network[] {
  if (root.kind === 'old') return ALL_NETWORKS
  return ALL_NETWORKS.filter((network) =>
    root.keys.every(({ key }) => key.network === NETWORKS[network].keys),
  )
}

function networksOfAddresses({ receiving, change }: Account): readonly Network[] {
  return networksOfAll([...receiving, ...change].filter((entry) => typeof entry === 'string'))
}

/** An address that does not fit the others is left for who reads it: people could watch any text until 3.0. */
function networksOfAll(places: readonly string[]): readonly Network[] {
  const addresses = places.filter((place) => !/^[0-9a-f]{66,130}$/.test(place))
  const told = addresses.map(networksOfAddress).filter((networks) => networks !== null)
  if (addresses.length > 0 && told.length === 0) return unsupported('its addresses are not of Bitcoin')
  return told.reduce((possible, networks) => {
    const both = possible.filter((network) => networks.includes(network))
    return both.length > 0 ? both : possible
  }, ALL_NETWORKS)
}

function networksOfAddress(address: string): readonly Network[] | null {
  try {
    return parseAddress(address).networks
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
