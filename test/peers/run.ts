// `npm run test:peers`: what other programs make of our bytes, and we of theirs. Not part of `npm test`: it fetches them first.
//   npm run test:peers                   fetches the package into a temporary folder
//   npm run test:peers -- FOLDER         takes it unpacked from there
import { randomBytes, randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { systemClock } from '../../electron/clock.ts'
import { type Hello, readHello } from '../../electron/setup/hello.ts'
import { listenForHello } from '../../electron/setup/listener.ts'
import { readUsbKey, type UsbRecord, usbKeyBytes } from '../../electron/setup/usbKey.ts'
import { helloFrame } from '../../electron/simulator/hello.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { type DeviceState, initialState } from '../../electron/simulator/state.ts'
import { swapGuid } from '../../shared/guid.ts'
import { usbVersions } from '../../shared/usbKey.ts'
import { value } from '../bench.ts'
import { fetchPackage, type HelloPeer, keyPeer, startHelloPeer } from './meshCentral.ts'

const wrong: string[] = []
const expect = (holds: boolean, what: string): void => {
  if (!holds) wrong.push(what)
}

const hex = (length: number): string => randomBytes(length).toString('hex')
const uuid = (): string => hex(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A device in set-up of any generation, with up to sixty roots of every kind beside its own. */
function anyDevice(): DeviceState {
  const computer = practiceComputer(randomInt(200), 'healthy')
  const roots = Array.from({ length: randomInt(60) }, () => hex([20, 32, 48][randomInt(3)] ?? 32))
  const id = uuid()
  const device = {
    ...computer,
    ...{
      uuid: randomInt(2) === 0 ? id : swapGuid(id),
      amtVersion: '15.0.23.1706',
      setup: { by: 'remote' as const, roots }
    }
  }
  const state = initialState(device, { digestRealm: 'Digest:PEER', certificate: null, now: Date.now() })
  // After a partial unprovision its admin is still there, and the message says so.
  return randomInt(2) === 0 ? state : { ...state, accounts: [{ name: 'admin', ha1: '', admin: true }] }
}

/** Sends these pieces one after another and waits until the other side has let go. */
const send = (port: number, pieces: readonly Uint8Array[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('connect', async () => {
      for (const [at, piece] of pieces.entries()) {
        if (at > 0) await new Promise((next) => setTimeout(next, 5))
        socket.write(piece)
      }
      socket.end()
    })
    socket.resume()
  })

const ours = ({ version, credentialsSet, retry, guid, hashes }: Hello) => ({
  ...{ version, credentialsSet, retry, guid },
  hashes: hashes.map(({ thumbprint }) => thumbprint)
})
function theirs(peer: HelloPeer) {
  const heard = peer.take()
  if (heard === undefined) return undefined
  const { helloversion: version, adminCredentialsSet: credentialsSet, retryCount: retry, guid, hashes } = heard
  return { version, credentialsSet, retry, guid, hashes }
}

async function hellos(folder: string): Promise<void> {
  const heard: Hello[] = []
  const listener = value(
    await listenForHello({
      ...{ address: '127.0.0.1', port: 0, clock: systemClock, log: { write: () => undefined } },
      onHello: (hello) => heard.push(hello),
      limits: { burst: 10_000, perSecond: 10_000 }
    })
  )
  const peer = await startHelloPeer(folder)
  const both = async (pieces: readonly Uint8Array[]) => {
    await send(listener.port, pieces)
    await send(peer.port, pieces)
    await new Promise((next) => setTimeout(next, 2))
    return { mine: heard.splice(0).map(ours), other: theirs(peer) }
  }

  for (let n = 0; n < 300; n++) {
    const frame = helloFrame(anyDevice(), randomInt(30))
    const trailing = n % 3 === 0 ? [Buffer.concat([frame, randomBytes(randomInt(1, 40))])] : [frame]
    const { mine, other } = await both(trailing)
    expect(mine.length === 1 && isDeepStrictEqual(mine[0], other), `hello ${n}: ${JSON.stringify({ mine, other })}`)
  }
  console.log('300 hellos of version 3 from the simulator, a third of them with bytes behind: compared field by field')

  for (const [n, frame] of peer.recorded.entries()) {
    const { mine, other } = await both([frame])
    expect(
      mine.length === 1 && isDeepStrictEqual(mine[0], other),
      `recorded hello ${n}: ${JSON.stringify({ mine, other })}`
    )
    if (mine[0]) console.log(`recorded from a real device: ${mine[0].guid}, ${mine[0].hashes.length} roots`)
  }

  // Not held against anybody: the peer is known to forget everything but the first segment, and reads that as if it were whole.
  let [lost, misread] = [0, 0]
  for (let n = 0; n < 50; n++) {
    const frame = helloFrame(anyDevice(), 0)
    const at = randomInt(1, frame.length - 1)
    const { mine, other } = await both([frame.subarray(0, at), frame.subarray(at)])
    const [said] = mine
    const whole = readHello(frame)
    const same = whole.ok && whole.value !== 'more' && isDeepStrictEqual(said, ours(whole.value.hello))
    expect(mine.length === 1 && same, `split hello ${n} is not heard here`)
    if (other === undefined) lost += 1
    else if (!isDeepStrictEqual(mine[0], other)) misread += 1
  }
  console.log(
    `50 hellos in two segments: all heard here; there ${lost} lost and ${misread} misread (it keeps the first segment only)`
  )

  const psk = {
    ...anyDevice(),
    amtVersion: '9.1.45.3000',
    setup: { by: 'remote', psk: { pid: '0000037M', pps: '' } }
  } as const
  const { mine, other } = await both([helloFrame(psk, 0)])
  expect(mine.length === 1 && other === undefined, 'version 2')
  console.log('a hello of version 2 (PID): heard here; refused there, which takes version 3 only')
  peer.close()
  await listener.close()
}

function anyRecord(): UsbRecord {
  const text = (most: number) => randomBytes(randomInt(1, most)).toString('hex').slice(0, most)
  return {
    ...{ currentPassword: 'admin', newPassword: text(32) },
    ...(randomInt(2) === 0 && { manageability: randomInt(2) }),
    ...(randomInt(2) === 0 && { pid: text(8).toUpperCase(), pps: text(32).toUpperCase() })
  }
}

/** Module and variable of a record's texts and numbers, as the other program lists them. */
const flat = ({ currentPassword, newPassword, manageability, pid, pps }: UsbRecord) =>
  [
    [1, 1, currentPassword],
    [1, 2, newPassword],
    [1, 3, manageability],
    [2, 1, pid],
    [2, 2, pps]
  ].filter(([, , is]) => is !== undefined)

function keys(folder: string): void {
  const peer = keyPeer(folder)
  for (let n = 0; n < 300; n++) {
    const version = usbVersions[n % usbVersions.length] ?? '1'
    const records = Array.from({ length: randomInt(1, 20) }, anyRecord)
    const bytes = Buffer.from(usbKeyBytes(version, version !== '1' && n % 2 === 0, records))
    const read = peer.AmtSetupBinDecode(bytes.toString('latin1'))
    const listed = read?.records.map(({ variables }) =>
      variables.map((each) => [each.moduleid, each.varid, each.value])
    )
    expect(isDeepStrictEqual(listed, records.map(flat)), `key ${n}: another reading`)
    if (read === undefined) continue
    expect(Buffer.from(peer.AmtSetupBinEncode(read), 'latin1').equals(bytes), `key ${n}: other bytes`)
    for (const record of read.records) record.flags = 3
    const scrambled = readUsbKey(Buffer.from(peer.AmtSetupBinEncode(read), 'latin1'))
    expect(
      scrambled.ok &&
        isDeepStrictEqual(
          scrambled.value.records.map((each) => each.record),
          records
        ),
      `key ${n}: scrambled`
    )
  }
  console.log('300 keys: read there as here, written there byte for byte as here; scrambled there and read here')
}

const [given] = process.argv.slice(2)
const { folder, remove } = given === undefined ? fetchPackage() : { folder: given, remove: () => undefined }
try {
  await hellos(folder)
  keys(folder)
} finally {
  remove()
}
for (const line of wrong.slice(0, 20)) console.log(`WRONG: ${line}`)
console.log(wrong.length === 0 ? 'Both agree.' : `${wrong.length} wrong`)
process.exit(wrong.length === 0 ? 0 : 1)
