// Asks about certificates and pairs that computers are set up with.
import type { setUpAsks } from '../../../shared/contract/setUp.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import type { Means } from '../../../shared/setUp.ts'
import type { Core } from '../../core.ts'
import type { MeansOf, UsbFile } from '../../setup/means.ts'
import { pairsText } from '../../setup/psk.ts'
import type { Desk } from '../ipc.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const certificateKind = { name: 'Provisioning certificate', extensions: ['pfx', 'p12', 'pem', 'crt', 'cer'] }
const pairsKind = { name: 'PID and PPS', extensions: ['csv', 'txt'] }
const usbKind = { name: 'USB key', extensions: ['bin'] }

export function setUpDesk({ means, outOfBand, store }: Core, dialogs: Dialogs): Pick<Desk, keyof typeof setUpAsks> {
  const of = (practice: boolean): MeansOf => means[practice ? 'practice' : 'real']
  const then = async (practice: boolean, done: Result<unknown>): Promise<Result<Means>> =>
    done.ok ? of(practice).all() : done

  return {
    'setUp.read': ({ practice }) => of(practice).all(),
    async 'setUp.importCertificate'({ practice, password }) {
      const file = await dialogs.read([certificateKind, allFiles])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      return then(practice, await of(practice).keepProvisioning(file.value.bytes, password))
    },
    'setUp.forgetCertificate': async ({ practice, fingerprint }) =>
      then(practice, await of(practice).forgetCertificate(fingerprint)),
    async 'setUp.importPairs'({ practice }) {
      const file = await dialogs.read([{ ...pairsKind, extensions: [...pairsKind.extensions, 'bin'] }, allFiles])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      const { bytes, name } = file.value
      return then(practice, await of(practice).importPairs(bytes, name))
    },
    'setUp.generatePairs': async ({ practice, count }) => then(practice, await of(practice).generatePairs(count)),
    'setUp.forgetPairs': async ({ practice, pids }) => then(practice, await of(practice).forgetPairs(pids)),
    async 'setUp.printPairs'({ practice }) {
      const pairs = await of(practice).pairsWithKeys()
      if (!pairs.ok) return pairs
      const text = ok(pairsText(pairs.value))
      const saved = await dialogs.saveAs('amt-pid-pps.csv', [pairsKind], () => text, 'secret')
      if (saved.ok && saved.value) store.audit.append('pairs printed', { count: pairs.value.length })
      return saved.ok && saved.value ? ok({ file: saved.value.file }) : saved
    },
    async 'setUp.makeUsbKey'({ practice, wish }) {
      let made: UsbFile | undefined
      const write = async (): Promise<Result<Uint8Array>> => {
        const key = await of(practice).makeUsbKey(wish)
        if (!key.ok) return key
        made = key.value
        // Before the file is there: whoever finds it finds the entry too.
        store.audit.append('usb key made', { version: wish.version, computers: key.value.computers })
        return ok(key.value.bytes)
      }
      const saved = await dialogs.saveAs('setup.bin', [usbKind], write, 'secret')
      if (!saved.ok || saved.value === null || made === undefined) return saved.ok ? ok(null) : saved
      const means = await of(practice).all()
      const { computers, leftOut } = made
      return means.ok ? ok({ file: saved.value.file, computers, leftOut, means: means.value }) : means
    },
    'setUp.forgetUsbKey': async ({ practice, id }) => then(practice, await of(practice).forgetUsbKey(id)),
    'job.setUp'({ importId, jobId }) {
      const chosen = outOfBand.choose(importId, jobId, 'a person chose it')
      return chosen.ok ? ok({}) : chosen
    }
  }
}
